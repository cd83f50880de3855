import type { PbxTemplate } from '../../../contract/pbx-connections.ts';
import type { SecretBox } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/index.ts';
import { openSecrets, type FormValues } from '../links/index.ts';

/** A template with its secrets: for making connections, never for answers. */
export interface Template {
  id: string;
  type: string;
  plain: FormValues;
  secrets: FormValues;
}

export interface TemplateRow {
  id: string;
  tenant_id: string;
  type: string;
  name: string;
  settings: unknown;
  secrets: Buffer;
  secrets_set: unknown;
  is_default: boolean;
  created_at: Date;
}

/**
 * @param templateId undefined: the reseller's default of the type; null: none
 * @returns null for none, undefined when the id names no template of this reseller and type
 */
export async function templateFor(
  db: Db,
  box: SecretBox,
  wanted: { resellerId: string; type: string; templateId: string | null | undefined },
): Promise<Template | null | undefined> {
  if (wanted.templateId === null) return null;
  const rows = db.selectFrom('pbx_templates').selectAll().where('tenant_id', '=', wanted.resellerId).where('type', '=', wanted.type);
  const row = await (
    wanted.templateId === undefined ? rows.where('is_default', '=', true) : rows.where('id', '=', wanted.templateId)
  ).executeTakeFirst();
  if (!row) return wanted.templateId === undefined ? null : undefined;
  return { id: row.id, type: row.type, plain: row.settings as FormValues, secrets: openSecrets(box, row.secrets) };
}

export async function lockTemplate(db: Db, id: string): Promise<TemplateRow | undefined> {
  return db.selectFrom('pbx_templates').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Takes the default flag from whichever template of the type has it. */
export async function clearDefault(db: Db, resellerId: string, type: string, now: Date): Promise<void> {
  await db
    .updateTable('pbx_templates')
    .set({ is_default: false, updated_at: now })
    .where('tenant_id', '=', resellerId)
    .where('type', '=', type)
    .where('is_default', '=', true)
    .execute();
}

export function templateView(row: Omit<TemplateRow, 'secrets' | 'tenant_id'>): PbxTemplate {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    settings: row.settings as FormValues,
    secrets: row.secrets_set as Record<string, string>,
    isDefault: row.is_default,
    createdAt: row.created_at.toISOString(),
  };
}

import { contract } from '../../../contract/index.ts';
import type { InputOf } from '../../../contract/route.ts';
import type { PbxTemplate } from '../../../contract/pbx-connections.ts';
import { audit } from '../../platform/audit/index.ts';
import type { SecretBox } from '../../platform/crypto/index.ts';
import { uniqueViolation } from '../../platform/db/index.ts';
import { handle, type Binding, type Context } from '../../platform/http/context.ts';
import { invalid, notFound, refuse } from '../../platform/http/fault.ts';
import { newId } from '../../platform/ids/index.ts';
import { keepsDestination, keptSecrets, openSecrets, partSecrets, type FormValues, type PbxPort, type PbxPorts } from '../links/index.ts';
import { partialFaults } from './check.ts';
import { clearDefault, lockTemplate, templateView } from './repository.ts';

export interface TemplateServices {
  ports: PbxPorts;
  box: SecretBox;
}

export function pbxTemplateRoutes(services: TemplateServices): Binding[] {
  const { pbxTemplates } = contract;
  return [
    handle(pbxTemplates.list, async ({ db }, { query }) => {
      let rows = db.selectFrom('pbx_templates').selectAll();
      if (query.resellerId !== undefined) rows = rows.where('tenant_id', '=', query.resellerId);
      const found = await rows.orderBy('is_default', 'desc').orderBy('name').orderBy('id').execute();
      return { items: found.map(templateView) };
    }),
    handle(pbxTemplates.create, (context, { body }) => createTemplate(services, context, body)),
    handle(pbxTemplates.update, (context, { params, body }) => updateTemplate(services, context, params.templateId, body)),
    handle(pbxTemplates.remove, async (context, { params }) => {
      const row = await lockTemplate(context.db, params.templateId);
      if (!row) throw notFound();
      await context.db.deleteFrom('pbx_templates').where('id', '=', row.id).execute();
      await audit(context, {
        tenantId: row.tenant_id,
        action: 'pbx-templates.remove',
        subjectId: row.id,
        before: auditView(templateView(row)),
      });
    }),
  ];
}

interface TemplateInput {
  type: string;
  name: string;
  settings: FormValues;
  isDefault: boolean;
}

async function createTemplate({ ports, box }: TemplateServices, context: Context, body: TemplateInput): Promise<PbxTemplate> {
  const { db, tenantId, clock } = context;
  await refuseUnlessReseller(context);
  const port = portOf(ports, body.type, 'body.type');
  refuse(partialFaults(port, body.settings, 'body.settings'));
  const now = new Date(clock.now());
  const { plain, secrets } = partSecrets(body.settings, port.secrets);
  const kept = keptSecrets(box, now, {}, secrets, null);
  if (body.isDefault) await clearDefault(db, tenantId, body.type, now);
  const row = { id: newId(), type: body.type, name: body.name, is_default: body.isDefault, created_at: now };
  await db
    .insertInto('pbx_templates')
    .values({
      ...row,
      tenant_id: tenantId,
      settings: JSON.stringify(plain),
      secrets: kept.sealed,
      secrets_set: JSON.stringify(kept.since),
      updated_at: now,
    })
    .execute()
    .catch(told);
  const view = templateView({ ...row, settings: plain, secrets_set: kept.since });
  await audit(context, { tenantId, action: 'pbx-templates.create', subjectId: row.id, after: auditView(view) });
  return view;
}

async function updateTemplate(
  { ports, box }: TemplateServices,
  context: Context,
  id: string,
  body: InputOf<typeof contract.pbxTemplates.update>['body'],
): Promise<PbxTemplate> {
  const { db, clock } = context;
  const before = await lockTemplate(db, id);
  if (!before) throw notFound();
  const now = new Date(clock.now());
  const port = portOf(ports, before.type, 'body.settings');
  const set = { ...settingsChange(port, box, before, body.settings, now), updated_at: now };
  if (body.isDefault === true && !before.is_default) await clearDefault(db, before.tenant_id, before.type, now);
  await db
    .updateTable('pbx_templates')
    .set({
      ...set,
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.isDefault === undefined ? {} : { is_default: body.isDefault }),
    })
    .where('id', '=', id)
    .execute()
    .catch(told);
  const after = await lockTemplate(db, id);
  if (!after) throw notFound();
  const view = templateView(after);
  await audit(context, {
    tenantId: before.tenant_id,
    action: 'pbx-templates.update',
    subjectId: id,
    before: auditView(templateView(before)),
    after: auditView(view),
  });
  return view;
}

/** The new settings replace the old ones; secrets left out stay as long as they go where they went. */
function settingsChange(
  port: PbxPort,
  box: SecretBox,
  before: { settings: unknown; secrets: Buffer; secrets_set: unknown },
  settings: FormValues | undefined,
  now: Date,
): { settings?: string; secrets?: Buffer; secrets_set?: string } {
  if (!settings) return {};
  refuse(partialFaults(port, settings, 'body.settings'));
  const { plain, secrets: given } = partSecrets(settings, port.secrets);
  const old = { plain: before.settings as FormValues, secrets: openSecrets(box, before.secrets) };
  const missing = Object.keys(old.secrets).filter((key) => !(key in given));
  if (missing.length > 0 && !keepsDestination(port, old, plain)) {
    refuse(missing.map((key) => ({ path: `body.settings.${key}`, code: 'required' as const })));
  }
  const kept = keptSecrets(box, now, before.secrets_set as Record<string, string>, { ...old.secrets, ...given }, old.secrets);
  return { settings: JSON.stringify(plain), secrets: kept.sealed, secrets_set: JSON.stringify(kept.since) };
}

async function refuseUnlessReseller({ db, tenantId }: Context): Promise<void> {
  const tenant = await db.selectFrom('tenants').select('kind').where('id', '=', tenantId).executeTakeFirst();
  if (tenant?.kind !== 'reseller') throw invalid('header.ringside-tenant', 'required');
}

function portOf(ports: PbxPorts, type: string, path: string): PbxPort {
  const port = ports.get(type);
  if (!port) throw invalid(path, 'notAnOption', { options: [...ports.keys()].join(', ') });
  return port;
}

/** The names of the secrets that are set, without anything of them. */
function auditView(view: PbxTemplate): Record<string, unknown> {
  const { secrets, ...rest } = view;
  return { ...rest, setSince: secrets };
}

function told(error: unknown): never {
  const index = uniqueViolation(error);
  if (index === 'pbx_templates_name') throw invalid('body.name', 'taken');
  if (index === 'pbx_templates_default') throw invalid('body.isDefault', 'taken');
  throw error;
}

import type { Attribution, PbxConnectionCreate } from '../../../contract/pbx-connections.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Context } from '../../platform/http/context.ts';
import type { FieldFault } from '../../platform/http/fault.ts';
import type { PbxPort } from '../links/index.ts';
import { templateFor } from '../pbx-templates/index.ts';
import { resolveLink, withTemplate } from './resolve-link.ts';
import type { PbxConnectionServices, ResolvedConnection } from './services.ts';

export interface ConnectionFacts {
  resellerId: string;
  /** Undefined when the one named does not exist: that is told elsewhere. */
  productType: { pbxTypes: string[] | null } | undefined;
}

type Checked = Promise<{ faults: FieldFault[]; resolved: ResolvedConnection | null }>;

/**
 * Checks a connection to be made, changing nothing. The reseller must stand in the transaction's scope.
 * @returns a function of (context, facts, input, path of the input in the request) that gives all field errors at once
 */
export function checkConnection(services: PbxConnectionServices) {
  return async ({ db }: Context, facts: ConnectionFacts, input: PbxConnectionCreate, path: string): Checked => {
    const port = services.ports.get(input.type);
    if (!port) return refused({ path: `${path}.type`, code: 'notAnOption', values: { options: [...services.ports.keys()].join(', ') } });
    const allowed = facts.productType?.pbxTypes;
    if (allowed && !allowed.includes(input.type)) return refused({ path: `${path}.type`, code: 'notForPbx' });
    const faults: FieldFault[] = [...attributionFaults(port, input.attribution, `${path}.attribution`)];
    if (input.monitorSubAccounts && !port.type.monitorsSubAccounts) {
      faults.push({ path: `${path}.monitorSubAccounts`, code: 'notAnOption', values: { options: 'false' } });
    }
    const template = await templateFor(db, services.box, { resellerId: facts.resellerId, type: input.type, templateId: input.templateId });
    if (template === undefined) return refused(...faults, { path: `${path}.templateId`, code: 'unknown' });
    const found = await resolveLink(db, services.box, {
      port,
      ownerId: facts.resellerId,
      values: withTemplate(template, input.settings),
      path: `${path}.settings`,
    });
    faults.push(...found.faults);
    if (found.link?.existing)
      faults.push(...(await takenFaults(db, found.link.existing.id, input.attribution, `${path}.attribution`, null)));
    if (faults.length > 0 || !found.link) return { faults, resolved: null };
    return {
      faults: [],
      resolved: {
        name: input.name,
        templateId: template?.id ?? null,
        by: input.attribution.by,
        value: valueOf(input.attribution),
        monitorSubAccounts: input.monitorSubAccounts,
        enabled: input.enabled,
        link: found.link,
      },
    };
  };
}

function refused(...faults: FieldFault[]): { faults: FieldFault[]; resolved: null } {
  return { faults, resolved: null };
}

export function attributionFaults(port: PbxPort, attribution: Attribution, path: string): FieldFault[] {
  const methods = port.type.attribution.map((method) => method.by);
  if (!methods.includes(attribution.by)) return [{ path: `${path}.by`, code: 'notAnOption', values: { options: methods.join(', ') } }];
  return attribution.by !== 'all' && attribution.value.trim() === '' ? [{ path: `${path}.value`, code: 'required' }] : [];
}

/** Where all is one customer's, the value says nothing. */
export function valueOf(attribution: Attribution): string {
  return attribution.by === 'all' ? '' : attribution.value.trim();
}

/** What another share of the link has is not to be had again: two claims on one thing make it nobody's. */
export async function takenFaults(
  db: Db,
  linkId: string,
  wanted: Attribution,
  path: string,
  exceptId: string | null,
): Promise<FieldFault[]> {
  let others = db
    .selectFrom('pbx_connections')
    .select(['attribution_by', 'attribution_value'])
    .where('link_id', '=', linkId)
    .where('removed_at', 'is', null);
  if (exceptId !== null) others = others.where('id', '<>', exceptId);
  const shares = await others.execute();
  if (wanted.by === 'all' && shares.length > 0) return [{ path: `${path}.by`, code: 'taken' }];
  if (shares.some((share) => share.attribution_by === 'all')) return [{ path: `${path}.by`, code: 'taken' }];
  const isTaken = shares.some((share) => share.attribution_by === wanted.by && share.attribution_value === valueOf(wanted));
  return isTaken ? [{ path: `${path}.value`, code: 'taken' }] : [];
}

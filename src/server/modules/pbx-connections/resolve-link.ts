import type { SecretBox } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { FieldFault } from '../../platform/http/fault.ts';
import { faultsOf } from '../../platform/http/parse.ts';
import { linksOfOwner, lockLink, openSecrets, partSecrets, type FormValues, type LinkRow, type PbxPort } from '../links/index.ts';
import type { Template } from '../pbx-templates/index.ts';
import type { ResolvedLink } from './services.ts';

/**
 * What the template has and what was given, together. A value of the template that is given anew takes the
 * template's secrets away: they only ever go where the template sends them.
 */
export function withTemplate(template: Template | null, given: FormValues): FormValues {
  if (!template) return given;
  const filled = Object.fromEntries(
    Object.entries(given).filter(([key, value]) => value !== '' || !(key in template.plain || key in template.secrets)),
  );
  const isOverridden = Object.entries(template.plain).some(([key, value]) => key in filled && filled[key] !== value);
  return { ...template.plain, ...(isOverridden ? {} : template.secrets), ...filled };
}

/**
 * Checks complete settings by the connector's schema and finds the owner's link of the same identity.
 * Without secrets such a link is joined by its own.
 * @param path where the settings stand in the request, e.g. `body.settings`
 * @returns all field errors, or the link
 */
export async function resolveLink(
  db: Db,
  box: SecretBox,
  target: { port: PbxPort; ownerId: string; values: FormValues; path: string },
): Promise<{ faults: FieldFault[]; link: ResolvedLink | null }> {
  const { port, ownerId, path } = target;
  const { plain, secrets } = partSecrets(target.values, port.secrets);
  const parsed = port.parse({ ...plain, ...secrets });
  if (parsed.success) {
    const complete = partSecrets(parsed.settings as FormValues, port.secrets);
    const existing = await lockLink(db, { ownerId, type: port.type.id, identity: parsed.identity });
    const changes = existing !== null && differs(box, existing, complete.plain, complete.secrets);
    return { faults: [], link: { port, identity: parsed.identity, plain: complete.plain, secrets: complete.secrets, existing, changes } };
  }
  if (Object.keys(secrets).length === 0) {
    const joined = joinable(box, port, await linksOfOwner(db, ownerId, port.type.id), plain);
    if (joined) return { faults: [], link: joined };
  }
  return { faults: parsed.issues.flatMap((issue) => faultsOf(path, issue)), link: null };
}

/** The link that these settings would be of, were its secrets given with them. */
function joinable(box: SecretBox, port: PbxPort, links: readonly LinkRow[], plain: FormValues): ResolvedLink | null {
  for (const existing of links) {
    const kept = openSecrets(box, existing.secrets);
    const parsed = port.parse({ ...plain, ...kept });
    if (!parsed.success || parsed.identity !== existing.identity) continue;
    const complete = partSecrets(parsed.settings as FormValues, port.secrets);
    return {
      port,
      identity: parsed.identity,
      plain: complete.plain,
      secrets: complete.secrets,
      existing,
      changes: differs(box, existing, complete.plain, complete.secrets),
    };
  }
  return null;
}

function differs(box: SecretBox, link: LinkRow, plain: FormValues, secrets: FormValues): boolean {
  return !sameValues(link.settings, plain) || !sameValues(openSecrets(box, link.secrets), secrets);
}

function sameValues(a: FormValues, b: FormValues): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}

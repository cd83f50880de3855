/** Secret form values: kept sealed together, shown only as the moment each was set. */
import type { SecretBox } from '../../platform/crypto/index.ts';
import type { FormValues, PbxPort } from './ports.ts';

export interface KeptSecrets {
  sealed: Buffer;
  /** Instant at which each was set. */
  since: Record<string, string>;
}

/** Parts what may be shown from what may not. An empty secret counts as left out. */
export function partSecrets(values: FormValues, keys: readonly string[]): { plain: FormValues; secrets: FormValues } {
  const entries = Object.entries(values);
  return {
    plain: Object.fromEntries(entries.filter(([key]) => !keys.includes(key))),
    secrets: Object.fromEntries(entries.filter(([key, value]) => keys.includes(key) && value !== '')),
  };
}

/** @param before the secrets kept until now: one of equal value keeps its date */
export function keptSecrets(
  box: SecretBox,
  now: Date,
  since: Record<string, string>,
  secrets: FormValues,
  before: FormValues | null,
): KeptSecrets {
  const dates = Object.keys(secrets).map((key) => [key, (secrets[key] === before?.[key] && since[key]) || now.toISOString()]);
  return { sealed: box.seal(JSON.stringify(secrets)), since: Object.fromEntries(dates) as Record<string, string> };
}

export function openSecrets(box: SecretBox, sealed: Buffer): FormValues {
  return JSON.parse(box.open(sealed)) as FormValues;
}

/**
 * Whether kept secrets may go along with changed settings: only to where they went before. Else whoever may
 * change an address could have a secret sent there that he was never shown.
 */
export function keepsDestination(port: PbxPort, before: { plain: FormValues; secrets: FormValues }, plain: FormValues): boolean {
  const was = port.parse({ ...before.plain, ...before.secrets });
  const is = port.parse({ ...plain, ...before.secrets });
  if (was.success && is.success) return was.identity === is.identity;
  return Object.entries(before.plain).every(([key, value]) => plain[key] === value);
}

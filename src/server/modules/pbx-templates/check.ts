import { faultsOf } from '../../platform/http/parse.ts';
import type { FieldFault } from '../../platform/http/fault.ts';
import type { FormValues, PbxPort } from '../links/index.ts';

/** What is wrong with the values given; what is not given is left to each connection. */
export function partialFaults(port: PbxPort, values: FormValues, path: string): FieldFault[] {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const parsed = port.parse(given);
  if (parsed.success) return [];
  return parsed.issues
    .filter((issue) => issue.code === 'unrecognized_keys' || (issue.path[0] !== undefined && String(issue.path[0]) in given))
    .flatMap((issue) => faultsOf(path, issue));
}

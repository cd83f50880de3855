import type { Directory } from '../connector.ts';
import type { AmiClient } from './client.ts';
import { buildDirectory } from './directory.ts';
import type { DirectorySources } from './directory.ts';
import type { AmiMessage } from './message.ts';
import { ActionRefused } from './requests.ts';

/** Endpoints asked for at once: enough to hide the way there and back, little for the PBX. */
const AT_ONCE = 16;

/** Reads users and queues over a line that is logged in and ready. @param version of Asterisk. @throws LinkError */
export async function discover(client: AmiClient, version: string): Promise<Directory> {
  const [hints, mailboxes, ampUsers, ampDevices, queueStatus, listed] = await Promise.all([
    client.listIfAllowed('ExtensionStateList'),
    client.listIfAllowed('VoicemailUsersList'),
    client.listIfAllowed('DBGetTree', { Family: 'AMPUSER' }),
    client.listIfAllowed('DBGetTree', { Family: 'DEVICE' }),
    client.listIfAllowed('QueueStatus'),
    client.listIfAllowed('PJSIPShowEndpoints'),
  ]);
  const endpoints = listed === null ? null : await readEndpoints(client, listed);
  const sources: DirectorySources = { version, hints, mailboxes, ampUsers, ampDevices, queueStatus, endpoints };
  return buildDirectory(sources);
}

async function readEndpoints(client: AmiClient, listed: readonly AmiMessage[]): Promise<readonly AmiMessage[]> {
  const names = listed.flatMap((entry) => entry.get('ObjectName') ?? []);
  const details: AmiMessage[] = [];
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const batch = await Promise.all(names.slice(at, at + AT_ONCE).map((name) => readEndpoint(client, name)));
    details.push(...batch.flatMap((detail) => detail ?? []));
  }
  return details;
}

/** @returns null for one that has gone since it was listed */
async function readEndpoint(client: AmiClient, name: string): Promise<AmiMessage | null> {
  try {
    const members = await client.list('PJSIPShowEndpoint', { Endpoint: name });
    return members.find((member) => member.name === 'EndpointDetail') ?? null;
  } catch (error) {
    if (error instanceof ActionRefused) return null;
    throw error;
  }
}

import type { Capability } from '../../../contract/connector-form.ts';
import type { Directory } from '../connector.ts';
import { readEndpoints } from './endpoints.ts';
import { readFreePbxUsers } from './freepbx.ts';
import { readHints } from './hints.ts';
import { readMailboxes } from './mailboxes.ts';
import type { AmiMessage } from './message.ts';
import { directoryNotices } from './notices.ts';
import { readQueues } from './queues.ts';
import { readUsers } from './users.ts';

/** What the PBX answered; null: this login or version cannot ask for it. */
export interface DirectorySources {
  version: string;
  hints: readonly AmiMessage[] | null;
  mailboxes: readonly AmiMessage[] | null;
  ampUsers: readonly AmiMessage[] | null;
  ampDevices: readonly AmiMessage[] | null;
  queueStatus: readonly AmiMessage[] | null;
  endpoints: readonly AmiMessage[] | null;
}

/** Joins the lists of an Asterisk to users and queues. Pure. */
export function buildDirectory(sources: DirectorySources): Directory {
  const hints = readHints(sources.hints ?? []);
  const mailboxes = readMailboxes(sources.mailboxes ?? []);
  const endpoints = readEndpoints(sources.endpoints ?? []);
  const freePbx = readFreePbxUsers(sources.ampUsers ?? [], sources.ampDevices ?? []);
  const memberNames = new Map(
    (sources.queueStatus ?? []).filter((m) => m.name === 'QueueMember').map((m) => [m.get('StateInterface') ?? '', m.get('Name') ?? '']),
  );
  const users = readUsers({ hints, mailboxes, endpoints, freePbx, memberNames });
  const queues = readQueues(sources.queueStatus ?? [], hints, users);
  const capabilities: Capability[] = ['liveCalls', 'liveHold', 'directory', 'attribution'];
  if (sources.queueStatus !== null) capabilities.push('queueWaiting', 'agentState', 'pauseReason');
  if (users.some((user) => user.email !== null)) capabilities.push('directoryEmail');
  return { users, queues, capabilities, version: sources.version, notices: directoryNotices(sources) };
}

/** Whether both name the same users and queues. Who has logged in to a queue for now is not part of it. */
export function sameDirectory(a: Directory, b: Directory): boolean {
  return JSON.stringify(comparable(a)) === JSON.stringify(comparable(b));
}

function comparable({ users, queues }: Directory): unknown {
  return [users, queues.map(({ externalId, strategy, members }) => [externalId, strategy, members.filter((member) => !member.dynamic)])];
}

/**
 * Plays what a real PBX said through the same mapper and reducers that serve live links, and keeps
 * what they give out the way the database does. For tests and benchmarks.
 */
import { readFileSync } from 'node:fs';
import type { NeutralEvent } from '../../contract/events.ts';
import { createAgentReducer, type AgentMembership, type AgentSpan } from '../modules/agents/reducer/index.ts';
import {
  createAttribution,
  createCallReducer,
  type AttributionRule,
  type Call,
  type CallChange,
  type CallReducer,
} from '../modules/calls/reducer/index.ts';
import { createMapper, type Mapper } from '../pbx/asterisk/map.ts';
import { parseMessage, type AmiMessage } from '../pbx/asterisk/message.ts';
import type { Directory, DirectoryUser } from '../pbx/connector.ts';

export const CAPTURES = new URL('../pbx/asterisk/fixtures/captures/', import.meta.url);

/** Rarer moves, with the least rights. */
export const MOVES = new URL('moves/', import.meta.url);

/** Both customers of the lab's PBX, by account code. */
export const RULES: readonly AttributionRule[] = ['acme', 'globex'].map((customerId) => ({
  customerId,
  by: 'accountcode',
  value: customerId,
}));

/** What discovery finds on the lab's PBX. */
export const DIRECTORY: Directory = {
  users: [
    user('acme', '101', 'Alice Anders'),
    user('acme', '102', 'Bob Brown'),
    user('acme', '103', 'Carol Clark'),
    user('globex', '101', 'Dan Dorn'),
    user('globex', '102', 'Erin Ek'),
    user('globex', '103', 'Frank Öst'),
  ],
  queues: [
    { externalId: 'support', name: 'support', number: null, strategy: 'linear', keys: ['name:support', 'accountcode:acme'], members: [] },
    {
      externalId: 'acme-ringall',
      name: 'acme-ringall',
      number: null,
      strategy: 'ringall',
      keys: ['name:acme-ringall', 'accountcode:acme'],
      members: [],
    },
    {
      externalId: 'globex-sales',
      name: 'globex-sales',
      number: null,
      strategy: 'rrmemory',
      keys: ['name:globex-sales', 'accountcode:globex'],
      members: ['101', '102'].map((extension) => ({
        agent: `Local/${extension}@globex-queue-member/n`,
        name: null,
        device: `PJSIP/globex-${extension}`,
        dynamic: false,
      })),
    },
  ],
  capabilities: [],
  version: 'Asterisk',
  notices: [],
};

export interface Capture {
  /** Answers to the actions of the beginning. */
  lists: AmiMessage[];
  live: AmiMessage[];
}

/** What is stored in the end. */
export interface Stored {
  calls: Map<string, { customerId: string; call: Call }>;
  agents: Map<string, { customerId: string; spans: Map<number, AgentSpan>; queues: AgentMembership[] }>;
  reducer: CallReducer;
}

export function readCapture(file: URL): Capture {
  const messages = readFileSync(file, 'utf8')
    .split(/\r?\n\r?\n/)
    .filter((block) => /^(?:Event|Response): /m.test(block))
    .map((block) => parseMessage(block.replace(/^Asterisk Call Manager.*\r?\n/, '')));
  return {
    lists: messages.filter((m) => m.actionId !== undefined),
    live: messages.filter((m) => m.actionId === undefined && !m.isResponse),
  };
}

export function snapshotOf({ lists }: Capture): Parameters<Mapper['snapshot']>[0] {
  const named = (...names: string[]): AmiMessage[] => lists.filter((m) => names.includes(m.name));
  return {
    channels: named('CoreShowChannel'),
    bridges: named('BridgeListItem', 'BridgeInfoChannel'),
    queueStatus: named('QueueParams', 'QueueMember', 'QueueEntry'),
    deviceStates: named('DeviceStateChange'),
  };
}

/** @returns ms since 1970 of the first event that tells its time */
export function beginning({ live }: Capture): number {
  for (const message of live) {
    const timestamp = Number(message.get('Timestamp'));
    if (timestamp > 0) return Math.floor(timestamp * 1_000);
  }
  return 0;
}

export function mapCapture(capture: Capture, directory: Directory | null = DIRECTORY): NeutralEvent[] {
  const mapper = createMapper({ directory, firstSeq: 1 });
  const at = beginning(capture);
  mapper.snapshot(snapshotOf(capture), at, false, 'run1');
  for (const message of capture.live) mapper.live(message, at);
  return mapper.take();
}

/** @param takeEvery events between two flushes */
export function reduce(events: readonly NeutralEvent[], rules: readonly AttributionRule[] = RULES, takeEvery = 5): Stored {
  const { attribute } = createAttribution(rules);
  const calls = createCallReducer({ attribute });
  const agents = createAgentReducer({ attribute });
  const stored: Stored = { calls: new Map(), agents: new Map(), reducer: calls };
  events.forEach((event, index) => {
    calls.apply(event);
    agents.apply(event);
    if (index % takeEvery !== 0 && index !== events.length - 1) return;
    store(stored, calls.takeChanges());
    for (const { customerId, agent, spans, queues } of agents.takeChanges()) {
      const rows = stored.agents.get(agent)?.spans ?? new Map<number, AgentSpan>();
      for (const span of spans) rows.set(span.from, span);
      stored.agents.set(agent, { customerId, spans: rows, queues });
    }
  });
  return stored;
}

export function store({ calls }: Stored, changes: readonly CallChange[]): void {
  for (const change of changes) {
    if (change.kind === 'merged') calls.delete(`${change.customerId} ${change.callKey}`);
    else calls.set(`${change.customerId} ${change.call.callKey}`, { customerId: change.customerId, call: change.call });
  }
}

function user(tenant: string, extension: string, name: string): DirectoryUser {
  const device = `PJSIP/${tenant}-${extension}`;
  return {
    externalId: device,
    name,
    email: null,
    extension,
    devices: [device],
    keys: [`name:${device}`, `accountcode:${tenant}`, `context:${tenant}`],
    derived: true,
  };
}

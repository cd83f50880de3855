/**
 * What a connector is. It knows one kind of phone system's wire and nothing of tenants or the
 * database; `main.ts` hands its three ports (test, discover, watch) to the modules.
 */
import type { z } from 'zod';
import type { Capability, ConnectionTestStep, PbxType } from '../../contract/connector-form.ts';
import type { AccountKey, NeutralEvent } from '../../contract/events.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Outgoing } from '../platform/outgoing/index.ts';

/** Everything a connector may touch of the world. */
export interface ConnectorIo {
  outgoing: Outgoing;
  clock: Clock;
  log: Log;
}

export interface ConnectorDescriptor<Settings> extends PbxType {
  /** Checks and completes what the form gave. Keys equal the form items' keys. */
  settings: z.ZodType<Settings>;
  /** Keys of `settings` that are kept encrypted and never shown. */
  secrets: readonly (keyof Settings & string)[];
  /** What makes two links the same physical connection, e.g. `host:port:user`. */
  identity(settings: Settings): string;
}

export interface DirectoryUser {
  /** The PBX's stable id of the person or, where it has no persons, of the extension. */
  externalId: string;
  name: string;
  email: string | null;
  extension: string | null;
  /** Device names as in `leg.started`, e.g. `PJSIP/acme-101`. */
  devices: readonly string[];
  keys: readonly AccountKey[];
  /** No person on the PBX: made from the extension. */
  derived: boolean;
}

export interface DirectoryQueue {
  externalId: string;
  name: string;
  number: string | null;
  strategy: string | null;
  keys: readonly AccountKey[];
  members: readonly DirectoryMember[];
}

export interface DirectoryMember {
  /** Agent as in the agent events (Asterisk: the member's interface). */
  agent: string;
  name: string | null;
  /** The device behind the agent, when it can be told. */
  device: string | null;
  dynamic: boolean;
}

export interface Directory {
  users: readonly DirectoryUser[];
  queues: readonly DirectoryQueue[];
  /** What this PBX, version and login can give. */
  capabilities: readonly Capability[];
  version: string;
  /** What more rights would add, shown to the link's owner. */
  notices: readonly { code: string; message: { en: string; es: string } }[];
}

/** Why a session ended or could not begin. The list is closed; a connector maps its vendor's codes to it. */
export type LinkFailure =
  | 'refusedAddress'
  | 'dns'
  | 'tcp'
  | 'tls'
  | 'timeout'
  | 'protocol'
  | 'badCredentials'
  | 'missingRights'
  | 'notReady'
  | 'pbxStopped'
  | 'closed'
  | 'silent'
  | 'stopped';

export class LinkError extends Error {
  readonly failure: LinkFailure;

  /** @param detail for the operator's log; never holds a secret */
  constructor(failure: LinkFailure, detail: string) {
    super(`${failure}: ${detail}`);
    this.failure = failure;
  }
}

export interface SessionSink {
  /** Login accepted, snapshot under way. `epoch` identifies this run of the PBX. */
  authenticated(epoch: string, version: string): void;
  /** In the order read. Called synchronously from the socket's data handler: must not block. */
  events(batch: readonly NeutralEvent[]): void;
  /** Anything was read at all: the link lives. `skewMs`: PBX clock minus ours, when known. */
  alive(skewMs: number | null): void;
}

export interface SessionOptions {
  /** Ends the session with failure `stopped`. */
  signal: AbortSignal;
  /** The directory as discovered last: tells devices from trunks. The connector refreshes it at start. */
  directory: Directory | null;
  /** Epoch of the previous session: another one means that the PBX restarted. */
  previousEpoch: string | null;
  /** First sequence number to give. */
  firstSeq: number;
}

export interface Connector<Settings = unknown> {
  descriptor: ConnectorDescriptor<Settings>;
  /** Walks DNS, TCP, TLS, login, rights, events, clock; never throws for what the PBX does. */
  test(settings: Settings, io: ConnectorIo, signal: AbortSignal): AsyncIterable<ConnectionTestStep>;
  /** Reads users and queues once. @throws LinkError */
  discover(settings: Settings, io: ConnectorIo, signal: AbortSignal): Promise<Directory>;
  /** One session: connect, log in, subscribe, snapshot, live. Settles only by throwing LinkError. Reconnecting is the supervisor's. */
  session(settings: Settings, io: ConnectorIo, sink: SessionSink, options: SessionOptions): Promise<never>;
}

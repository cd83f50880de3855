/** What links, connections and the directory need of phone systems, and what they give to calls and agents. `main.ts` joins the two. */
import type { z } from 'zod';
import type { ConnectionTestStep, PbxType } from '../../../contract/connector-form.ts';
import type { NeutralEvent } from '../../../contract/events.ts';
import type { LinkState } from '../../../contract/pbx-connections.ts';
import type { Directory, LinkFailure } from '../../pbx/connector.ts';

export type FormValues = Record<string, string | number | boolean>;
/** Settings as the connector's own schema gave them. */
export type PbxSettings = Record<string, unknown>;

type ParsedSettings =
  | { success: true; settings: PbxSettings; /** equal for the same physical connection; never depends on a secret */ identity: string }
  | { success: false; issues: readonly z.core.$ZodIssue[] };

/** One kind of phone system. */
export interface PbxPort {
  type: PbxType;
  /** Keys of the settings that are kept encrypted and never shown. */
  secrets: readonly string[];
  parse(values: FormValues): ParsedSettings;
  test(settings: PbxSettings, signal: AbortSignal): AsyncIterable<ConnectionTestStep>;
  /** @throws LinkError */
  discover(settings: PbxSettings, signal: AbortSignal): Promise<Directory>;
  supervise(settings: PbxSettings, options: { linkId: string; sink: PortSink; memory: PortMemory | null }): SupervisedPort;
}

/** By the type's id. */
export type PbxPorts = ReadonlyMap<string, PbxPort>;

export interface PortMemory {
  epoch: string;
  nextSeq: number;
  /** When the link was last known to be live, ms since 1970; null: never. */
  liveUntil: number | null;
}

export interface PortStatus {
  state: Exclude<LinkState, 'disabled'>;
  /** Since when the link is live or, in every other state, since when it is not; ms since 1970. */
  since: number;
  failure: LinkFailure | null;
}

/** News of one link, told synchronously from its socket. */
export interface PortSink {
  events(batch: readonly NeutralEvent[]): void;
  status(status: PortStatus): void;
  alive(at: number, skewMs: number | null): void;
  authenticated(epoch: string, version: string): void;
}

export interface SupervisedPort {
  /** Resolves when nothing runs any more; nothing is told after. */
  stop(): Promise<void>;
}

/** A rule by which a part of a link is one customer's. */
export interface ShareRule {
  customerId: string;
  by: 'tenantid' | 'accountcode' | 'context' | 'variable' | 'name' | 'all';
  value: string;
}

/** A customer's share of a link that is being watched. */
export interface WatchedShare {
  connectionId: string;
  customerId: string;
  /** All of one share name the same customer. Empty until the first sync is done: nothing is monitored before. */
  rules: readonly ShareRule[];
}

/** Proof that this process holds the link; checked in every transaction that writes what came by it. */
export interface Lease {
  owner: string;
  fence: number;
}

export interface OpenedLink {
  linkId: string;
  /** The tenant the link belongs to: to be named beside the customers in a transaction that checks the lease. */
  ownerId: string;
  lease: Lease;
  shares: readonly WatchedShare[];
}

export interface LinkNews {
  connectionIds: readonly string[];
  state: LinkState;
  since: number;
  failure: string | null;
}

/** A time not watched, of one connection. `to` null: it lasts. */
export interface GapNews {
  id: string;
  customerId: string;
  connectionId: string;
  from: number;
  to: number | null;
  cause: string;
}

/** Where all that comes by links goes. Given by `main.ts`. */
export interface LinkEventSink {
  /** The link is ours: take up what was stored of it. Its events begin when this settles. */
  opened(link: OpenedLink): Promise<void>;
  /** Rules or the directory behind them changed; applies to the events that follow. @param left customers who have no share any more */
  shares(linkId: string, shares: readonly WatchedShare[], left: readonly string[]): void;
  /** In the order read; must not block. */
  events(linkId: string, batch: readonly NeutralEvent[]): void;
  /** Committed. */
  news(linkId: string, news: LinkNews): void;
  /** Committed. */
  gaps(linkId: string, gaps: readonly GapNews[]): void;
  /**
   * No event follows.
   * @param lost another process holds the lease: whatever is not yet stored must be dropped
   * @param left customers whom nobody watches by this link any more
   */
  closed(linkId: string, lost: boolean, left: readonly string[]): Promise<void>;
}

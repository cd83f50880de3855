import * as z from 'zod';
import { Agent, Queue } from './agents.ts';
import { Call, Gap } from './calls.ts';
import { Id, Instant } from './common.ts';
import { LinkState } from './pbx-connections.ts';

/** The live socket: `GET /v1/customers/{customerId}/live`, upgraded; permission `live.read`. */
export const LIVE_PATH = '/v1/customers/{customerId}/live';

export const QueueNow = Queue.extend({
  /** Callers waiting, the longest first. */
  waiting: z.array(z.strictObject({ callId: Id, since: Instant })),
}).meta({ id: 'QueueNow' });

/** Health of one connection as shown on the board. */
export const LinkNow = z
  .strictObject({
    connectionId: Id,
    name: z.string(),
    state: LinkState,
    since: Instant,
    failure: z.string().nullable(),
    lastEventAt: Instant.nullable(),
  })
  .meta({ id: 'LinkNow' });

/** First frame, and again after a gap: everything as it stands. `seq` belongs to the customer. */
export const LiveSnapshot = z.strictObject({
  type: z.literal('snapshot'),
  seq: z.number().int(),
  now: Instant,
  links: z.array(LinkNow),
  calls: z.array(Call),
  agents: z.array(Agent),
  queues: z.array(QueueNow),
  /** Open gaps and those of the last hour. */
  gaps: z.array(Gap),
});

/**
 * What changed, whole entities; a call with state `ended` leaves the board. With `after` equal to `seq`
 * only links and gaps are told, both whole; else only calls, agents and (when any call changed) all queues.
 */
export const LiveDelta = z.strictObject({
  type: z.literal('delta'),
  /** What the receiver must have reached already; whoever is behind it asks for a new snapshot by reconnecting. */
  after: z.number().int(),
  seq: z.number().int(),
  now: Instant,
  links: z.array(LinkNow),
  calls: z.array(Call),
  removedCalls: z.array(Id),
  agents: z.array(Agent),
  queues: z.array(QueueNow),
  gaps: z.array(Gap),
});

/** Each second, so that silence is noticed. */
export const LiveHeartbeat = z.strictObject({ type: z.literal('heartbeat'), seq: z.number().int(), now: Instant, links: z.array(LinkNow) });

export const LiveFrame = z.discriminatedUnion('type', [LiveSnapshot, LiveDelta, LiveHeartbeat]);
export type LiveFrame = z.infer<typeof LiveFrame>;
export type LiveSnapshot = z.infer<typeof LiveSnapshot>;
export type LiveDelta = z.infer<typeof LiveDelta>;
export type LiveHeartbeat = z.infer<typeof LiveHeartbeat>;
export type LinkNow = z.infer<typeof LinkNow>;
export type QueueNow = z.infer<typeof QueueNow>;

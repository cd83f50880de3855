import * as z from 'zod';
import { Id, Instant, listOf } from './common.ts';
import { route } from './route.ts';

export const Direction = z.enum(['incoming', 'outgoing', 'internal']);
export const Outcome = z.enum(['answered', 'missed', 'busy', 'cancelled', 'abandoned', 'voicemail', 'failed', 'unknown']);
export const EndedBy = z.enum(['caller', 'callee', 'system', 'transfer', 'unknown']);
/** Why an open call was closed without its end having been seen. */
export const ClosedReason = z.enum(['gone', 'pbxRestarted', 'linkLost']);
/** A PBX application has the call; nobody talks. */
const SERVICES = ['voicemail', 'ivr', 'conference', 'announcement', 'spy', 'other'] as const;

export const CallParty = z
  .strictObject({ number: z.string().nullable(), name: z.string().nullable(), userId: Id.nullable(), queueId: Id.nullable() })
  .meta({ id: 'CallParty' });

export const CallState = z.enum(['ringing', 'queued', 'talking', 'held', 'parked', ...SERVICES, 'ended']);

const times = {
  startedAt: Instant,
  answeredAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  ringMs: z.number().int(),
  talkMs: z.number().int(),
  holdMs: z.number().int(),
};

export const Call = z
  .strictObject({
    id: Id,
    direction: Direction,
    from: CallParty,
    to: CallParty,
    did: z.string().nullable(),
    state: CallState,
    /** When it entered this state. */
    stateSince: Instant,
    ...times,
    waitMs: z.number().int(),
    outcome: Outcome.nullable(),
    endedBy: EndedBy.nullable(),
    /** `partial`: built over a gap; `exact` else. */
    quality: z.enum(['exact', 'partial']),
    closedReason: ClosedReason.nullable(),
    connectionId: Id,
  })
  .meta({ id: 'Call' });
export type Call = z.infer<typeof Call>;

export const LegSpan = z
  .strictObject({ state: z.enum(['ringing', 'talking', 'hold', 'queue', 'parked', ...SERVICES]), from: Instant, to: Instant.nullable() })
  .meta({ id: 'LegSpan' });

export const Leg = z
  .strictObject({
    id: z.string(),
    segment: z.number().int(),
    /** `trunk`: the line to the outside, also what stands for somebody of another customer. */
    kind: z.enum(['device', 'trunk']),
    party: CallParty,
    device: z.string().nullable(),
    ringingAt: Instant.nullable(),
    ...times,
    failure: z.string().nullable(),
    spans: z.array(LegSpan),
  })
  .meta({ id: 'Leg' });

export const Segment = z
  .strictObject({
    index: z.number().int(),
    kind: z.enum(['device', 'group', 'queue', 'external', 'voicemail', 'ivr', 'conference', 'parking', 'other']),
    party: CallParty,
    ...times,
    outcome: z
      .enum(['answered', 'noAnswer', 'busy', 'cancelled', 'failed', 'abandoned', 'timeout', 'exitKey', 'transferred', 'empty', 'unknown'])
      .nullable(),
    /** A talk beside the call before an attended transfer; not in the call's sums. */
    consultation: z.boolean(),
    transfer: z.enum(['blind', 'attended', 'park', 'unpark', 'pickup', 'forward']).nullable(),
  })
  .meta({ id: 'Segment' });

export const CallDetail = z.strictObject({ call: Call, segments: z.array(Segment), legs: z.array(Leg) }).meta({ id: 'CallDetail' });
export type CallDetail = z.infer<typeof CallDetail>;

/** Time in which the link did not watch. */
export const Gap = z
  .strictObject({ id: Id, connectionId: Id, from: Instant, to: Instant.nullable(), cause: z.string() })
  .meta({ id: 'Gap' });
export type Gap = z.infer<typeof Gap>;

const filters = {
  from: Instant.optional(),
  to: Instant.optional(),
  direction: Direction.optional(),
  outcome: Outcome.optional(),
  q: z.string().trim().max(100).optional(),
};
const customerParams = z.strictObject({ customerId: Id });

export const calls = {
  list: route({
    id: 'calls.list',
    method: 'GET',
    path: '/v1/customers/{customerId}/calls',
    summary: 'Calls, newest first; `next` leads on',
    access: { of: 'customer', permission: 'calls.read' },
    params: customerParams,
    query: z.strictObject({
      ...filters,
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    status: 200,
    answer: z.strictObject({
      items: z.array(Call),
      next: z.string().nullable(),
      /** gaps that touch the listed time */ gaps: z.array(Gap),
    }),
  }),
  export: route({
    id: 'calls.export',
    method: 'GET',
    path: '/v1/customers/{customerId}/calls/export',
    summary: 'The same list as CSV, up to 100,000 rows',
    access: { of: 'customer', permission: 'calls.read' },
    params: customerParams,
    query: z.strictObject(filters),
    status: 200,
    answer: z.string(),
    media: 'text/csv',
  }),
  get: route({
    id: 'calls.get',
    method: 'GET',
    path: '/v1/customers/{customerId}/calls/{callId}',
    summary: 'One call with its segments and legs',
    access: { of: 'customer', permission: 'calls.read' },
    params: z.strictObject({ customerId: Id, callId: Id }),
    status: 200,
    answer: CallDetail,
  }),
  gaps: route({
    id: 'calls.gaps',
    method: 'GET',
    path: '/v1/customers/{customerId}/gaps',
    summary: 'Times that were not watched, newest first',
    access: { of: 'customer', permission: 'calls.read' },
    params: customerParams,
    status: 200,
    answer: listOf(Gap),
  }),
};

import * as z from 'zod';

/** What may ever be sent: a phone system is a guest's house, and a guest only looks. */
export type Request = { ask: 'login'; user: string; secret: string } | { ask: 'users' } | { ask: 'watch' } | { ask: 'time' };

const Leg = z.object({ leg: z.string(), call: z.string(), device: z.string(), number: z.string(), name: z.string() });
const RunningLeg = Leg.extend({ up: z.boolean(), bridge: z.string().nullable() });
export type RunningLeg = z.infer<typeof RunningLeg>;

/** Something happened; `at` is the phone system's own time in ms since 1970. */
export const Happened = z.discriminatedUnion('event', [
  Leg.extend({ event: z.literal('started'), at: z.number(), dialled: z.string().nullable() }),
  z.object({ event: z.literal('ringing'), at: z.number(), leg: z.string() }),
  z.object({ event: z.literal('answered'), at: z.number(), leg: z.string() }),
  z.object({ event: z.literal('joined'), at: z.number(), leg: z.string(), bridge: z.string() }),
  z.object({ event: z.literal('left'), at: z.number(), leg: z.string(), bridge: z.string() }),
  z.object({ event: z.literal('ended'), at: z.number(), leg: z.string() }),
]);
export type Happened = z.infer<typeof Happened>;

export const Answered = z.object({ id: z.number(), error: z.string().optional() }).loose();
export const LoggedIn = z.object({ epoch: z.string(), version: z.string() });
export const Users = z.object({
  users: z.array(z.object({ id: z.string(), name: z.string(), email: z.string().nullable(), extension: z.string(), device: z.string() })),
});
export const Watching = z.object({ legs: z.array(RunningLeg) });
export const Time = z.object({ now: z.number() });

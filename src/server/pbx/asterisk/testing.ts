import { systemClock } from '../../platform/clock/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import { startSimulatedPbx } from '../../simulator/index.ts';
import type { ConformanceTarget } from '../testing/target.ts';

/** Written down apart from the connector's own list, so that a slip there shows here. */
const READS =
  /^(Login|Logoff|Challenge|Ping|Events|ListCommands|CoreSettings|CoreStatus|QueueStatus|DBGetTree|[A-Za-z]+List|CoreShowChannels|PJSIPShowEndpoints?)$/;

const SECRET = 'the-secret-of-the-pbx';
const WRONG = 'a-wrong-secret-of-the-pbx';

/** A simulated Asterisk for the conformance suite. */
export async function startTarget(): Promise<ConformanceTarget> {
  let aheadMs = 0;
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + aheadMs };
  const pbx = await startSimulatedPbx({ secret: SECRET, clock });
  const [company] = pbx.companies;
  const [caller, callee] = company?.people ?? [];
  if (caller === undefined || callee === undefined) throw new Error('the simulated PBX has no people');
  const settings = { host: pbx.host, port: pbx.port, username: pbx.user, secret: SECRET };
  return {
    settings,
    badSettings: { ...settings, secret: WRONG },
    secrets: [SECRET, WRONG],
    users: company?.people.length ?? 0,
    call: async () => {
      const script = {
        kind: 'internal',
        caller: caller.extension,
        to: callee.extension,
        answer: { does: 'answers', afterMs: 50 },
        acts: [{ act: 'talk', ms: 50 }],
      } as const;
      await pbx.place(script).done;
    },
    cut: () => pbx.cutLine(),
    // The start time that tells two runs apart has whole seconds.
    restart: () => pbx.restart({ clean: false, downMs: 1_100 }),
    skew: (ms) => void (aheadMs = ms),
    harm: (written) =>
      [...written.matchAll(/^Action: (.*?)\r?$/gm)].flatMap(([, action = '']) => (READS.test(action) ? [] : [`action ${action}`])),
    stop: () => pbx.stop(),
  };
}

import type { Clock } from '../../platform/clock/index.ts';
import { LinkError } from '../connector.ts';
import type { AmiClient } from './client.ts';
import type { AmiMessage } from './message.ts';
import { ActionRefused } from './requests.ts';

const POLL_MS = 500;
const READY_WITHIN_MS = 120_000;
/** No start takes longer than this, so an older Asterisk is ready. */
const START_TAKES_S = 120;
/** While modules load, actions are added all the time. */
const SETTLED_AFTER_MS = 3_000;
/** Every time zone is a multiple of it away from UTC. */
const ZONE_STEP_S = 900;

/** One run of the PBX. */
export interface PbxRun {
  /** Changes with every start of Asterisk and with nothing else. */
  epoch: string;
  /** E.g. `22.10.1`. */
  version: string;
}

/** Hears FullyBooted; must listen from before the login on. */
export class BootWatch {
  booted = false;
  #wake: () => void = () => {};

  constructor(client: AmiClient) {
    client.listen({
      wants: (event) => event === 'FullyBooted',
      event: () => {
        this.booted = true;
        this.#wake();
      },
      batchEnd: () => {},
    });
  }

  /** Resolves with FullyBooted, at the latest after `ms`. */
  async wait(clock: Clock, ms: number): Promise<void> {
    if (this.booted) return;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}

/**
 * Waits until Asterisk has finished starting: its manager answers long before its queues and hints
 * are loaded. FullyBooted tells it, but only to a login with class `system`. For others the start
 * time decides, and right after a start the list of actions, which grows while modules load.
 *
 * The epoch is the start time as Asterisk prints it. It is a fixed instant there: neither a step
 * of the PBX's clock nor summer time changes how it reads.
 *
 * @throws LinkError `missingRights` when the login may not ask · `notReady` after two minutes
 */
export async function waitUntilReady(client: AmiClient, watch: BootWatch, clock: Clock): Promise<PbxRun> {
  const startedAt = clock.monotonic();
  let actions = 0;
  let settledSince = startedAt;
  while (clock.monotonic() - startedAt < READY_WITHIN_MS) {
    const status = await askCoreStatus(client);
    if (watch.booted || (await hasRunLong(client, status))) return await describeRun(client, status);
    const known = await client.ask('ListCommands').then((answer) => answer.size);
    if (known !== actions) settledSince = clock.monotonic();
    else if (clock.monotonic() - settledSince >= SETTLED_AFTER_MS) return await describeRun(client, status);
    actions = known;
    await Promise.race([watch.wait(clock, POLL_MS), client.ended()]);
  }
  throw new LinkError('notReady', 'Asterisk does not finish starting');
}

async function askCoreStatus(client: AmiClient): Promise<AmiMessage> {
  try {
    return await client.ask('CoreStatus');
  } catch (error) {
    if (error instanceof ActionRefused) throw new LinkError('missingRights', `${error.message} (write = reporting is missing)`);
    throw error;
  }
}

/**
 * The start time comes in an unknown time zone, so the age is known only up to a multiple of 15
 * minutes. That is enough: a PBX that has just started cannot seem old.
 */
async function hasRunLong(client: AmiClient, status: AmiMessage): Promise<boolean> {
  const now = Number((await client.ask('Ping')).get('Timestamp'));
  const started = Date.parse(`${status.get('CoreStartupDate') ?? ''}T${status.get('CoreStartupTime') ?? ''}Z`) / 1000;
  if (!Number.isFinite(now) || !Number.isFinite(started)) return false;
  const age = (((now - started) % ZONE_STEP_S) + ZONE_STEP_S) % ZONE_STEP_S;
  return age > START_TAKES_S;
}

async function describeRun(client: AmiClient, status: AmiMessage): Promise<PbxRun> {
  const core = await client.ask('CoreSettings');
  const started = `${status.get('CoreStartupDate') ?? ''}T${status.get('CoreStartupTime') ?? ''}`;
  return {
    epoch: `${core.get('SystemName') ?? ''}@${started}`,
    version: /\d+(\.\d+)*/.exec(core.get('AsteriskVersion') ?? '')?.[0] ?? '',
  };
}

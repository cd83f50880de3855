import type { ConnectionTestStep } from '../../../contract/connector-form.ts';
import { LinkError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { AmiClient } from './client.ts';
import { toLinkError } from './failures.ts';
import { login } from './login.ts';
import { managerConf } from './manager-conf.ts';
import { ActionRefused } from './requests.ts';
import type { AsteriskSettings } from './settings.ts';
import { TEXT } from './test-texts.ts';
import type { StepText } from './test-texts.ts';

type Step = ConnectionTestStep['step'];
type Outcome = Omit<ConnectionTestStep, 'step' | 'ms'>;

const EVENTS_ANSWER_MS = 3_000;
const SKEW_WARNS_MS = 2_000;
/** What live boards need, in the order in which their absence hurts. */
const NEEDED_ACTIONS = ['CoreShowChannels', 'CoreStatus', 'DeviceStateList', 'ExtensionStateList'];
const USEFUL_ACTIONS = ['PJSIPShowEndpoints', 'VoicemailUsersList'];

/**
 * Walks from the name to the clock and says at each step what is wrong and how to mend it. After a
 * step that failed the others are skipped. Events of calls cannot be provoked by reading alone, so
 * the events step proves only that Asterisk takes the subscription.
 */
export async function* testConnection(
  settings: AsteriskSettings,
  io: ConnectorIo,
  signal: AbortSignal,
): AsyncGenerator<ConnectionTestStep> {
  const walk = new Walk(settings, io, signal);
  const steps: readonly [Step, () => Promise<Outcome>][] = [
    ['dns', () => walk.dns()],
    ['tcp', () => walk.tcp()],
    ['tls', () => walk.tls()],
    ['login', () => walk.login()],
    ['rights', () => walk.rights()],
    ['events', () => walk.events()],
    ['clock', () => walk.clock()],
  ];
  let failedBefore = false;
  try {
    for (const [step, run] of steps) {
      const from = io.clock.monotonic();
      const outcome: Outcome = failedBefore ? skipped(TEXT.notReached) : await run();
      failedBefore ||= outcome.outcome === 'failed';
      yield { step, ...outcome, ms: Math.round(io.clock.monotonic() - from) };
    }
  } finally {
    walk.end();
  }
}

class Walk {
  readonly #settings: AsteriskSettings;
  readonly #io: ConnectorIo;
  readonly #signal: AbortSignal;
  #client: AmiClient | null = null;
  /** Connecting over TLS failed there and not before. */
  #tlsFailed = false;

  constructor(settings: AsteriskSettings, io: ConnectorIo, signal: AbortSignal) {
    this.#settings = settings;
    this.#io = io;
    this.#signal = signal;
  }

  async dns(): Promise<Outcome> {
    try {
      await this.#io.outgoing.resolve(this.#settings.host, this.#signal);
      return ok(TEXT.dnsOk);
    } catch (error) {
      const { failure } = toLinkError(error);
      // An address that may not be reached reads like one where nothing listens: it tells nothing about our network.
      return failure === 'dns' ? failed(TEXT.dnsUnknown) : ok(TEXT.dnsOk);
    }
  }

  async tcp(): Promise<Outcome> {
    try {
      this.#client = await AmiClient.open(this.#settings, this.#io, this.#signal);
      return ok(TEXT.tcpOk);
    } catch (error) {
      const { failure } = toLinkError(error);
      this.#tlsFailed = failure === 'tls';
      if (this.#tlsFailed) return ok(TEXT.tcpOk);
      return failed(failure === 'protocol' || failure === 'closed' ? TEXT.tcpNotAsterisk : TEXT.tcpClosed);
    }
  }

  async tls(): Promise<Outcome> {
    if (!this.#settings.tls) return skipped(TEXT.tlsOff);
    return this.#tlsFailed ? failed(TEXT.tlsFailed) : ok(TEXT.tlsOk);
  }

  async login(): Promise<Outcome> {
    const client = this.#open();
    try {
      await login(client, this.#settings);
      return ok(TEXT.loginOk);
    } catch (error) {
      const { failure } = toLinkError(error);
      if (failure === 'badCredentials') return failed(TEXT.loginRefused, this.#lines(client));
      return failed(failure === 'notReady' ? TEXT.loginInUse : TEXT.loginBroken);
    }
  }

  async rights(): Promise<Outcome> {
    const client = this.#open();
    try {
      const commands = await client.ask('ListCommands');
      const missing = (actions: readonly string[]): readonly string[] => actions.filter((action) => commands.get(action) === undefined);
      if (missing(NEEDED_ACTIONS).length > 0) return failed(TEXT.rightsMissing, this.#lines(client));
      if (commands.get('QueueStatus') === undefined) return warning(TEXT.rightsNoQueues);
      return missing(USEFUL_ACTIONS).length > 0 ? warning(TEXT.rightsLeast) : ok(TEXT.rightsFull);
    } catch (error) {
      return failed(error instanceof ActionRefused ? TEXT.rightsMissing : TEXT.lineLost, this.#lines(client));
    }
  }

  async events(): Promise<Outcome> {
    const client = this.#open();
    try {
      const answer = await client.ask('Events', { EventMask: 'system,call,agent,user,cdr' }, EVENTS_ANSWER_MS);
      return answer.get('Events') === 'Off' ? failed(TEXT.eventsOff, this.#lines(client)) : ok(TEXT.eventsOn);
    } catch (error) {
      if (error instanceof ActionRefused) return failed(TEXT.eventsOff, this.#lines(client));
      return error instanceof LinkError && error.failure === 'timeout' ? warning(TEXT.eventsUnanswered) : failed(TEXT.lineLost);
    }
  }

  async clock(): Promise<Outcome> {
    const client = this.#open();
    try {
      await client.ping();
    } catch {
      return failed(TEXT.lineLost);
    }
    if (client.skewMs === null) return warning(TEXT.clockUnknown);
    return Math.abs(client.skewMs) >= SKEW_WARNS_MS ? warning(TEXT.clockSkewed(client.skewMs)) : ok(TEXT.clockOk);
  }

  end(): void {
    this.#client?.close();
  }

  #open(): AmiClient {
    if (this.#client === null) throw new Error('the steps after a failed connection are skipped');
    return this.#client;
  }

  #lines(client: AmiClient): string {
    return managerConf(this.#settings.username, client.localAddress);
  }
}

function ok(text: StepText): Outcome {
  return { outcome: 'ok', message: text.message, fix: null, lines: null };
}

function warning(text: StepText): Outcome {
  return { outcome: 'warning', message: text.message, fix: text.fix ?? null, lines: null };
}

function failed(text: StepText, lines: string | null = null): Outcome {
  return { outcome: 'failed', message: text.message, fix: text.fix ?? null, lines };
}

function skipped(text: StepText): Outcome {
  return { outcome: 'skipped', message: text.message, fix: null, lines: null };
}

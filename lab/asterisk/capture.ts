import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, play } from './bench.ts';
import { DriverAmi } from './driver-ami.ts';
import type { AmiUser, Lab } from './lab.ts';
import { told } from './scenarios/told.ts';
import { type ScenarioName, SCENARIOS } from './scenarios.ts';

type Recorded = Extract<AmiUser, 'analytics' | 'readonly'>;

/** What a collector asks each time it connects. */
const SNAPSHOT = ['CoreStatus', 'CoreSettings', 'CoreShowChannels', 'BridgeList', 'QueueStatus', 'DeviceStateList'];
/** What it asks now and then for the directory. */
const DIRECTORY = ['ExtensionStateList', 'VoicemailUsersList', 'PJSIPShowEndpoints'];
const EVENTS = 'system,call,agent,user,cdr';
/** CDR and CEL come after the last hangup, by a queue of their own. */
const TRAIL_MS = 500;

/** Plays a scenario and writes what AMI sent to this user, and the facts beside it. */
export async function captureScenario(t: Bench, folder: string, user: Recorded, name: ScenarioName): Promise<void> {
  const recorder = await Recorder.open(t.lab, user);
  await recorder.ask(SNAPSHOT);
  const facts = await play(t, name, SCENARIOS[name]);
  await sleep(TRAIL_MS);
  write(folder, `${name}.txt`, await recorder.close());
  write(folder, `${name}.json`, `${JSON.stringify(facts, null, 2)}\n`);
}

/** Writes a full discovery, every endpoint in detail where the user's rights allow it. */
export async function captureDiscovery(t: Bench, folder: string, user: Recorded): Promise<void> {
  const recorder = await Recorder.open(t.lab, user);
  await recorder.ask([...SNAPSHOT, ...DIRECTORY]);
  const { list } = await t.driver.must('PJSIPShowEndpoints');
  for (const endpoint of list) await recorder.ask(['PJSIPShowEndpoint'], { Endpoint: endpoint.get('ObjectName') });
  write(folder, 'discovery.txt', await recorder.close());
}

/** Writes a reconnect in the middle of things: a call on hold, a caller in the queue, an agent on pause. */
export async function captureReconnect(t: Bench, folder: string, user: Recorded): Promise<void> {
  const recorders: Recorder[] = [];
  const facts = await play(t, 'reconnect', async () => {
    const calleeRung = t.phones['globex-102'].nextCall();
    const caller = t.phones['globex-101'].dial('102');
    await caller.answered;
    await caller.hold();
    for (const name of ['acme-101', 'acme-102', 'acme-103'] as const) t.phones[name].policy = { kind: 'ring' };
    const member = { Queue: 'support', Interface: 'PJSIP/acme-102' };
    const pausedAt = Date.now();
    await t.driver.must('QueuePause', { ...member, Paused: 'true', Reason: 'Lunch' });
    const agentRung = t.phones['acme-101'].nextCall();
    const waiting = t.inbound('+15550130');
    const agent = await agentRung;
    await sleep(1_000);
    const recorder = await Recorder.open(t.lab, user);
    recorders.push(recorder);
    await recorder.ask([...SNAPSHOT, 'ExtensionStateList']);
    await waiting.hangup();
    await caller.hangup();
    const unpausedAt = Date.now();
    await t.driver.must('QueuePause', { ...member, Paused: 'false' });
    const bob = { agent: 'PJSIP/acme-102', queue: 'support' };
    return {
      calls: [
        told({
          tenant: 'globex',
          direction: 'internal',
          outcome: 'answered',
          endedBy: 'caller',
          legs: [caller, await calleeRung],
          answeredBy: ['PJSIP/globex-102'],
        }),
        told({
          tenant: 'acme',
          direction: 'inbound',
          outcome: 'queueAbandoned',
          endedBy: 'caller',
          legs: [waiting, agent],
          queue: { queue: 'support', left: 'abandoned', offers: [{ agent: 'PJSIP/acme-101', answered: false }] },
        }),
      ],
      agents: [
        { ...bob, change: 'paused', reason: 'Lunch', at: pausedAt },
        { ...bob, change: 'unpaused', reason: null, at: unpausedAt },
      ],
    };
  });
  await sleep(TRAIL_MS);
  for (const recorder of recorders) write(folder, 'reconnect.txt', await recorder.close());
  write(folder, 'reconnect.json', `${JSON.stringify(facts, null, 2)}\n`);
}

/** An AMI session whose every received byte is kept. */
class Recorder {
  readonly #ami: DriverAmi;
  readonly #chunks: Buffer[];

  private constructor(ami: DriverAmi, chunks: Buffer[]) {
    this.#ami = ami;
    this.#chunks = chunks;
  }

  static async open(lab: Lab, user: Recorded): Promise<Recorder> {
    const chunks: Buffer[] = [];
    const ami = await DriverAmi.open({ port: lab.ami.port, ...lab.ami.users[user], events: 'off', onBytes: (bytes) => chunks.push(bytes) });
    await ami.must('Events', { EventMask: EVENTS });
    return new Recorder(ami, chunks);
  }

  /** Sends each action; what this user may not do is answered by an error, which is kept too. */
  async ask(actions: readonly string[], headers: Readonly<Record<string, string>> = {}): Promise<void> {
    for (const action of actions) await this.#ami.send(action, headers);
  }

  async close(): Promise<string> {
    await this.#ami.close();
    return withoutSecrets(Buffer.concat(this.#chunks).toString('utf8'));
  }
}

/** Empties every header that carries a credential (AuthDetail has them in plain text). */
export function withoutSecrets(text: string): string {
  return text.replace(/^((?:Password|Md5Cred|Secret|OauthSecret|RefreshToken|OauthClientid): ?).*?(\r?)$/gim, '$1$2');
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}

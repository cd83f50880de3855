import { existsSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, openBench, play } from './bench.ts';
import { DriverAmi } from './driver-ami.ts';
import type { ScenarioFacts } from './facts.ts';
import { labAvailable, type Lab, startLab } from './lab.ts';
import { SCENARIO_NAMES, SCENARIOS } from './scenarios.ts';

/** Every scenario is played once per version; the two versions play side by side. */
describe.each(['newest', '16'] as const)('Asterisk %s', (version) => {
  let lab: Lab;
  let bench: Bench;
  let played: Promise<Map<string, ScenarioFacts | Error>>;

  beforeAll(async () => {
    const available = labAvailable();
    if (!available.ok) throw new Error(available.why);
    ({ lab, bench, played } = await shared(version));
  }, 300_000);

  afterAll(async () => {
    await bench?.close();
    await lab?.stop();
    if (lab) expect(existsSync(lab.root)).toBe(false);
  }, 60_000);

  test.each(SCENARIO_NAMES)('%s goes as told', async (name) => {
    const facts = (await played).get(name);
    if (!facts || facts instanceof Error) throw facts ?? new Error('not played');
    for (const call of facts.calls) {
      const legs = call.legs.map((index) => facts.legs[index]);
      expect(legs).not.toContain(undefined);
      const answering = legs.filter((leg) => leg?.role === 'callee' && leg.answered !== null).map((leg) => leg?.device);
      expect([...answering, ...fetchers(call.transfers)]).toEqual(call.answeredBy);
    }
  });

  test('the TLS port shows the certificate that the lab hands out', async () => {
    await played;
    const { tlsPort, host, certificate } = lab.ami;
    const banner = await new Promise<string>((resolve, reject) => {
      const socket = connectTls({ host, port: tlsPort, ca: certificate });
      socket.once('error', reject);
      socket.once('data', (bytes: Buffer) => {
        socket.destroy();
        resolve(bytes.toString());
      });
    });
    expect(banner).toContain('Asterisk Call Manager/');
  });

  test('readonly may list calls but not place one', async () => {
    await played;
    const ami = await DriverAmi.open({ port: lab.ami.port, ...lab.ami.users.readonly });
    const list = await ami.send('CoreShowChannels');
    const originate = await ami.send('Originate', { Channel: 'Local/1@load-callee', Context: 'load-caller', Exten: '1', Priority: '1' });
    await ami.close();
    expect(list.response.get('Response')).toBe('Success');
    expect(originate.response.get('Message')).toBe('Permission denied');
  });

  test('a kill loses the calls, a start brings it back with its files', async () => {
    await played;
    const call = bench.inbound('+15550101');
    await call.answered;
    await lab.kill();
    call.finish('other', null);
    await lab.start();
    expect(existsSync(lab.files.cel)).toBe(true);
    expect(await lab.cli('core show channels')).toContain('0 active channels');
  }, 60_000);
});

interface Session {
  lab: Lab;
  bench: Bench;
  played: Promise<Map<string, ScenarioFacts | Error>>;
}

// Both sessions begin with the first describe: a scenario is mostly waiting, so two play in the time of one.
const sessions = new Map<'newest' | '16', Promise<Session>>();

function shared(version: 'newest' | '16'): Promise<Session> {
  for (const each of ['newest', '16'] as const) {
    if (!sessions.has(each)) sessions.set(each, open(each));
  }
  return sessions.get(version) ?? open(version);
}

async function open(version: 'newest' | '16'): Promise<Session> {
  const lab = await startLab({ version });
  const bench = await openBench(lab);
  return { lab, bench, played: playAll(bench) };
}

async function playAll(bench: Bench): Promise<Map<string, ScenarioFacts | Error>> {
  const results = new Map<string, ScenarioFacts | Error>();
  for (const name of SCENARIO_NAMES) {
    results.set(
      name,
      await play(bench, name, SCENARIOS[name]).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))),
    );
  }
  return results;
}

const fetchers = (transfers: ScenarioFacts['calls'][number]['transfers']): string[] =>
  transfers.filter(({ kind }) => kind === 'unpark').map(({ by }) => by);

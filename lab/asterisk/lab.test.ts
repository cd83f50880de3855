import { existsSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, openBench, play } from './bench.ts';
import { DriverAmi } from './driver-ami.ts';
import type { ScenarioFacts } from './facts.ts';
import { labAvailable, type Lab, startLab } from './lab.ts';
import { SCENARIO_NAMES, type ScenarioName, SCENARIOS } from './scenarios.ts';

const VERSIONS = ['newest', '16'] as const;
type Version = (typeof VERSIONS)[number];

interface Session {
  lab: Lab;
  bench: Bench;
  /** One after the other, begun at once. */
  played: ReadonlyMap<ScenarioName, Promise<ScenarioFacts>>;
}

const sessions = new Map<Version, Session>();

// A scenario is mostly waiting: both versions play side by side in the time of one.
beforeAll(async () => {
  const available = labAvailable();
  if (!available.ok) throw new Error(available.why);
  const opened = await Promise.allSettled(VERSIONS.map(open));
  const failed = opened.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}, 300_000);

afterAll(async () => {
  for (const { lab, bench, played } of sessions.values()) {
    await Promise.allSettled(played.values());
    await bench.close();
    await lab.stop();
  }
}, 300_000);

describe.each(VERSIONS)('Asterisk %s', (version) => {
  test.each(SCENARIO_NAMES)('%s goes as told', async (name) => {
    const facts = await session(version).played.get(name);
    for (const call of facts?.calls ?? []) {
      const legs = call.legs.map((index) => facts?.legs[index]);
      expect(legs).not.toContain(undefined);
      const answering = legs.filter((leg) => leg?.role === 'callee' && leg.answered !== null).map((leg) => leg?.device);
      expect([...answering, ...fetchers(call.transfers)]).toEqual(call.answeredBy);
      expect(legs[0]?.endedBy).toBe(call.endedBy === 'caller' ? 'self' : 'other');
    }
    expect(facts).toBeDefined();
  });

  test('the TLS port shows the certificate that the lab hands out', async () => {
    const { tlsPort, host, certificate } = session(version).lab.ami;
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
    const { lab } = session(version);
    const ami = await DriverAmi.open({ port: lab.ami.port, ...lab.ami.users.readonly });
    const list = await ami.send('CoreShowChannels');
    const originate = await ami.send('Originate', { Channel: 'Local/1@load-callee', Context: 'load-caller', Exten: '1', Priority: '1' });
    await ami.close();
    expect(list.response.get('Response')).toBe('Success');
    expect(originate.response.get('Message')).toBe('Permission denied');
  });

  test('a kill loses the calls, a start brings it back with its files', async () => {
    const { lab, bench, played } = session(version);
    await Promise.allSettled(played.values());
    const call = bench.inbound('+15550101');
    await call.answered;
    await lab.kill();
    call.finish('other', null);
    await lab.start();
    expect(existsSync(lab.files.cel)).toBe(true);
    expect(await lab.cli('core show channels')).toContain('0 active channels');
  });

  test('stop leaves neither process nor files', async () => {
    const extra = await startLab({ version });
    await extra.stop();
    expect(existsSync(extra.root)).toBe(false);
    await expect(DriverAmi.open({ port: extra.ami.port, ...extra.ami.users.admin })).rejects.toThrow('ECONNREFUSED');
  });
});

function session(version: Version): Session {
  const found = sessions.get(version);
  if (!found) throw new Error(`Asterisk ${version} is not up`);
  return found;
}

async function open(version: Version): Promise<void> {
  const lab = await startLab({ version });
  const bench = await openBench(lab);
  sessions.set(version, { lab, bench, played: playAll(bench) });
}

function playAll(bench: Bench): Session['played'] {
  const played = new Map<ScenarioName, Promise<ScenarioFacts>>();
  let previous: Promise<unknown> = Promise.resolve();
  for (const name of SCENARIO_NAMES) {
    const facts = previous.then(() => play(bench, name, SCENARIOS[name]));
    played.set(name, facts);
    previous = facts.catch(() => {}); // its own test tells
  }
  return played;
}

const fetchers = (transfers: ScenarioFacts['calls'][number]['transfers']): string[] =>
  transfers.filter(({ kind }) => kind === 'unpark').map(({ by }) => by);

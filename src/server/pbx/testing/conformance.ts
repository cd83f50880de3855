import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionTestStep } from '../../../contract/connector-form.ts';
import type { AnyConnector } from '../registry.ts';
import { superviseLink } from '../supervisor.ts';
import type { SupervisedLink } from '../supervisor.ts';
import { Observer, observedIo } from './observer.ts';
import type { ConformanceKit, ConformanceTarget } from './target.ts';

const STEPS: readonly ConnectionTestStep['step'][] = ['dns', 'tcp', 'tls', 'login', 'rights', 'events', 'clock'];
const HOUR_MS = 3_600_000;

/** What every connector must hold, whatever its phone system. */
export function conformance(connector: AnyConnector, kit: ConformanceKit): void {
  const { descriptor } = connector;

  describe(`the ${descriptor.id} connector`, () => {
    let target: ConformanceTarget;
    let seen: Observer;
    let watched: ReturnType<typeof observedIo>;
    let links: SupervisedLink[];

    beforeEach(async () => {
      target = await kit.startTarget();
      seen = new Observer();
      watched = observedIo();
      links = [];
    });

    afterEach(async () => {
      await Promise.all(links.map((link) => link.stop()));
      await target.stop();
      expect(target.harm(watched.written())).toEqual([]);
      for (const secret of target.secrets) expect(watched.logged.join('\n')).not.toContain(secret);
    });

    function link(settings = target.settings): SupervisedLink {
      const supervised = superviseLink({
        connector,
        settings: descriptor.settings.parse(settings),
        io: watched.io,
        sink: seen,
        directory: () => null,
        memory: null,
        random: () => 0.1,
      });
      links.push(supervised);
      return supervised;
    }

    const live = (times = 1): Promise<void> => seen.until(() => seen.count('live') >= times);

    it('describes itself: every form item has a text in each language, every secret is a secret item', () => {
      for (const item of descriptor.form) expect([item.label.en, item.label.es]).not.toContain('');
      expect(descriptor.form.filter((item) => item.kind === 'secret').map((item) => item.key)).toEqual([...descriptor.secrets]);
      expect(descriptor.attribution.map((method) => method.by)).toContain('all');
      expect(descriptor.identity(descriptor.settings.parse(target.settings))).not.toBe('');
    });

    it('walks the test of a connection to its end', async () => {
      const steps: ConnectionTestStep[] = [];
      for await (const step of connector.test(descriptor.settings.parse(target.settings), watched.io, new AbortController().signal))
        steps.push(step);
      expect(steps.map((step) => step.step)).toEqual(STEPS);
      expect(steps.filter((step) => step.outcome === 'failed')).toEqual([]);
    });

    it('says in both languages how to mend refused credentials, and repeats no secret', async () => {
      const steps: ConnectionTestStep[] = [];
      for await (const step of connector.test(descriptor.settings.parse(target.badSettings), watched.io, new AbortController().signal))
        steps.push(step);
      const login = steps.find((step) => step.step === 'login');
      expect(login).toMatchObject({ outcome: 'failed', fix: { en: expect.stringMatching(/\w/), es: expect.stringMatching(/\w/) } });
      expect(steps.slice(steps.findIndex((step) => step.step === 'login') + 1).map((step) => step.outcome)).toEqual([
        'skipped',
        'skipped',
        'skipped',
      ]);
      for (const secret of target.secrets) expect(JSON.stringify(steps)).not.toContain(secret);
    });

    it('discovers users with ids of their own, the same each time', async () => {
      const settings = descriptor.settings.parse(target.settings);
      const discover = () => connector.discover(settings, watched.io, new AbortController().signal);
      const first = await discover();
      expect(first.users.length).toBeGreaterThanOrEqual(target.users);
      expect(new Set(first.users.map((user) => user.externalId)).size).toBe(first.users.length);
      expect((await discover()).users).toEqual(first.users);
      expect(descriptor.capabilities).toEqual(expect.arrayContaining([...first.capabilities]));
    });

    it('stops at refused credentials, says so, and does not knock again soon', async () => {
      const refused = link(target.badSettings);
      await seen.until(() => refused.status.state === 'authFailed');
      await watched.io.clock.sleep(1_500);
      expect(refused.status).toMatchObject({ state: 'authFailed', failure: 'badCredentials' });
      expect(watched.connections()).toBe(1);
      await expect(
        connector.discover(descriptor.settings.parse(target.badSettings), watched.io, new AbortController().signal),
      ).rejects.toMatchObject({
        failure: 'badCredentials',
      });
    });

    it('begins with a whole snapshot, then tells a call live, numbered without a hole', async () => {
      link();
      await live();
      expect(seen.told[0]).toMatchObject({ type: 'snapshot.started', restarted: false });
      const completed = seen.told.findIndex((event) => event.type === 'snapshot.completed');
      expect(seen.told.slice(0, completed + 1).every((event) => event.origin === 'snapshot')).toBe(true);
      await target.call();
      await seen.until(() => seen.of('leg.ended').length >= 2 && seen.of('leg.ended').length === seen.of('leg.started').length);
      expect(seen.of('leg.answered').length).toBeGreaterThan(0);
      expect(seen.of('leg.bridged').length).toBeGreaterThanOrEqual(2);
      expect(seen.told.map((event) => event.seq)).toEqual(seen.told.map((_, index) => index));
    });

    it('names the phones of a call as the directory does, each with what a rule can match', async () => {
      const directory = await connector.discover(descriptor.settings.parse(target.settings), watched.io, new AbortController().signal);
      const known = directory.users.flatMap((user) => user.devices);
      link();
      await live();
      await target.call();
      await seen.until(() => seen.of('leg.ended').length >= 2);
      const phones = seen.of('leg.started').filter((leg) => leg.kind === 'device');
      expect(phones.length).toBeGreaterThan(0);
      expect(known).toEqual(expect.arrayContaining(phones.map((leg) => leg.device)));
      expect(phones.filter((leg) => leg.keys.length === 0)).toEqual([]);
    });

    it('comes back after a loss with another snapshot, the gap, and no hole in the numbers', async () => {
      link();
      await live();
      const cutAt = Date.now();
      target.cut();
      await live(2);
      expect(seen.of('snapshot.started').map((event) => event.restarted)).toEqual([false, false]);
      expect(seen.gaps).toHaveLength(1);
      expect(seen.gaps[0]?.from).toBeLessThanOrEqual(cutAt);
      expect(seen.gaps[0]?.from).toBeGreaterThan(cutAt - 2_000);
      await target.call();
      await seen.until(() => seen.of('leg.ended').length >= 2);
      expect(seen.told.map((event) => event.seq)).toEqual(seen.told.map((_, index) => index));
    });

    it('tells a restart of the phone system from a loss of the line', async () => {
      link();
      await live();
      await target.restart();
      await live(2);
      expect(seen.of('snapshot.started').map((event) => event.restarted)).toEqual([false, true]);
      expect(new Set(seen.of('snapshot.started').map((event) => event.epoch)).size).toBe(2);
    });

    it('corrects the times of a phone system whose clock is wrong', async () => {
      target.skew(HOUR_MS);
      link();
      await live();
      await target.call();
      await seen.until(() => seen.of('leg.ended').length >= 2);
      expect(Math.abs((seen.skewMs ?? HOUR_MS) - HOUR_MS)).toBeLessThan(2_000);
      for (const event of seen.told) expect(Math.abs(event.at - event.receivedAt)).toBeLessThan(2_000);
    });

    it('stops promptly while live, and tells nothing after', async () => {
      const running = link();
      await live();
      const from = performance.now();
      await running.stop();
      expect(performance.now() - from).toBeLessThan(1_000);
      const told = seen.told.length;
      await target.call();
      expect(seen.told).toHaveLength(told);
    });

    it('stops promptly while it waits for the next try', async () => {
      const running = link(target.badSettings);
      await seen.until(() => running.status.state === 'authFailed');
      const from = performance.now();
      await running.stop();
      expect(performance.now() - from).toBeLessThan(1_000);
    });
  });
}

/** A running Ringside: database, links, workers, HTTP and live sockets, started and stopped in order. */
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { assembleRoutes, assembleTasks, type Services } from './assemble.ts';
import { openDatabase } from './database.ts';
import { namesOfShares, syncDue } from './modules/directory/index.ts';
import { printSetupLink } from './modules/identity/index.ts';
import { createLinks, type Links } from './modules/links/index.ts';
import { createLinkEventSink, createMonitoring } from './modules/monitoring/index.ts';
import { attachLive } from './modules/realtime/index.ts';
import { createPbxPorts } from './pbx-ports.ts';
import { createLocalBus } from './platform/bus/index.ts';
import { systemClock } from './platform/clock/index.ts';
import type { Config } from './platform/config/index.ts';
import { checkSecretKey } from './platform/crypto/check.ts';
import { createSecretBox, loadSecretKey } from './platform/crypto/index.ts';
import { Database } from './platform/db/index.ts';
import { startJobWorker } from './platform/jobs/worker.ts';
import type { Log } from './platform/log/index.ts';
import { createMetrics } from './platform/metrics/index.ts';
import { createOutgoing, pbxReach } from './platform/outgoing/index.ts';

export type Role = 'web' | 'collector' | 'worker';

export interface StartOptions {
  config: Config;
  env: NodeJS.ProcessEnv;
  log: Log;
  roles: ReadonlySet<Role>;
  /** Answers that break the contract fail (tests); else what is undeclared is left out. */
  strict?: boolean;
}

export interface Ringside {
  /** Where it answers; null without the web role. */
  url: string | null;
  /** Opens the first page; null once the enterprise is made. */
  setupLink: string | null;
  services: Services;
  /** Settles when it ends by itself, with the reason. */
  failed: Promise<string>;
  stop(): Promise<void>;
}

export const PORTAL_DIR = path.resolve(import.meta.dirname, '../../dist/web');
const FLUSH_MS = 50;

/** @throws Error in plain words when it cannot start; nothing is left running then */
export async function startRingside({ config, env, log, roles, strict = false }: StartOptions): Promise<Ringside> {
  const clock = systemClock;
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) {
      // What cannot end well (the database is away) must not keep the rest running.
      await step().catch((error: unknown) => log.error({ err: error }, 'a part did not stop cleanly'));
    }
  };
  try {
    const opened = await openDatabase(config, clock, log);
    stops.push(opened.stop);
    const box = createSecretBox(loadSecretKey({ dataDir: config.dataDir, env, embedded: opened.embedded }));
    const database = new Database({ url: opened.url, max: 16 });
    stops.push(() => database.close());
    await database.refuseUnboundLogin();
    await checkSecretKey(database, box);
    const forbiddenPorts = [config.port];
    const outgoing = createOutgoing({ reach: pbxReach(config.host), allowedNetworks: config.pbxAllowedNetworks, forbiddenPorts, clock });
    const ports = createPbxPorts({ outgoing, clock, log });
    const metrics = createMetrics();
    const bus = createLocalBus();
    let links: Links | null = null;
    const services: Services = {
      database,
      clock,
      log,
      box,
      ports,
      publicUrl: config.publicUrl,
      smtpUrl: config.smtpUrl,
      links: () => links,
    };

    if (roles.has('worker')) {
      const worker = await startJobWorker({ url: opened.url, handlers: assembleTasks(services), log, concurrency: 4, clock, database });
      stops.push(() => worker.stop());
    }
    if (roles.has('collector')) {
      const monitoring = createMonitoring({ database, bus, clock, log, metrics, flushMs: FLUSH_MS });
      stops.push(() => monitoring.stop());
      const sink = createLinkEventSink(monitoring, (shares) => namesOfShares(database, shares), log);
      const running = createLinks({ database, ports, box, sink, clock, log, onSyncDue: (share) => syncDue(services, share) });
      links = running;
      metrics.watchLinks(() => running.states());
      running.start();
      stops.push(() => running.stop());
    }
    let url: string | null = null;
    if (roles.has('web')) {
      const app = await createApp({
        bindings: assembleRoutes(services),
        database,
        clock,
        log,
        metrics,
        publicUrl: config.publicUrl,
        metricsToken: config.metricsToken,
        portalDir: PORTAL_DIR,
        strict,
      });
      const live = attachLive(app.server, { database, bus, clock, log, metrics, publicUrl: config.publicUrl });
      stops.push(() => app.close());
      stops.push(() => live.close());
      await app.listen({ port: config.port, host: config.host });
      const { port } = app.server.address() as AddressInfo;
      forbiddenPorts.push(port);
      url = config.port === 0 ? config.publicUrl.replace(/:0$/, `:${port}`) : config.publicUrl;
    }
    const setupLink = roles.has('web') ? await printSetupLink(database, url ?? config.publicUrl) : null;
    return { url, setupLink, services, failed: opened.ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

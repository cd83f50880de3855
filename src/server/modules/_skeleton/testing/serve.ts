/** The skeleton's routes are no part of the program: this serves them beside it, on its database. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { queryAdmin } from '../../../../../test/harness/database.ts';
import type { TestRingside } from '../../../../../test/harness/ringside.ts';
import { createApp } from '../../../app.ts';
import { createMetrics } from '../../../platform/metrics/index.ts';
import { skeletonThingRoutes } from '../index.ts';

/** @returns where it answers, until `stop` */
export async function serveSkeleton({ ringside, db }: TestRingside): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = path.resolve(import.meta.dirname, '../../../../..');
  for (const file of ['src/server/modules/_skeleton/migration.sql', 'db/after_each.sql']) {
    await queryAdmin(db.adminUrl, await readFile(path.join(folder, file), 'utf8'));
  }
  const { database, clock, log, publicUrl } = ringside.services;
  const app = await createApp({
    bindings: skeletonThingRoutes(),
    database,
    clock,
    log,
    metrics: createMetrics(),
    publicUrl,
    metricsToken: null,
    portalDir: null,
    strict: true,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => app.close() };
}

/** One real PostgreSQL for all test files, with a migrated template to clone from. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { systemClock } from '../../src/server/platform/clock/index.ts';
import { startEmbedded } from '../../src/server/platform/db/embedded.ts';
import { migrate } from '../../src/server/platform/db/migrate.ts';
import { silentLog } from '../../src/server/platform/log/index.ts';
import { adminUrlOf, cloneable, queryAdmin, TEMPLATE } from './database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the owner, for the server's first database. */
    adminUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_ADMIN_URL'];
  if (given !== undefined) {
    await makeTemplate(given);
    project.provide('adminUrl', given);
    return async () => {};
  }
  const dataDir = await mkdtemp(path.join(tmpdir(), 'ringside-test-'));
  const server = await startEmbedded({ dataDir, durable: false, log: silentLog, clock: systemClock });
  await makeTemplate(server.adminUrl);
  project.provide('adminUrl', server.adminUrl);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

async function makeTemplate(adminUrl: string): Promise<void> {
  await queryAdmin(adminUrl, `drop database if exists ${TEMPLATE} with (force)`);
  await queryAdmin(adminUrl, `create database ${TEMPLATE}`);
  await migrate({ adminUrl: adminUrlOf(adminUrl, TEMPLATE), appLogin: 'ringside' });
  await cloneable(adminUrl);
}

/** Everything in the repository that is made from something else in it. */
import { readFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { ERRORS, FIELD_ERRORS } from '../../src/contract/errors.ts';
import { openApiDocument } from '../../src/server/openapi.ts';
import { systemClock } from '../../src/server/platform/clock/index.ts';
import { startEmbedded } from '../../src/server/platform/db/embedded.ts';
import { migrate } from '../../src/server/platform/db/migrate.ts';
import { silentLog } from '../../src/server/platform/log/index.ts';
import { must, ROOT } from './command.ts';
import { startPostgres15 } from './postgres15.ts';

const SERVER_URL = 'http://127.0.0.1:8080';

export interface Generated {
  /** Path below the project's folder. */
  file: string;
  make(): Promise<string>;
}

export const API_DOCUMENT: Generated = {
  file: 'docs/api/openapi.json',
  make: async () => `${JSON.stringify(openApiDocument(SERVER_URL), null, 2)}\n`,
};

export const ERROR_PAGE: Generated = { file: 'docs/api/errors.md', make: async () => errorPage() };

/** Types of a freshly migrated embedded database. */
export const DATABASE_TYPES: Generated = {
  file: 'src/server/platform/db/schema.ts',
  async make() {
    const folder = await mkdtemp(path.join(tmpdir(), 'ringside-gen-'));
    const server = await startEmbedded({ dataDir: folder, durable: false, log: silentLog, clock: systemClock });
    try {
      await migrate({ adminUrl: server.adminUrl, appLogin: 'ringside' });
      const file = path.join(folder, 'schema.ts');
      const settings = ['--dialect', 'postgres', '--url', server.adminUrl, '--out-file', file, '--default-schema', 'public'];
      const types = ['--exclude-pattern', 'graphile_worker.*', '--type-mapping', '{"int8":"number","date":"string"}'];
      const codegen = path.join(ROOT, 'node_modules/kysely-codegen/dist/cli/bin.js');
      await must(process.execPath, [codegen, ...settings, ...types]);
      return await readFile(file, 'utf8');
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** The schema as SQL, so that a review sees what a migration does to it. Needs Debian's postgresql-15. */
export const DATABASE_SCHEMA: Generated = {
  file: 'db/schema.sql',
  async make() {
    const server = await startPostgres15();
    try {
      await query(server.adminUrl, 'create database ringside');
      await migrate({ adminUrl: server.adminUrl.replace('/postgres?', '/ringside?'), appLogin: 'ringside' });
      return await server.dump('ringside');
    } finally {
      await server.stop();
    }
  },
};

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

function errorPage(): string {
  const errors = Object.entries(ERRORS).map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title.en} | ${title.es} |`);
  const fields = Object.entries(FIELD_ERRORS).map(([code, text]) => `| \`${code}\` | ${text.en} | ${text.es} |`);
  return `# Errors

Made by \`bin/gen\` from \`src/contract/errors.ts\`. Every answer of 400 or above is a problem document (RFC 9457,
\`application/problem+json\`): \`code\` is one of the first table, \`title\` its text in the caller's language, \`errors\` names every
field that is wrong at once, each with a \`path\` such as \`body.trial.endDate\` and a \`code\` of the second table.

| code | status | English | Spanish |
| --- | --- | --- | --- |
${errors.join('\n')}

## Field errors

| code | English | Spanish |
| --- | --- | --- |
${fields.join('\n')}
`;
}

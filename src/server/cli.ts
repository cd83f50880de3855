#!/usr/bin/env node
/** `npx ringside …`: the commands beside `serve`. Each prints text or, with --json, one JSON object. */
import { parseArgs } from 'node:util';
import { joinDatabase } from './database.ts';
import { createAdmin, createApiClient, printSetupLink } from './modules/identity/index.ts';
import { systemClock } from './platform/clock/index.ts';
import { loadConfig, type Config } from './platform/config/index.ts';
import { createSecretBox, loadSecretKey, type SecretBox } from './platform/crypto/index.ts';
import { Database } from './platform/db/index.ts';
import { migrate } from './platform/db/migrate.ts';
import { silentLog } from './platform/log/index.ts';
import { simulatePbx } from './simulator/index.ts';

const USAGE = `ringside <command> [--json]

  serve [--role=web,collector,worker]       start (npm start does this)
  setup                                     print a new set-up link
  admin create --email A --name N           invite an administrator of the enterprise
  api-client create --name N [--tenant ID]  make an API client; its secret is shown once
  migrate                                   bring the database of DATABASE_ADMIN_URL up to date
  simulate-pbx [--port N …]                 a phone system that lives an invented working day
`;

interface Tools {
  config: Config;
  database: Database;
  box: SecretBox;
}

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code */
async function main(argv: string[]): Promise<number> {
  const [command = '', ...rest] = argv;
  try {
    switch (command) {
      case 'serve':
        await import('./main.ts');
        return Number(process.exitCode ?? 0);
      case 'setup':
        return await withTools(rest, setup);
      case 'admin':
        return await withTools(rest.slice(1), admin, rest[0] === 'create');
      case 'api-client':
        return await withTools(rest.slice(1), apiClient, rest[0] === 'create');
      case 'migrate':
        return await migrateGiven(rest);
      case 'simulate-pbx':
        return await simulatePbx(rest);
      default:
        process.stderr.write(USAGE);
        return command === '' || command === 'help' || command === '--help' ? 0 : 2;
    }
  } catch (error) {
    process.stderr.write(`ringside ${command}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

type Printed = { text: string; json: object };

async function withTools(argv: string[], work: (tools: Tools, argv: string[]) => Promise<Printed>, known = true): Promise<number> {
  if (!known) {
    process.stderr.write(USAGE);
    return 2;
  }
  const config = loadConfig(process.env);
  const opened = await joinDatabase(config, systemClock, silentLog);
  const database = new Database({ url: opened.url, max: 2 });
  try {
    const box = createSecretBox(loadSecretKey({ dataDir: config.dataDir, env: process.env, embedded: opened.embedded }));
    const wantsJson = argv.includes('--json');
    const printed = await work(
      { config, database, box },
      argv.filter((word) => word !== '--json'),
    );
    process.stdout.write(wantsJson ? `${JSON.stringify(printed.json)}\n` : `${printed.text}\n`);
    return 0;
  } finally {
    await database.close();
    await opened.stop();
  }
}

async function setup({ config, database }: Tools): Promise<Printed> {
  const link = await printSetupLink(database, config.publicUrl);
  if (link === null) throw new Error('the set-up is done; "ringside admin create" makes a way in');
  return { text: link, json: { link } };
}

async function admin({ config, database, box }: Tools, argv: string[]): Promise<Printed> {
  const { values } = parseArgs({
    args: argv,
    options: { email: { type: 'string' }, name: { type: 'string' }, language: { type: 'string', default: 'en' } },
  });
  if (!values.email || !values.name) throw new Error('--email and --name are needed');
  const language = values.language === 'es' ? 'es' : 'en';
  const made = await createAdmin(
    database,
    systemClock,
    { secretBox: box, publicUrl: config.publicUrl },
    { email: values.email, displayName: values.name, language },
  );
  return { text: made.link ?? 'This person has a login and is an administrator now.', json: { link: made.link, until: made.until } };
}

async function apiClient({ database }: Tools, argv: string[]): Promise<Printed> {
  const { values } = parseArgs({ args: argv, options: { name: { type: 'string' }, tenant: { type: 'string' } } });
  if (!values.name) throw new Error('--name is needed');
  const made = await createApiClient(database, systemClock, { name: values.name, tenantId: values.tenant ?? null });
  return { text: `client_id      ${made.clientId}\nclient_secret  ${made.clientSecret}\n\nThe secret is not shown again.`, json: made };
}

async function migrateGiven(argv: string[]): Promise<number> {
  const config = loadConfig(process.env);
  if (config.databaseAdminUrl === null) throw new Error('give the owner login as DATABASE_ADMIN_URL');
  const { values } = parseArgs({ args: argv, options: { json: { type: 'boolean' } } });
  const applied = await migrate({ adminUrl: config.databaseAdminUrl });
  process.stdout.write(
    values.json ? `${JSON.stringify({ applied })}\n` : applied.length > 0 ? `applied ${applied.join(', ')}\n` : 'already up to date\n',
  );
  return 0;
}

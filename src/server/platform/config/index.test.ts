import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, loadConfig } from './index.ts';

test('with nothing set everything is embedded and only this machine is served', () => {
  expect(loadConfig({ PATH: '/bin' })).toEqual({
    port: 8080,
    host: '127.0.0.1',
    dataDir: resolve('data'),
    databaseUrl: null,
    databaseAdminUrl: null,
    smtpUrl: null,
    publicUrl: 'http://127.0.0.1:8080',
    secretKey: null,
    secretKeyPrevious: null,
    metricsToken: null,
    pbxAllowedNetworks: [],
    webhookAllowedNetworks: [],
    logLevel: 'info',
  });
});

test('what is set is taken; an empty value counts as not set', () => {
  const config = loadConfig({
    PORT: '9000',
    HOST: '::',
    DATA_DIR: '/srv/ringside',
    DATABASE_URL: 'postgresql://app:pw@db.example:5432/ringside',
    DATABASE_ADMIN_URL: '',
    NATS_URL: ' ',
    SMTP_URL: 'smtp://mail.example:587',
    PBX_ALLOWED_NETWORKS: '10.0.0.0/8, fd00::/8 192.168.1.7',
    LOG_LEVEL: 'debug',
  });
  expect(config).toMatchObject({
    port: 9000,
    dataDir: '/srv/ringside',
    databaseUrl: 'postgresql://app:pw@db.example:5432/ringside',
    databaseAdminUrl: null,
    smtpUrl: 'smtp://mail.example:587',
    publicUrl: 'http://localhost:9000',
    pbxAllowedNetworks: ['10.0.0.0/8', 'fd00::/8', '192.168.1.7'],
    logLevel: 'debug',
  });
  expect(loadConfig({ HOST: '::1' }).publicUrl).toBe('http://[::1]:8080');
  expect(loadConfig({ PUBLIC_URL: 'https://calls.example.com/' }).publicUrl).toBe('https://calls.example.com');
});

test('all faults are told at once, each by its name, and no password is repeated', () => {
  const env = {
    PORT: '80a',
    HOST: 'http://x:1',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    NATS_URL: 'nats://n:4222',
    SMTP_URL: 'mail.example',
    PUBLIC_URL: 'calls.example.com',
    METRICS_TOKEN: 'hunter2',
    PBX_ALLOWED_NETWORKS: '10.0.0.0/8,10.0.0.0/99',
    WEBHOOK_ALLOWED_NETWORKS: 'intranet',
    LOG_LEVEL: 'loud',
  };
  const error = faultsOf(env);
  expect(error.faults.map((fault) => fault.split(' ')[0])).toEqual(Object.keys(env));
  expect(error.message).not.toContain('hunter2');
  expect(error.message).toContain('NATS_URL is not supported yet');
});

test('an owner login without a database of one’s own, and a portal below a path, are refused', () => {
  expect(faultsOf({ DATABASE_ADMIN_URL: 'postgres://o@db/x' }).faults).toEqual(['DATABASE_ADMIN_URL is of use only with DATABASE_URL']);
  expect(faultsOf({ PUBLIC_URL: 'https://x.example/ringside' }).faults[0]).toContain('without a path');
});

function faultsOf(env: NodeJS.ProcessEnv): ConfigError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('accepted');
}

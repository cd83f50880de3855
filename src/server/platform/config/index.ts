/** The environment, checked once at the start. */
import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { parseNetwork } from '../outgoing/index.ts';

export interface Config {
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** Null: the embedded database. */
  databaseUrl: string | null;
  /** The owner's login, for `migrate` only. */
  databaseAdminUrl: string | null;
  /** Null: mails are kept and shown to the operator. */
  smtpUrl: string | null;
  /** Where browsers find the portal, without a closing slash. */
  publicUrl: string;
  /** As given; `crypto` reads it. */
  secretKey: string | null;
  secretKeyPrevious: string | null;
  metricsToken: string | null;
  /** CIDR. */
  pbxAllowedNetworks: readonly string[];
  webhookAllowedNetworks: readonly string[];
  logLevel: LogLevel;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What is wrong with the environment, all at once, one line each. Values are not repeated: some hold passwords. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`the settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** @throws ConfigError */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  // Compose files and unit files write an unset variable as an empty one.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  const found = parsed.data;
  return {
    port: found.PORT,
    host: found.HOST,
    dataDir: resolve(found.DATA_DIR),
    databaseUrl: found.DATABASE_URL ?? null,
    databaseAdminUrl: found.DATABASE_ADMIN_URL ?? null,
    smtpUrl: found.SMTP_URL ?? null,
    publicUrl: found.PUBLIC_URL ?? defaultUrl(found.HOST, found.PORT),
    secretKey: found.SECRET_KEY ?? null,
    secretKeyPrevious: found.SECRET_KEY_PREVIOUS ?? null,
    metricsToken: found.METRICS_TOKEN ?? null,
    pbxAllowedNetworks: found.PBX_ALLOWED_NETWORKS,
    webhookAllowedNetworks: found.WEBHOOK_ALLOWED_NETWORKS,
    logLevel: found.LOG_LEVEL,
  };
}

/** Also the form for a socket, which is no URL to the standard: postgresql://user@/name?host=/run/postgresql */
const database = z
  .string()
  .regex(/^postgres(ql)?:\/\/[^/?#\s]*\/[^/?#\s]+(\?\S*)?$/, 'must look like postgresql://user:password@host:5432/name')
  .optional();

const networks = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))
  .refine((list) => list.every((part) => parseNetwork(part) !== null), 'must list networks like 10.0.0.0/8,fd00::/8');

const environment = z
  .object({
    PORT: z
      .string()
      .default('8080')
      .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, 'must be a port number, 0 to 65535 (0: any free one)')
      .transform(Number),
    HOST: z
      .string()
      .default('127.0.0.1')
      .refine((text) => isIPv6(text) || /^[A-Za-z0-9.-]+$/.test(text), 'must be an address or a host name, without port'),
    DATA_DIR: z.string().default('./data'),
    DATABASE_URL: database,
    DATABASE_ADMIN_URL: database,
    NATS_URL: z.never('is not supported yet: this version runs without NATS; remove the setting').optional(),
    SMTP_URL: url(['smtp:', 'smtps:'], 'must look like smtp://user:password@host:587 or smtps://host'),
    PUBLIC_URL: url(
      ['http:', 'https:'],
      'must look like https://calls.example.com, without a path',
      (parsed) => parsed.origin === parsed.href.replace(/\/$/, ''),
    ).transform((text) => text?.replace(/\/$/, '')),
    SECRET_KEY: z.string().optional(),
    SECRET_KEY_PREVIOUS: z.string().optional(),
    METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
    PBX_ALLOWED_NETWORKS: networks,
    WEBHOOK_ALLOWED_NETWORKS: networks,
    LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  })
  .superRefine((found, context) => {
    if (!found.DATABASE_ADMIN_URL || found.DATABASE_URL) return;
    context.addIssue({ code: 'custom', path: ['DATABASE_ADMIN_URL'], message: 'is of use only with DATABASE_URL' });
  });

function url(protocols: readonly string[], message: string, fits: (url: URL) => boolean = () => true): z.ZodOptional<z.ZodString> {
  const valid = (text: string): boolean => {
    const parsed = URL.parse(text);
    return parsed !== null && protocols.includes(parsed.protocol) && fits(parsed);
  };
  return z.string().refine(valid, message).optional();
}

function defaultUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

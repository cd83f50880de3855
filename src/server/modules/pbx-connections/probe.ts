/** Trying a connection out before it is kept: the PBX is talked to after the transaction is over. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { sql } from 'kysely';
import type { ConnectionTestStep } from '../../../contract/connector-form.ts';
import type { AttributionPreview } from '../../../contract/pbx-connections.ts';
import type { z } from 'zod';
import type { LinkFailure } from '../../pbx/connector.ts';
import type { Clock } from '../../platform/clock/index.ts';
import { enterTenant } from '../../platform/db/index.ts';
import { Later, type Context } from '../../platform/http/context.ts';
import { Fault, invalid, notFound, refuse } from '../../platform/http/fault.ts';
import { faultsOf } from '../../platform/http/parse.ts';
import { FAILURE_TEXTS } from '../directory/index.ts';
import { keepsDestination, openSecrets, partSecrets, readLink, type FormValues, type PbxPort, type PbxSettings } from '../links/index.ts';
import { templateFor } from '../pbx-templates/index.ts';
import { enterReseller, lockConnection } from './repository.ts';
import { withTemplate } from './resolve-link.ts';
import type { PbxConnectionServices } from './services.ts';

/** Of one tenant, tests and previews together. */
const PER_MINUTE = 20;
const LIMIT_MS = 20_000;

interface ProbeInput {
  type: string;
  templateId?: string | null | undefined;
  connectionId?: string | undefined;
  settings: FormValues;
}

interface TestAnswer {
  ok: boolean;
  steps: ConnectionTestStep[];
}
type PreviewAnswer = z.infer<typeof AttributionPreview>;

interface Prober {
  test(context: Context, input: ProbeInput): Promise<Later<TestAnswer>>;
  preview(context: Context, input: ProbeInput): Promise<Later<PreviewAnswer>>;
}

export function createProber(services: PbxConnectionServices): Prober {
  const limiter = new RateLimiterMemory({ points: PER_MINUTE, duration: 60 });
  async function ready(context: Context, input: ProbeInput): Promise<{ port: PbxPort; settings: PbxSettings }> {
    await limiter.consume(context.tenantId).catch((error: unknown) => {
      throw error instanceof RateLimiterRes ? new Fault('tooMany') : error;
    });
    return settingsOf(services, context, input);
  }
  return {
    async test(context, input) {
      const { port, settings } = await ready(context, input);
      return new Later(() => withLimit(context.clock, (signal) => runTest(port, settings, signal)));
    },
    async preview(context, input) {
      const { port, settings } = await ready(context, input);
      return new Later(() => withLimit(context.clock, (signal) => runPreview(port, settings, signal)));
    },
  };
}

/** What would be connected to: with the kept secrets of a connection or template where they may go along. */
async function settingsOf(
  services: PbxConnectionServices,
  context: Context,
  input: ProbeInput,
): Promise<{ port: PbxPort; settings: PbxSettings }> {
  const port = services.ports.get(input.type);
  if (!port) throw invalid('body.type', 'notAnOption', { options: [...services.ports.keys()].join(', ') });
  const values =
    input.connectionId === undefined
      ? await fromTemplate(services, context, input)
      : await fromConnection(services, context, port, input, input.connectionId);
  const parsed = port.parse(values);
  if (!parsed.success) refuse(parsed.issues.flatMap((issue) => faultsOf('body.settings', issue)));
  if (!parsed.success) throw new Fault('invalid');
  return { port, settings: parsed.settings };
}

async function fromTemplate({ box }: PbxConnectionServices, context: Context, input: ProbeInput): Promise<FormValues> {
  const resellerId = await resellerOf(context);
  if (resellerId === null) {
    if (input.templateId) throw invalid('body.templateId', 'unknown');
    return input.settings;
  }
  const template = await templateFor(context.db, box, { resellerId, type: input.type, templateId: input.templateId });
  if (template === undefined) throw invalid('body.templateId', 'unknown');
  return withTemplate(template, input.settings);
}

async function fromConnection(
  { box }: PbxConnectionServices,
  context: Context,
  port: PbxPort,
  input: ProbeInput,
  connectionId: string,
): Promise<FormValues> {
  const row = await context.db.selectFrom('pbx_connections').select('tenant_id').where('id', '=', connectionId).executeTakeFirst();
  if (!row) throw notFound();
  await enterReseller(context, row.tenant_id);
  const { linkId, type } = await lockConnection(context.db, row.tenant_id, connectionId);
  if (type !== input.type) throw invalid('body.type', 'notAnOption', { options: type });
  const link = await readLink(context.db, linkId);
  if (!link) throw notFound();
  const kept = openSecrets(box, link.secrets);
  const given = partSecrets(input.settings, port.secrets);
  const plain = { ...link.settings, ...given.plain };
  const stays = keepsDestination(port, { plain: link.settings, secrets: kept }, plain);
  return { ...plain, ...(stays ? kept : {}), ...given.secrets };
}

/** The reseller whose templates count: the tenant acted in, or the one above it; null for the enterprise. */
async function resellerOf(context: Context): Promise<string | null> {
  const { db, tenantId, grantedBy } = context;
  const { rows } = await sql<{ id: string | null }>`select reseller_id as id from effective_settings(${tenantId})`.execute(db);
  const id = rows[0]?.id ?? null;
  if (id !== null && id !== tenantId) {
    if (grantedBy === tenantId) throw new Fault('forbidden');
    await enterTenant(db, id);
  }
  return id;
}

async function withLimit<T>(clock: Clock, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const cancel = clock.after(LIMIT_MS, () => abort.abort(new Error('the limit for trying a connection is reached')));
  try {
    return await work(abort.signal);
  } finally {
    cancel();
  }
}

async function runTest(port: PbxPort, settings: PbxSettings, signal: AbortSignal): Promise<TestAnswer> {
  const steps: ConnectionTestStep[] = [];
  for await (const step of port.test(settings, signal)) steps.push(step);
  return { ok: steps.length > 0 && !steps.some((step) => step.outcome === 'failed'), steps };
}

async function runPreview(port: PbxPort, settings: PbxSettings, signal: AbortSignal): Promise<PreviewAnswer> {
  try {
    const directory = await port.discover(settings, signal);
    return {
      version: directory.version,
      users: directory.users.map(({ name, extension, email, keys }) => ({ name, extension, email, keys: [...keys] })),
      queues: directory.queues.map(({ name, number, keys }) => ({ name, number, keys: [...keys] })),
      notices: directory.notices.map((notice) => notice.message),
    };
  } catch (error) {
    const failure = (error as { failure?: LinkFailure }).failure;
    const detail = failure && FAILURE_TEXTS[failure];
    if (!detail) throw error;
    throw new Fault('conflict', { detail });
  }
}

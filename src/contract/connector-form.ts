import * as z from 'zod';

/** A text in the languages the portal speaks. Connectors bring their own texts. */
export const LocalText = z.strictObject({ en: z.string(), es: z.string() });
export type LocalText = z.infer<typeof LocalText>;

/** One field of a connection form; the portal draws it, the server checks against the connector's schema. */
export const FormItem = z.strictObject({
  key: z.string(),
  kind: z.enum(['text', 'secret', 'number', 'switch', 'select', 'pem']),
  label: LocalText,
  help: LocalText.nullable(),
  placeholder: z.string().nullable(),
  required: z.boolean(),
  default: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  options: z.array(z.strictObject({ value: z.string(), label: LocalText })),
  /** Shown only while the named field has this value. */
  when: z.strictObject({ key: z.string(), value: z.union([z.string(), z.boolean()]) }).nullable(),
  /** Rarely needed: folded away under "more settings". */
  advanced: z.boolean(),
});
export type FormItem = z.infer<typeof FormItem>;

export const Capability = z.enum([
  'liveCalls',
  'liveHold',
  'queueWaiting',
  'agentState',
  'pauseReason',
  'presence',
  'directory',
  'directoryEmail',
  'subAccounts',
  'attribution',
  'finalRecords',
  'backfill',
]);
export type Capability = z.infer<typeof Capability>;

/** How a phone system that serves several customers tells them apart. */
export const AttributionMethod = z.strictObject({
  /** `all`, or the kind of an account key: `tenantid`, `accountcode`, `variable`, `context`, `name`. */
  by: z.string(),
  label: LocalText,
  help: LocalText,
  /** What to enter, e.g. `acme`, `TENANT=acme`, `PJSIP/acme-*`; null for `all`. */
  placeholder: z.string().nullable(),
});
export type AttributionMethod = z.infer<typeof AttributionMethod>;

export const PbxType = z.strictObject({
  id: z.string(),
  name: z.string(),
  summary: LocalText,
  capabilities: z.array(Capability),
  form: z.array(FormItem),
  attribution: z.array(AttributionMethod),
  /** Lines to paste into the PBX's own configuration, with `{{key}}` for values of the form. */
  setup: z.strictObject({ file: z.string(), lines: z.string(), help: LocalText }).nullable(),
  monitorsSubAccounts: z.boolean(),
});
export type PbxType = z.infer<typeof PbxType>;

/** One step of a connection test, in order; `skipped` when an earlier one failed. */
export const ConnectionTestStep = z.strictObject({
  step: z.enum(['dns', 'tcp', 'tls', 'login', 'rights', 'events', 'clock']),
  outcome: z.enum(['ok', 'warning', 'failed', 'skipped']),
  message: LocalText,
  /** What to do, when not ok. */
  fix: LocalText.nullable(),
  /** Lines to paste into the PBX's configuration, when that mends it. */
  lines: z.string().nullable(),
  ms: z.number().int().nonnegative(),
});
export type ConnectionTestStep = z.infer<typeof ConnectionTestStep>;

import * as z from 'zod';

/** Nothing that would begin another line on the wire; Asterisk refuses lines of more than 1,024 bytes. */
const word = (max: number): z.ZodString =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\r\n\0]*$/);

/** What a connection to an Asterisk needs. Keys equal the form items' keys. */
export const AsteriskSettings = z.strictObject({
  host: word(253).regex(/^[A-Za-z0-9.:_[\]-]+$/),
  port: z.coerce.number().int().min(1).max(65_535).default(5038),
  username: word(100),
  secret: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\r\n\0]*$/),
  tls: z.boolean().default(false),
  /** PEM of the authority that signed the PBX's certificate; '' = the public ones. */
  ca: z.string().max(20_000).default(''),
  /** SHA-256 of the one certificate to accept, colon-separated hex; '' = any that is valid. */
  fingerprint: z
    .union([
      z.literal(''),
      z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    ])
    .default(''),
});
export type AsteriskSettings = z.infer<typeof AsteriskSettings>;

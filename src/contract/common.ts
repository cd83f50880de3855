import * as z from 'zod';

export const Id = z.uuid().toLowerCase();
/** An instant, UTC. */
export const Instant = z.iso.datetime();
/** A day without a time, `2026-11-22`. */
export const Day = z.iso.date();
export const Language = z.enum(['en', 'es']);
export type Language = z.infer<typeof Language>;
/** ISO 3166-1 alpha-2. */
export const Country = z.string().regex(/^[A-Z]{2}$/);
/** IANA name, e.g. `Europe/Madrid`. */
export const TimeZone = z
  .string()
  .min(1)
  .max(64)
  .refine(isTimeZone, { params: { code: 'wrongFormat' } });
export const Name = z.string().trim().min(1).max(100);
export const Email = z.string().trim().max(200).pipe(z.email());
export const Reference = z.string().trim().max(200);
export const Notes = z.string().max(4000);
export const Password = z.string().min(10).max(200);
export const TenantStatus = z.enum(['active', 'disabled', 'terminated']);
export type TenantStatus = z.infer<typeof TenantStatus>;

/** Paging of grids: pages of a list with a known total. */
export const pageQuery = <const S extends readonly [string, ...string[]]>(sorts: S) =>
  z.strictObject({
    q: z.string().trim().max(100).optional(),
    sort: z.enum(sorts).default(sorts[0]),
    order: z.enum(['asc', 'desc']).default('asc'),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50),
  });

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), total: z.number().int(), page: z.number().int(), pageSize: z.number().int() });

export const listOf = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

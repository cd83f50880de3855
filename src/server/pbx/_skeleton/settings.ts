import * as z from 'zod';

/** What a connection needs. Keys equal the form items' keys. */
export const SkeletonSettings = z.strictObject({
  host: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9.:_[\]-]{1,253}$/),
  port: z.coerce.number().int().min(1).max(65_535).default(7_000),
  username: z.string().trim().min(1).max(100),
  secret: z.string().min(1).max(200),
});
export type SkeletonSettings = z.infer<typeof SkeletonSettings>;

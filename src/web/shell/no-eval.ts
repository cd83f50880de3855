/**
 * The Content-Security-Policy allows no code made at run time, which zod tries as soon as a schema
 * is made. Imported before everything else, since the contract makes its schemas when imported.
 */
import * as z from 'zod';

z.config({ jitless: true });

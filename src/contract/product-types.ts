import * as z from 'zod';
import { Country, Id, listOf } from './common.ts';
import { LocalText } from './connector-form.ts';
import { route } from './route.ts';

export const Feature = z.enum(['calls', 'live', 'agents', 'wallboards', 'reports']);

export const ProductType = z
  .strictObject({
    id: Id,
    key: z.string(),
    name: LocalText,
    summary: LocalText,
    licenceLevel: z.enum(['essential', 'professional', 'contactCentre']),
    features: z.array(Feature),
    /** Null: every country. */
    countries: z.array(Country).nullable(),
    /** Null: every phone system. */
    pbxTypes: z.array(z.string()).nullable(),
    rateKey: z.string(),
    /** False: a customer keeps it for good. */
    changeable: z.boolean(),
  })
  .meta({ id: 'ProductType' });
export type ProductType = z.infer<typeof ProductType>;

export const productTypes = {
  list: route({
    id: 'product-types.list',
    method: 'GET',
    path: '/v1/product-types',
    summary: 'What can be sold',
    access: { of: 'tenant', permission: 'product-types.read' },
    status: 200,
    answer: listOf(ProductType),
  }),
};

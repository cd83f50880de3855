import type { Selectable } from 'kysely';
import { contract } from '../../../contract/index.ts';
import type { ProductType } from '../../../contract/product-types.ts';
import type { Db } from '../../platform/db/index.ts';
import type { ProductTypes } from '../../platform/db/schema.ts';
import { handle, type Binding } from '../../platform/http/context.ts';

export { seedProductTypes } from './seed.ts';

export function productTypeRoutes(): Binding[] {
  return [
    handle(contract.productTypes.list, async ({ db }) => {
      const rows = await db.selectFrom('product_types').selectAll().orderBy('created_at').orderBy('id').execute();
      return { items: rows.map(productTypeOf) };
    }),
  ];
}

/** A product type that is sold in the scope; undefined for a stranger's. */
export async function readProductType(db: Db, id: string): Promise<ProductType | undefined> {
  const row = await db.selectFrom('product_types').selectAll().where('id', '=', id).executeTakeFirst();
  return row && productTypeOf(row);
}

function productTypeOf(row: Selectable<ProductTypes>): ProductType {
  return {
    id: row.id,
    key: row.key,
    name: row.name as ProductType['name'],
    summary: row.summary as ProductType['summary'],
    licenceLevel: row.licence_level as ProductType['licenceLevel'],
    features: row.features as ProductType['features'],
    countries: row.countries,
    pbxTypes: row.pbx_types,
    rateKey: row.rate_key,
    changeable: row.changeable,
  };
}

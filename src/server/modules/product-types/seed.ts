import type { ProductType } from '../../../contract/product-types.ts';
import type { Db } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids/index.ts';

const SEED: readonly Omit<ProductType, 'id'>[] = [
  {
    key: 'analytics',
    name: { en: 'Call analytics', es: 'Analítica de llamadas' },
    summary: { en: 'Calls, live board and reports for every user.', es: 'Llamadas, panel en vivo e informes para cada usuario.' },
    licenceLevel: 'essential',
    features: ['calls', 'live', 'reports'],
    countries: null,
    pbxTypes: null,
    rateKey: 'analytics',
    changeable: true,
  },
  {
    key: 'contact-centre',
    name: { en: 'Contact centre', es: 'Centro de contacto' },
    summary: { en: 'Adds queues, agent states and wallboards.', es: 'Añade colas, estados de agente y paneles de pared.' },
    licenceLevel: 'contactCentre',
    features: ['calls', 'live', 'agents', 'wallboards', 'reports'],
    countries: null,
    pbxTypes: null,
    rateKey: 'contact-centre',
    changeable: true,
  },
  {
    key: 'call-archive',
    name: { en: 'Call archive', es: 'Archivo de llamadas' },
    summary: {
      en: 'Keeps call records for regulated businesses. Cannot be changed once assigned.',
      es: 'Conserva los registros de llamadas de empresas reguladas. No se puede cambiar una vez asignado.',
    },
    licenceLevel: 'essential',
    features: ['calls', 'reports'],
    countries: ['ES', 'PT', 'GB', 'IE', 'DE', 'FR', 'US'],
    // Kept for authorities: only what has been held against a real system's own records.
    pbxTypes: ['asterisk'],
    rateKey: 'call-archive',
    changeable: false,
  },
];

/** What a new enterprise can sell from the first day. */
export async function seedProductTypes(db: Db, enterpriseId: string, now: Date): Promise<void> {
  await db
    .insertInto('product_types')
    .values(
      SEED.map((type) => ({
        id: newId(),
        tenant_id: enterpriseId,
        key: type.key,
        name: JSON.stringify(type.name),
        summary: JSON.stringify(type.summary),
        licence_level: type.licenceLevel,
        features: [...type.features],
        countries: type.countries,
        pbx_types: type.pbxTypes,
        rate_key: type.rateKey,
        changeable: type.changeable,
        created_at: now,
      })),
    )
    .execute();
}

/** An enterprise, a reseller, customers and their connections, written as the owner of the database. */
import { createSecretBox, type SecretBox } from '../../../platform/crypto/index.ts';
import { newId } from '../../../platform/ids/index.ts';

export const box: SecretBox = createSecretBox({ current: Buffer.alloc(32, 3), previous: null });

export interface Place {
  resellerId: string;
  /** @returns the customer's id */
  customer(name: string): Promise<string>;
  /** A link of the reseller to `host`. @returns its id */
  link(host: string): Promise<string>;
  /** An enabled share. @returns the connection's id */
  connection(customerId: string, linkId: string, rule: { by: string; value: string }, monitoringSince?: Date): Promise<string>;
}

/** Rows as the owner of the database sees them. */
interface Owner {
  rows(sql: string, values?: unknown[]): Promise<object[]>;
}

export async function makePlace(db: Owner): Promise<Place> {
  const enterpriseId = newId();
  const resellerId = newId();
  const productTypeId = newId();
  await db.rows(
    `insert into tenants (id, kind, name, country, time_zone, language, created_at, updated_at)
     values ($1, 'enterprise', 'Enterprise', 'ES', 'Europe/Madrid', 'es', now(), now())`,
    [enterpriseId],
  );
  await db.rows(
    `insert into tenants (id, parent_id, kind, name, may_grant_trials, longest_trial_days, created_at, updated_at)
     values ($1, $2, 'reseller', 'North', true, 30, now(), now())`,
    [resellerId, enterpriseId],
  );
  await db.rows(
    `insert into product_types (id, tenant_id, key, name, summary, licence_level, features, rate_key, changeable, created_at)
     values ($1, $2, 'basic', '{}', '{}', 'essential', '{}', 'basic', true, now())`,
    [productTypeId, enterpriseId],
  );
  return {
    resellerId,
    async customer(name) {
      const id = newId();
      await db.rows(
        `insert into tenants (id, parent_id, kind, name, product_type_id, created_at, updated_at) values ($1, $2, 'customer', $3, $4, now(), now())`,
        [id, resellerId, name, productTypeId],
      );
      return id;
    },
    async link(host) {
      const id = newId();
      await db.rows(
        `insert into pbx_links (id, tenant_id, type, identity, settings, secrets, state_since, created_at, updated_at)
         values ($1, $2, 'fake', $3, $4, $5, now(), now(), now())`,
        [id, resellerId, host, JSON.stringify({ host, tls: false }), box.seal(JSON.stringify({ secret: 'hunter22' }))],
      );
      return id;
    },
    async connection(customerId, linkId, rule, monitoringSince) {
      const id = newId();
      await db.rows(
        `insert into pbx_connections (id, tenant_id, link_id, type, name, attribution_by, attribution_value, monitor_sub_accounts, enabled,
           monitoring_since, link_state_since, created_at, updated_at)
         values ($1, $2, $3, 'fake', 'PBX', $4, $5, false, true, $6, now(), now(), now())`,
        [id, customerId, linkId, rule.by, rule.value, monitoringSince ?? null],
      );
      return id;
    },
  };
}

/** Everybody who may knock, with what is theirs. */
import { permissionsOf, type Permission } from '../../src/contract/permissions.ts';
import { idsOwnedBy, ownersOf } from './marks.ts';
import type { CustomerSide, Ids, Login, World } from './world.ts';

export interface Principal {
  name: string;
  login: Login;
  standing: 'in' | 'lockedOut' | 'out';
  permissions: ReadonlySet<Permission>;
  /** Ids of one's own; null for who has nothing. */
  own: Ids | null;
  /** Those whose things are not to be reached, with their ids. */
  strangers: Stranger[];
  /** Labels of the tenants whose marks may show. */
  mayShow: ReadonlySet<string>;
  /** Ids that must not show, with the tenant they belong to. */
  hidden: ReadonlyMap<string, string>;
}

export interface Stranger {
  name: string;
  tenantId: string;
  /** What is strange here; the rest may be one's own. */
  ids: Partial<Ids>;
}

const RESELLER_ALL = ['account.user', 'user.admin', 'customer.admin', 'onboarding.admin'];

export async function principalsOf(world: World): Promise<Principal[]> {
  const labels = await ownersOf(world.db);
  const owned = await idsOwnedBy(world.db);
  const [one, two] = world.resellers;
  const [acme, globex] = one.customers as [CustomerSide, CustomerSide];
  const [twinSide] = two.customers as [CustomerSide];

  /** @param ends labels whose own things may show, and of which those below too when they end with `*` */
  const make = (
    name: string,
    login: Login,
    roles: string[],
    own: Ids | null,
    ends: string[],
    strangers: Principal['strangers'],
    standing: Principal['standing'] = 'in',
  ): Principal => {
    const isMine = (label: string): boolean => ends.some((end) => (end.endsWith('*') ? label.startsWith(end.slice(0, -1)) : label === end));
    const mayShow = new Set([...labels.values()].filter(isMine));
    const hidden = new Map<string, string>();
    for (const [tenantId, ids] of owned) {
      const label = labels.get(tenantId) ?? '';
      if (!isMine(label)) for (const id of ids) hidden.set(id, label);
    }
    // What the contract tells of those above: whose customer one is, what one has been sold, from which template.
    if (own) for (const id of [own.resellerId, own.productTypeId, own.templateId]) hidden.delete(id);
    for (const id of owned.get(world.enterpriseId) ?? []) if (productTypes.has(id)) hidden.delete(id);
    // Whoever changed something of one's own is named in one's audit.
    if (ends.some((end) => end.endsWith('*'))) hidden.delete(world.enterpriseIds.apiClientId);
    return { name, login, standing, permissions: permissionsOf(roles), own, strangers, mayShow, hidden };
  };
  const productTypes = new Set(
    (await world.db.rows<{ id: string }>('select id from product_types where tenant_id = $1', [world.enterpriseId])).map((row) => row.id),
  );

  const enterpriseIds = { ...world.enterpriseIds, resellerId: world.enterpriseId, customerId: world.enterpriseId };
  const other: Stranger = { name: 'another reseller', tenantId: two.id, ids: two.ids };
  const enterprise: Stranger = { name: 'the enterprise', tenantId: world.enterpriseId, ids: enterpriseIds };
  const sibling: Stranger = { name: 'a sibling customer', tenantId: globex.id, ids: ofOneself(globex.ids) };
  const twin: Stranger = { name: 'another reseller’s customer', tenantId: twinSide.id, ids: twinSide.ids };
  const { apiClientId, sessionId } = one.ids;
  const parent: Stranger = {
    name: 'one’s own reseller',
    tenantId: one.id,
    ids: { resellerId: one.id, customerId: one.id, apiClientId, sessionId },
  };
  const enterpriseRoles = ['enterprise.user', 'user.admin', 'account.admin', 'onboarding.admin'];
  return [
    make('enterprise administrator', world.enterprise, enterpriseRoles, one.ids, ['enterprise', 'r1*', 'r2*'], []),
    make('enterprise client', world.enterpriseClient, enterpriseRoles, one.ids, ['enterprise', 'r1*', 'r2*'], []),
    make('reseller administrator', one.admin, RESELLER_ALL, one.ids, ['r1*'], [other, enterprise]),
    make('reseller clerk', one.plain, ['account.user'], one.ids, ['r1*'], [other, enterprise]),
    make('reseller client', one.client, RESELLER_ALL, one.ids, ['r1*'], [other]),
    make('customer administrator', acme.admin, ['customer.user', 'admin.user'], acme.ids, ['r1.acme'], [sibling, twin, parent]),
    make('customer’s person', acme.plain, ['customer.user'], acme.ids, ['r1.acme'], [sibling, twin, parent]),
    make('customer client', acme.client, ['customer.user', 'admin.user'], acme.ids, ['r1.acme'], [sibling, twin, parent]),
    // In all four customers: only what stands above them is strange.
    make(
      'person of many customers',
      world.twoHats,
      ['customer.user', 'admin.user'],
      acme.ids,
      ['r1.acme', 'r1.globex', 'r2.acme', 'r2.globex'],
      [parent, enterprise],
    ),
    make(
      'person of a disabled customer',
      world.lockedOut,
      ['customer.user', 'admin.user'],
      null,
      ['r1.closed'],
      [sibling, twin, parent],
      'lockedOut',
    ),
    make('person logged out', world.revoked, ['customer.user'], null, [], [sibling, twin], 'out'),
    make('anonymous', world.anonymous, [], null, [], [sibling, twin], 'out'),
  ];
}

/** Without what siblings share: their reseller and what it sells. */
function ofOneself({ resellerId: _reseller, productTypeId: _type, templateId: _template, ...ids }: Ids): Partial<Ids> {
  return ids;
}

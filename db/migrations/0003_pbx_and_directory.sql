create table pbx_templates (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  type text not null,
  name text not null,
  settings jsonb not null,
  secrets bytea not null,
  -- Which secrets are set, and since when.
  secrets_set jsonb not null default '{}',
  is_default boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index pbx_templates_default on pbx_templates (tenant_id, type) where is_default;
create unique index pbx_templates_name on pbx_templates (tenant_id, lower(name));

-- One physical connection. The credentials live here; it belongs to the tenant that entered it.
create table pbx_links (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  type text not null,
  -- What makes two links the same connection, e.g. host:port:user.
  identity text not null,
  settings jsonb not null,
  secrets bytea not null,
  secrets_set jsonb not null default '{}',
  -- Rises with each change of the settings: a running session of an older revision ends.
  revision integer not null default 1,
  state text not null default 'connecting' check (state in ('disabled', 'connecting', 'authenticating', 'syncing', 'live', 'down', 'authFailed')),
  state_since timestamptz not null,
  failure text,
  version text,
  capabilities text[] not null default '{}',
  notices jsonb not null default '[]',
  clock_skew_ms integer,
  epoch text,
  last_event_at timestamptz,
  -- Last moment at which the session was known to live: the start of the next gap.
  heartbeat_at timestamptz,
  -- Unattributed legs seen, by the account keys they had.
  unattributed jsonb not null default '{}',
  -- One collector holds a link; each taking over raises the fence.
  lease_owner uuid,
  lease_fence bigint not null default 0,
  lease_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (tenant_id, type, identity)
);

-- A customer's share of a link.
create table pbx_connections (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  link_id uuid not null references pbx_links,
  template_id uuid references pbx_templates on delete set null,
  type text not null,
  name text not null,
  attribution_by text not null,
  attribution_value text not null default '',
  monitor_sub_accounts boolean not null,
  enabled boolean not null,
  -- Calls and agents are watched from the first finished sync on.
  monitoring_since timestamptz,
  last_sync_at timestamptz,
  last_sync_users integer,
  last_sync_queues integer,
  -- The link's health as the customer may see it; written with each change of it.
  link_state text not null default 'connecting',
  link_state_since timestamptz not null,
  link_failure text,
  link_version text,
  link_capabilities text[] not null default '{}',
  link_notices jsonb not null default '[]',
  last_event_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  removed_at timestamptz
);
create index pbx_connections_by_tenant on pbx_connections (tenant_id);
create index pbx_connections_by_link on pbx_connections (link_id) where removed_at is null;
create unique index pbx_connections_share on pbx_connections (link_id, attribution_by, attribution_value) where removed_at is null;

-- A person or extension as the PBX has it, tied to a user.
create table pbx_users (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  connection_id uuid not null references pbx_connections on delete cascade,
  external_id text not null,
  user_id uuid references users on delete set null,
  name text not null,
  email text,
  extension text,
  devices text[] not null default '{}',
  present boolean not null default true,
  seen_at timestamptz not null,
  -- Licensed roles of the user at the time of vanishing, to be given back on return.
  held_roles text[] not null default '{}',
  -- Set when the extension went to another person: the row stays with the old one.
  replaced_at timestamptz
);
create unique index pbx_users_external on pbx_users (connection_id, external_id) where replaced_at is null;
create index pbx_users_by_user on pbx_users (user_id);
create index pbx_users_by_tenant on pbx_users (tenant_id);

create table queues (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  connection_id uuid not null references pbx_connections on delete cascade,
  external_id text not null,
  name text not null,
  number text,
  strategy text,
  present boolean not null default true,
  unique (connection_id, external_id)
);
create index queues_by_tenant on queues (tenant_id);

-- Whether a tenant is named in the scope or stands below the scope's tenant. For the functions below.
create function scope_holds(wanted uuid) returns boolean language sql stable
  return wanted = any (scope_tenants())
    or exists (select from tenant_closure where ancestor_id = scope_tenant() and descendant_id = wanted);

-- The links a collector may take: those with an enabled connection of a customer that is not terminated.
-- `shares` changes with whatever a running link must know of its shares.
create function leasable_links() returns table (link_id uuid, tenant_id uuid, revision integer, customer_ids uuid[], shares text)
language sql stable security definer set search_path = public as $$
  select l.id, l.tenant_id, l.revision, array_agg(distinct c.tenant_id),
    md5(string_agg(concat_ws(' ', c.id, c.attribution_by, c.attribution_value, c.monitoring_since, c.last_sync_at), ',' order by c.id))
  from pbx_links l join pbx_connections c on c.link_id = l.id and c.removed_at is null and c.enabled
  join tenants t on t.id = c.tenant_id and t.status <> 'terminated'
  group by l.id
$$;
alter function leasable_links() owner to ringside_definer;

-- How many customers share a link that stands in the scope.
create function shares_of_link(wanted uuid) returns integer
language sql stable security definer set search_path = public as $$
  select count(*)::integer from pbx_connections c join pbx_links l on l.id = c.link_id
  where c.link_id = wanted and c.removed_at is null and scope_holds(l.tenant_id)
$$;
alter function shares_of_link(uuid) owner to ringside_definer;

-- Whose shares hang on a link that stands in the scope, for naming them in the next transaction.
create function customers_of_link(wanted uuid) returns setof uuid
language sql stable security definer set search_path = public as $$
  select distinct c.tenant_id from pbx_connections c join pbx_links l on l.id = c.link_id
  where c.link_id = wanted and c.removed_at is null and scope_holds(l.tenant_id)
$$;
alter function customers_of_link(uuid) owner to ringside_definer;

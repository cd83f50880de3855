-- Roles. The login of DATABASE_URL is a plain member of ringside_app and ringside_system and sets
-- one of them in each transaction. ringside_definer owns the few functions that must look beyond a
-- scope (who is this token? what may be leased?); nobody can become it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'ringside_app') then create role ringside_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'ringside_system') then create role ringside_system nologin; end if;
  if not exists (select from pg_roles where rolname = 'ringside_definer') then create role ringside_definer nologin; end if;
  if not pg_has_role(current_user, 'ringside_definer', 'member') then
    execute format('grant ringside_definer to %I', current_user);
  end if;
end $$;

create extension if not exists pg_trgm;

grant usage on schema public to ringside_app, ringside_system;
grant usage, create on schema public to ringside_definer;

-- The scope of a transaction. Unset means nothing is visible.
create function scope_tenant() returns uuid language sql stable parallel safe
  return nullif(current_setting('ringside.tenant', true), '')::uuid;
create function scope_identity() returns uuid language sql stable parallel safe
  return nullif(current_setting('ringside.identity', true), '')::uuid;
create function scope_tenants() returns uuid[] language sql stable parallel safe
  return string_to_array(nullif(current_setting('ringside.tenants', true), ''), ',')::uuid[];

create table tenants (
  id uuid primary key,
  parent_id uuid references tenants,
  kind text not null check (kind in ('enterprise', 'reseller', 'customer')),
  name text not null check (name <> ''),
  reference text not null default '',
  notes text not null default '',
  status text not null default 'active' check (status in ('active', 'disabled', 'terminated')),
  country text check (country ~ '^[A-Z]{2}$'),
  time_zone text,
  language text check (language in ('en', 'es')),
  may_grant_trials boolean,
  longest_trial_days integer check (longest_trial_days between 1 and 365),
  product_type_id uuid,
  trial_start date,
  trial_end date,
  is_internal boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((kind = 'enterprise') = (parent_id is null)),
  check (kind <> 'enterprise' or (country is not null and time_zone is not null and language is not null)),
  check ((kind = 'reseller') = (may_grant_trials is not null and longest_trial_days is not null)),
  check ((kind = 'customer') = (product_type_id is not null)),
  check ((trial_start is null) = (trial_end is null) and trial_end >= trial_start),
  check (kind = 'customer' or (trial_start is null and not is_internal))
);
create unique index tenants_one_enterprise on tenants ((true)) where kind = 'enterprise';
create unique index tenants_name on tenants (parent_id, lower(name)) where status <> 'terminated';
create unique index tenants_one_internal on tenants (parent_id) where is_internal;
create index tenants_by_parent on tenants (parent_id, kind, lower(name), id);
-- Few: what a grid of customers begins with.
create index tenants_with_customers on tenants (id) where kind = 'reseller';

-- Who stands above whom, at any depth; each tenant above itself. Kept by trigger.
create table tenant_closure (
  ancestor_id uuid not null references tenants on delete cascade,
  descendant_id uuid not null references tenants on delete cascade,
  primary key (ancestor_id, descendant_id)
);
create index tenant_closure_by_descendant on tenant_closure (descendant_id, ancestor_id);

-- Texts to search tenants by. No application role may read it: search_tenants() takes the scope.
create table tenant_search (
  tenant_id uuid primary key references tenants on delete cascade,
  kind text not null,
  document text not null
);
create index tenant_search_document on tenant_search using gin (document gin_trgm_ops);

create table identities (
  id uuid primary key,
  email text not null,
  display_name text not null,
  language text not null check (language in ('en', 'es')),
  password_hash text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index identities_email on identities (lower(email));

create table memberships (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  identity_id uuid not null references identities on delete cascade,
  roles text[] not null,
  -- Null until the invitation has been taken up.
  accepted_at timestamptz,
  created_at timestamptz not null,
  unique (tenant_id, identity_id)
);
create index memberships_by_identity on memberships (identity_id);

create table invitations (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  membership_id uuid not null references memberships on delete cascade,
  -- As the inviter wrote them: what the person is called in other tenants is not this tenant's business.
  display_name text not null,
  language text not null check (language in ('en', 'es')),
  -- The link's token is derived from id and round; a new round ends the old link.
  round integer not null default 1,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  created_at timestamptz not null,
  unique (membership_id)
);

create table password_resets (
  id uuid primary key,
  identity_id uuid not null references identities on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null
);
create index password_resets_by_identity on password_resets (identity_id);

create table api_clients (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  name text not null,
  client_id text not null unique,
  secret_hash text not null,
  roles text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- A login of a person or a token of an API client; only the hash of the token is kept.
create table sessions (
  id uuid primary key,
  token_hash text not null unique,
  identity_id uuid references identities on delete cascade,
  api_client_id uuid references api_clients on delete cascade,
  user_agent text not null default '',
  address text not null default '',
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  check ((identity_id is null) <> (api_client_id is null))
);
create index sessions_by_identity on sessions (identity_id);
create index sessions_by_client on sessions (api_client_id);

-- Who changed what. The tenant is the one whose thing was changed.
create table audit_events (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('identity', 'apiClient', 'system')),
  actor_id uuid,
  actor_name text not null,
  action text not null,
  subject_id uuid not null,
  before jsonb,
  after jsonb,
  request_id text not null
);
create index audit_events_by_tenant on audit_events (tenant_id, id desc);
create index audit_events_by_subject on audit_events (subject_id, id desc);

-- Key, work and stored answer are one transaction.
create table idempotency_keys (
  tenant_id uuid not null references tenants on delete cascade,
  actor_id uuid not null,
  key text not null,
  method text not null,
  path text not null,
  body_hash text not null,
  status integer not null,
  answer jsonb,
  created_at timestamptz not null,
  primary key (tenant_id, actor_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

-- Mails as they were sent or, without a mail server, as the operator reads them.
create table mails (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  recipient text not null,
  subject text not null,
  text_body text not null,
  html_body text not null,
  created_at timestamptz not null,
  sent_at timestamptz
);
create index mails_by_tenant on mails (tenant_id, id desc);

-- Facts of this installation: check value of the secret key, one-time set-up token.
create table installation (
  key text primary key,
  value text not null
);
grant select, insert, update, delete on installation to ringside_app, ringside_system;

-- Processes that run jobs, by heartbeat in database time: what a dead one held is given back.
create table job_workers (
  id uuid primary key,
  worker_ids text[] not null,
  heartbeat_at timestamptz not null
);
grant select, insert, update, delete on job_workers to ringside_system;

create function keep_tenant_closure() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if tg_op = 'UPDATE' and new.parent_id is distinct from old.parent_id then
    raise exception 'a tenant cannot move to another parent';
  end if;
  if tg_op = 'INSERT' then
    insert into tenant_closure (ancestor_id, descendant_id)
      select ancestor_id, new.id from tenant_closure where descendant_id = new.parent_id
      union all select new.id, new.id;
  end if;
  insert into tenant_search (tenant_id, kind, document)
    values (new.id, new.kind, lower(concat_ws(' ', new.name, new.reference, new.status, to_char(new.created_at, 'YYYY-MM-DD'))))
    on conflict (tenant_id) do update set document = excluded.document;
  return null;
end $$;
alter function keep_tenant_closure() owner to ringside_definer;
create trigger keep_closure after insert or update on tenants for each row execute function keep_tenant_closure();

-- Tenants of a kind below `scope` whose visible fields hold `term`; the term is matched literally.
-- Planned anew for each term: only then is it known how few rows the index of letter triples gives.
create function search_tenants(scope uuid, wanted_kind text, term text) returns setof uuid
language plpgsql stable security definer set search_path = public as $$
begin
  return query execute
    'select s.tenant_id from tenant_search s
     join tenant_closure c on c.descendant_id = s.tenant_id and c.ancestor_id = $1
     where s.kind = $2 and $1 = scope_tenant() and s.document like $3'
    using scope, wanted_kind, '%' || replace(replace(replace(lower(term), '\', '\\'), '%', '\%'), '_', '\_') || '%';
end $$;
alter function search_tenants(uuid, text, text) owner to ringside_definer;

-- Which of `candidates` stand above `target` (or are it).
create function ancestors_among(candidates uuid[], target uuid) returns setof uuid
language sql stable security definer set search_path = public as $$
  select ancestor_id from tenant_closure where descendant_id = target and ancestor_id = any (candidates)
$$;
alter function ancestors_among(uuid[], uuid) owner to ringside_definer;

-- Own or inherited settings of one tenant in the scope.
create function effective_settings(target uuid)
returns table (country text, time_zone text, language text, reseller_id uuid)
language sql stable security definer set search_path = public as $$
  with recursive up as (
    select t.*, 0 as depth from tenants t where t.id = target
    union all select p.*, up.depth + 1 from tenants p join up on p.id = up.parent_id
  )
  select (array_agg(country order by depth) filter (where country is not null))[1],
         (array_agg(time_zone order by depth) filter (where time_zone is not null))[1],
         (array_agg(language order by depth) filter (where language is not null))[1],
         (array_agg(id order by depth) filter (where kind = 'reseller'))[1]
  from up
  where exists (
    select from tenant_closure c where c.descendant_id = target
      and (c.ancestor_id = scope_tenant() or target = any (scope_tenants())))
$$;
alter function effective_settings(uuid) owner to ringside_definer;

-- The time zone of the reseller a customer stands under: invoices follow it.
create function reseller_time_zone(customer uuid) returns text
language sql stable security definer set search_path = public as $$
  select coalesce(r.time_zone, up.time_zone)
  from tenants c join tenants r on r.id = c.parent_id
  left join lateral (
    select t.time_zone from tenant_closure tc join tenants t on t.id = tc.ancestor_id
    where tc.descendant_id = r.id and t.time_zone is not null
    order by (select count(*) from tenant_closure d where d.descendant_id = t.id) desc limit 1
  ) up on true
  where c.id = customer and (customer = any (scope_tenants())
    or exists (select from tenant_closure s where s.ancestor_id = scope_tenant() and s.descendant_id = customer))
$$;
alter function reseller_time_zone(uuid) owner to ringside_definer;

-- Everything known of the bearer of a token: the row is found by the token's hash alone.
create function principal_of(hash text, at timestamptz) returns jsonb
language sql stable security definer set search_path = public as $$
  select jsonb_build_object(
    'sessionId', s.id, 'lastSeenAt', s.last_seen_at, 'identityId', i.id, 'apiClientId', c.id,
    'name', coalesce(i.display_name, c.name), 'email', i.email, 'language', i.language,
    'memberships', coalesce((
      select jsonb_agg(jsonb_build_object('tenantId', t.id, 'kind', t.kind, 'name', t.name, 'status', t.status, 'roles', m.roles,
          'path', (select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'kind', a.kind) order by array_position(array['enterprise','reseller','customer'], a.kind))
                   from tenant_closure tc join tenants a on a.id = tc.ancestor_id where tc.descendant_id = t.id))
        order by array_position(array['enterprise','reseller','customer'], t.kind), t.name, t.id)
      from (
        select tenant_id, roles from memberships where identity_id = s.identity_id and accepted_at is not null
        union all select c.tenant_id, c.roles where c.id is not null
      ) m join tenants t on t.id = m.tenant_id where t.status <> 'terminated'), '[]'))
  from sessions s
  left join identities i on i.id = s.identity_id
  left join api_clients c on c.id = s.api_client_id
  where s.token_hash = hash and s.revoked_at is null and s.expires_at > at and c.revoked_at is null
$$;
alter function principal_of(text, timestamptz) owner to ringside_definer;

-- For login, reset and invitation of one known address.
create function identity_by_email(address text)
returns table (id uuid, email text, display_name text, language text, password_hash text)
language sql stable security definer set search_path = public as $$
  select id, email, display_name, language, password_hash from identities where lower(email) = lower(address)
$$;
alter function identity_by_email(text) owner to ringside_definer;

create function api_client_by_client_id(wanted text)
returns table (id uuid, tenant_id uuid, secret_hash text)
language sql stable security definer set search_path = public as $$
  select id, tenant_id, secret_hash from api_clients where client_id = wanted and revoked_at is null
$$;
alter function api_client_by_client_id(text) owner to ringside_definer;

-- An invitation and what its page shows, found by its id (which only the link's token reveals).
create function invitation_by_id(wanted uuid)
returns table (id uuid, tenant_id uuid, membership_id uuid, identity_id uuid, round integer, expires_at timestamptz, accepted_at timestamptz,
  email text, display_name text, language text, has_login boolean, tenant_name text)
language sql stable security definer set search_path = public as $$
  select v.id, v.tenant_id, v.membership_id, i.id, v.round, v.expires_at, v.accepted_at,
         i.email, v.display_name, v.language, i.password_hash is not null, t.name
  from invitations v join memberships m on m.id = v.membership_id join identities i on i.id = m.identity_id join tenants t on t.id = v.tenant_id
  where v.id = wanted and t.status = 'active'
$$;
alter function invitation_by_id(uuid) owner to ringside_definer;

-- What nobody may use any more and nothing refers to. Answers to idempotency keys are kept 30 days.
create function purge_expired(now timestamptz) returns void
language sql security definer set search_path = public as $$
  delete from idempotency_keys where created_at < now - interval '30 days';
  delete from sessions where expires_at < now - interval '7 days' or revoked_at < now - interval '7 days';
  delete from password_resets where expires_at < now - interval '7 days';
$$;
alter function purge_expired(timestamptz) owner to ringside_definer;

-- The tenant that has a set-up to go through first: none yet means the set-up link still holds.
create function enterprise_id() returns uuid
language sql stable security definer set search_path = public as $$ select id from tenants where kind = 'enterprise' $$;
alter function enterprise_id() owner to ringside_definer;

revoke execute on all functions in schema public from public;

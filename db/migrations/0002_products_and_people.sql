create table product_types (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  key text not null,
  name jsonb not null,
  summary jsonb not null,
  licence_level text not null check (licence_level in ('essential', 'professional', 'contactCentre')),
  features text[] not null,
  countries text[],
  pbx_types text[],
  rate_key text not null,
  changeable boolean not null,
  created_at timestamptz not null,
  unique (tenant_id, key)
);
comment on table product_types is 'policy: inherited';
alter table tenants add foreign key (product_type_id) references product_types;

-- People tracked in a customer. Licensed roles stand here, website access on the membership.
create table users (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  membership_id uuid unique references memberships on delete set null,
  display_name text not null,
  email text,
  source text not null check (source in ('pbx', 'manual')),
  status text not null default 'active' check (status in ('active', 'vanished')),
  vanished_at timestamptz,
  roles text[] not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index users_by_tenant on users (tenant_id, lower(display_name), id);
create index users_by_email on users (tenant_id, lower(email));

-- Who held which role of which product type from when to when. Written with the change that causes it.
create table licence_spans (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  user_id uuid not null references users on delete cascade,
  role text not null,
  product_type_id uuid not null references product_types,
  is_trial boolean not null,
  is_internal boolean not null,
  -- The reseller's, frozen: invoices count days in it.
  time_zone text not null,
  from_at timestamptz not null,
  to_at timestamptz check (to_at >= from_at)
);
create unique index licence_spans_open on licence_spans (user_id, role) where to_at is null;
create index licence_spans_by_tenant on licence_spans (tenant_id, from_at);

-- Long work: steps with progress, followed by polling.
create table operations (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  kind text not null,
  subject_id uuid not null,
  status text not null check (status in ('running', 'done', 'failed', 'needsDecision', 'cancelled')),
  -- What the worker needs to go on, e.g. an approved removal.
  state jsonb not null default '{}',
  created_at timestamptz not null,
  finished_at timestamptz
);
create index operations_by_tenant on operations (tenant_id, id desc);
create index operations_by_subject on operations (subject_id, id desc);

create table operation_steps (
  operation_id uuid not null references operations on delete cascade,
  tenant_id uuid not null references tenants on delete cascade,
  position integer not null,
  key text not null,
  status text not null check (status in ('waiting', 'running', 'done', 'failed', 'needsDecision')),
  done integer,
  total integer,
  started_at timestamptz,
  finished_at timestamptz,
  message jsonb,
  primary key (operation_id, position)
);

-- Rights and row policies come from db/after_each.sql, because the table has a tenant_id.
create table skeleton_things (
  id uuid primary key,
  tenant_id uuid not null references tenants on delete cascade,
  name text not null,
  day date not null,
  created_at timestamptz not null
);
create unique index skeleton_things_name on skeleton_things (tenant_id, lower(name));

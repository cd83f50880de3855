-- Applied by the migration runner after each migration: rights and row policies of every tenant table.
-- A table is a tenant table when it has tenant_id or customer_id. `comment on table ... 'policy: inherited'`
-- lets those below read what stands above them.
do $$
declare
  t record;
  own text;
begin
  for t in
    select c.oid::regclass as name, a.attname as col, coalesce(obj_description(c.oid, 'pg_class'), '') as note
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname in ('tenant_id', 'customer_id') and not a.attisdropped
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> 'tenant_search'
  loop
    own := format('exists (select from tenant_closure c where c.ancestor_id = (select scope_tenant()) and c.descendant_id = %I)', t.col);
    execute format('alter table %s enable row level security', t.name);
    execute format('alter table %s force row level security', t.name);
    execute format('grant select, insert, update, delete on %s to ringside_app, ringside_system', t.name);
    execute format('drop policy if exists app_own on %s', t.name);
    execute format('create policy app_own on %s to ringside_app using (%s) with check (%s)', t.name, own, own);
    execute format('drop policy if exists system_named on %s', t.name);
    execute format('create policy system_named on %s to ringside_system using (%I = any ((select scope_tenants())::uuid[])) with check (%I = any ((select scope_tenants())::uuid[]))', t.name, t.col, t.col);
    execute format('drop policy if exists app_inherited on %s', t.name);
    if t.note = 'policy: inherited' then
      execute format('create policy app_inherited on %s for select to ringside_app using (exists (select from tenant_closure c where c.descendant_id = (select scope_tenant()) and c.ancestor_id = %I))', t.name, t.col);
    end if;
  end loop;
end $$;

-- The tree itself, and what hangs on a person instead of a tenant.
do $$
declare
  t text;
begin
  foreach t in array array['tenants', 'tenant_closure', 'identities', 'sessions', 'password_resets'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('drop policy if exists app_own on %I', t);
    execute format('drop policy if exists system_named on %I', t);
  end loop;
end $$;
grant select, insert, update on tenants to ringside_app, ringside_system;
create policy app_own on tenants to ringside_app
  using (exists (select from tenant_closure c where c.ancestor_id = (select scope_tenant()) and c.descendant_id = id))
  -- A new tenant is not in the tree yet: it is let in by its parent.
  with check (exists (select from tenant_closure c where c.ancestor_id = (select scope_tenant()) and c.descendant_id in (id, parent_id))
    -- The first enterprise has nothing above it to be let in by.
    or (parent_id is null and id = (select scope_tenant()) and (select enterprise_id()) is null));
create policy system_named on tenants to ringside_system
  using (id = any ((select scope_tenants())::uuid[])) with check (id = any ((select scope_tenants())::uuid[]));

grant select on tenant_closure to ringside_app, ringside_system;
create policy app_own on tenant_closure to ringside_app
  using (ancestor_id = (select scope_tenant()) or descendant_id = (select scope_tenant()));
create policy system_named on tenant_closure to ringside_system using (descendant_id = any ((select scope_tenants())::uuid[]));

-- A person is seen by oneself and by those in whose scope one has a membership; changed only by oneself.
grant select, insert, update on identities to ringside_app, ringside_system;
drop policy if exists app_members on identities;
drop policy if exists app_new on identities;
create policy app_own on identities for update to ringside_app
  using (id = (select scope_identity())) with check (id = (select scope_identity()));
create policy app_members on identities for select to ringside_app
  using (id = (select scope_identity()) or exists (select from memberships m where m.identity_id = identities.id));
create policy app_new on identities for insert to ringside_app with check (id = (select scope_identity()));
create policy system_named on identities to ringside_system
  using (id = (select scope_identity()) or exists (select from memberships m where m.identity_id = identities.id))
  with check (id = (select scope_identity()));

-- One's own memberships are seen in any scope.
drop policy if exists app_self on memberships;
create policy app_self on memberships for select to ringside_app using (identity_id = (select scope_identity()));

grant select, insert, update on sessions to ringside_app, ringside_system;
create policy app_own on sessions to ringside_app
  using (identity_id = (select scope_identity()) or exists (select from api_clients a where a.id = sessions.api_client_id))
  with check (identity_id = (select scope_identity()) or exists (select from api_clients a where a.id = sessions.api_client_id));
create policy system_named on sessions to ringside_system
  using (identity_id = (select scope_identity())) with check (identity_id = (select scope_identity()));

grant select, insert, update on password_resets to ringside_app, ringside_system;
create policy app_own on password_resets to ringside_app
  using (identity_id = (select scope_identity())) with check (identity_id = (select scope_identity()));
create policy system_named on password_resets to ringside_system
  using (identity_id = (select scope_identity())) with check (identity_id = (select scope_identity()));

-- ringside_definer: only what its functions read or write.
do $$
declare
  t text;
begin
  foreach t in array array['tenants', 'tenant_closure', 'identities', 'memberships', 'invitations', 'api_clients', 'sessions', 'password_resets', 'idempotency_keys', 'pbx_links', 'pbx_connections'] loop
    if to_regclass(t) is not null then
      execute format('grant select on %I to ringside_definer', t);
      execute format('drop policy if exists definer on %I', t);
      execute format('create policy definer on %I to ringside_definer using (true) with check (true)', t);
    end if;
  end loop;
end $$;
grant insert on tenant_closure to ringside_definer;
grant delete on idempotency_keys, sessions, password_resets to ringside_definer;
grant select, insert, update on tenant_search to ringside_definer;

-- What a migration creates is PUBLIC's until said otherwise.
revoke execute on all functions in schema public from public;
grant execute on all functions in schema public to ringside_app, ringside_system, ringside_definer;
-- What reaches over all tenants is for collectors and workers only.
do $$
declare
  f text;
begin
  foreach f in array array['leasable_links()', 'purge_expired(timestamptz)'] loop
    if to_regprocedure(f) is not null then execute format('revoke execute on function %s from ringside_app', f); end if;
  end loop;
end $$;

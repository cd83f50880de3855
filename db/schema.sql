--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

--
-- Name: ancestors_among(uuid[], uuid); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.ancestors_among(candidates uuid[], target uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select ancestor_id from tenant_closure where descendant_id = target and ancestor_id = any (candidates)
$$;

ALTER FUNCTION public.ancestors_among(candidates uuid[], target uuid) OWNER TO ringside_definer;

--
-- Name: api_client_by_client_id(text); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.api_client_by_client_id(wanted text) RETURNS TABLE(id uuid, tenant_id uuid, secret_hash text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select id, tenant_id, secret_hash from api_clients where client_id = wanted and revoked_at is null
$$;

ALTER FUNCTION public.api_client_by_client_id(wanted text) OWNER TO ringside_definer;

--
-- Name: customers_of_link(uuid); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.customers_of_link(wanted uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select distinct c.tenant_id from pbx_connections c join pbx_links l on l.id = c.link_id
  where c.link_id = wanted and c.removed_at is null and scope_holds(l.tenant_id)
$$;

ALTER FUNCTION public.customers_of_link(wanted uuid) OWNER TO ringside_definer;

--
-- Name: effective_settings(uuid); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.effective_settings(target uuid) RETURNS TABLE(country text, time_zone text, language text, reseller_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
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

ALTER FUNCTION public.effective_settings(target uuid) OWNER TO ringside_definer;

--
-- Name: enqueue_job(text, json, text, timestamp with time zone); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.enqueue_job(task text, payload json, job_key text, run_at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
          select graphile_worker.add_job(task, payload, job_key => job_key, run_at => run_at)
        $$;

ALTER FUNCTION public.enqueue_job(task text, payload json, job_key text, run_at timestamp with time zone) OWNER TO postgres;

--
-- Name: enterprise_id(); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.enterprise_id() RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$ select id from tenants where kind = 'enterprise' $$;

ALTER FUNCTION public.enterprise_id() OWNER TO ringside_definer;

--
-- Name: identity_by_email(text); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.identity_by_email(address text) RETURNS TABLE(id uuid, email text, display_name text, language text, password_hash text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select id, email, display_name, language, password_hash from identities where lower(email) = lower(address)
$$;

ALTER FUNCTION public.identity_by_email(address text) OWNER TO ringside_definer;

--
-- Name: invitation_by_id(uuid); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.invitation_by_id(wanted uuid) RETURNS TABLE(id uuid, tenant_id uuid, membership_id uuid, identity_id uuid, round integer, expires_at timestamp with time zone, accepted_at timestamp with time zone, email text, display_name text, language text, has_login boolean, tenant_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select v.id, v.tenant_id, v.membership_id, i.id, v.round, v.expires_at, v.accepted_at,
         i.email, v.display_name, v.language, i.password_hash is not null, t.name
  from invitations v join memberships m on m.id = v.membership_id join identities i on i.id = m.identity_id join tenants t on t.id = v.tenant_id
  where v.id = wanted and t.status = 'active'
$$;

ALTER FUNCTION public.invitation_by_id(wanted uuid) OWNER TO ringside_definer;

--
-- Name: keep_tenant_closure(); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.keep_tenant_closure() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
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

ALTER FUNCTION public.keep_tenant_closure() OWNER TO ringside_definer;

--
-- Name: leasable_links(); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.leasable_links() RETURNS TABLE(link_id uuid, tenant_id uuid, revision integer, customer_ids uuid[], shares text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select l.id, l.tenant_id, l.revision, array_agg(distinct c.tenant_id),
    md5(string_agg(concat_ws(' ', c.id, c.attribution_by, c.attribution_value, c.monitoring_since, c.last_sync_at), ',' order by c.id))
  from pbx_links l join pbx_connections c on c.link_id = l.id and c.removed_at is null and c.enabled
  join tenants t on t.id = c.tenant_id and t.status <> 'terminated'
  group by l.id
$$;

ALTER FUNCTION public.leasable_links() OWNER TO ringside_definer;

--
-- Name: principal_of(text, timestamp with time zone); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.principal_of(hash text, at timestamp with time zone) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
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

ALTER FUNCTION public.principal_of(hash text, at timestamp with time zone) OWNER TO ringside_definer;

--
-- Name: purge_expired(timestamp with time zone); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.purge_expired(now timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  delete from idempotency_keys where created_at < now - interval '30 days';
  delete from sessions where expires_at < now - interval '7 days' or revoked_at < now - interval '7 days';
  delete from password_resets where expires_at < now - interval '7 days';
$$;

ALTER FUNCTION public.purge_expired(now timestamp with time zone) OWNER TO ringside_definer;

--
-- Name: reseller_time_zone(uuid); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.reseller_time_zone(customer uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
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

ALTER FUNCTION public.reseller_time_zone(customer uuid) OWNER TO ringside_definer;

--
-- Name: scope_tenant(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.scope_tenant() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('ringside.tenant'::text, true), ''::text))::uuid;

ALTER FUNCTION public.scope_tenant() OWNER TO postgres;

--
-- Name: scope_tenants(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.scope_tenants() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (string_to_array(NULLIF(current_setting('ringside.tenants'::text, true), ''::text), ','::text))::uuid[];

ALTER FUNCTION public.scope_tenants() OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: tenant_closure; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.tenant_closure (
    ancestor_id uuid NOT NULL,
    descendant_id uuid NOT NULL
);

ALTER TABLE ONLY public.tenant_closure FORCE ROW LEVEL SECURITY;

ALTER TABLE public.tenant_closure OWNER TO postgres;

--
-- Name: scope_holds(uuid); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.scope_holds(wanted uuid) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN ((wanted = ANY (public.scope_tenants())) OR (EXISTS (SELECT FROM public.tenant_closure WHERE ((tenant_closure.ancestor_id = public.scope_tenant()) AND (tenant_closure.descendant_id = scope_holds.wanted)))));

ALTER FUNCTION public.scope_holds(wanted uuid) OWNER TO postgres;

--
-- Name: scope_identity(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.scope_identity() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('ringside.identity'::text, true), ''::text))::uuid;

ALTER FUNCTION public.scope_identity() OWNER TO postgres;

--
-- Name: search_tenants(uuid, text, text); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.search_tenants(scope uuid, wanted_kind text, term text) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $_$
begin
  return query execute
    'select s.tenant_id from tenant_search s
     join tenant_closure c on c.descendant_id = s.tenant_id and c.ancestor_id = $1
     where s.kind = $2 and $1 = scope_tenant() and s.document like $3'
    using scope, wanted_kind, '%' || replace(replace(replace(lower(term), '\', '\\'), '%', '\%'), '_', '\_') || '%';
end $_$;

ALTER FUNCTION public.search_tenants(scope uuid, wanted_kind text, term text) OWNER TO ringside_definer;

--
-- Name: shares_of_link(uuid); Type: FUNCTION; Schema: public; Owner: ringside_definer
--

CREATE FUNCTION public.shares_of_link(wanted uuid) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
  select count(*)::integer from pbx_connections c join pbx_links l on l.id = c.link_id
  where c.link_id = wanted and c.removed_at is null and scope_holds(l.tenant_id)
$$;

ALTER FUNCTION public.shares_of_link(wanted uuid) OWNER TO ringside_definer;

--
-- Name: agent_spans; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.agent_spans (
    customer_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    from_at timestamp with time zone NOT NULL,
    to_at timestamp with time zone,
    state text NOT NULL,
    paused boolean NOT NULL,
    reason text,
    queue_id uuid,
    quality text NOT NULL,
    closed_reason text,
    CONSTRAINT agent_spans_quality_check CHECK ((quality = ANY (ARRAY['exact'::text, 'inferred'::text, 'partial'::text])))
);

ALTER TABLE ONLY public.agent_spans FORCE ROW LEVEL SECURITY;

ALTER TABLE public.agent_spans OWNER TO postgres;

--
-- Name: agents; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.agents (
    customer_id uuid NOT NULL,
    id uuid NOT NULL,
    link_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    agent text NOT NULL,
    name text NOT NULL,
    user_id uuid,
    memberships jsonb DEFAULT '[]'::jsonb NOT NULL
);

ALTER TABLE ONLY public.agents FORCE ROW LEVEL SECURITY;

ALTER TABLE public.agents OWNER TO postgres;

--
-- Name: api_clients; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.api_clients (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    name text NOT NULL,
    client_id text NOT NULL,
    secret_hash text NOT NULL,
    roles text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone
);

ALTER TABLE ONLY public.api_clients FORCE ROW LEVEL SECURITY;

ALTER TABLE public.api_clients OWNER TO postgres;

--
-- Name: audit_events; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.audit_events (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    action text NOT NULL,
    subject_id uuid NOT NULL,
    before jsonb,
    after jsonb,
    request_id text NOT NULL,
    CONSTRAINT audit_events_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['identity'::text, 'apiClient'::text, 'system'::text])))
);

ALTER TABLE ONLY public.audit_events FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_events OWNER TO postgres;

--
-- Name: calls; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.calls (
    customer_id uuid NOT NULL,
    id uuid NOT NULL,
    link_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    call_key text NOT NULL,
    direction text NOT NULL,
    from_number text,
    from_name text,
    from_user_id uuid,
    from_queue_id uuid,
    to_number text,
    to_name text,
    to_user_id uuid,
    to_queue_id uuid,
    did text,
    state text NOT NULL,
    state_since timestamp with time zone NOT NULL,
    started_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    ring_ms integer NOT NULL,
    talk_ms integer NOT NULL,
    hold_ms integer NOT NULL,
    wait_ms integer NOT NULL,
    outcome text,
    ended_by text,
    quality text NOT NULL,
    closed_reason text,
    waiting_queue_id uuid,
    live jsonb,
    CONSTRAINT calls_direction_check CHECK ((direction = ANY (ARRAY['incoming'::text, 'outgoing'::text, 'internal'::text]))),
    CONSTRAINT calls_quality_check CHECK ((quality = ANY (ARRAY['exact'::text, 'partial'::text])))
);

ALTER TABLE ONLY public.calls FORCE ROW LEVEL SECURITY;

ALTER TABLE public.calls OWNER TO postgres;

--
-- Name: gaps; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.gaps (
    customer_id uuid NOT NULL,
    id uuid NOT NULL,
    connection_id uuid NOT NULL,
    from_at timestamp with time zone NOT NULL,
    to_at timestamp with time zone,
    cause text NOT NULL
);

ALTER TABLE ONLY public.gaps FORCE ROW LEVEL SECURITY;

ALTER TABLE public.gaps OWNER TO postgres;

--
-- Name: idempotency_keys; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.idempotency_keys (
    tenant_id uuid NOT NULL,
    actor_id uuid NOT NULL,
    key text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    body_hash text NOT NULL,
    status integer NOT NULL,
    answer jsonb,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.idempotency_keys FORCE ROW LEVEL SECURITY;

ALTER TABLE public.idempotency_keys OWNER TO postgres;

--
-- Name: identities; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.identities (
    id uuid NOT NULL,
    email text NOT NULL,
    display_name text NOT NULL,
    language text NOT NULL,
    password_hash text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT identities_language_check CHECK ((language = ANY (ARRAY['en'::text, 'es'::text])))
);

ALTER TABLE ONLY public.identities FORCE ROW LEVEL SECURITY;

ALTER TABLE public.identities OWNER TO postgres;

--
-- Name: installation; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.installation (
    key text NOT NULL,
    value text NOT NULL
);

ALTER TABLE public.installation OWNER TO postgres;

--
-- Name: invitations; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.invitations (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    membership_id uuid NOT NULL,
    display_name text NOT NULL,
    language text NOT NULL,
    round integer DEFAULT 1 NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT invitations_language_check CHECK ((language = ANY (ARRAY['en'::text, 'es'::text])))
);

ALTER TABLE ONLY public.invitations FORCE ROW LEVEL SECURITY;

ALTER TABLE public.invitations OWNER TO postgres;

--
-- Name: job_workers; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.job_workers (
    id uuid NOT NULL,
    worker_ids text[] NOT NULL,
    heartbeat_at timestamp with time zone NOT NULL
);

ALTER TABLE public.job_workers OWNER TO postgres;

--
-- Name: legs; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.legs (
    customer_id uuid NOT NULL,
    call_id uuid NOT NULL,
    id text NOT NULL,
    segment_index integer NOT NULL,
    kind text NOT NULL,
    side text NOT NULL,
    number text,
    name text,
    user_id uuid,
    device text,
    started_at timestamp with time zone NOT NULL,
    ringing_at timestamp with time zone,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    ring_ms integer NOT NULL,
    talk_ms integer NOT NULL,
    hold_ms integer NOT NULL,
    failure text,
    cause integer,
    spans jsonb NOT NULL
);

ALTER TABLE ONLY public.legs FORCE ROW LEVEL SECURITY;

ALTER TABLE public.legs OWNER TO postgres;

--
-- Name: licence_spans; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.licence_spans (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    product_type_id uuid NOT NULL,
    is_trial boolean NOT NULL,
    is_internal boolean NOT NULL,
    time_zone text NOT NULL,
    from_at timestamp with time zone NOT NULL,
    to_at timestamp with time zone,
    CONSTRAINT licence_spans_check CHECK ((to_at >= from_at))
);

ALTER TABLE ONLY public.licence_spans FORCE ROW LEVEL SECURITY;

ALTER TABLE public.licence_spans OWNER TO postgres;

--
-- Name: live_sequences; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.live_sequences (
    customer_id uuid NOT NULL,
    seq bigint NOT NULL
);

ALTER TABLE ONLY public.live_sequences FORCE ROW LEVEL SECURITY;

ALTER TABLE public.live_sequences OWNER TO postgres;

--
-- Name: mails; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.mails (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    text_body text NOT NULL,
    html_body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone
);

ALTER TABLE ONLY public.mails FORCE ROW LEVEL SECURITY;

ALTER TABLE public.mails OWNER TO postgres;

--
-- Name: memberships; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.memberships (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    identity_id uuid NOT NULL,
    roles text[] NOT NULL,
    accepted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.memberships FORCE ROW LEVEL SECURITY;

ALTER TABLE public.memberships OWNER TO postgres;

--
-- Name: operation_steps; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.operation_steps (
    operation_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    "position" integer NOT NULL,
    key text NOT NULL,
    status text NOT NULL,
    done integer,
    total integer,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    message jsonb,
    CONSTRAINT operation_steps_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'needsDecision'::text])))
);

ALTER TABLE ONLY public.operation_steps FORCE ROW LEVEL SECURITY;

ALTER TABLE public.operation_steps OWNER TO postgres;

--
-- Name: operations; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.operations (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    status text NOT NULL,
    state jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT operations_status_check CHECK ((status = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'needsDecision'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY public.operations FORCE ROW LEVEL SECURITY;

ALTER TABLE public.operations OWNER TO postgres;

--
-- Name: password_resets; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.password_resets (
    id uuid NOT NULL,
    identity_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.password_resets FORCE ROW LEVEL SECURITY;

ALTER TABLE public.password_resets OWNER TO postgres;

--
-- Name: pbx_connections; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pbx_connections (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    link_id uuid NOT NULL,
    template_id uuid,
    type text NOT NULL,
    name text NOT NULL,
    attribution_by text NOT NULL,
    attribution_value text DEFAULT ''::text NOT NULL,
    monitor_sub_accounts boolean NOT NULL,
    enabled boolean NOT NULL,
    monitoring_since timestamp with time zone,
    last_sync_at timestamp with time zone,
    last_sync_users integer,
    last_sync_queues integer,
    link_state text DEFAULT 'connecting'::text NOT NULL,
    link_state_since timestamp with time zone NOT NULL,
    link_failure text,
    link_version text,
    link_capabilities text[] DEFAULT '{}'::text[] NOT NULL,
    link_notices jsonb DEFAULT '[]'::jsonb NOT NULL,
    last_event_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone
);

ALTER TABLE ONLY public.pbx_connections FORCE ROW LEVEL SECURITY;

ALTER TABLE public.pbx_connections OWNER TO postgres;

--
-- Name: pbx_links; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pbx_links (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    type text NOT NULL,
    identity text NOT NULL,
    settings jsonb NOT NULL,
    secrets bytea NOT NULL,
    secrets_set jsonb DEFAULT '{}'::jsonb NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    state text DEFAULT 'connecting'::text NOT NULL,
    state_since timestamp with time zone NOT NULL,
    failure text,
    version text,
    capabilities text[] DEFAULT '{}'::text[] NOT NULL,
    notices jsonb DEFAULT '[]'::jsonb NOT NULL,
    clock_skew_ms integer,
    epoch text,
    last_event_at timestamp with time zone,
    heartbeat_at timestamp with time zone,
    unattributed jsonb DEFAULT '{}'::jsonb NOT NULL,
    lease_owner uuid,
    lease_fence bigint DEFAULT 0 NOT NULL,
    lease_until timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT pbx_links_state_check CHECK ((state = ANY (ARRAY['disabled'::text, 'connecting'::text, 'authenticating'::text, 'syncing'::text, 'live'::text, 'down'::text, 'authFailed'::text])))
);

ALTER TABLE ONLY public.pbx_links FORCE ROW LEVEL SECURITY;

ALTER TABLE public.pbx_links OWNER TO postgres;

--
-- Name: pbx_templates; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pbx_templates (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    type text NOT NULL,
    name text NOT NULL,
    settings jsonb NOT NULL,
    secrets bytea NOT NULL,
    secrets_set jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_default boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.pbx_templates FORCE ROW LEVEL SECURITY;

ALTER TABLE public.pbx_templates OWNER TO postgres;

--
-- Name: pbx_users; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.pbx_users (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    external_id text NOT NULL,
    user_id uuid,
    name text NOT NULL,
    email text,
    extension text,
    devices text[] DEFAULT '{}'::text[] NOT NULL,
    present boolean DEFAULT true NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    held_roles text[] DEFAULT '{}'::text[] NOT NULL,
    replaced_at timestamp with time zone
);

ALTER TABLE ONLY public.pbx_users FORCE ROW LEVEL SECURITY;

ALTER TABLE public.pbx_users OWNER TO postgres;

--
-- Name: product_types; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.product_types (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    key text NOT NULL,
    name jsonb NOT NULL,
    summary jsonb NOT NULL,
    licence_level text NOT NULL,
    features text[] NOT NULL,
    countries text[],
    pbx_types text[],
    rate_key text NOT NULL,
    changeable boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT product_types_licence_level_check CHECK ((licence_level = ANY (ARRAY['essential'::text, 'professional'::text, 'contactCentre'::text])))
);

ALTER TABLE ONLY public.product_types FORCE ROW LEVEL SECURITY;

ALTER TABLE public.product_types OWNER TO postgres;

--
-- Name: TABLE product_types; Type: COMMENT; Schema: public; Owner: postgres
--

COMMENT ON TABLE public.product_types IS 'policy: inherited';

--
-- Name: queues; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.queues (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    external_id text NOT NULL,
    name text NOT NULL,
    number text,
    strategy text,
    present boolean DEFAULT true NOT NULL
);

ALTER TABLE ONLY public.queues FORCE ROW LEVEL SECURITY;

ALTER TABLE public.queues OWNER TO postgres;

--
-- Name: schema_migrations; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.schema_migrations (
    name text NOT NULL,
    hash text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.schema_migrations OWNER TO postgres;

--
-- Name: segments; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.segments (
    customer_id uuid NOT NULL,
    call_id uuid NOT NULL,
    index integer NOT NULL,
    kind text NOT NULL,
    number text,
    name text,
    user_id uuid,
    queue_id uuid,
    started_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    ring_ms integer NOT NULL,
    talk_ms integer NOT NULL,
    hold_ms integer NOT NULL,
    outcome text,
    transfer text,
    consultation boolean NOT NULL,
    device text
);

ALTER TABLE ONLY public.segments FORCE ROW LEVEL SECURITY;

ALTER TABLE public.segments OWNER TO postgres;

--
-- Name: sessions; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    token_hash text NOT NULL,
    identity_id uuid,
    api_client_id uuid,
    user_agent text DEFAULT ''::text NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT sessions_check CHECK (((identity_id IS NULL) <> (api_client_id IS NULL)))
);

ALTER TABLE ONLY public.sessions FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sessions OWNER TO postgres;

--
-- Name: tenant_search; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.tenant_search (
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    document text NOT NULL
);

ALTER TABLE public.tenant_search OWNER TO postgres;

--
-- Name: tenants; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.tenants (
    id uuid NOT NULL,
    parent_id uuid,
    kind text NOT NULL,
    name text NOT NULL,
    reference text DEFAULT ''::text NOT NULL,
    notes text DEFAULT ''::text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    country text,
    time_zone text,
    language text,
    may_grant_trials boolean,
    longest_trial_days integer,
    product_type_id uuid,
    trial_start date,
    trial_end date,
    is_internal boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT tenants_check CHECK (((kind = 'enterprise'::text) = (parent_id IS NULL))),
    CONSTRAINT tenants_check1 CHECK (((kind <> 'enterprise'::text) OR ((country IS NOT NULL) AND (time_zone IS NOT NULL) AND (language IS NOT NULL)))),
    CONSTRAINT tenants_check2 CHECK (((kind = 'reseller'::text) = ((may_grant_trials IS NOT NULL) AND (longest_trial_days IS NOT NULL)))),
    CONSTRAINT tenants_check3 CHECK (((kind = 'customer'::text) = (product_type_id IS NOT NULL))),
    CONSTRAINT tenants_check4 CHECK ((((trial_start IS NULL) = (trial_end IS NULL)) AND (trial_end >= trial_start))),
    CONSTRAINT tenants_check5 CHECK (((kind = 'customer'::text) OR ((trial_start IS NULL) AND (NOT is_internal)))),
    CONSTRAINT tenants_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT tenants_kind_check CHECK ((kind = ANY (ARRAY['enterprise'::text, 'reseller'::text, 'customer'::text]))),
    CONSTRAINT tenants_language_check CHECK ((language = ANY (ARRAY['en'::text, 'es'::text]))),
    CONSTRAINT tenants_longest_trial_days_check CHECK (((longest_trial_days >= 1) AND (longest_trial_days <= 365))),
    CONSTRAINT tenants_name_check CHECK ((name <> ''::text)),
    CONSTRAINT tenants_status_check CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text, 'terminated'::text])))
);

ALTER TABLE ONLY public.tenants FORCE ROW LEVEL SECURITY;

ALTER TABLE public.tenants OWNER TO postgres;

--
-- Name: users; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.users (
    id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    membership_id uuid,
    display_name text NOT NULL,
    email text,
    source text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    vanished_at timestamp with time zone,
    roles text[] DEFAULT '{}'::text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT users_source_check CHECK ((source = ANY (ARRAY['pbx'::text, 'manual'::text]))),
    CONSTRAINT users_status_check CHECK ((status = ANY (ARRAY['active'::text, 'vanished'::text])))
);

ALTER TABLE ONLY public.users FORCE ROW LEVEL SECURITY;

ALTER TABLE public.users OWNER TO postgres;

--
-- Name: agent_spans agent_spans_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.agent_spans
    ADD CONSTRAINT agent_spans_pkey PRIMARY KEY (customer_id, agent_id, from_at);

--
-- Name: agents agents_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.agents
    ADD CONSTRAINT agents_pkey PRIMARY KEY (customer_id, id);

--
-- Name: api_clients api_clients_client_id_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.api_clients
    ADD CONSTRAINT api_clients_client_id_key UNIQUE (client_id);

--
-- Name: api_clients api_clients_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.api_clients
    ADD CONSTRAINT api_clients_pkey PRIMARY KEY (id);

--
-- Name: audit_events audit_events_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT audit_events_pkey PRIMARY KEY (id);

--
-- Name: calls calls_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_pkey PRIMARY KEY (customer_id, id);

--
-- Name: gaps gaps_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.gaps
    ADD CONSTRAINT gaps_pkey PRIMARY KEY (customer_id, id);

--
-- Name: idempotency_keys idempotency_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (tenant_id, actor_id, key);

--
-- Name: identities identities_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (id);

--
-- Name: installation installation_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (key);

--
-- Name: invitations invitations_membership_id_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_membership_id_key UNIQUE (membership_id);

--
-- Name: invitations invitations_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (id);

--
-- Name: job_workers job_workers_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.job_workers
    ADD CONSTRAINT job_workers_pkey PRIMARY KEY (id);

--
-- Name: legs legs_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.legs
    ADD CONSTRAINT legs_pkey PRIMARY KEY (customer_id, call_id, id);

--
-- Name: licence_spans licence_spans_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.licence_spans
    ADD CONSTRAINT licence_spans_pkey PRIMARY KEY (id);

--
-- Name: live_sequences live_sequences_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.live_sequences
    ADD CONSTRAINT live_sequences_pkey PRIMARY KEY (customer_id);

--
-- Name: mails mails_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (id);

--
-- Name: memberships memberships_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (id);

--
-- Name: memberships memberships_tenant_id_identity_id_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_tenant_id_identity_id_key UNIQUE (tenant_id, identity_id);

--
-- Name: operation_steps operation_steps_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.operation_steps
    ADD CONSTRAINT operation_steps_pkey PRIMARY KEY (operation_id, "position");

--
-- Name: operations operations_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.operations
    ADD CONSTRAINT operations_pkey PRIMARY KEY (id);

--
-- Name: password_resets password_resets_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.password_resets
    ADD CONSTRAINT password_resets_pkey PRIMARY KEY (id);

--
-- Name: pbx_connections pbx_connections_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_connections
    ADD CONSTRAINT pbx_connections_pkey PRIMARY KEY (id);

--
-- Name: pbx_links pbx_links_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_links
    ADD CONSTRAINT pbx_links_pkey PRIMARY KEY (id);

--
-- Name: pbx_links pbx_links_tenant_id_type_identity_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_links
    ADD CONSTRAINT pbx_links_tenant_id_type_identity_key UNIQUE (tenant_id, type, identity);

--
-- Name: pbx_templates pbx_templates_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_templates
    ADD CONSTRAINT pbx_templates_pkey PRIMARY KEY (id);

--
-- Name: pbx_users pbx_users_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_users
    ADD CONSTRAINT pbx_users_pkey PRIMARY KEY (id);

--
-- Name: product_types product_types_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.product_types
    ADD CONSTRAINT product_types_pkey PRIMARY KEY (id);

--
-- Name: product_types product_types_tenant_id_key_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.product_types
    ADD CONSTRAINT product_types_tenant_id_key_key UNIQUE (tenant_id, key);

--
-- Name: queues queues_connection_id_external_id_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.queues
    ADD CONSTRAINT queues_connection_id_external_id_key UNIQUE (connection_id, external_id);

--
-- Name: queues queues_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.queues
    ADD CONSTRAINT queues_pkey PRIMARY KEY (id);

--
-- Name: schema_migrations schema_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

--
-- Name: segments segments_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.segments
    ADD CONSTRAINT segments_pkey PRIMARY KEY (customer_id, call_id, index);

--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

--
-- Name: sessions sessions_token_hash_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_token_hash_key UNIQUE (token_hash);

--
-- Name: tenant_closure tenant_closure_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.tenant_closure
    ADD CONSTRAINT tenant_closure_pkey PRIMARY KEY (ancestor_id, descendant_id);

--
-- Name: tenant_search tenant_search_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.tenant_search
    ADD CONSTRAINT tenant_search_pkey PRIMARY KEY (tenant_id);

--
-- Name: tenants tenants_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (id);

--
-- Name: users users_membership_id_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_membership_id_key UNIQUE (membership_id);

--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

--
-- Name: agent_spans_open; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX agent_spans_open ON public.agent_spans USING btree (customer_id, agent_id) WHERE (to_at IS NULL);

--
-- Name: agents_key; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX agents_key ON public.agents USING btree (customer_id, link_id, agent);

--
-- Name: audit_events_by_subject; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX audit_events_by_subject ON public.audit_events USING btree (subject_id, id DESC);

--
-- Name: audit_events_by_tenant; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX audit_events_by_tenant ON public.audit_events USING btree (tenant_id, id DESC);

--
-- Name: calls_key; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX calls_key ON public.calls USING btree (customer_id, link_id, call_key);

--
-- Name: calls_newest; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX calls_newest ON public.calls USING btree (customer_id, started_at DESC, id DESC);

--
-- Name: calls_open; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX calls_open ON public.calls USING btree (customer_id, link_id) WHERE (ended_at IS NULL);

--
-- Name: gaps_newest; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX gaps_newest ON public.gaps USING btree (customer_id, from_at DESC);

--
-- Name: idempotency_keys_by_age; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX idempotency_keys_by_age ON public.idempotency_keys USING btree (created_at);

--
-- Name: identities_email; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX identities_email ON public.identities USING btree (lower(email));

--
-- Name: licence_spans_by_tenant; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX licence_spans_by_tenant ON public.licence_spans USING btree (tenant_id, from_at);

--
-- Name: licence_spans_open; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX licence_spans_open ON public.licence_spans USING btree (user_id, role) WHERE (to_at IS NULL);

--
-- Name: mails_by_tenant; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX mails_by_tenant ON public.mails USING btree (tenant_id, id DESC);

--
-- Name: memberships_by_identity; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX memberships_by_identity ON public.memberships USING btree (identity_id);

--
-- Name: operations_by_subject; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX operations_by_subject ON public.operations USING btree (subject_id, id DESC);

--
-- Name: operations_by_tenant; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX operations_by_tenant ON public.operations USING btree (tenant_id, id DESC);

--
-- Name: password_resets_by_identity; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX password_resets_by_identity ON public.password_resets USING btree (identity_id);

--
-- Name: pbx_connections_by_link; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX pbx_connections_by_link ON public.pbx_connections USING btree (link_id) WHERE (removed_at IS NULL);

--
-- Name: pbx_connections_by_tenant; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX pbx_connections_by_tenant ON public.pbx_connections USING btree (tenant_id);

--
-- Name: pbx_connections_share; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX pbx_connections_share ON public.pbx_connections USING btree (link_id, attribution_by, attribution_value) WHERE (removed_at IS NULL);

--
-- Name: pbx_templates_default; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX pbx_templates_default ON public.pbx_templates USING btree (tenant_id, type) WHERE is_default;

--
-- Name: pbx_templates_name; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX pbx_templates_name ON public.pbx_templates USING btree (tenant_id, lower(name));

--
-- Name: pbx_users_by_tenant; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX pbx_users_by_tenant ON public.pbx_users USING btree (tenant_id);

--
-- Name: pbx_users_by_user; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX pbx_users_by_user ON public.pbx_users USING btree (user_id);

--
-- Name: pbx_users_external; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX pbx_users_external ON public.pbx_users USING btree (connection_id, external_id) WHERE (replaced_at IS NULL);

--
-- Name: queues_by_tenant; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX queues_by_tenant ON public.queues USING btree (tenant_id);

--
-- Name: sessions_by_client; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX sessions_by_client ON public.sessions USING btree (api_client_id);

--
-- Name: sessions_by_identity; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX sessions_by_identity ON public.sessions USING btree (identity_id);

--
-- Name: tenant_closure_by_descendant; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX tenant_closure_by_descendant ON public.tenant_closure USING btree (descendant_id, ancestor_id);

--
-- Name: tenant_search_document; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX tenant_search_document ON public.tenant_search USING gin (document public.gin_trgm_ops);

--
-- Name: tenants_by_parent; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX tenants_by_parent ON public.tenants USING btree (parent_id, kind, lower(name), id);

--
-- Name: tenants_name; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX tenants_name ON public.tenants USING btree (parent_id, lower(name)) WHERE (status <> 'terminated'::text);

--
-- Name: tenants_one_enterprise; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX tenants_one_enterprise ON public.tenants USING btree ((true)) WHERE (kind = 'enterprise'::text);

--
-- Name: tenants_one_internal; Type: INDEX; Schema: public; Owner: postgres
--

CREATE UNIQUE INDEX tenants_one_internal ON public.tenants USING btree (parent_id) WHERE is_internal;

--
-- Name: tenants_with_customers; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX tenants_with_customers ON public.tenants USING btree (id) WHERE (kind = 'reseller'::text);

--
-- Name: users_by_email; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX users_by_email ON public.users USING btree (tenant_id, lower(email));

--
-- Name: users_by_tenant; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX users_by_tenant ON public.users USING btree (tenant_id, lower(display_name), id);

--
-- Name: tenants keep_closure; Type: TRIGGER; Schema: public; Owner: postgres
--

CREATE TRIGGER keep_closure AFTER INSERT OR UPDATE ON public.tenants FOR EACH ROW EXECUTE FUNCTION public.keep_tenant_closure();

--
-- Name: agent_spans agent_spans_customer_id_agent_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.agent_spans
    ADD CONSTRAINT agent_spans_customer_id_agent_id_fkey FOREIGN KEY (customer_id, agent_id) REFERENCES public.agents(customer_id, id) ON DELETE CASCADE;

--
-- Name: api_clients api_clients_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.api_clients
    ADD CONSTRAINT api_clients_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: audit_events audit_events_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.audit_events
    ADD CONSTRAINT audit_events_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: idempotency_keys idempotency_keys_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: invitations invitations_membership_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.memberships(id) ON DELETE CASCADE;

--
-- Name: invitations invitations_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: legs legs_customer_id_call_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.legs
    ADD CONSTRAINT legs_customer_id_call_id_fkey FOREIGN KEY (customer_id, call_id) REFERENCES public.calls(customer_id, id) ON DELETE CASCADE;

--
-- Name: licence_spans licence_spans_product_type_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.licence_spans
    ADD CONSTRAINT licence_spans_product_type_id_fkey FOREIGN KEY (product_type_id) REFERENCES public.product_types(id);

--
-- Name: licence_spans licence_spans_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.licence_spans
    ADD CONSTRAINT licence_spans_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: licence_spans licence_spans_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.licence_spans
    ADD CONSTRAINT licence_spans_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

--
-- Name: mails mails_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: memberships memberships_identity_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_identity_id_fkey FOREIGN KEY (identity_id) REFERENCES public.identities(id) ON DELETE CASCADE;

--
-- Name: memberships memberships_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: operation_steps operation_steps_operation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.operation_steps
    ADD CONSTRAINT operation_steps_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES public.operations(id) ON DELETE CASCADE;

--
-- Name: operation_steps operation_steps_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.operation_steps
    ADD CONSTRAINT operation_steps_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: operations operations_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.operations
    ADD CONSTRAINT operations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: password_resets password_resets_identity_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.password_resets
    ADD CONSTRAINT password_resets_identity_id_fkey FOREIGN KEY (identity_id) REFERENCES public.identities(id) ON DELETE CASCADE;

--
-- Name: pbx_connections pbx_connections_link_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_connections
    ADD CONSTRAINT pbx_connections_link_id_fkey FOREIGN KEY (link_id) REFERENCES public.pbx_links(id);

--
-- Name: pbx_connections pbx_connections_template_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_connections
    ADD CONSTRAINT pbx_connections_template_id_fkey FOREIGN KEY (template_id) REFERENCES public.pbx_templates(id) ON DELETE SET NULL;

--
-- Name: pbx_connections pbx_connections_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_connections
    ADD CONSTRAINT pbx_connections_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: pbx_links pbx_links_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_links
    ADD CONSTRAINT pbx_links_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: pbx_templates pbx_templates_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_templates
    ADD CONSTRAINT pbx_templates_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: pbx_users pbx_users_connection_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_users
    ADD CONSTRAINT pbx_users_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES public.pbx_connections(id) ON DELETE CASCADE;

--
-- Name: pbx_users pbx_users_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_users
    ADD CONSTRAINT pbx_users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: pbx_users pbx_users_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.pbx_users
    ADD CONSTRAINT pbx_users_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE SET NULL;

--
-- Name: product_types product_types_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.product_types
    ADD CONSTRAINT product_types_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: queues queues_connection_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.queues
    ADD CONSTRAINT queues_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES public.pbx_connections(id) ON DELETE CASCADE;

--
-- Name: queues queues_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.queues
    ADD CONSTRAINT queues_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: segments segments_customer_id_call_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.segments
    ADD CONSTRAINT segments_customer_id_call_id_fkey FOREIGN KEY (customer_id, call_id) REFERENCES public.calls(customer_id, id) ON DELETE CASCADE;

--
-- Name: sessions sessions_api_client_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_api_client_id_fkey FOREIGN KEY (api_client_id) REFERENCES public.api_clients(id) ON DELETE CASCADE;

--
-- Name: sessions sessions_identity_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_identity_id_fkey FOREIGN KEY (identity_id) REFERENCES public.identities(id) ON DELETE CASCADE;

--
-- Name: tenant_closure tenant_closure_ancestor_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.tenant_closure
    ADD CONSTRAINT tenant_closure_ancestor_id_fkey FOREIGN KEY (ancestor_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: tenant_closure tenant_closure_descendant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.tenant_closure
    ADD CONSTRAINT tenant_closure_descendant_id_fkey FOREIGN KEY (descendant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: tenant_search tenant_search_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.tenant_search
    ADD CONSTRAINT tenant_search_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: tenants tenants_parent_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.tenants(id);

--
-- Name: tenants tenants_product_type_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_product_type_id_fkey FOREIGN KEY (product_type_id) REFERENCES public.product_types(id);

--
-- Name: users users_membership_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.memberships(id) ON DELETE SET NULL;

--
-- Name: users users_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;

--
-- Name: agent_spans; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.agent_spans ENABLE ROW LEVEL SECURITY;

--
-- Name: agents; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.agents ENABLE ROW LEVEL SECURITY;

--
-- Name: api_clients; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.api_clients ENABLE ROW LEVEL SECURITY;

--
-- Name: product_types app_inherited; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_inherited ON public.product_types FOR SELECT TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.descendant_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.ancestor_id = product_types.tenant_id)))));

--
-- Name: identities app_members; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_members ON public.identities FOR SELECT TO ringside_app USING (((id = ( SELECT public.scope_identity() AS scope_identity)) OR (EXISTS ( SELECT
   FROM public.memberships m
  WHERE (m.identity_id = identities.id)))));

--
-- Name: identities app_new; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_new ON public.identities FOR INSERT TO ringside_app WITH CHECK ((id = ( SELECT public.scope_identity() AS scope_identity)));

--
-- Name: agent_spans app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.agent_spans TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = agent_spans.customer_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = agent_spans.customer_id)))));

--
-- Name: agents app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.agents TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = agents.customer_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = agents.customer_id)))));

--
-- Name: api_clients app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.api_clients TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = api_clients.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = api_clients.tenant_id)))));

--
-- Name: audit_events app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.audit_events TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = audit_events.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = audit_events.tenant_id)))));

--
-- Name: calls app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.calls TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = calls.customer_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = calls.customer_id)))));

--
-- Name: gaps app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.gaps TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = gaps.customer_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = gaps.customer_id)))));

--
-- Name: idempotency_keys app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.idempotency_keys TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = idempotency_keys.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = idempotency_keys.tenant_id)))));

--
-- Name: identities app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.identities FOR UPDATE TO ringside_app USING ((id = ( SELECT public.scope_identity() AS scope_identity))) WITH CHECK ((id = ( SELECT public.scope_identity() AS scope_identity)));

--
-- Name: invitations app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.invitations TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = invitations.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = invitations.tenant_id)))));

--
-- Name: legs app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.legs TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = legs.customer_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = legs.customer_id)))));

--
-- Name: licence_spans app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.licence_spans TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = licence_spans.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = licence_spans.tenant_id)))));

--
-- Name: live_sequences app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.live_sequences TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = live_sequences.customer_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = live_sequences.customer_id)))));

--
-- Name: mails app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.mails TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = mails.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = mails.tenant_id)))));

--
-- Name: memberships app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.memberships TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = memberships.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = memberships.tenant_id)))));

--
-- Name: operation_steps app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.operation_steps TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = operation_steps.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = operation_steps.tenant_id)))));

--
-- Name: operations app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.operations TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = operations.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = operations.tenant_id)))));

--
-- Name: password_resets app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.password_resets TO ringside_app USING ((identity_id = ( SELECT public.scope_identity() AS scope_identity))) WITH CHECK ((identity_id = ( SELECT public.scope_identity() AS scope_identity)));

--
-- Name: pbx_connections app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.pbx_connections TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = pbx_connections.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = pbx_connections.tenant_id)))));

--
-- Name: pbx_links app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.pbx_links TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = pbx_links.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = pbx_links.tenant_id)))));

--
-- Name: pbx_templates app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.pbx_templates TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = pbx_templates.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = pbx_templates.tenant_id)))));

--
-- Name: pbx_users app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.pbx_users TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = pbx_users.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = pbx_users.tenant_id)))));

--
-- Name: product_types app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.product_types TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = product_types.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = product_types.tenant_id)))));

--
-- Name: queues app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.queues TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = queues.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = queues.tenant_id)))));

--
-- Name: segments app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.segments TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = segments.customer_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = segments.customer_id)))));

--
-- Name: sessions app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.sessions TO ringside_app USING (((identity_id = ( SELECT public.scope_identity() AS scope_identity)) OR (EXISTS ( SELECT
   FROM public.api_clients a
  WHERE (a.id = sessions.api_client_id))))) WITH CHECK (((identity_id = ( SELECT public.scope_identity() AS scope_identity)) OR (EXISTS ( SELECT
   FROM public.api_clients a
  WHERE (a.id = sessions.api_client_id)))));

--
-- Name: tenant_closure app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.tenant_closure TO ringside_app USING (((ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) OR (descendant_id = ( SELECT public.scope_tenant() AS scope_tenant))));

--
-- Name: tenants app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.tenants TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = tenants.id))))) WITH CHECK (((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = ANY (ARRAY[tenants.id, tenants.parent_id]))))) OR ((parent_id IS NULL) AND (id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (( SELECT public.enterprise_id() AS enterprise_id) IS NULL))));

--
-- Name: users app_own; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_own ON public.users TO ringside_app USING ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = users.tenant_id))))) WITH CHECK ((EXISTS ( SELECT
   FROM public.tenant_closure c
  WHERE ((c.ancestor_id = ( SELECT public.scope_tenant() AS scope_tenant)) AND (c.descendant_id = users.tenant_id)))));

--
-- Name: memberships app_self; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY app_self ON public.memberships FOR SELECT TO ringside_app USING ((identity_id = ( SELECT public.scope_identity() AS scope_identity)));

--
-- Name: audit_events; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.audit_events ENABLE ROW LEVEL SECURITY;

--
-- Name: calls; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.calls ENABLE ROW LEVEL SECURITY;

--
-- Name: api_clients definer; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY definer ON public.api_clients TO ringside_definer USING (true) WITH CHECK (true);

--
-- Name: idempotency_keys definer; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY definer ON public.idempotency_keys TO ringside_definer USING (true) WITH CHECK (true);

--
-- Name: identities definer; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY definer ON public.identities TO ringside_definer USING (true) WITH CHECK (true);

--
-- Name: invitations definer; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY definer ON public.invitations TO ringside_definer USING (true) WITH CHECK (true);

--
-- Name: memberships definer; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY definer ON public.memberships TO ringside_definer USING (true) WITH CHECK (true);

--
-- Name: password_resets definer; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY definer ON public.password_resets TO ringside_definer USING (true) WITH CHECK (true);

--
-- Name: pbx_connections definer; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY definer ON public.pbx_connections TO ringside_definer USING (true) WITH CHECK (true);

--
-- Name: pbx_links definer; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY definer ON public.pbx_links TO ringside_definer USING (true) WITH CHECK (true);

--
-- Name: sessions definer; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY definer ON public.sessions TO ringside_definer USING (true) WITH CHECK (true);

--
-- Name: tenant_closure definer; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY definer ON public.tenant_closure TO ringside_definer USING (true) WITH CHECK (true);

--
-- Name: tenants definer; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY definer ON public.tenants TO ringside_definer USING (true) WITH CHECK (true);

--
-- Name: gaps; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.gaps ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency_keys; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: identities; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.identities ENABLE ROW LEVEL SECURITY;

--
-- Name: invitations; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.invitations ENABLE ROW LEVEL SECURITY;

--
-- Name: legs; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.legs ENABLE ROW LEVEL SECURITY;

--
-- Name: licence_spans; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.licence_spans ENABLE ROW LEVEL SECURITY;

--
-- Name: live_sequences; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.live_sequences ENABLE ROW LEVEL SECURITY;

--
-- Name: mails; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.mails ENABLE ROW LEVEL SECURITY;

--
-- Name: memberships; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.memberships ENABLE ROW LEVEL SECURITY;

--
-- Name: operation_steps; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.operation_steps ENABLE ROW LEVEL SECURITY;

--
-- Name: operations; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.operations ENABLE ROW LEVEL SECURITY;

--
-- Name: password_resets; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.password_resets ENABLE ROW LEVEL SECURITY;

--
-- Name: pbx_connections; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.pbx_connections ENABLE ROW LEVEL SECURITY;

--
-- Name: pbx_links; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.pbx_links ENABLE ROW LEVEL SECURITY;

--
-- Name: pbx_templates; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.pbx_templates ENABLE ROW LEVEL SECURITY;

--
-- Name: pbx_users; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.pbx_users ENABLE ROW LEVEL SECURITY;

--
-- Name: product_types; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.product_types ENABLE ROW LEVEL SECURITY;

--
-- Name: queues; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.queues ENABLE ROW LEVEL SECURITY;

--
-- Name: segments; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.segments ENABLE ROW LEVEL SECURITY;

--
-- Name: sessions; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;

--
-- Name: agent_spans system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.agent_spans TO ringside_system USING ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: agents system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.agents TO ringside_system USING ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: api_clients system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.api_clients TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: audit_events system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.audit_events TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: calls system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.calls TO ringside_system USING ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: gaps system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.gaps TO ringside_system USING ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: idempotency_keys system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.idempotency_keys TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: identities system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.identities TO ringside_system USING (((id = ( SELECT public.scope_identity() AS scope_identity)) OR (EXISTS ( SELECT
   FROM public.memberships m
  WHERE (m.identity_id = identities.id))))) WITH CHECK ((id = ( SELECT public.scope_identity() AS scope_identity)));

--
-- Name: invitations system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.invitations TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: legs system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.legs TO ringside_system USING ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: licence_spans system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.licence_spans TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: live_sequences system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.live_sequences TO ringside_system USING ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: mails system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.mails TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: memberships system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.memberships TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: operation_steps system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.operation_steps TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: operations system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.operations TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: password_resets system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.password_resets TO ringside_system USING ((identity_id = ( SELECT public.scope_identity() AS scope_identity))) WITH CHECK ((identity_id = ( SELECT public.scope_identity() AS scope_identity)));

--
-- Name: pbx_connections system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.pbx_connections TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: pbx_links system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.pbx_links TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: pbx_templates system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.pbx_templates TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: pbx_users system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.pbx_users TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: product_types system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.product_types TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: queues system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.queues TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: segments system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.segments TO ringside_system USING ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((customer_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: sessions system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.sessions TO ringside_system USING ((identity_id = ( SELECT public.scope_identity() AS scope_identity))) WITH CHECK ((identity_id = ( SELECT public.scope_identity() AS scope_identity)));

--
-- Name: tenant_closure system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.tenant_closure TO ringside_system USING ((descendant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: tenants system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.tenants TO ringside_system USING ((id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: users system_named; Type: POLICY; Schema: public; Owner: postgres
--

CREATE POLICY system_named ON public.users TO ringside_system USING ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[]))) WITH CHECK ((tenant_id = ANY (( SELECT public.scope_tenants() AS scope_tenants)::uuid[])));

--
-- Name: tenant_closure; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.tenant_closure ENABLE ROW LEVEL SECURITY;

--
-- Name: tenants; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.tenants ENABLE ROW LEVEL SECURITY;

--
-- Name: users; Type: ROW SECURITY; Schema: public; Owner: postgres
--

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: pg_database_owner
--

GRANT USAGE ON SCHEMA public TO ringside_app;
GRANT USAGE ON SCHEMA public TO ringside_system;
GRANT ALL ON SCHEMA public TO ringside_definer;

--
-- Name: FUNCTION gtrgm_in(cstring); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gtrgm_in(cstring) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gtrgm_in(cstring) TO ringside_app;
GRANT ALL ON FUNCTION public.gtrgm_in(cstring) TO ringside_system;
GRANT ALL ON FUNCTION public.gtrgm_in(cstring) TO ringside_definer;

--
-- Name: FUNCTION gtrgm_out(public.gtrgm); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gtrgm_out(public.gtrgm) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gtrgm_out(public.gtrgm) TO ringside_app;
GRANT ALL ON FUNCTION public.gtrgm_out(public.gtrgm) TO ringside_system;
GRANT ALL ON FUNCTION public.gtrgm_out(public.gtrgm) TO ringside_definer;

--
-- Name: FUNCTION ancestors_among(candidates uuid[], target uuid); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.ancestors_among(candidates uuid[], target uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.ancestors_among(candidates uuid[], target uuid) TO ringside_app;
GRANT ALL ON FUNCTION public.ancestors_among(candidates uuid[], target uuid) TO ringside_system;

--
-- Name: FUNCTION api_client_by_client_id(wanted text); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.api_client_by_client_id(wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.api_client_by_client_id(wanted text) TO ringside_app;
GRANT ALL ON FUNCTION public.api_client_by_client_id(wanted text) TO ringside_system;

--
-- Name: FUNCTION customers_of_link(wanted uuid); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.customers_of_link(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.customers_of_link(wanted uuid) TO ringside_app;
GRANT ALL ON FUNCTION public.customers_of_link(wanted uuid) TO ringside_system;

--
-- Name: FUNCTION effective_settings(target uuid); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.effective_settings(target uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.effective_settings(target uuid) TO ringside_app;
GRANT ALL ON FUNCTION public.effective_settings(target uuid) TO ringside_system;

--
-- Name: FUNCTION enqueue_job(task text, payload json, job_key text, run_at timestamp with time zone); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.enqueue_job(task text, payload json, job_key text, run_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.enqueue_job(task text, payload json, job_key text, run_at timestamp with time zone) TO ringside_app;
GRANT ALL ON FUNCTION public.enqueue_job(task text, payload json, job_key text, run_at timestamp with time zone) TO ringside_system;

--
-- Name: FUNCTION enterprise_id(); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.enterprise_id() FROM PUBLIC;
GRANT ALL ON FUNCTION public.enterprise_id() TO ringside_app;
GRANT ALL ON FUNCTION public.enterprise_id() TO ringside_system;

--
-- Name: FUNCTION gin_extract_query_trgm(text, internal, smallint, internal, internal, internal, internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gin_extract_query_trgm(text, internal, smallint, internal, internal, internal, internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gin_extract_query_trgm(text, internal, smallint, internal, internal, internal, internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gin_extract_query_trgm(text, internal, smallint, internal, internal, internal, internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gin_extract_query_trgm(text, internal, smallint, internal, internal, internal, internal) TO ringside_definer;

--
-- Name: FUNCTION gin_extract_value_trgm(text, internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gin_extract_value_trgm(text, internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gin_extract_value_trgm(text, internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gin_extract_value_trgm(text, internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gin_extract_value_trgm(text, internal) TO ringside_definer;

--
-- Name: FUNCTION gin_trgm_consistent(internal, smallint, text, integer, internal, internal, internal, internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gin_trgm_consistent(internal, smallint, text, integer, internal, internal, internal, internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gin_trgm_consistent(internal, smallint, text, integer, internal, internal, internal, internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gin_trgm_consistent(internal, smallint, text, integer, internal, internal, internal, internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gin_trgm_consistent(internal, smallint, text, integer, internal, internal, internal, internal) TO ringside_definer;

--
-- Name: FUNCTION gin_trgm_triconsistent(internal, smallint, text, integer, internal, internal, internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gin_trgm_triconsistent(internal, smallint, text, integer, internal, internal, internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gin_trgm_triconsistent(internal, smallint, text, integer, internal, internal, internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gin_trgm_triconsistent(internal, smallint, text, integer, internal, internal, internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gin_trgm_triconsistent(internal, smallint, text, integer, internal, internal, internal) TO ringside_definer;

--
-- Name: FUNCTION gtrgm_compress(internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gtrgm_compress(internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gtrgm_compress(internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gtrgm_compress(internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gtrgm_compress(internal) TO ringside_definer;

--
-- Name: FUNCTION gtrgm_consistent(internal, text, smallint, oid, internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gtrgm_consistent(internal, text, smallint, oid, internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gtrgm_consistent(internal, text, smallint, oid, internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gtrgm_consistent(internal, text, smallint, oid, internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gtrgm_consistent(internal, text, smallint, oid, internal) TO ringside_definer;

--
-- Name: FUNCTION gtrgm_decompress(internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gtrgm_decompress(internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gtrgm_decompress(internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gtrgm_decompress(internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gtrgm_decompress(internal) TO ringside_definer;

--
-- Name: FUNCTION gtrgm_distance(internal, text, smallint, oid, internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gtrgm_distance(internal, text, smallint, oid, internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gtrgm_distance(internal, text, smallint, oid, internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gtrgm_distance(internal, text, smallint, oid, internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gtrgm_distance(internal, text, smallint, oid, internal) TO ringside_definer;

--
-- Name: FUNCTION gtrgm_options(internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gtrgm_options(internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gtrgm_options(internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gtrgm_options(internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gtrgm_options(internal) TO ringside_definer;

--
-- Name: FUNCTION gtrgm_penalty(internal, internal, internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gtrgm_penalty(internal, internal, internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gtrgm_penalty(internal, internal, internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gtrgm_penalty(internal, internal, internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gtrgm_penalty(internal, internal, internal) TO ringside_definer;

--
-- Name: FUNCTION gtrgm_picksplit(internal, internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gtrgm_picksplit(internal, internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gtrgm_picksplit(internal, internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gtrgm_picksplit(internal, internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gtrgm_picksplit(internal, internal) TO ringside_definer;

--
-- Name: FUNCTION gtrgm_same(public.gtrgm, public.gtrgm, internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gtrgm_same(public.gtrgm, public.gtrgm, internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gtrgm_same(public.gtrgm, public.gtrgm, internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gtrgm_same(public.gtrgm, public.gtrgm, internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gtrgm_same(public.gtrgm, public.gtrgm, internal) TO ringside_definer;

--
-- Name: FUNCTION gtrgm_union(internal, internal); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.gtrgm_union(internal, internal) FROM PUBLIC;
GRANT ALL ON FUNCTION public.gtrgm_union(internal, internal) TO ringside_app;
GRANT ALL ON FUNCTION public.gtrgm_union(internal, internal) TO ringside_system;
GRANT ALL ON FUNCTION public.gtrgm_union(internal, internal) TO ringside_definer;

--
-- Name: FUNCTION identity_by_email(address text); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.identity_by_email(address text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.identity_by_email(address text) TO ringside_app;
GRANT ALL ON FUNCTION public.identity_by_email(address text) TO ringside_system;

--
-- Name: FUNCTION invitation_by_id(wanted uuid); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.invitation_by_id(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.invitation_by_id(wanted uuid) TO ringside_app;
GRANT ALL ON FUNCTION public.invitation_by_id(wanted uuid) TO ringside_system;

--
-- Name: FUNCTION keep_tenant_closure(); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.keep_tenant_closure() FROM PUBLIC;
GRANT ALL ON FUNCTION public.keep_tenant_closure() TO ringside_app;
GRANT ALL ON FUNCTION public.keep_tenant_closure() TO ringside_system;

--
-- Name: FUNCTION leasable_links(); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.leasable_links() FROM PUBLIC;
GRANT ALL ON FUNCTION public.leasable_links() TO ringside_system;

--
-- Name: FUNCTION principal_of(hash text, at timestamp with time zone); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.principal_of(hash text, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.principal_of(hash text, at timestamp with time zone) TO ringside_app;
GRANT ALL ON FUNCTION public.principal_of(hash text, at timestamp with time zone) TO ringside_system;

--
-- Name: FUNCTION purge_expired(now timestamp with time zone); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.purge_expired(now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_expired(now timestamp with time zone) TO ringside_system;

--
-- Name: FUNCTION reseller_time_zone(customer uuid); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.reseller_time_zone(customer uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reseller_time_zone(customer uuid) TO ringside_app;
GRANT ALL ON FUNCTION public.reseller_time_zone(customer uuid) TO ringside_system;

--
-- Name: FUNCTION scope_tenant(); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.scope_tenant() FROM PUBLIC;
GRANT ALL ON FUNCTION public.scope_tenant() TO ringside_app;
GRANT ALL ON FUNCTION public.scope_tenant() TO ringside_system;
GRANT ALL ON FUNCTION public.scope_tenant() TO ringside_definer;

--
-- Name: FUNCTION scope_tenants(); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.scope_tenants() FROM PUBLIC;
GRANT ALL ON FUNCTION public.scope_tenants() TO ringside_app;
GRANT ALL ON FUNCTION public.scope_tenants() TO ringside_system;
GRANT ALL ON FUNCTION public.scope_tenants() TO ringside_definer;

--
-- Name: TABLE tenant_closure; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT ON TABLE public.tenant_closure TO ringside_app;
GRANT SELECT ON TABLE public.tenant_closure TO ringside_system;
GRANT SELECT,INSERT ON TABLE public.tenant_closure TO ringside_definer;

--
-- Name: FUNCTION scope_holds(wanted uuid); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.scope_holds(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.scope_holds(wanted uuid) TO ringside_app;
GRANT ALL ON FUNCTION public.scope_holds(wanted uuid) TO ringside_system;
GRANT ALL ON FUNCTION public.scope_holds(wanted uuid) TO ringside_definer;

--
-- Name: FUNCTION scope_identity(); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.scope_identity() FROM PUBLIC;
GRANT ALL ON FUNCTION public.scope_identity() TO ringside_app;
GRANT ALL ON FUNCTION public.scope_identity() TO ringside_system;
GRANT ALL ON FUNCTION public.scope_identity() TO ringside_definer;

--
-- Name: FUNCTION search_tenants(scope uuid, wanted_kind text, term text); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.search_tenants(scope uuid, wanted_kind text, term text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_tenants(scope uuid, wanted_kind text, term text) TO ringside_app;
GRANT ALL ON FUNCTION public.search_tenants(scope uuid, wanted_kind text, term text) TO ringside_system;

--
-- Name: FUNCTION set_limit(real); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.set_limit(real) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_limit(real) TO ringside_app;
GRANT ALL ON FUNCTION public.set_limit(real) TO ringside_system;
GRANT ALL ON FUNCTION public.set_limit(real) TO ringside_definer;

--
-- Name: FUNCTION shares_of_link(wanted uuid); Type: ACL; Schema: public; Owner: ringside_definer
--

REVOKE ALL ON FUNCTION public.shares_of_link(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.shares_of_link(wanted uuid) TO ringside_app;
GRANT ALL ON FUNCTION public.shares_of_link(wanted uuid) TO ringside_system;

--
-- Name: FUNCTION show_limit(); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.show_limit() FROM PUBLIC;
GRANT ALL ON FUNCTION public.show_limit() TO ringside_app;
GRANT ALL ON FUNCTION public.show_limit() TO ringside_system;
GRANT ALL ON FUNCTION public.show_limit() TO ringside_definer;

--
-- Name: FUNCTION show_trgm(text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.show_trgm(text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.show_trgm(text) TO ringside_app;
GRANT ALL ON FUNCTION public.show_trgm(text) TO ringside_system;
GRANT ALL ON FUNCTION public.show_trgm(text) TO ringside_definer;

--
-- Name: FUNCTION similarity(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.similarity(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.similarity(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.similarity(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.similarity(text, text) TO ringside_definer;

--
-- Name: FUNCTION similarity_dist(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.similarity_dist(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.similarity_dist(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.similarity_dist(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.similarity_dist(text, text) TO ringside_definer;

--
-- Name: FUNCTION similarity_op(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.similarity_op(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.similarity_op(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.similarity_op(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.similarity_op(text, text) TO ringside_definer;

--
-- Name: FUNCTION strict_word_similarity(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.strict_word_similarity(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.strict_word_similarity(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.strict_word_similarity(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.strict_word_similarity(text, text) TO ringside_definer;

--
-- Name: FUNCTION strict_word_similarity_commutator_op(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.strict_word_similarity_commutator_op(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.strict_word_similarity_commutator_op(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.strict_word_similarity_commutator_op(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.strict_word_similarity_commutator_op(text, text) TO ringside_definer;

--
-- Name: FUNCTION strict_word_similarity_dist_commutator_op(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.strict_word_similarity_dist_commutator_op(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.strict_word_similarity_dist_commutator_op(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.strict_word_similarity_dist_commutator_op(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.strict_word_similarity_dist_commutator_op(text, text) TO ringside_definer;

--
-- Name: FUNCTION strict_word_similarity_dist_op(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.strict_word_similarity_dist_op(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.strict_word_similarity_dist_op(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.strict_word_similarity_dist_op(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.strict_word_similarity_dist_op(text, text) TO ringside_definer;

--
-- Name: FUNCTION strict_word_similarity_op(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.strict_word_similarity_op(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.strict_word_similarity_op(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.strict_word_similarity_op(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.strict_word_similarity_op(text, text) TO ringside_definer;

--
-- Name: FUNCTION word_similarity(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.word_similarity(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.word_similarity(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.word_similarity(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.word_similarity(text, text) TO ringside_definer;

--
-- Name: FUNCTION word_similarity_commutator_op(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.word_similarity_commutator_op(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.word_similarity_commutator_op(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.word_similarity_commutator_op(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.word_similarity_commutator_op(text, text) TO ringside_definer;

--
-- Name: FUNCTION word_similarity_dist_commutator_op(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.word_similarity_dist_commutator_op(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.word_similarity_dist_commutator_op(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.word_similarity_dist_commutator_op(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.word_similarity_dist_commutator_op(text, text) TO ringside_definer;

--
-- Name: FUNCTION word_similarity_dist_op(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.word_similarity_dist_op(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.word_similarity_dist_op(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.word_similarity_dist_op(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.word_similarity_dist_op(text, text) TO ringside_definer;

--
-- Name: FUNCTION word_similarity_op(text, text); Type: ACL; Schema: public; Owner: postgres
--

REVOKE ALL ON FUNCTION public.word_similarity_op(text, text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.word_similarity_op(text, text) TO ringside_app;
GRANT ALL ON FUNCTION public.word_similarity_op(text, text) TO ringside_system;
GRANT ALL ON FUNCTION public.word_similarity_op(text, text) TO ringside_definer;

--
-- Name: TABLE agent_spans; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agent_spans TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agent_spans TO ringside_system;

--
-- Name: TABLE agents; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agents TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agents TO ringside_system;

--
-- Name: TABLE api_clients; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_clients TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_clients TO ringside_system;
GRANT SELECT ON TABLE public.api_clients TO ringside_definer;

--
-- Name: TABLE audit_events; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.audit_events TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.audit_events TO ringside_system;

--
-- Name: TABLE calls; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calls TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calls TO ringside_system;

--
-- Name: TABLE gaps; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.gaps TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.gaps TO ringside_system;

--
-- Name: TABLE idempotency_keys; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency_keys TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency_keys TO ringside_system;
GRANT SELECT,DELETE ON TABLE public.idempotency_keys TO ringside_definer;

--
-- Name: TABLE identities; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.identities TO ringside_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.identities TO ringside_system;
GRANT SELECT ON TABLE public.identities TO ringside_definer;

--
-- Name: TABLE installation; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.installation TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.installation TO ringside_system;

--
-- Name: TABLE invitations; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invitations TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invitations TO ringside_system;
GRANT SELECT ON TABLE public.invitations TO ringside_definer;

--
-- Name: TABLE job_workers; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.job_workers TO ringside_system;

--
-- Name: TABLE legs; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.legs TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.legs TO ringside_system;

--
-- Name: TABLE licence_spans; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.licence_spans TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.licence_spans TO ringside_system;

--
-- Name: TABLE live_sequences; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.live_sequences TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.live_sequences TO ringside_system;

--
-- Name: TABLE mails; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mails TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mails TO ringside_system;

--
-- Name: TABLE memberships; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.memberships TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.memberships TO ringside_system;
GRANT SELECT ON TABLE public.memberships TO ringside_definer;

--
-- Name: TABLE operation_steps; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.operation_steps TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.operation_steps TO ringside_system;

--
-- Name: TABLE operations; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.operations TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.operations TO ringside_system;

--
-- Name: TABLE password_resets; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.password_resets TO ringside_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.password_resets TO ringside_system;
GRANT SELECT,DELETE ON TABLE public.password_resets TO ringside_definer;

--
-- Name: TABLE pbx_connections; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pbx_connections TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pbx_connections TO ringside_system;
GRANT SELECT ON TABLE public.pbx_connections TO ringside_definer;

--
-- Name: TABLE pbx_links; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pbx_links TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pbx_links TO ringside_system;
GRANT SELECT ON TABLE public.pbx_links TO ringside_definer;

--
-- Name: TABLE pbx_templates; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pbx_templates TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pbx_templates TO ringside_system;

--
-- Name: TABLE pbx_users; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pbx_users TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pbx_users TO ringside_system;

--
-- Name: TABLE product_types; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.product_types TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.product_types TO ringside_system;

--
-- Name: TABLE queues; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.queues TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.queues TO ringside_system;

--
-- Name: TABLE segments; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.segments TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.segments TO ringside_system;

--
-- Name: TABLE sessions; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.sessions TO ringside_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.sessions TO ringside_system;
GRANT SELECT,DELETE ON TABLE public.sessions TO ringside_definer;

--
-- Name: TABLE tenant_search; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.tenant_search TO ringside_definer;

--
-- Name: TABLE tenants; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.tenants TO ringside_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.tenants TO ringside_system;
GRANT SELECT ON TABLE public.tenants TO ringside_definer;

--
-- Name: TABLE users; Type: ACL; Schema: public; Owner: postgres
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users TO ringside_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users TO ringside_system;

--
-- PostgreSQL database dump complete
--

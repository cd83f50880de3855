/** Marks of ownership in every free text, and the means to find another's in an answer. */
import type { TestDatabase } from '../harness/database.ts';

/** `zq-r1-acme-qz`: of tenant `r1.acme`. */
export function markOf(label: string): string {
  return `zq-${label.replaceAll('.', '-')}-qz`;
}

/** Owners whose marks stand in a text. */
export function marksIn(text: string): Set<string> {
  return new Set([...text.matchAll(/zq-([a-z0-9-]+?)-qz/g)].map((match) => match[1]?.replaceAll('-', '.') ?? ''));
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
export function idsIn(text: string): string[] {
  return text.toLowerCase().match(UUID) ?? [];
}

interface Column {
  table: string;
  column: string;
  owner: string;
}

/** Words of closed lists, keys that a running link looks things up by, and what the login needs: a mark would break them. */
const NOT_FREE =
  /^(id|type|kind|status|state|key|hash|method|path|body_hash|token_hash|secret_hash|client_id|action|licence_level|rate_key|time_zone|country|language|role|source|strategy|identity|epoch|version|failure|link_state|link_failure|link_version|attribution_by|attribution_value|external_id|call_key|agent|direction|outcome|ended_by|quality|closed_reason|transfer|side|cause|email|recipient|actor_kind|actor_name|request_id|reference|extension|devices|device|did|text_body|number|from_number|to_number)$/;

/** Puts the owner's mark at the end of every free text of every tenant table, found in the catalogue. */
export async function markEverything(db: TestDatabase): Promise<void> {
  const owners = await ownersOf(db);
  const columns = await db.rows<Column>(`
    select c.relname as table, t.attname as column, a.attname as owner
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and (a.attname in ('tenant_id', 'customer_id'))
    join pg_attribute t on t.attrelid = c.oid and t.atttypid = 'text'::regtype and t.attnum > 0 and not t.attisdropped
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'tenant_search'`);
  for (const { table, column, owner } of columns.filter((each) => !NOT_FREE.test(each.column))) {
    for (const [id, label] of owners) {
      // Its clients act on those below, who read in their audit who did.
      if (label === 'enterprise' && table === 'api_clients') continue;
      // Names stay alike at their beginning: what is cut or sorted by them meets its twin.
      await db.rows(`update ${table} set ${column} = ${column} || ' ' || $2 where ${owner} = $1 and ${column} not like '%qz'`, [
        id,
        markOf(label),
      ]);
    }
  }
}

/** Label of every tenant: `enterprise`, `r1`, `r1.acme`. */
export async function ownersOf(db: TestDatabase): Promise<Map<string, string>> {
  const rows = await db.rows<{ id: string; kind: string; label: string }>(`
    select t.id, t.kind, case t.kind when 'enterprise' then 'enterprise'
      when 'reseller' then substring(t.name from 'zq-(.*)-qz')
      else substring(p.name from 'zq-(.*)-qz') || '.' || lower(t.name) end as label
    from tenants t left join tenants p on p.id = t.parent_id`);
  return new Map(rows.map((row) => [row.id, row.label]));
}

/** Ids that stand in rows of these tenants and are nobody's but theirs, found in the catalogue. */
export async function idsOwnedBy(db: TestDatabase): Promise<Map<string, Set<string>>> {
  const columns = await db.rows<Column>(`
    select c.relname as table, 'id' as column, a.attname as owner
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and (a.attname in ('tenant_id', 'customer_id') or (c.relname = 'tenants' and a.attname = 'id'))
    join pg_attribute i on i.attrelid = c.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`);
  const owned = new Map<string, Set<string>>();
  for (const { table, owner } of columns) {
    for (const row of await db.rows<{ owner: string; id: string }>(`select ${owner} as owner, id from ${table}`)) {
      owned.set(row.owner, (owned.get(row.owner) ?? new Set()).add(row.id));
    }
  }
  return owned;
}

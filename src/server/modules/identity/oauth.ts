import { sql } from 'kysely';
import { contract } from '../../../contract/index.ts';
import { equalSecrets, hashToken, randomToken } from '../../platform/crypto/index.ts';
import { enterTenant, type Db } from '../../platform/db/index.ts';
import { handle, type Binding } from '../../platform/http/context.ts';
import { Fault, type FieldFault, refuse } from '../../platform/http/fault.ts';
import { newId } from '../../platform/ids/index.ts';
import { guess } from './logins.ts';
import type { Shared } from './services.ts';

const TOKEN_SECONDS = 3600;

/** OAuth 2.0 client credentials. A token is a session of the client, so that it can be revoked like any. */
export function oauthRoutes({ limits }: Shared): Binding[] {
  return [
    handle(contract.apiClients.token, async (context, { body }) => {
      const { db } = context;
      const given = basicCredentials(context.authorization) ?? { id: body.client_id, secret: body.client_secret };
      const { id, secret } = whole(given);
      const client = await apiClientByClientId(db, id);
      await guess(limits, context.address, id, () => Promise.resolve(equalSecrets(client?.secret_hash ?? '', hashToken(secret))));
      // A right guess means that there is a client.
      if (!client) throw new Fault('badCredentials');
      const now = context.clock.now();
      const token = randomToken();
      await enterTenant(db, client.tenant_id);
      await db
        .insertInto('sessions')
        .values({
          id: newId(),
          token_hash: hashToken(token),
          api_client_id: client.id,
          user_agent: context.userAgent,
          address: context.address,
          created_at: new Date(now),
          last_seen_at: new Date(now),
          expires_at: new Date(now + TOKEN_SECONDS * 1000),
        })
        .execute();
      await db
        .updateTable('api_clients')
        .set({ last_used_at: new Date(now) })
        .where('id', '=', client.id)
        .execute();
      return { access_token: token, token_type: 'Bearer' as const, expires_in: TOKEN_SECONDS };
    }),
  ];
}

/** Both parts of an HTTP Basic header, which OAuth form-encodes first; null when there is none or it is broken. */
function basicCredentials(header: string | null): { id: string; secret: string } | null {
  const encoded = /^Basic ([\w+/=-]{1,600})$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const [id, secret] = Buffer.from(encoded, 'base64').toString('utf8').split(/:(.*)/s);
  if (id === undefined || secret === undefined) return null;
  try {
    return { id: decodeURIComponent(id), secret: decodeURIComponent(secret) };
  } catch {
    return null;
  }
}

function whole(given: { id: string | undefined; secret: string | undefined }): { id: string; secret: string } {
  const { id, secret } = given;
  const missing: FieldFault[] = [];
  if (id === undefined) missing.push({ path: 'body.client_id', code: 'required' });
  if (secret === undefined) missing.push({ path: 'body.client_secret', code: 'required' });
  refuse(missing);
  return { id: id ?? '', secret: secret ?? '' };
}

/** Undefined: unknown or revoked. */
async function apiClientByClientId(db: Db, clientId: string): Promise<{ id: string; tenant_id: string; secret_hash: string } | undefined> {
  const { rows } = await sql<{
    id: string;
    tenant_id: string;
    secret_hash: string;
  }>`select * from api_client_by_client_id(${clientId})`.execute(db);
  return rows[0];
}

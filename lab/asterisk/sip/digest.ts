import { createHash } from 'node:crypto';

export interface DigestRequest {
  username: string;
  password: string;
  method: string;
  uri: string;
  /** Times the nonce was used, counted from 1. */
  count: number;
  clientNonce: string;
}

/** The value of an Authorization header that answers a `WWW-Authenticate: Digest ...` (MD5). */
export function answerChallenge(challenge: string, request: DigestRequest): string {
  const asked = new Map([...challenge.matchAll(/(\w+)="?([^",]+)"?/g)].map((match) => [match[1]?.toLowerCase(), match[2] ?? '']));
  const realm = asked.get('realm') ?? '';
  const nonce = asked.get('nonce') ?? '';
  const opaque = asked.get('opaque');
  const count = request.count.toString(16).padStart(8, '0');
  const who = md5(`${request.username}:${realm}:${request.password}`);
  const what = md5(`${request.method}:${request.uri}`);
  const protect = asked.has('qop');
  const response = protect ? md5(`${who}:${nonce}:${count}:${request.clientNonce}:auth:${what}`) : md5(`${who}:${nonce}:${what}`);
  const parts = [
    `username="${request.username}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${request.uri}"`,
    `response="${response}"`,
    'algorithm=MD5',
  ];
  if (opaque) parts.push(`opaque="${opaque}"`);
  if (protect) parts.push('qop=auth', `nc=${count}`, `cnonce="${request.clientNonce}"`);
  return `Digest ${parts.join(', ')}`;
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

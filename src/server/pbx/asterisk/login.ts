import { createHash } from 'node:crypto';
import { LinkError } from '../connector.ts';
import type { AmiClient } from './client.ts';
import { loginRefused } from './failures.ts';
import { ActionRefused } from './requests.ts';
import type { AsteriskSettings } from './settings.ts';

/**
 * Logs in for the few events of class `system`, whose FullyBooted greets a login at once when
 * Asterisk has finished starting; calls are asked for later. The secret itself goes over the line only inside TLS, and only when the
 * server refuses the challenge.
 * @throws LinkError `badCredentials` and others
 */
export async function login(client: AmiClient, settings: AsteriskSettings): Promise<void> {
  const { username, secret, tls } = settings;
  const challenge = await askChallenge(client);
  if (challenge === null && !tls) throw new LinkError('protocol', 'the server refuses MD5 login and the line is not encrypted');
  const proof =
    challenge === null ? { Secret: secret } : { AuthType: 'MD5', Key: createHash('md5').update(challenge).update(secret).digest('hex') };
  try {
    await client.ask('Login', { Username: username, ...proof, Events: 'system' });
  } catch (error) {
    throw error instanceof ActionRefused ? loginRefused(error.reason) : error;
  }
  client.keepAlive();
}

async function askChallenge(client: AmiClient): Promise<string | null> {
  try {
    return (await client.ask('Challenge', { AuthType: 'MD5' })).get('Challenge') ?? null;
  } catch (error) {
    if (error instanceof ActionRefused) return null;
    throw error;
  }
}

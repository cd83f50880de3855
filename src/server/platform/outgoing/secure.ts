import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { OutgoingError } from './port.ts';
import type { ConnectOptions } from './port.ts';

/**
 * TLS over an open socket. The certificate must be of a known authority (or of `ca`) for this host; with a pinned
 * fingerprint it must be that very one, whoever signed it.
 * @throws OutgoingError `tls`
 */
export function secure(socket: Socket, host: string, tls: NonNullable<ConnectOptions['tls']>, stop: AbortSignal): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const stream = tryConnect(socket, host, tls, reject);
    if (stream === null) return;
    const fail = (detail: string): void => {
      settle();
      stream.on('error', () => {}).destroy();
      reject(new OutgoingError('tls', `${host}: ${detail}`));
    };
    const onError = (error: NodeJS.ErrnoException): void => fail(error.code ?? error.message);
    const onStop = (): void => fail('given up');
    const onSecure = (): void => {
      const actual = stream.getPeerCertificate().fingerprint256 ?? '';
      if (tls.fingerprint256 !== undefined && (actual === '' || plainHex(actual) !== plainHex(tls.fingerprint256))) {
        fail(`the certificate's fingerprint is ${actual}, not the pinned one`);
        return;
      }
      settle();
      resolve(stream);
    };
    const settle = (): void => {
      stop.removeEventListener('abort', onStop);
      stream.off('error', onError).off('secureConnect', onSecure);
    };
    stream.once('error', onError).once('secureConnect', onSecure);
    stop.addEventListener('abort', onStop, { once: true });
  });
}

/** A malformed `ca` throws at once rather than as an event. */
function tryConnect(
  socket: Socket,
  host: string,
  tls: NonNullable<ConnectOptions['tls']>,
  reject: (error: OutgoingError) => void,
): TLSSocket | null {
  const pinned = tls.fingerprint256 !== undefined;
  const name = tls.servername ?? host.replace(/^\[(.*)\]$/, '$1');
  const options: ConnectionOptions = { socket, host: name, minVersion: 'TLSv1.2', rejectUnauthorized: !pinned };
  if (!isIP(name)) options.servername = name;
  if (tls.ca !== undefined) options.ca = tls.ca;
  try {
    return connect(options);
  } catch (error) {
    socket.destroy();
    reject(
      new OutgoingError(
        'tls',
        `${host}: the authority's certificate cannot be read (${(error as NodeJS.ErrnoException).code ?? 'malformed'})`,
      ),
    );
    return null;
  }
}

function plainHex(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toLowerCase();
}

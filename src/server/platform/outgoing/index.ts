/**
 * The one way out of the process. Every connection to an address that a user entered goes through
 * here: resolved, checked, and connected to the very address that was checked.
 */
import type { Socket } from 'node:net';

export interface ConnectOptions {
  host: string;
  port: number;
  /** Present: TLS. `ca`: PEM of a private authority; `fingerprint256`: the one certificate to accept, colon-separated hex. */
  tls?: { ca?: string; fingerprint256?: string; servername?: string };
  timeoutMs: number;
  signal?: AbortSignal;
}

export type OutgoingFailure = 'refusedAddress' | 'dns' | 'tcp' | 'tls' | 'timeout' | 'stopped';

export class OutgoingError extends Error {
  constructor(
    readonly failure: OutgoingFailure,
    detail: string,
  ) {
    super(`${failure}: ${detail}`);
  }
}

export interface Outgoing {
  /** Resolves the name and checks each address. @returns the addresses that may be used. @throws OutgoingError */
  resolve(host: string, signal?: AbortSignal): Promise<string[]>;
  /** An open socket (a TLSSocket with `tls`). @throws OutgoingError */
  connect(options: ConnectOptions): Promise<Socket>;
}

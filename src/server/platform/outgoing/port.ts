import type { Socket } from 'node:net';

export interface ConnectOptions {
  host: string;
  port: number;
  /** Present: TLS. `ca`: PEM of a private authority; `fingerprint256`: the one certificate to accept, colon-separated hex. */
  tls?: { ca?: string; fingerprint256?: string; servername?: string };
  /** For all of it: DNS, TCP and TLS. */
  timeoutMs: number;
  /** Stops the connecting; of no effect on an open socket. */
  signal?: AbortSignal;
}

export type OutgoingFailure = 'refusedAddress' | 'dns' | 'tcp' | 'tls' | 'timeout' | 'stopped';

/** `detail` is for the operator: host, address, cause; never a secret. */
export class OutgoingError extends Error {
  readonly failure: OutgoingFailure;

  constructor(failure: OutgoingFailure, detail: string) {
    super(`${failure}: ${detail}`);
    this.failure = failure;
  }
}

export interface Outgoing {
  /** Resolves the name and checks each address. @returns the addresses that may be used. @throws OutgoingError */
  resolve(host: string, signal?: AbortSignal): Promise<string[]>;
  /** An open socket (a TLSSocket with `tls`). @throws OutgoingError */
  connect(options: ConnectOptions): Promise<Socket>;
}

import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import type { Clock } from '../clock/index.ts';
import { withLimits } from './limits.ts';
import { createPolicy } from './policy.ts';
import type { PolicyOptions } from './policy.ts';
import { OutgoingError } from './port.ts';
import type { ConnectOptions, Outgoing } from './port.ts';
import { secure } from './secure.ts';

export interface OutgoingOptions extends PolicyOptions {
  clock: Clock;
  /** All addresses of a name; the system's resolver unless given. */
  lookup?: (host: string) => Promise<string[]>;
}

/** @throws Error when an allowed network is malformed */
export function createOutgoing(options: OutgoingOptions): Outgoing {
  const policy = createPolicy(options);
  const { clock, lookup: ask = systemLookup } = options;

  async function usable(host: string): Promise<string[]> {
    const name = host.replace(/^\[(.*)\]$/, '$1');
    const addresses = isIP(name) ? [name] : await addressesOf(ask, name);
    const allowed = addresses.filter((address) => policy.allows(address));
    if (allowed.length > 0) return allowed;
    throw new OutgoingError('refusedAddress', `${host} is ${addresses.join(', ')}, which the settings do not allow`);
  }

  async function open(request: ConnectOptions, stop: AbortSignal): Promise<Socket> {
    const { host, port } = request;
    const addresses = (await usable(host)).filter((address) => policy.allowsPort(address, port));
    let failure = new OutgoingError('refusedAddress', `port ${port} of ${host} is Ringside's own`);
    for (const address of addresses) {
      if (stop.aborted) break;
      try {
        const socket = await connectAddress(address, port, stop, clock, request.timeoutMs / addresses.length);
        if (!stop.aborted) return request.tls ? await secure(socket, host, request.tls, stop) : socket;
        socket.destroy();
      } catch (error) {
        if (!(error instanceof OutgoingError)) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  return {
    resolve: (host, signal) => withLimits({ clock, signal, what: host }, () => usable(host)),
    connect: (request) => {
      const { timeoutMs, signal, host, port } = request;
      return withLimits({ clock, timeoutMs, signal, what: `${host}:${port}` }, (stop) => open(request, stop));
    },
  };
}

async function systemLookup(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map((answer) => answer.address);
}

async function addressesOf(ask: (host: string) => Promise<string[]>, name: string): Promise<string[]> {
  try {
    const addresses = await ask(name);
    if (addresses.length > 0) return addresses;
  } catch (error) {
    throw new OutgoingError('dns', `${name}: ${(error as NodeJS.ErrnoException).code ?? 'no answer'}`);
  }
  throw new OutgoingError('dns', `${name} has no address`);
}

/** `address` is an IP address, so Node asks no resolver again: what was checked is what is connected. */
function connectAddress(address: string, port: number, stop: AbortSignal, clock: Clock, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host: address, port });
    const fail = (failure: 'tcp' | 'timeout', detail: string): void => {
      settle();
      // What comes after is of no interest, yet an unheard 'error' would end the process.
      socket.on('error', () => {}).destroy();
      reject(new OutgoingError(failure, `${address} port ${port}: ${detail}`));
    };
    const onError = (error: NodeJS.ErrnoException): void => fail('tcp', error.code ?? error.message);
    const onConnect = (): void => {
      settle();
      resolve(socket);
    };
    const onStop = (): void => fail('timeout', 'given up');
    const cancel = clock.after(timeoutMs, () => fail('timeout', 'no answer'));
    const settle = (): void => {
      cancel();
      stop.removeEventListener('abort', onStop);
      socket.off('error', onError).off('connect', onConnect);
    };
    socket.once('error', onError).once('connect', onConnect);
    stop.addEventListener('abort', onStop, { once: true });
  });
}

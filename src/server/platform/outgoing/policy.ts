import { networkInterfaces } from 'node:os';
import { canonical, classify, contains, parseNetwork } from './addresses.ts';

export interface PolicyOptions {
  /** `local`: loopback and private addresses too. `public`: the Internet and `allowedNetworks` only. */
  reach: 'local' | 'public';
  /** CIDR. Opens loopback and private ranges, never link-local, metadata, multicast and the like. */
  allowedNetworks: readonly string[];
  /** Ports of this machine that are Ringside's own (HTTP, PostgreSQL, ...). Read at each connection: it may grow. */
  forbiddenPorts: readonly number[];
}

export interface Policy {
  allows(address: string): boolean;
  allowsPort(address: string, port: number): boolean;
}

/** Where PostgreSQL and NATS listen by habit: refused on this machine even when they are not ours. */
const STORES = [5432, 4222];

/** @throws Error when a network is malformed */
export function createPolicy(options: PolicyOptions): Policy {
  const allowed = options.allowedNetworks.map((text) => {
    const network = parseNetwork(text);
    if (network === null) throw new Error(`"${text}" is no network: write it like 10.0.0.0/8 or fd00::/8`);
    return network;
  });
  return {
    allows(address) {
      const kind = classify(address);
      if (kind === 'never') return false;
      return kind === 'public' || options.reach === 'local' || allowed.some((network) => contains(network, address));
    },
    allowsPort: (address, port) => !(STORES.includes(port) || options.forbiddenPorts.includes(port)) || !isThisMachine(address),
  };
}

/** @param host what Ringside listens on; on loopback all its users sit at this machine, so they may reach what it reaches */
export function pbxReach(host: string): 'local' | 'public' {
  return host === 'localhost' || classify(host) === 'loopback' ? 'local' : 'public';
}

function isThisMachine(address: string): boolean {
  if (classify(address) === 'loopback') return true;
  const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map((item) => canonical(item.address)));
  return own.includes(canonical(address));
}

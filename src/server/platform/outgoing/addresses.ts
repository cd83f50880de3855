/** What an IP address is: decides from its bytes, so that no way of writing it makes a difference. */
import { isIP } from 'node:net';

/** `never`: no setting opens it. `loopback`, `private`: only where the policy says so. */
export type AddressClass = 'never' | 'loopback' | 'private' | 'public';

export interface Network {
  bytes: readonly number[];
  prefix: number;
}

/** @returns the class; anything that is no plain IP address (a zone, a name) is `never` */
export function classify(address: string): AddressClass {
  const bytes = toBytes(address);
  if (bytes === null) return 'never';
  return bytes.length === 4 ? classifyV4(bytes) : classifyV6(bytes);
}

/** @param text `10.0.0.0/8`, `fd00::/8` or one address. @returns null when it is none of these */
export function parseNetwork(text: string): Network | null {
  const [address = '', prefixText, ...rest] = text.split('/');
  const bytes = toBytes(address);
  if (bytes === null || rest.length > 0) return null;
  if (prefixText === undefined) return { bytes, prefix: bytes.length * 8 };
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : Infinity;
  return prefix <= bytes.length * 8 ? { bytes, prefix } : null;
}

/** An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) counts as the IPv4 address. */
export function contains(network: Network, address: string): boolean {
  const bytes = toBytes(address);
  return bytes !== null && within(network, mappedV4(bytes) ?? bytes);
}

/** One way of writing for each address, to compare by. */
export function canonical(address: string): string {
  const bytes = toBytes(address);
  return bytes === null ? address : (mappedV4(bytes) ?? bytes).join('.');
}

const NEVER = networks(
  '0.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Metadata services outside the link-local range: Alibaba, Oracle, Azure, AWS, Google.
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  'fd00:ec2::254',
  'fd20:ce::254',
  '::/128',
  'fe80::/10',
  'ff00::/8',
  // Teredo: hides an IPv4 address behind a relay of someone else's choice.
  '2001::/32',
);
const LOOPBACK = networks('127.0.0.0/8', '::1');
/** Of the rest, what the Internet does not route: private use, shared, documentation, benchmarks. */
const PRIVATE_V4 = networks(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '198.18.0.0/15',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '192.88.99.0/24',
);
const PUBLIC_V6 = networks('2000::/3');
const DOCUMENTATION_V6 = networks('2001:db8::/32', '3fff::/20');
/** IPv6 ranges that carry an IPv4 address, and at which byte: compatible, mapped, translated, NAT64, 6to4. */
const CARRIERS: readonly (readonly [Network, number])[] = [
  ...networks('::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96').map((network) => [network, 12] as const),
  ...networks('2002::/16').map((network) => [network, 2] as const),
];

function classifyV4(bytes: readonly number[]): AddressClass {
  if (withinAny(NEVER, bytes)) return 'never';
  if (withinAny(LOOPBACK, bytes)) return 'loopback';
  return withinAny(PRIVATE_V4, bytes) ? 'private' : 'public';
}

function classifyV6(bytes: readonly number[]): AddressClass {
  if (withinAny(LOOPBACK, bytes)) return 'loopback';
  if (withinAny(NEVER, bytes)) return 'never';
  const carrier = CARRIERS.find(([network]) => within(network, bytes));
  if (carrier) return classifyV4(bytes.slice(carrier[1], carrier[1] + 4));
  return withinAny(PUBLIC_V6, bytes) && !withinAny(DOCUMENTATION_V6, bytes) ? 'public' : 'private';
}

function mappedV4(bytes: readonly number[]): number[] | null {
  const mapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  return mapped ? bytes.slice(12) : null;
}

function withinAny(list: readonly Network[], bytes: readonly number[]): boolean {
  return list.some((network) => within(network, bytes));
}

function within(network: Network, bytes: readonly number[]): boolean {
  if (network.bytes.length !== bytes.length) return false;
  return bytes.every((byte, index) => {
    const bits = Math.min(Math.max(network.prefix - index * 8, 0), 8);
    return byte >> (8 - bits) === (network.bytes[index] ?? 0) >> (8 - bits);
  });
}

function toBytes(address: string): number[] | null {
  const version = isIP(address);
  if (version === 4) return address.split('.').map(Number);
  if (version !== 6 || address.includes('%')) return null;
  // A dotted tail becomes two groups of hex; `::` becomes the zeros it stands for.
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a: string, b: string, c: string, d: string) =>
    [pair(a, b), pair(c, d)].join(':'),
  );
  const [head = '', tail] = hex.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16)).flatMap((group) => [group >> 8, group & 255]);
}

function pair(high: string, low: string): string {
  return (Number(high) * 256 + Number(low)).toString(16);
}

function networks(...texts: string[]): Network[] {
  return texts.flatMap((text) => parseNetwork(text) ?? []);
}

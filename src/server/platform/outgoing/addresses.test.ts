import { describe, expect, test } from 'vitest';
import { classify, contains, parseNetwork } from './addresses.ts';

describe('every kind of address is what it is, however it is written', () => {
  test.each([
    ['never', ['0.0.0.0', '0.1.2.3', '169.254.169.254', '169.254.0.1', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255']],
    ['never', ['100.100.100.200', '192.0.0.192', '168.63.129.16', 'fd00:ec2::254', 'fd00:0ec2:0:0::0254', 'fd20:ce::254']],
    ['never', ['::', '::0.0.0.0', 'fe80::1', 'febf::1', 'fe80::1%eth0', 'ff02::1', 'ff0e::1', '2001::1']],
    ['never', ['::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '0:0:0:0:0:FFFF:A9FE:A9FE', '64:ff9b::169.254.169.254', '2002:a9fe:a9fe::1']],
    ['never', ['localhost', '', '2130706433', '0x7f000001', '127.1', '0177.0.0.1', '1.2.3.4.5', '[::1]']],
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '198.18.0.1', '::ffff:10.0.0.1']],
    [
      'private',
      ['192.0.2.1', '198.51.100.7', '203.0.113.9', 'fc00::1', 'fd12:3456::1', 'fec0::1', '2001:db8::1', '64:ff9b:1::1', '4000::1'],
    ],
    [
      'public',
      ['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::5', '::ffff:8.8.8.8', '2002:808:808::1'],
    ],
  ] as const)('%s: %j', (kind, addresses) => {
    for (const address of addresses) expect([address, classify(address)]).toEqual([address, kind]);
  });
});

test('a network holds its addresses to the bit, IPv4 written as IPv6 too', () => {
  const network = parseNetwork('10.1.128.0/17');
  expect(network).not.toBeNull();
  if (network === null) return;
  expect(['10.1.128.0', '10.1.255.255', '::ffff:10.1.200.1'].map((a) => contains(network, a))).toEqual([true, true, true]);
  expect(['10.1.127.255', '10.2.128.0', 'fd00::1'].map((a) => contains(network, a))).toEqual([false, false, false]);
});

test('a malformed network is told', () => {
  for (const bad of ['10.0.0.0/33', '10.0.0/8', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.0/-1', 'fd00::/129', 'pbx.example', '']) {
    expect([bad, parseNetwork(bad)]).toEqual([bad, null]);
  }
  expect(parseNetwork('0.0.0.0/0')?.prefix).toBe(0);
  expect(parseNetwork('192.168.1.7')?.prefix).toBe(32);
});

import { createSocket } from 'node:dgram';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

export const HOST = '127.0.0.1';

/** The ports of one instance, all on loopback. */
export interface PortBlock {
  /** First port of the block; no other live instance of this machine has it. */
  base: number;
  ami: number;
  amiTls: number;
  http: number;
  sip: number;
  chanSip: number;
  trunk: number;
  rtpStart: number;
  rtpEnd: number;
  release(): void;
}

// Below the range the kernel hands out by itself, above the well-known ports.
const FIRST = 10_000;
const SIZE = 200;
const BLOCKS = 110;

/**
 * Takes a block of free ports. Test processes run side by side, so a block is claimed by a file
 * under `home` that names its process; a claim whose process is gone counts as free.
 *
 * @throws when no block is free
 */
export async function claimPorts(home: string): Promise<PortBlock> {
  const claims = join(home, 'ports');
  mkdirSync(claims, { recursive: true });
  const start = Math.floor(Math.random() * BLOCKS);
  for (let i = 0; i < BLOCKS; i++) {
    const base = FIRST + ((start + i) % BLOCKS) * SIZE;
    const claim = join(claims, String(base));
    if (!take(claim)) continue;
    if (await blockIsFree(base)) return block(base, claim);
    rmSync(claim, { force: true });
  }
  throw new Error('no free block of ports');
}

function take(claim: string): boolean {
  try {
    writeFileSync(claim, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (ownerLives(claim)) return false;
    rmSync(claim, { force: true });
    return false;
  }
}

function ownerLives(claim: string): boolean {
  try {
    process.kill(Number(readFileSync(claim, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

function block(base: number, claim: string): PortBlock {
  return {
    base,
    ami: base,
    amiTls: base + 1,
    http: base + 2,
    sip: base + 3,
    chanSip: base + 4,
    trunk: base + 5,
    rtpStart: base + 10,
    rtpEnd: base + SIZE - 1,
    release: () => rmSync(claim, { force: true }),
  };
}

async function blockIsFree(base: number): Promise<boolean> {
  const free = await Promise.all([
    tcpIsFree(base),
    tcpIsFree(base + 1),
    tcpIsFree(base + 2),
    udpIsFree(base + 3),
    udpIsFree(base + 4),
    udpIsFree(base + 5),
  ]);
  return free.every(Boolean);
}

function tcpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}

function udpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind(port, HOST, () => socket.close(() => resolve(true)));
  });
}

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DriverAmi } from './driver-ami.ts';
import { claimPorts, HOST, type PortBlock } from './ports.ts';

export type LabVersion = 'newest' | '16';
export type AmiUser = 'admin' | 'analytics' | 'readonly' | 'acme-only';

/** A running Asterisk of our own, on free loopback ports. */
export interface Lab {
  /** As Asterisk says it, e.g. `22.10.1+dfsg...`. */
  version: string;
  major: number;
  ami: {
    host: string;
    port: number;
    tlsPort: number;
    /** The self-signed certificate of the TLS port, PEM; good for localhost and 127.0.0.1. */
    certificate: string;
    users: Readonly<Record<AmiUser, { username: string; secret: string }>>;
  };
  sip: { host: string; port: number; trunkPort: number };
  /** Root of the instance's file tree. */
  root: string;
  files: { cel: string; cdr: string; queueLog: string };
  /** Runs a console command. */
  cli(command: string): Promise<string>;
  /** Ends it in order (all calls hung up); files and state stay for `start`. */
  halt(): Promise<void>;
  /** Ends it at once, as a crash would; files and state stay for `start`. */
  kill(): Promise<void>;
  /** Starts it again after `halt` or `kill`; returns when it is fully booted. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Ends it and removes its files and claims. */
  stop(): Promise<void>;
}

const SUITES: Readonly<Record<LabVersion, string>> = { newest: 'forky sid bullseye', 16: 'bullseye' };
const UP = join(import.meta.dirname, 'up.sh');
const home = (): string => process.env['LAB_HOME'] ?? join(tmpdir(), 'ringside-asterisk');
const run = promisify(execFile);

/** Whether this machine can run the lab: root on Debian with apt and Debian's keyring. */
export function labAvailable(): { ok: true } | { ok: false; why: string } {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return { ok: false, why: 'the Asterisk lab needs root on Linux (chroot)' };
  const needed = ['/usr/bin/apt-get', '/usr/bin/dpkg-deb', '/usr/bin/setpriv', '/usr/share/keyrings/debian-archive-keyring.gpg'];
  const missing = needed.find((path) => !existsSync(path));
  return missing ? { ok: false, why: `the Asterisk lab needs Debian's apt: ${missing} is missing` } : { ok: true };
}

/**
 * Brings up an Asterisk; the first time it is downloaded (about 15 s), later it takes about 1 s.
 * It dies with this process even if nobody calls `stop`.
 *
 * @throws with the script's or Asterisk's last words when it cannot be brought up
 */
export async function startLab(options: { version: LabVersion }): Promise<Lab> {
  mkdirSync(home(), { recursive: true });
  const ports = await claimPorts(home());
  const instance = `p${ports.base}`;
  const env = environment(options.version, instance, ports);
  const folder = join(home(), 'run', instance);
  const root = join(folder, 'root');
  const banner = await prepare(env, ports);
  const version = banner.replace('Asterisk ', '').trim();
  let child = await boot(env, folder, ports);

  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    await endChild(child, signal);
  };
  const start = async (): Promise<void> => {
    child = await boot(env, folder, ports);
  };
  return {
    version,
    major: Number.parseInt(version, 10),
    ami: { host: HOST, port: ports.ami, tlsPort: ports.amiTls, certificate: readFileSync(join(root, 'ami.pem'), 'utf8'), users: AMI_USERS },
    sip: { host: HOST, port: ports.sip, trunkPort: ports.trunk },
    root,
    files: {
      cel: join(root, 'var/log/asterisk/cel-custom/Master.csv'),
      cdr: join(root, 'var/log/asterisk/cdr-custom/Full.csv'),
      queueLog: join(root, 'var/log/asterisk/queue_log'),
    },
    cli: async (command) => (await run('chroot', [root, '/usr/sbin/asterisk', '-rx', command], { timeout: 10_000 })).stdout,
    halt: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    start,
    restart: async () => {
      await end('SIGTERM');
      await start();
    },
    stop: async () => {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
      ports.release();
    },
  };
}

const AMI_USERS: Lab['ami']['users'] = {
  admin: { username: 'admin', secret: 'admin-secret' },
  analytics: { username: 'analytics', secret: 'analytics-secret' },
  readonly: { username: 'readonly', secret: 'readonly-secret' },
  'acme-only': { username: 'acme-only', secret: 'acme-secret' },
};

function environment(version: LabVersion, instance: string, ports: PortBlock): NodeJS.ProcessEnv {
  return {
    ...process.env,
    LAB_HOME: home(),
    LAB_SUITES: SUITES[version],
    LAB_INSTANCE: instance,
    LAB_AMI_PORT: String(ports.ami),
    LAB_AMI_TLS_PORT: String(ports.amiTls),
    LAB_HTTP_PORT: String(ports.http),
    LAB_SIP_PORT: String(ports.sip),
    LAB_CHANSIP_PORT: String(ports.chanSip),
    LAB_TRUNK_PORT: String(ports.trunk),
    LAB_RTP_START: String(ports.rtpStart),
    LAB_RTP_END: String(ports.rtpEnd),
  };
}

async function prepare(env: NodeJS.ProcessEnv, ports: PortBlock): Promise<string> {
  try {
    return (await run('bash', [UP, 'prepare'], { env, timeout: 240_000 })).stdout;
  } catch (error) {
    ports.release();
    throw error;
  }
}

async function boot(env: NodeJS.ProcessEnv, folder: string, ports: PortBlock): Promise<ChildProcess> {
  const log = join(folder, 'log');
  const output = openSync(log, 'a');
  const child = spawn('bash', [UP, 'run'], { env, stdio: ['ignore', output, output] });
  closeSync(output);
  const deadline = Date.now() + 40_000;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    if (await fullyBooted(ports.ami)) return child;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await endChild(child, 'SIGKILL');
  throw new Error(`Asterisk did not come up: ${readFileSync(log, 'utf8').slice(-2000)}`);
}

async function fullyBooted(port: number): Promise<boolean> {
  try {
    const ami = await DriverAmi.open({ port, ...AMI_USERS.admin, events: 'off' });
    try {
      const { response } = await ami.send('CoreStatus');
      return response.get('Response') === 'Success' && (await endpointsLoaded(ami));
    } finally {
      await ami.close();
    }
  } catch {
    return false;
  }
}

// AMI answers before all modules are up; the SIP driver is among the last that we need.
async function endpointsLoaded(ami: DriverAmi): Promise<boolean> {
  const { response } = await ami.send('Command', { Command: 'core waitfullybooted' });
  return response.all('Output').some((line) => line.includes('fully booted'));
}

function endChild(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill(signal);
  });
}

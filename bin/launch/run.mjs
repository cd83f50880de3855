/** Runs the real program as a child that behaves as if it were this process: signals in, exit code out, no orphan. */
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './runtime.mjs';

/** A Ctrl-C comes up to three times: from the terminal, from npm, from us. Within this time it is one. */
const SAME_SIGNAL_MS = 500;

/**
 * @param {string} node
 * @param {string[]} args program (below the package's folder) and its arguments
 * @param {{ ownGroup: boolean }} options false: the child keeps the terminal, to ask questions on it
 * @returns {Promise<void>} settles when the child has ended; sets this process's exit code
 */
export async function run(node, [program, ...args], { ownGroup }) {
  const command = [...endsWithParent(), node, join(ROOT, program), ...args];
  const child = spawn(command[0], command.slice(1), { stdio: 'inherit', detached: ownGroup });
  const forward = forwarder(child, ownGroup);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (...end) => resolve(end));
  });
  for (const name of signals) process.off(name, forward);
  process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
}

function forwarder(child, ownGroup) {
  let last = { signal: '', at: 0 };
  return (signal) => {
    // A child that shares the terminal has had its Ctrl-C from there.
    if (signal === 'SIGINT' && !ownGroup && process.stdin.isTTY) return;
    const at = performance.now();
    if (signal === last.signal && at - last.at < SAME_SIGNAL_MS) return;
    last = { signal, at };
    child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
}

/** Where Linux can be asked to, the child is told to stop even when this process is killed outright. */
function endsWithParent() {
  if (process.platform !== 'linux') return [];
  const asked = ['--pdeathsig', 'TERM'];
  return spawnSync('setpriv', [...asked, 'true'], { stdio: 'ignore' }).status === 0 ? ['setpriv', ...asked] : [];
}

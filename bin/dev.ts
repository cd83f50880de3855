/**
 * `bin/dev`: the server, restarted with each change, and the portal with hot reloading. The address to open is the
 * portal's; the server prints its set-up link, whose path works there too.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from './gate/command.ts';

const PORT = process.env['PORT'] ?? '8080';
const PORTAL_PORT = '5173';
// Links in mails and the set-up link lead to the portal that reloads; both stand on loopback only.
const env = { PUBLIC_URL: `http://127.0.0.1:${PORTAL_PORT}`, RINGSIDE_URL: `http://127.0.0.1:${PORT}`, ...process.env, PORT };

const children = [
  start(['--watch', '--watch-preserve-output', 'src/server/main.ts', 'serve', ...process.argv.slice(2)]),
  start(['node_modules/vite/bin/vite.js', '--port', PORTAL_PORT, '--strictPort', '--clearScreen', 'false']),
];
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopAll());
// When one ends, the other is of no use alone.
const ends = children.map((child) => once(child, 'exit'));
await Promise.race(ends);
stopAll();
await Promise.all(ends);

function start(args: string[]): ChildProcess {
  return spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' });
}

function stopAll(): void {
  for (const child of children) child.kill('SIGTERM');
}

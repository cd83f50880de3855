/** Runs the tools that the commands are made of. */
import { spawn } from 'node:child_process';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

export interface CommandOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Keep what it says for the answer instead of showing it. */
  quiet?: boolean;
}

export interface Ended {
  /** Exit code; 1 when a signal ended it. */
  code: number;
  /** With `quiet`: all it said. */
  output: string;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Scripts that ask for `node` get the pinned one. */
const PATH = [path.dirname(process.execPath), process.env['PATH'] ?? ''].join(path.delimiter);

/** Runs a program to its end. @throws Error when there is no such program */
export async function command(file: string, args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const stdio = options.quiet ? 'pipe' : 'inherit';
  const env = { ...process.env, PATH, ...options.env };
  const child = spawn(file, args, { cwd: options.cwd ?? ROOT, env, stdio: ['ignore', stdio, stdio] });
  const said: Buffer[] = [];
  child.stdout?.on('data', (data: Buffer) => said.push(data));
  child.stderr?.on('data', (data: Buffer) => said.push(data));
  // Whoever stops the command stops what it runs, and what that has started in turn.
  const stop = (): void => {
    process.exitCode = 130;
    child.once('close', () => process.exit());
    child.kill('SIGTERM');
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
  for (const signal of SIGNALS) process.off(signal, stop);
  return { code, output: Buffer.concat(said).toString('utf8') };
}

/** Runs a script of a package under the pinned Node. @param script e.g. `vite/bin/vite.js` */
export function script(name: string, args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  return command(process.execPath, [path.join(ROOT, 'node_modules', name), ...args], options);
}

/** As `command`, silent unless it fails. @throws Error with its last words */
export async function must(file: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { code, output } = await command(file, args, { ...options, quiet: true });
  if (code !== 0)
    throw new Error(`${path.basename(file)} ${args[0] ?? ''} ended with ${code}:\n${output.split('\n').slice(-40).join('\n')}`);
  return output;
}

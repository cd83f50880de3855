/** Tells whether a process written down earlier is the one that has its number now: numbers are reused, start times are not. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @returns when this process began, as the system words it (with the boot it belongs to, on Linux); null when it is gone */
export function startOf(pid: number): string | null {
  if (process.platform === 'linux') return linuxStart(pid);
  const started = ps(pid, 'lstart=');
  return started === '' ? null : started;
}

/** @returns the words of its command line; empty when it is gone or may not be read */
export function commandLine(pid: number): string[] {
  if (process.platform !== 'linux') return ps(pid, 'command=').split(' ');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function linuxStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces: count the fields from its end. State first, start time as the 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${fields[19]}@${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return null;
  }
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

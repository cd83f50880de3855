/** Which Node Ringside runs on: the one it carries as a package, so that every machine runs the same. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's folder; every other path is made from it, wherever one calls from. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const OLDEST_MAJOR = 24;

/** Name of the package that carries Node for this machine. */
export const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

/** @returns {string} path of a Node that runs Ringside. @throws Error in plain words */
export function pinnedNode() {
  const carried = carriedNode();
  if (carried !== null) return carried;
  if (isNewEnough()) return process.execPath;
  const hint = existsSync(join(ROOT, 'node_modules')) ? `this machine needs a Node ${OLDEST_MAJOR} of its own` : 'run "npm start" once';
  throw new Error(`Node ${OLDEST_MAJOR} is needed, this is ${process.versions.node}: ${hint}`);
}

/** @returns {string | null} path of the Node in node_modules, when it is there */
export function carriedNode() {
  const path = join(ROOT, 'node_modules', NODE_PACKAGE, 'bin', 'node');
  return existsSync(path) ? path : null;
}

/** @returns {boolean} whether the Node that runs this can run Ringside itself */
export function isNewEnough() {
  return Number.parseInt(process.versions.node, 10) >= OLDEST_MAJOR;
}

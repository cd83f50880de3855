/** The browser that the tests drive: whatever Chromium the machine has. */
import { existsSync } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** @returns its path, null when there is none */
export function findChromium(): string | null {
  const given = process.env['CHROMIUM'];
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [...(given === undefined ? [] : [given]), ...onPath, ...MAC].find((file) => existsSync(file)) ?? null;
}

/** From an event on the PBX to its row, to a live frame, to the board in a browser, at a busy but human pace. */
import { chromium, type Browser } from 'playwright-core';
import { WebSocket } from 'ws';
import type { LiveFrame } from '../../../src/contract/live.ts';
import { findChromium } from '../../harness/chromium.ts';
import { watchCommits } from '../commits.ts';
import type { Figure } from '../figures.ts';
import type { House } from '../house.ts';
import { startHelper } from '../processes.ts';
import { distribution, percentile } from '../statistics.ts';
import { isLive } from './ingest.ts';

/** 600 calls an hour of a day that runs 20 times as fast: 200 a minute. */
const DAY = { callsPerHour: 600, speed: 20 };
const SECONDS = Number(process.env['BENCH_LATENCY_SECONDS'] ?? 30);

/** What changed when, by call: a state and the time of the event behind it, or of what was seen. */
type Seen = Map<string, Changes>;
type Changes = { state: string; at: number; seenAt: number }[];

export async function measureLatency(house: House): Promise<Figure[]> {
  const simulator = startHelper('simulator');
  try {
    const pbx = await simulator.ask<{ port: number; user: string; secret: string }>('start', { seed: 5, user: 'ringside', ...DAY });
    const customerId = await house.makeCustomer('watched', pbx);
    await isLive(house, customerId);
    const board = await openBoard(house, customerId);
    const frames = watchFrames(house, customerId);
    const commits = await watchCommits(house, 'all');
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
    await commits.close();
    const seen = frames.close();
    const toFrame = [...seen.values()].flat().map(({ at, seenAt }) => seenAt - at);
    const toDom = typeof board === 'string' ? [] : delaysOf(seen, await board.seen());
    if (typeof board !== 'string') await board.close();
    return [
      figureOf('eventToRow.p95Ms', commits.delays),
      figureOf('eventToFrame.p95Ms', toFrame),
      typeof board === 'string' ? { ...figureOf('eventToDom.p95Ms', []), note: board } : figureOf('eventToDom.p95Ms', toDom),
    ];
  } finally {
    await simulator.end();
  }
}

function figureOf(name: string, delays: readonly number[]): Figure {
  if (delays.length === 0) return { name, unit: 'ms', value: null, spread: {}, note: 'nothing was seen' };
  return {
    name,
    unit: 'ms',
    value: percentile(delays, 0.95),
    spread: distribution(delays),
    note: 'at 200 calls a minute; changes are flushed every 50 ms',
  };
}

function watchFrames(house: House, customerId: string): { close: () => Seen } {
  const socket = new WebSocket(`${house.url.replace('http', 'ws')}/v1/customers/${customerId}/live`, {
    headers: { cookie: house.api.cookie },
  });
  const seen: Seen = new Map();
  socket.on('message', (data: Buffer) => {
    const seenAt = Date.now();
    const frame = JSON.parse(data.toString()) as LiveFrame;
    if (frame.type !== 'delta') return;
    for (const call of frame.calls) {
      const states = seen.get(call.id) ?? [];
      seen.set(call.id, states);
      // A change that is none of state (a name, a number) does not tell when it happened.
      if (states.at(-1)?.state !== call.state) states.push({ state: call.state, at: Date.parse(call.endedAt ?? call.stateSince), seenAt });
    }
  });
  return {
    close() {
      socket.close();
      return seen;
    },
  };
}

interface Board {
  seen(): Promise<Seen>;
  close(): Promise<void>;
}

/** @returns in words why there is none */
async function openBoard(house: House, customerId: string): Promise<Board | string> {
  const executablePath = findChromium();
  if (executablePath === null) return 'no Chromium on this machine';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    return await followBoard(browser, house, customerId);
  } catch (error) {
    await browser.close();
    return `the live board did not open: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
  }
}

async function followBoard(browser: Browser, house: House, customerId: string): Promise<Board> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const [name = '', value = ''] = house.api.cookie.split('=');
  await context.addCookies([{ name, value, url: house.url }]);
  const page = await context.newPage();
  await page.goto(`${house.url}/customers/${customerId}/live`);
  await page.waitForSelector('tr[data-call]', { timeout: 20_000 });
  await page.evaluate(OBSERVE_CALLS);
  return {
    seen: async () => new Map(await page.evaluate<[string, Changes][]>('[...benchSeen]')),
    close: () => browser.close(),
  };
}

/** Runs in the page: keeps when each row's state was drawn anew, and when the row went. As text, for it is no program of Node's. */
const OBSERVE_CALLS = `(() => {
  const seen = (globalThis.benchSeen = new Map());
  const look = () => {
    const now = Date.now();
    const present = new Set();
    for (const row of document.querySelectorAll('tr[data-call]')) {
      present.add(row.dataset.call);
      const states = seen.get(row.dataset.call) ?? [];
      seen.set(row.dataset.call, states);
      const state = row.cells[0].textContent;
      if (states.at(-1)?.state !== state) states.push({ state, at: now, seenAt: now });
    }
    for (const [id, states] of seen) if (!present.has(id) && states.at(-1).state !== '') states.push({ state: '', at: now, seenAt: now });
  };
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
})()`;

/** Pairs the changes that frames told with those that were drawn; only of calls seen whole by both. */
function delaysOf(told: Seen, drawn: Seen): number[] {
  return [...told].flatMap(([id, states]) => {
    const rows = drawn.get(id) ?? [];
    if (rows.length !== states.length) return [];
    return states.map((state, index) => (rows[index]?.seenAt ?? Number.NaN) - state.at);
  });
}

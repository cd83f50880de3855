/**
 * The portal's colours, as data: `theme.ts` turns them into Mantine's variables and ours, and
 * `tokens.test.ts` computes the contrast of every pair that carries text.
 *
 * Shades run from light (0) to dark (9). Filled buttons use shade 6 in both schemes.
 */
import type { MantineColorsTuple } from '@mantine/core';

export const palette = {
  gray: ['#f7f8f9', '#eff1f3', '#e3e6ea', '#d3d8de', '#b4bbc5', '#89929e', '#5d6672', '#4a525c', '#333941', '#1b2027'],
  /** Mantine's dark scheme: 0 is its text, 7 its page, lower numbers lie above the page. */
  dark: ['#e4e7ea', '#c5cad1', '#a4abb5', '#8f97a2', '#3f464f', '#2e343b', '#21262c', '#16191d', '#111417', '#0b0d10'],
  brand: ['#f1f1fd', '#e4e4fb', '#c9c8f5', '#aaa8ee', '#8b88e4', '#6c68d6', '#4f4bc4', '#403cab', '#35328b', '#28266b'],
  green: ['#ecf8f1', '#daf1e4', '#b0e2c6', '#7fcfa2', '#4cb67c', '#279a5e', '#147a46', '#106539', '#0d502e', '#0a3d24'],
  amber: ['#fef7e8', '#fcedcc', '#f8d998', '#f2c05b', '#e5a32c', '#bf7f11', '#8f5a04', '#754902', '#5c3a02', '#452b02'],
  red: ['#fdf0ef', '#fbe0de', '#f6beb9', '#f0958d', '#e8685e', '#d83f33', '#b82a1f', '#982118', '#7a1b14', '#5d150f'],
  blue: ['#eef5fd', '#ddeafa', '#b6d3f4', '#86b5ec', '#5596e0', '#2f79cd', '#1b60ad', '#164f8f', '#124074', '#0d3058'],
} as const satisfies Record<string, MantineColorsTuple>;

/** What a state's colour stands for; an icon and a word always stand beside it. */
export type Tone = 'ok' | 'warn' | 'bad' | 'busy' | 'idle';

type Scheme = Record<
  'page' | 'surface' | 'sunken' | 'line' | 'lineStrong' | 'text' | 'textSoft' | 'link' | 'field' | 'placeholder' | 'error',
  string
> & { tones: Record<Tone, { ink: string; soft: string; mark: string }> };

const { gray, dark, brand, green, amber, red, blue } = palette;

export const light: Scheme = {
  page: gray[0],
  surface: '#ffffff',
  sunken: gray[1],
  line: gray[2],
  lineStrong: gray[5],
  text: gray[9],
  textSoft: gray[6],
  link: brand[6],
  field: '#ffffff',
  placeholder: gray[6],
  error: red[6],
  tones: {
    ok: { ink: green[7], soft: green[1], mark: green[5] },
    warn: { ink: amber[7], soft: amber[1], mark: amber[5] },
    bad: { ink: red[7], soft: red[1], mark: red[5] },
    busy: { ink: blue[7], soft: blue[1], mark: blue[5] },
    idle: { ink: gray[7], soft: gray[1], mark: gray[5] },
  },
};

export const night: Scheme = {
  page: dark[8],
  surface: dark[7],
  sunken: dark[6],
  line: dark[5],
  lineStrong: '#6b737e',
  text: dark[0],
  textSoft: dark[2],
  link: brand[3],
  field: dark[6],
  placeholder: dark[3],
  error: red[3],
  tones: {
    ok: { ink: green[2], soft: '#14301f', mark: green[4] },
    warn: { ink: amber[2], soft: '#382808', mark: amber[4] },
    bad: { ink: red[2], soft: '#431a16', mark: red[4] },
    busy: { ink: blue[2], soft: '#152c47', mark: blue[4] },
    idle: { ink: dark[1], soft: dark[5], mark: dark[3] },
  },
};

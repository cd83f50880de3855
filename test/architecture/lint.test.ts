import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './tree.ts';

interface Planted {
  file: string;
  text: string;
  /** Rules that must be broken there and no others; empty: nothing is wrong. */
  rules: readonly string[];
}

const IMPORTS = 'eslint(no-restricted-imports)';
const CALLS = `declare function save(): Promise<void>;\n`;

const PLANTED: Record<string, Planted> = {
  'the contract may import zod and itself': good(
    'src/contract/a.ts',
    `import * as z from 'zod';\nimport { b } from './b.ts';\nexport const a = [z, b];`,
  ),
  'the contract may not import the server': badImport('src/contract/c.ts', '../server/platform/clock/index.ts'),
  'the contract may not import the portal': badImport('src/contract/d.ts', '../web/page.ts'),
  'the contract may not import another package': badImport('src/contract/e.ts', 'pg'),

  'the portal may import the contract': goodImport('src/web/features/calls/a.ts', '../../../contract/b.ts'),
  'the portal may not import the server': badImport('src/web/features/calls/b.ts', '../../../server/platform/clock/index.ts'),
  'the portal may not import Node': badImport('src/web/features/calls/c.ts', 'node:fs'),
  'the portal may not import tests': badImport('src/web/features/calls/d.ts', '../../../../test/harness/x.ts'),

  'the platform may import contract and platform': good(
    'src/server/platform/log/a.ts',
    `import { b } from '../../../contract/b.ts';\nimport { clock } from '../clock/index.ts';\nexport const a = [b, clock];`,
  ),
  'the platform may not import a module': badImport('src/server/platform/log/b.ts', '../../modules/calls/index.ts'),
  'the platform may not import a module from a folder below': badImport(
    'src/server/platform/log/deep/c.ts',
    '../../../modules/calls/index.ts',
  ),
  'the platform may not import a connector': badImport('src/server/platform/log/d.ts', '../../pbx/connector.ts'),
  'the platform may not import the assembly': badImport('src/server/platform/log/e.ts', '../../app.ts'),
  'the platform may not open a database connection': badImport('src/server/platform/log/f.ts', 'pg'),
  'platform/db may open database connections': goodImport('src/server/platform/db/a.ts', 'pg'),
  'platform/db may not import a module': badImport('src/server/platform/db/b.ts', '../../modules/calls/index.ts'),

  'a module may import platform, contract, its own files and the index of another': good(
    'src/server/modules/agents/a.ts',
    `import { b } from '../../../contract/b.ts';\nimport { clock } from '../../platform/clock/index.ts';\nimport { calls } from '../calls/index.ts';\nimport { own } from './own.ts';\nexport const a = [b, clock, calls, own];`,
  ),
  'so may a folder below a module': good(
    'src/server/modules/agents/deep/a.ts',
    `import { b } from '../../../../contract/b.ts';\nimport { clock } from '../../../platform/clock/index.ts';\nimport { calls } from '../../calls/index.ts';\nimport { own } from '../own.ts';\nexport const a = [b, clock, calls, own];`,
  ),
  'a module may not reach into another': badImport('src/server/modules/agents/b.ts', '../calls/own.ts'),
  'a folder below a module may not reach into another module': badImport('src/server/modules/agents/deep/b.ts', '../../calls/own.ts'),
  'a module may not import a connector': badImport('src/server/modules/agents/c.ts', '../../pbx/asterisk/connector.ts'),
  'a module may not import what a connector is': badImport('src/server/modules/agents/d.ts', '../../pbx/connector.ts'),
  'a module may not import the assembly': badImport('src/server/modules/agents/e.ts', '../../app.ts'),
  'a module may not open a database connection': badImport('src/server/modules/agents/f.ts', 'pg'),
  'a module may not import code of tests': badImport('src/server/modules/agents/g.ts', './testing/x.ts'),
  'nor that of another folder': badImport('src/server/modules/agents/r.ts', '../../platform/outgoing/testing/x.ts'),
  'links may import the types of connectors': good(
    'src/server/modules/links/a.ts',
    `import type { Connector } from '../../pbx/connector.ts';\nexport type A = Connector;`,
  ),
  'links may not import what runs in pbx': badImport('src/server/modules/links/b.ts', '../../pbx/connector.ts'),
  'links may not import a connector, not even its types': {
    file: 'src/server/modules/links/c.ts',
    text: `import type { x } from '../../pbx/asterisk/connector.ts';\nexport type C = typeof x;`,
    rules: [IMPORTS],
  },

  'a connector may import connector.ts, contract, outgoing, clock and log': good(
    'src/server/pbx/asterisk/a.ts',
    `import { b } from '../../../contract/b.ts';\nimport { clock } from '../../platform/clock/index.ts';\nimport { x } from '../connector.ts';\nimport { own } from './own.ts';\nexport const a = [b, clock, x, own];`,
  ),
  'a connector may not import another connector': badImport('src/server/pbx/asterisk/b.ts', '../kazoo/connector.ts'),
  'a folder below a connector may not import another connector': badImport('src/server/pbx/asterisk/deep/b.ts', '../../kazoo/connector.ts'),
  'a connector may not import the registry': badImport('src/server/pbx/asterisk/c.ts', '../registry.ts'),
  'a connector may not import a module': badImport('src/server/pbx/asterisk/d.ts', '../../modules/calls/index.ts'),
  'a connector may not import the database': badImport('src/server/pbx/asterisk/e.ts', '../../platform/db/a.ts'),
  'a connector may not import the simulator': badImport('src/server/pbx/asterisk/f.ts', '../../simulator/index.ts'),
  'the simulator may not import a connector': badImport('src/server/simulator/a.ts', '../pbx/asterisk/connector.ts'),
  'a test may import what it likes': goodImport('src/server/pbx/asterisk/a.test.ts', '../../simulator/index.ts'),

  'an import may not lead back to where it came from': {
    file: 'src/server/simulator/ring-a.ts',
    text: `import { b } from './ring-b.ts';\nexport const a = (): unknown => b;`,
    rules: ['import(no-cycle)'],
  },

  'a promise is not forgotten': bad('src/server/modules/agents/h.ts', `${CALLS}save();`, 'typescript(no-floating-promises)'),
  'a promise is not taken for its value': bad(
    'src/server/modules/agents/i.ts',
    `${CALLS}if (save()) process.exit();`,
    'typescript(no-misused-promises)',
  ),
  'only promises are awaited': bad(
    'src/server/modules/agents/j.ts',
    `const one = 1;\nexport const j = await one;`,
    'typescript(await-thenable)',
  ),
  'a switch names every case': bad(
    'src/server/modules/agents/k.ts',
    `export function k(of: 'a' | 'b'): number {\n  switch (of) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}`,
    'typescript(switch-exhaustiveness-check)',
  ),
  'any is not a type': bad('src/server/modules/agents/l.ts', `export type L = any;`, 'typescript(no-explicit-any)'),
  'what is of no known type is not used': bad(
    'src/server/modules/agents/m.ts',
    `export const m: string = JSON.parse('1');`,
    'typescript(no-unsafe-assignment)',
  ),
  'a file ends before its 500th line': bad('src/server/modules/agents/n.ts', 'export {};\n'.repeat(501), 'eslint(max-lines)'),
  'a picture has a text': bad('src/web/ui/a.tsx', `export const A = () => <img src="a.png" />;`, 'jsx-a11y(alt-text)'),
  'a hook is not called on a condition': bad(
    'src/web/ui/b.tsx',
    `import { useId } from 'react';\nexport function B({ on }: { on: boolean }): string {\n  if (on) return useId();\n  return '';\n}`,
    'react-hooks(rules-of-hooks)',
  ),

  'the time is not asked of the system': bad(
    'src/server/modules/agents/o.ts',
    `export const o = Date.now();`,
    'eslint(no-restricted-properties)',
  ),
  'durations are not asked of the system': bad(
    'src/server/modules/agents/p.ts',
    `export const p = performance.now();`,
    'eslint(no-restricted-properties)',
  ),
  'a timer is not set past the clock': bad('src/server/modules/agents/q.ts', `setTimeout(() => {}, 1);`, 'eslint(no-restricted-globals)'),
  'platform/clock asks the system': good('src/server/platform/clock/a.ts', `setTimeout(() => {}, 1);\nexport const a = Date.now();`),
};

/** What the planted files import. */
const THERE: Record<string, string> = {
  'src/contract/b.ts': 'export const b = 1;',
  'src/web/page.ts': 'export const x = 1;',
  'src/server/app.ts': 'export const x = 1;',
  'src/server/platform/clock/index.ts': 'export const clock = 1;\nexport const x = 1;',
  'src/server/platform/outgoing/testing/x.ts': 'export const x = 1;',
  'src/server/modules/calls/index.ts': 'export const calls = 1;\nexport const x = 1;',
  'src/server/modules/calls/own.ts': 'export const x = 1;',
  'src/server/modules/agents/own.ts': 'export const own = 1;',
  'src/server/modules/agents/testing/x.ts': 'export const x = 1;',
  'src/server/pbx/connector.ts': 'export interface Connector {\n  id: string;\n}\nexport const x = 1;',
  'src/server/pbx/registry.ts': 'export const x = 1;',
  'src/server/pbx/asterisk/own.ts': 'export const own = 1;',
  'src/server/pbx/asterisk/connector.ts': 'export const x = 1;',
  'src/server/pbx/kazoo/connector.ts': 'export const x = 1;',
  'src/server/simulator/index.ts': 'export const x = 1;',
  'src/server/simulator/ring-b.ts': `import { a } from './ring-a.ts';\nexport const b = (): unknown => a;`,
  'test/harness/x.ts': 'export const x = 1;',
};

describe('lint', () => {
  let folder: string;
  let found: Map<string, Set<string>>;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ringside-lint-'));
    for (const name of [
      'oxlint.config.ts',
      'tsconfig.base.json',
      'tsconfig.json',
      'tsconfig.web.json',
      'src/web/tsconfig.json',
      'package.json',
    ]) {
      await cp(path.join(ROOT, name), path.join(folder, name));
    }
    await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    const files = { ...THERE, ...Object.fromEntries(Object.values(PLANTED).map(({ file, text }) => [file, text])) };
    for (const [file, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), `${text}\n`);
    }
    found = await lint(folder);
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.entries(PLANTED))('%s', (_, { file, rules }) => {
    expect([...(found.get(file) ?? [])].sort()).toEqual([...rules].sort());
  });

  it('finds nothing in what is only imported', () => {
    const expected = Object.values(PLANTED).map(({ file }) => file);
    // The other half of the ring is told as well.
    expect([...found.keys()].filter((file) => !expected.includes(file))).toEqual(['src/server/simulator/ring-b.ts']);
  });
});

function good(file: string, text: string): Planted {
  return { file, text, rules: [] };
}

function goodImport(file: string, from: string): Planted {
  return good(file, `import '${from}';`);
}

function bad(file: string, text: string, rule: string): Planted {
  return { file, text, rules: [rule] };
}

function badImport(file: string, from: string): Planted {
  return bad(file, `import '${from}';`, IMPORTS);
}

/** File → rules broken in it. */
async function lint(folder: string): Promise<Map<string, Set<string>>> {
  const oxlint = path.join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const output = await new Promise<string>((resolve) => {
    // It ends with an error because it finds some: what it found is told by the output.
    execFile(process.execPath, [oxlint, '--format=json', 'src', 'test'], { cwd: folder, maxBuffer: 1 << 24 }, (_error, stdout) =>
      resolve(stdout),
    );
  });
  const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; filename: string }[] };
  const found = new Map<string, Set<string>>();
  for (const { code, filename } of diagnostics) found.set(filename, (found.get(filename) ?? new Set()).add(code));
  return found;
}

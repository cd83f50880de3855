/** Lint rules, and who may import whom. Each is proven by planted violations in test/architecture/lint.test.ts. */
import { defineConfig, type DummyRuleMap } from 'oxlint';

/** Code that only runs in tests, benchmarks and the lab: reads clocks, opens connections, reaches into folders. */
const TEST_CODE = ['**/*.test.ts', '**/*.test.tsx', '**/testing/**', '**/testing.ts', 'test/**', 'lab/**', 'bin/**'];

interface Ban {
  message: string;
  /** Imports as they are written, in the manner of .gitignore: `!` lets in again. */
  group?: string[];
  /** What no group can let in again. */
  regex?: string;
  allowTypeImports?: boolean;
}

const NO_PG: Ban = { regex: '^pg$', message: 'Only platform/db opens database connections; take `db: Db`.' };
const NO_TESTING: Ban = { regex: '(^|/)(testing|test|lab)(/|\\.ts$)', message: 'Code of tests runs in tests only.' };
const CONNECTOR_WORDS: Ban = {
  regex: '/pbx/connector\\.ts$',
  message: 'The modules that are handed the ports know connectors by their types only.',
  allowTypeImports: true,
};

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'promise', 'node'],
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  categories: { correctness: 'error' },
  ignorePatterns: [
    '.*',
    'dist',
    'data',
    'bench-results',
    'test-results',
    'src/server/platform/db/schema.ts',
    '**/fixtures/**',
    '**/locales/*.ts',
  ],
  rules: {
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/consistent-type-imports': 'error',
    'import/no-cycle': 'error',
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    // Methods of our interfaces are closures, not classes' methods.
    'typescript/unbound-method': 'off',
    'promise/no-callback-in-promise': 'off',
    // `== null` asks for null and undefined at once.
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'max-lines': ['error', { max: 500 }],
  },
  overrides: [
    {
      files: ['src/web/**/*.{ts,tsx}'],
      plugins: ['react', 'jsx-a11y'],
      rules: {
        'react/rules-of-hooks': 'error',
        'react/exhaustive-deps': 'error',
        // A part that scrolls must take the focus, or a keyboard cannot scroll it.
        'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['region', 'tabpanel'] }],
        // The first field of a dialog or of the login is where one starts.
        'jsx-a11y/no-autofocus': 'off',
        'jsx-a11y/prefer-tag-over-role': 'off',
        // Said for a compiler that is not used here.
        'react/set-state-in-effect': 'off',
        'react/use-memo': 'off',
      },
    },
    {
      files: TEST_CODE,
      // Matchers such as expect.any() are of type any, and so is what JSON.parse gives.
      rules: {
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-return': 'off',
        'typescript/require-array-sort-compare': 'off',
      },
    },
    {
      // Runs on Node 20 before anything is installed, without a compiler that knows its types.
      files: ['**/*.mjs', 'src/web/public/*.js'],
      rules: Object.fromEntries(
        ['argument', 'assignment', 'call', 'member-access', 'return'].map((of) => [`typescript/no-unsafe-${of}`, 'off'] as const),
      ),
    },
    { files: ['src/server/**/*.ts'], excludeFiles: [...TEST_CODE, 'src/server/platform/clock/**'], rules: timeIsInjected() },

    // Who may import whom. The last entry that names a file counts.
    { files: ['src/server/**/*.ts'], excludeFiles: TEST_CODE, rules: mayNotImport(NO_PG, NO_TESTING) },
    {
      files: ['src/contract/**/*.ts'],
      excludeFiles: TEST_CODE,
      rules: mayNotImport({ group: ['**', '!zod', '!./*'], message: 'The contract imports zod and itself, nothing else.' }),
    },
    {
      files: ['src/web/**/*.{ts,tsx}'],
      excludeFiles: TEST_CODE,
      rules: mayNotImport(
        { group: ['../**/server/**', '../**/bin/**'], message: 'Of our own code the portal imports the contract only.' },
        { group: ['node:*', 'pg', 'fastify'], message: 'The portal runs in a browser.' },
        NO_TESTING,
      ),
    },
    ...atEachDepth('src/server/platform/*', (up) => mayNotImport(...platformBans(up), NO_PG)),
    ...atEachDepth('src/server/platform/db', (up) => mayNotImport(...platformBans(up))),
    ...atEachDepth('src/server/modules/*', (up) => mayNotImport(...moduleBans(up))),
    ...atEachDepth('src/server/modules/{links,directory,pbx-connections}', (up) =>
      mayNotImport(CONNECTOR_WORDS, ...moduleBans(up, '../../pbx/connector.ts')),
    ),
    ...atEachDepth('src/server/pbx/*', (up) => mayNotImport(...connectorBans(up))),
    {
      files: ['src/server/simulator/**/*.ts'],
      excludeFiles: TEST_CODE,
      rules: mayNotImport(
        { group: ['../**/modules/**', '../**/pbx/**'], message: 'A simulated phone system knows the wire, nothing of its readers.' },
        NO_PG,
        NO_TESTING,
      ),
    },
  ],
});

/** @param up what leads from a file up to its platform, module or connector folder, e.g. `../` */
function platformBans(up: string): Ban[] {
  return [
    NO_TESTING,
    { group: closedBut(`${up}../`, ['../../contract/**']), message: 'The platform knows no feature: it imports the contract and itself.' },
  ];
}

function moduleBans(up: string, ...more: string[]): Ban[] {
  const open = ['../*/index.ts', '../../platform/**', '../../../contract/**', ...more];
  return [
    NO_PG,
    NO_TESTING,
    { group: closedBut(up, open), message: 'A module imports platform, contract and the index.ts of other modules.' },
  ];
}

function connectorBans(up: string): Ban[] {
  const open = ['../connector.ts', ...['outgoing', 'clock', 'log'].map((part) => `../../platform/${part}/**`), '../../../contract/**'];
  return [
    NO_PG,
    NO_TESTING,
    { group: closedBut(up, open), message: "A connector imports pbx/connector.ts, the contract and platform's outgoing, clock and log." },
  ];
}

/** Nothing beyond the folder but what is named. All in one group: what one group lets in, other groups no longer look at. */
function closedBut(up: string, open: string[]): string[] {
  return [`${up}../**`, ...open.map((path) => `!${up}${path}`)];
}

function mayNotImport(...patterns: Ban[]): DummyRuleMap {
  return { 'no-restricted-imports': ['error', { patterns }] };
}

/** Imports are relative, so what they mean depends on how deep a file lies in its folder. */
function atEachDepth(folder: string, rules: (up: string) => DummyRuleMap) {
  return [0, 1, 2].map((depth) => ({
    files: [`${folder}/${'*/'.repeat(depth)}*.ts`],
    excludeFiles: TEST_CODE,
    rules: rules('../'.repeat(depth)),
  }));
}

/** `new Date()` without an argument is found by test/architecture/time.test.ts: there is no lint rule for it. */
function timeIsInjected(): DummyRuleMap {
  const message = 'Time is injected: use platform/clock.';
  return {
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message },
      { object: 'performance', property: 'now', message },
    ],
    'no-restricted-globals': ['error', ...['setTimeout', 'setInterval'].map((name) => ({ name, message }))],
  };
}

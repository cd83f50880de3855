import { lingui } from '@lingui/vite-plugin';
import { defineConfig } from 'vitest/config';

const database = { globalSetup: ['test/harness/global-setup.ts'], testTimeout: 20_000, hookTimeout: 60_000 };
const overDatabase = ['src/server/**/*.http.test.ts', 'src/server/**/*.db.test.ts'];

/** One project per stage of the gate. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/{contract,server}/**/*.test.ts', 'bin/**/*.test.ts', 'test/architecture/**/*.test.ts'],
          exclude: overDatabase,
          testTimeout: 20_000,
        },
      },
      // The plugin resolves the portal's text macros.
      { plugins: [lingui({ macroTransform: true })], test: { name: 'web', include: ['src/web/**/*.test.{ts,tsx}'] } },
      { test: { name: 'http', include: [...overDatabase, 'test/http/**/*.test.ts'], ...database } },
      { test: { name: 'isolation', include: ['test/isolation/**/*.test.ts'], ...database, testTimeout: 120_000 } },
      { test: { name: 'scenarios', include: ['test/scenarios/**/*.test.ts'], ...database, testTimeout: 120_000 } },
      {
        test: {
          name: 'asterisk',
          include: ['lab/**/*.test.ts', 'test/asterisk/**/*.test.ts'],
          ...database,
          testTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/e2e/*.test.ts'],
          ...database,
          globalSetup: [...database.globalSetup, 'test/e2e/global-setup.ts'],
          testTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser on asterisk',
          include: ['test/e2e/real-asterisk/*.test.ts'],
          ...database,
          globalSetup: [...database.globalSetup, 'test/e2e/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

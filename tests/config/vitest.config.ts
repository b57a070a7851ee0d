import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));
const alias = [{ find: /^@\//, replacement: root }];

/** One project per suite, so that each keeps its own budget: `vitest run --config tests/config/vitest.config.ts --project oms`. */
const suite = (name: string, settings: object = {}) => ({
  root,
  resolve: { alias },
  test: { name, include: [`tests/${name}/**/*.test.ts`], exclude: ['**/planted/**'], environment: 'node' as const, ...settings },
});

export default defineConfig({
  root,
  resolve: { alias },
  test: {
    maxWorkers: 2,
    isolate: false, // files of one worker share what they import; those with a database read our own modules anew
    reporters:
      process.env['HALLES_RESULTS'] === undefined ? ['default'] : ['default', ['json', { outputFile: process.env['HALLES_RESULTS'] }]],
    projects: [
      suite('kernel'),
      suite('oms', { testTimeout: 60_000 }), // no budget, which is seconds: machines are shared
      suite('architecture', { testTimeout: 60_000 }),
      suite('integration', {
        testTimeout: 60_000,
        hookTimeout: 60_000,
        globalSetup: ['tests/support/database-server.ts'],
        setupFiles: ['tests/support/database-per-file.ts'],
      }),
      suite('system', {
        testTimeout: 300_000,
        hookTimeout: 300_000,
        fileParallelism: false,
        globalSetup: ['tests/support/city-server.ts'],
      }),
    ],
  },
});

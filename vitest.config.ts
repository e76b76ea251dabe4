import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const source = (path: string) => new URL(path, import.meta.url).pathname;

/** Unit tests read the packages' sources; end-to-end tests run what `tsc -b` built, as users do. */
export default defineConfig({
  test: {
    // Two on two cores, too: what runs servers waits more than it computes.
    maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    projects: [
      {
        resolve: {
          alias: [
            { find: '@xmpp-groups/core/result', replacement: source('./packages/core/src/result.ts') },
            { find: /^@xmpp-groups\/core\/(\w+)$/, replacement: source('./packages/core/src/$1/index.ts') },
            { find: /^@xmpp-groups\/client$/, replacement: source('./packages/client/src/index.ts') },
            { find: '@xmpp-groups/storage', replacement: source('./packages/storage/src/index.ts') },
          ],
        },
        // Property tests take long on a busy machine; only what hangs shall fail by the clock.
        test: { name: 'unit', include: ['{packages/*,bench}/src/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';

/** For `npm run try:xabber-web`: what needs a client that cannot be fetched, and so is no part of `npm test`. */
export default defineConfig({
  test: {
    name: 'xabber-web',
    include: ['test/e2e/browser/**/*.try.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    expect: { poll: { timeout: 15_000 } },
  },
});

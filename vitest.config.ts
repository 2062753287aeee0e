import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // CommonJS is imported as Node and the bundle import it.
    deps: { interopDefault: false },
    // The first test of a file starts the local stack.
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});

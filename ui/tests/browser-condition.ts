import type { Plugin } from 'vite';

/** Under vitest Svelte must be resolved as in a browser, or `mount` is the server's. */
export const svelteTesting: Plugin = {
  name: 'svelte-browser-condition',
  config: () => (process.env.VITEST ? { resolve: { conditions: ['browser'] } } : {}),
};

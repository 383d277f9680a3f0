import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from './tests/browser-condition.ts';
import { defineConfig } from 'vitest/config';

/** The font's style sheets also name WOFF files for browsers older than any web view we run in. */
const woff2Only = {
  name: 'woff2-only',
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    if (!id.includes('@fontsource') || !id.endsWith('.css')) return null;
    return { code: code.replaceAll(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, ''), map: null };
  },
};

export default defineConfig({
  plugins: [woff2Only, svelte(), svelteTesting],
  base: './',
  // A file inlined as data: would need a wider content security policy.
  build: {
    target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 800, reportCompressedSize: false,
    // The operator's page and the sitter's.
    rolldownOptions: { input: ['index.html', 'sitter.html'] },
  },
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.ts'], testTimeout: 30_000 },
});

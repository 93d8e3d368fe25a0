import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** A test aid of @rjsf/core asks for a validator that makes code at run time, which our pages may not do. Nothing calls it. */
const withoutAjv: Plugin = {
  name: 'without-ajv',
  resolveId: { filter: { id: /^@rjsf\/validator-ajv8$/ }, handler: () => '\0without-ajv' },
  load: { filter: { id: /^\0without-ajv$/ }, handler: () => 'export default undefined;' },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), withoutAjv],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'baseline-widely-available',
    // Without it lightningcss rewrites light-dark() into variables that nothing here sets.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The content security policy allows no inline script, and no font but our own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
});

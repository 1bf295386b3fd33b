/**
 * How the console is built: `npm run build:web` into `dist/console`, with each file compressed once beside it.
 * `npm run dev:web` serves it from source and passes calls on to the API of CLARION_API_URL.
 */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const COMPRESSED = /\.(js|css|html|svg|json)$/;

/** Compressed once when built rather than at each answer. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          // The page itself is filled in at each answer.
          if (!COMPRESSED.test(fileName) || fileName === 'index.html') continue;
          const content = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          const brotli = brotliCompressSync(content, {
            params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
          });
          this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotli });
          this.emitFile({
            type: 'asset',
            fileName: `${fileName}.gz`,
            source: gzipSync(content, { level: 9 }),
          });
        }
      },
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    // Small images and fonts as files: the page's policy allows no `data:` scripts, and caches work by file.
    assetsInlineLimit: 0,
    // Its warning is of no use: test/web/size.test.ts holds the limit.
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 5173,
    proxy: {
      '/api': { target: process.env.CLARION_API_URL ?? 'http://127.0.0.1:8080', changeOrigin: false },
    },
  },
});

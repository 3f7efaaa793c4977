import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { OLDEST_CHROMIUM } from '../lib/older.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Builds the reader of evidence files as one script and one style; `build.mjs` puts both into one page. */
export default defineConfig({
  root: here('.'),
  publicDir: false,
  build: {
    target: `chrome${OLDEST_CHROMIUM}`,
    cssCodeSplit: false,
    reportCompressedSize: false,
    lib: {
      entry: here('./main.ts'),
      formats: ['iife'],
      name: 'luzeEvidence',
      fileName: 'evidence',
      cssFileName: 'evidence',
    },
  },
})

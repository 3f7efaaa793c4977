import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { OLDEST_CHROMIUM } from './lib/older.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Builds the web into web/dist; the server puts a fresh nonce in place of __CSP_NONCE__ in each answer. */
export default defineConfig({
  root: here('.'),
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  server: { port: 8621, proxy: { '/api': 'http://127.0.0.1:8620', '/healthz': 'http://127.0.0.1:8620' } },
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    target: `chrome${OLDEST_CHROMIUM}`,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'tanstack', test: /node_modules[\\/]@tanstack[\\/]/ },
            {
              name: 'words',
              test: /node_modules[\\/](i18next|react-i18next)[\\/]|[\\/]web[\\/]words[\\/](zh|en)[\\/]format/,
            },
            { name: 'words-zh', test: /[\\/]web[\\/]words[\\/]zh[\\/.]/ },
            { name: 'words-en', test: /[\\/]web[\\/]words[\\/]en[\\/.]/ },
          ],
        },
      },
    },
  },
})

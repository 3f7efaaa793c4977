import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, parseAst } from 'vite'
import { stylesAhead } from './antd.config.ts'
import { FIRST_LOAD_PLACE, neededFiles } from './lib/first-load.ts'
import { withoutSchemas } from './lib/left-out.ts'
import { OLDEST_CHROMIUM } from './lib/older.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Tells the first page which files each address needs; what is served while developing is not built into files. */
function firstLoad(): Plugin {
  const handler = (html: string, { bundle = {} }: { bundle?: object }) => {
    const needed = neededFiles(bundle as never, readFileSync(here('./routes.tsx'), 'utf8'))
    return html.replace(FIRST_LOAD_PLACE, () => JSON.stringify(needed))
  }
  return { name: 'luze-first-load', transformIndexHtml: { order: 'post', handler } }
}

/** Leaves the schemas of what is asked and answered to the server, which checks both. */
function contracts(): Plugin {
  return {
    name: 'luze-contracts',
    apply: 'build',
    transform: (code, id) =>
      /[\\/]src[\\/]/.test(id) && code.includes('zod')
        ? { code: withoutSchemas(code, parseAst(code)), map: null }
        : null,
  }
}

/** Builds the web into web/dist; the server puts a fresh nonce in place of __CSP_NONCE__ in each answer. */
export default defineConfig({
  root: here('.'),
  plugins: [react(), stylesAhead(), contracts(), firstLoad()],
  html: { cspNonce: '__CSP_NONCE__' },
  server: { port: 8621, proxy: { '/api': 'http://127.0.0.1:8620', '/healthz': 'http://127.0.0.1:8620' } },
  build: {
    outDir: here('./dist'),
    emptyOutDir: true,
    target: `chrome${OLDEST_CHROMIUM}`,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // The packages of antd do nothing when they are merely loaded; they only do not say so.
      treeshake: {
        moduleSideEffects: [{ test: /node_modules[\\/]@(rc-component|ant-design)[\\/]/, sideEffects: false }],
      },
      output: {
        // Shared parts bear the names of all that share them, which no address needs to tell.
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
        assetFileNames: ({ names: [name = ''] }) =>
          `assets/${name.replace(/~.*(?=\.css$)/, '').replace(/\.\w+$/, '')}-[hash][extname]`,
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'tanstack', test: /node_modules[\\/]@tanstack[\\/]/ },
            {
              name: 'words',
              test: /node_modules[\\/](i18next|react-i18next)[\\/]|[\\/]web[\\/]words[\\/](zh|en)[\\/]format/,
            },
            { name: 'first', tags: ['$initial'] },
            { name: 'words-zh', test: /[\\/]web[\\/]words[\\/]zh[\\/.]/ },
            { name: 'words-en', test: /[\\/]web[\\/]words[\\/]en[\\/.]/ },
            { name: 'controls', test: /node_modules/, minShareCount: 3 },
            // A file of its own is not worth the asking.
            { name: 'bits', test: /[\\/]web[\\/]modules[\\/]/, minShareCount: 2, maxModuleSize: 2000 },
            { name: 'parts', test: /[\\/]web[\\/](ui|lib)[\\/]|[\\/]src[\\/]/, minShareCount: 2 },
          ],
        },
      },
    },
  },
})

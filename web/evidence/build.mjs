// Builds the offline reader into one page without a packet: web/dist/evidence.html.
// biome-ignore-all lint/correctness/noNodejsModules: this file builds the page and is no part of it
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Writes the page to `outFile`. Script and style are inline and named in the policy by their hash, so nothing else can run or load. */
export async function buildEvidence({ outFile = here('../dist/evidence.html'), logLevel = 'warn' } = {}) {
  const built = await build({ configFile: here('./vite.config.ts'), logLevel, build: { write: false } })
  const parts = [built].flat().flatMap((one) => one.output)
  const script = parts
    .find((part) => part.type === 'chunk')
    .code.trim()
    .replaceAll('</script', '<\\/script')
    .replaceAll('<!--', '<\\!--')
  const style = String(parts.find((part) => part.fileName.endsWith('.css')).source).trim()
  if (style.includes('</style')) throw new Error('the style would end its element')
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hashOf(script)}'`,
    `style-src 'sha256-${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const page = readFileSync(here('./page.html'), 'utf8')
    .replace('__POLICY__', () => policy)
    .replace('/*__STYLE__*/', () => style)
    .replace('/*__SCRIPT__*/', () => script)
  mkdirSync(dirname(outFile), { recursive: true })
  writeFileSync(outFile, page)
}

function hashOf(text) {
  return createHash('sha256').update(text).digest('base64')
}

#!/usr/bin/env node
// Builds the web pages and the offline reader of evidence files into web/dist, and notes from which sources.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { ensurePackages, findNode, isWebFresh, launch, root, webSourceHash } from './launch.mjs'

const dist = join(root, 'web/dist')
const fresh = join(root, 'node_modules/.cache/luze-web')
const guard = join(root, 'node_modules/.cache/luze-build.lock')

/** Keeps two builds from writing into one folder; what a dead builder left is taken over. */
async function whileGuarded(work) {
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true })
  for (;;) {
    try {
      writeFileSync(guard, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holder = Number(existsSync(guard) ? readFileSync(guard, 'utf8') : 0)
    if (holder > 0 && !existsSync(`/proc/${holder}`)) rmSync(guard, { force: true })
    else await wait(200)
  }
  try {
    await work()
  } finally {
    rmSync(guard, { force: true })
  }
}

/** Lays each script and style beside itself compressed, once and well, so that no answer has to do it in haste. */
function compressAssets(folder) {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }
  for (const name of readdirSync(folder).filter((one) => /\.(js|css|svg)$/.test(one))) {
    const path = join(folder, name)
    const content = readFileSync(path)
    if (content.length < 1024) continue
    writeFileSync(`${path}.br`, brotliCompressSync(content, quality))
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
  }
}

async function build(quiet) {
  const hash = webSourceHash()
  const vite = await import('vite')
  const logLevel = quiet ? 'warn' : 'info'
  const configFile = join(root, 'web/vite.config.ts')
  await vite.build({ configFile, root: join(root, 'web'), logLevel, build: { outDir: fresh } })
  const evidence = join(root, 'web/evidence/build.mjs')
  if (existsSync(evidence)) {
    const { buildEvidence } = await import(pathToFileURL(evidence).href)
    await buildEvidence({ outFile: join(fresh, 'evidence.html'), logLevel })
  }
  compressAssets(join(fresh, 'assets'))
  writeFileSync(join(fresh, '.stamp'), hash)
  // What stood stays until the new one is whole: a build that fails takes no page away from a running server.
  rmSync(dist, { recursive: true, force: true })
  renameSync(fresh, dist)
}

ensurePackages()
const quiet = process.argv.includes('--quiet')
if (findNode() !== process.execPath) launch(fileURLToPath(import.meta.url), process.argv.slice(2))
else if (existsSync(join(root, 'web/index.html')))
  await whileGuarded(async () => {
    // Another starter may have built the same while this one waited; a build asked for by hand always runs.
    if (!quiet || !isWebFresh()) await build(quiet)
  })

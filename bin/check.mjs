#!/usr/bin/env node
// Every check that needs no test run: each step prints one line; what a failed one said follows it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensurePackages, findNode, root } from './launch.mjs'

ensurePackages()
const node = findNode()
const bin = (name) => join(root, 'node_modules/.bin', name)

/** Steps in their order: name, command, and the file without which the step does not exist yet. */
const steps = [
  { name: 'format and lint', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: [bin('tsc'), '--noEmit', '--pretty', 'false', '-p', '.'] },
  { name: 'tidy', command: [node, '--test', '--test-reporter=dot', 'test/tidy.test.ts'], needs: 'test/tidy.test.ts' },
  { name: 'catalogue', command: [node, 'src/cli.ts', 'rules', 'check'], needs: 'catalogue/rules' },
  { name: 'generated files', command: [node, 'test/generate.ts', '--check'], needs: 'test/generate.ts' },
]

function perform([command, ...args]) {
  return new Promise((resolve) => {
    let said = ''
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part) => {
        said += part
      })
    }
    child.once('error', (error) => resolve({ ok: false, said: error.message }))
    child.once('close', (code) => resolve({ ok: code === 0, said }))
  })
}

let failures = 0
for (const { name, command, needs } of steps) {
  if (needs !== undefined && !existsSync(join(root, needs))) continue
  const began = performance.now()
  const { ok, said } = await perform(command)
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  if (ok) continue
  failures++
  console.log(said.trimEnd())
}
console.log(failures === 0 ? 'all checks passed' : `${failures} of the checks failed`)
process.exit(failures === 0 ? 0 : 1)

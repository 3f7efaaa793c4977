#!/usr/bin/env node
// Runs the tests (all, or the files named) with one database server for the whole run, then the browser journeys one at
// a time; prints a line per file, what its journeys cost a person, what failed, and last `N passed, N failed`.
import { join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect, parseArgs } from 'node:util'
import { ensurePackages, ensureWeb, findNode, launch, root, say } from './launch.mjs'

ensurePackages()
if (findNode() !== process.execPath) launch(fileURLToPath(import.meta.url), process.argv.slice(2))
else await main()

async function wantedFiles(named) {
  // Absent from Node 20, on which this file only starts the newer one.
  const { globSync } = await import('node:fs')
  const patterns =
    named.length > 0 ? named : ['src/**/*.test.ts', 'web/**/*.test.ts', 'test/*.test.ts', 'test/journeys/*.test.ts']
  const cwd = named.length > 0 ? process.cwd() : root
  return patterns.flatMap((pattern) =>
    globSync(pattern, { cwd })
      .sort()
      .map((path) => resolve(cwd, path)),
  )
}

/** Journeys each start a program and a browser, which two at a time would starve. */
function isJourney(path) {
  return path.startsWith(join(root, 'test/journeys') + sep)
}

async function startServer() {
  if (process.env.LUZE_TEST_DATABASE_URL || process.env.LUZE_TEST_SOCKET) return async () => undefined
  const { startTestServer } = await import('../test/support/server.ts')
  const server = await startTestServer()
  process.env.LUZE_TEST_SOCKET = server.socketDir
  return () => server.stop()
}

/** The tests of one file as their events tell them; the summary of Node leaves out files that crash. */
function newFile() {
  return {
    passed: 0,
    failed: 0,
    skipped: 0,
    failures: [],
    reasons: new Set(),
    written: '',
    path: [],
    began: performance.now(),
    shown: -1,
  }
}

/** Takes a test's end into its file's counts; a parent that failed only through its children counts once, through them. */
function count(file, type, data) {
  // A suite that is skipped says so itself: its tests never start.
  if (data.details.type === 'suite' && type === 'test:pass' && data.skip === undefined) return
  if (data.skip !== undefined || data.todo !== undefined) {
    file.skipped++
    if (typeof data.skip === 'string') file.reasons.add(data.skip)
  } else if (type === 'test:pass') file.passed += data.name === data.file ? 0 : 1
  else if (data.details.error?.failureType !== 'subtestsFailed') {
    file.failed++
    const title = data.name === data.file ? 'the file' : [...file.path.slice(0, data.nesting), data.name].join(' › ')
    file.failures.push({ title, line: data.line, error: data.details.error?.cause ?? data.details.error })
  }
}

/** Reads the events of a run; prints each file when it ends, with its failures and, if any, what it wrote. */
async function report(events) {
  const files = new Map()
  for await (const { type, data } of events) {
    if (data.file === undefined) continue
    if (!files.has(data.file)) files.set(data.file, newFile())
    const file = files.get(data.file)
    if (type === 'test:start') file.path[data.nesting] = data.name
    else if (type === 'test:stdout' || type === 'test:stderr') file.written += data.message
    else if (type === 'test:pass' || type === 'test:fail') count(file, type, data)
    else if (type === 'test:summary') printFile(data.file, file, data.duration_ms)
  }
  // A file that crashed has no summary, or failed once more after it.
  for (const [path, file] of files)
    if (file.shown < file.failures.length) printFile(path, file, performance.now() - file.began)
  const sum = (key) => [...files.values()].reduce((total, file) => total + file[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

function printError(error) {
  const lines = (typeof error === 'string' ? error : inspect(error, { depth: 4 })).split('\n')
  const telling = lines.filter((line) => !/^\s+(at .*node:internal|\w+: undefined,?$)/.test(line))
  console.log(telling.join('\n').replace(/^/gm, '    '))
}

function printFile(path, file, ms) {
  const name = relative(root, path)
  if (file.passed + file.failed + file.skipped === 0) {
    file.failed++
    file.failures.push({ title: 'the file', error: 'It holds no test that ran.' })
  }
  file.shown = file.failures.length
  const skipped = file.skipped > 0 ? `, ${file.skipped} skipped` : ''
  const seconds = (ms / 1000).toFixed(1)
  console.log(`${file.failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${file.passed} passed${skipped} (${seconds} s)`)
  for (const reason of file.reasons) console.log(`     skipped: ${reason}`)
  for (const line of file.written.split('\n').filter((one) => one.startsWith('cost: '))) console.log(`     ${line}`)
  if (file.failed === 0) return
  for (const { title, line, error } of file.failures) {
    console.log(`\n  ✖ ${title}${line ? ` (line ${line})` : ''}`)
    printError(error)
  }
  if (file.written !== '') console.log(`\n  written by ${name}:\n${file.written.slice(-6000).replace(/^/gm, '    ')}`)
}

async function main() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, concurrency: { type: 'string', default: '2' } },
  })
  const files = await wantedFiles(positionals)
  if (files.length === 0) {
    say('没有找到测试文件', 'No test file was found')
    process.exit(1)
  }
  const [inBrowser, others] = [true, false].map((is) => files.filter((path) => isJourney(path) === is))
  if (files.some((path) => path.startsWith(join(root, 'test') + sep))) ensureWeb(process.execPath)
  const { run } = await import('node:test')
  const stop = others.length > 0 ? await startServer() : async () => undefined
  const { stopOnSignals } = await import('../src/platform/db/process.ts')
  stopOnSignals(stop)
  const began = performance.now()
  const pattern = values.only === undefined ? {} : { testNamePatterns: [values.only] }
  const totals = { passed: 0, failed: 0, skipped: 0 }
  for (const [part, concurrency] of [
    [others, Number(values.concurrency)],
    [inBrowser, 1],
  ]) {
    if (part.length === 0) continue
    const counted = await report(run({ files: part, cwd: root, concurrency, timeout: 600_000, ...pattern }))
    for (const key of Object.keys(totals)) totals[key] += counted[key]
  }
  await stop()
  const { passed, failed, skipped } = totals
  const left = skipped > 0 ? `, ${skipped} skipped` : ''
  console.log(`\n${files.length} files in ${((performance.now() - began) / 1000).toFixed(1)} s${left}`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed > 0 || passed + failed === 0 ? 1 : 0)
}

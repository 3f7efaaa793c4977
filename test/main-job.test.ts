import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

// The main job through the command line alone: serve, import, confirm, issue, take on, verify, record, fill, verify the
// evidence offline, recount. It never leaves the suite; whoever breaks it mends it before anything else.
const root = join(import.meta.dirname, '..')
const dir = mkdtempSync(join(tmpdir(), 'luze-main-job-'))
const data = join(dir, 'data')
const speech = join(root, 'catalogue/demo/documents')
let server: ReturnType<typeof spawn>
let said = ''

/** Runs `luze …` and gives exit code and output. */
function luze(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'src/cli.ts'), ...argv],
      { env: { ...process.env, LUZE_DATA: data }, maxBuffer: 64 * 1024 * 1024 },
      (error, out, err) => resolve({ code: error ? ((error as { code?: number }).code ?? 1) : 0, out, err }),
    )
  })
}

/** Runs a command that must succeed and reads its JSON. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
async function must(...argv: string[]): Promise<any> {
  const { code, out, err } = await luze(...argv)
  assert.equal(code, 0, `luze ${argv.join(' ')}: ${err}`)
  return JSON.parse(out)
}

before(async () => {
  server = spawn(process.execPath, [join(root, 'src/cli.ts'), 'serve', '--demo', '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  server.stdout!.setEncoding('utf8')
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready: ${said}`)), 120_000)
    server.stdout!.on('data', (text: string) => {
      said += text
      if (said.includes('Luze is ready')) {
        clearTimeout(timer)
        resolve()
      }
    })
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
})

after(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
  rmSync(dir, { recursive: true, force: true })
})

test('the server says where it answers and how to sign in', () => {
  assert.match(said, /http:\/\/127\.0\.0\.1:\d+/)
  assert.match(said, /周予安/)
  assert.equal(statSync(join(data, 'demo.json')).mode & 0o777, 0o600)
})

test('a work plan becomes duties that somebody owns, and one of them is closed by another hand', async () => {
  const imported = await must(
    'import',
    join(speech, '2026-work-points.txt'),
    '--org',
    'demo',
    '--year',
    '2027',
    '--json',
  )
  const documentId: string = imported.document.id
  const review = await must('draft.list', '--document-id', documentId)
  assert.ok(review.items.length > 5)
  await must('draft.confirm', '--document-id', documentId, '--all', 'true')
  await must('clause.amend', '--document-id', documentId, '--all-undecided', 'true', '--state', 'left')
  const rest = (await must('draft.list', '--document-id', documentId)).items.filter(
    (item: { state: string }) => item.state === 'open',
  )
  for (const item of rest) await must('draft.reject', '--document-id', documentId, '--ids', item.id, '--ids', item.id)
  const { listId, duties } = await must('draft.assign', '--document-id', documentId)
  const units = await must('unit.tree')
  const section = units.items.find((unit: { name: string }) => unit.name === '供排水科')
  const ids = duties.flatMap((duty: { dutyId: string }) => ['--ids', duty.dutyId])
  await must('duty.assign', ...ids, '--lead-unit-id', section.unitId)
  const issued = await must('list.issue', '--id', listId)
  assert.equal(issued.issued, duties.length)
  const one: string = duties[0].dutyId
  const head = (name: string) => ['--as', name]
  const accounts = (
    JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as { accounts: { name: string; post: string }[] }
  ).accounts
  const owner = accounts.find((account) => account.post.includes('供排水科') && account.post.includes('科长'))
  assert.ok(owner, 'the section has a head with an account')
  await must('duty.take-on', '--ids', one, '--ids', one, ...head(owner.name))
  await must('duty.report', '--id', one, '--text', '已制定方案，正在实施', ...head(owner.name))
  await must('duty.submit', '--id', one, '--text', '全部完成', ...head(owner.name))
  const own = await luze('duty.verify', '--id', one, ...head(owner.name))
  assert.equal(own.code, 1, 'who submitted may not verify')
  const closed = await must('duty.verify', '--id', one)
  assert.equal(closed.status, 'closed')
})

test('a review fills from records; the evidence verifies with no database and recounts to the same values', async () => {
  const tree = await must('unit.tree')
  const group = tree.items.find((unit: { kind: string }) => unit.kind === 'leading-group')
  await must(
    'activity.record',
    '--kind',
    'central-group-study',
    '--happened-on',
    '2025-12-20',
    '--unit-id',
    group.unitId,
    '--title',
    '年末集体学习',
    '--numbers',
    '{"expected":7,"present":7}',
  )
  const out = join(dir, 'speech.docx')
  const evidence = join(dir, 'evidence.html')
  const draft = await must(
    'fill',
    join(speech, '2025-year-review.txt'),
    '--org',
    'demo',
    '--year',
    '2025',
    '--draft',
    '--json',
  )
  assert.equal(draft.reportId, null)
  const filled = await must(
    'fill',
    join(speech, '2025-year-review.txt'),
    '--org',
    'demo',
    '--year',
    '2025',
    '--out',
    out,
    '--evidence',
    evidence,
    '--json',
  )
  assert.ok(filled.counts.filled >= 3, JSON.stringify(filled.counts))
  assert.equal(readFileSync(out).subarray(0, 2).toString(), 'PK')
  const verified = await luze('verify', evidence)
  assert.equal(verified.code, 0, verified.out + verified.err)
  const altered = join(dir, 'altered.html')
  const { writeFileSync } = await import('node:fs')
  const first = filled.slots.find((slot: { state: string; value: number }) => slot.state === 'filled' && slot.value > 1)
  writeFileSync(altered, readFileSync(evidence, 'utf8').replace(`"value":${first.value}`, `"value":${first.value + 1}`))
  assert.equal((await luze('verify', altered)).code, 1)
  await must(
    'activity.record',
    '--kind',
    'central-group-study',
    '--happened-on',
    '2025-06-06',
    '--unit-id',
    group.unitId,
    '--numbers',
    '{"expected":7,"present":5}',
  )
  const recount = await must('report.recount', '--report-id', filled.reportId)
  assert.equal(recount.equal, true)
  assert.ok(recount.figures.some((figure: { frozen: number; now: number }) => figure.frozen !== figure.now))
})

test('the seed review fills every figure slot from the demonstration year', { skip: seedHint() }, async () => {
  const filled = await must('fill', seed()!, '--org', 'demo', '--year', '2025', '--json')
  assert.deepEqual(filled.counts, { filled: 8, unbound: 0, left: 0, masked: 0 })
  assert.ok(filled.dated.length > 0)
})

test('what is owed on a day is said with rule and reason, and each of it explains itself', async () => {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date())
  const owed = await must('owed', '--org', 'demo', '--on', today, '--json')
  assert.ok(owed.duties.length > 0)
  const [first] = owed.obligations.filter(({ outcome }: { outcome: string }) => outcome === 'met')
  assert.ok(first, 'something is met')
  const said = await luze('owed', '--org', 'demo', '--on', today)
  assert.equal(said.code, 0, said.err)
  assert.ok(said.out.includes(first.obligationId))
  const explained = await luze('explain', first.obligationId)
  assert.equal(explained.code, 0, explained.err)
  assert.ok(explained.out.includes(first.words.zh) && explained.out.includes(first.words.en))
  const nowhere = await luze('explain', first.obligationId.replace(/\/[^/]*$/, '/2001-01-01'))
  assert.deepEqual([nowhere.code, nowhere.out], [1, ''])
  assert.equal((await luze('explain')).code, 2)
})

test('the journal and every record agree, and everything can be taken along', async () => {
  const fsck = await luze('fsck')
  assert.equal(fsck.code, 0, fsck.out)
  const zip = join(dir, 'all.zip')
  assert.equal((await luze('export', zip)).code, 0)
  assert.ok(statSync(zip).size > 10_000)
})

function seed(): string | null {
  const path = join(root, '../shared/seeds/000_a5c8cebef6e7d26d.txt')
  try {
    statSync(path)
    return path
  } catch {
    return null
  }
}

function seedHint(): string | false {
  return seed() === null ? 'the two real speeches are not beside the checkout (../shared/seeds)' : false
}

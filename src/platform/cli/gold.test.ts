import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { judgedPart } from '../../core/reading/judged.ts'
import { readMarked } from '../../core/reading/marked.ts'
import { read } from '../../core/reading/reading.ts'
import { score } from '../../core/reading/scoring.ts'
import { lexiconFolder, loadLexicon } from '../catalogue/lexicon.ts'
import { takeApart } from './arguments.ts'
import { Declined } from './connect.ts'
import { evalCommand } from './eval.ts'
import { changesOf, comparisonLines, isWorse, lossesOf } from './eval-compare.ts'
import { goldCommand } from './gold.ts'
import { CliSession } from './session.ts'

let dir: string
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'luze-gold-'))
})
after(() => rmSync(dir, { recursive: true }))

const MARKED = `⟦# judges=duties 不出本单位⟧
一、抓监督
⟦d study do @局党组=explicit ~每季度|局党组每季度召开一次理论学习中心组学习会⟧。
⟦u|去年召开警示教育会3场⟧。
`
const id = '01890000-0000-7000-8000-00000000abcd'
const items = [
  { documentId: id, title: '年度/要点', year: 2026, why: null },
  { documentId: id.replace('abcd', 'ffff'), title: '讲话', year: 2026, why: { zh: '没核对完', en: 'not reviewed' } },
]

/** A session in which the office holds one reviewed document and one that is not. */
const session = (status = 200) =>
  new CliSession(async (_method, path) => {
    const listed = /gold\.(list|reports)/.test(path)
    const body =
      status === 200
        ? { items: path.includes('gold.list') ? items : [] }
        : { title: '没有这项权限', code: 'record/not-found' }
    const bytes = Buffer.from(listed || status !== 200 ? JSON.stringify(body) : MARKED)
    return { status, type: listed || status !== 200 ? 'application/json' : 'text/plain', bytes }
  })

test('reviewed documents are written as marked texts for their owner alone, and what does not count is named', async () => {
  const said: string[] = []
  const out = join(dir, 'gold')
  await goldCommand(takeApart(['gold', '--out', out]), session(), (text) => void said.push(text))
  assert.deepEqual(readdirSync(out), ['2026-年度要点-00abcd.gold.txt'])
  const file = join(out, readdirSync(out)[0]!)
  assert.equal(readFileSync(file, 'utf8'), MARKED)
  assert.equal(statSync(file).mode & 0o077, 0)
  assert.match(said.join('\n'), /不出本单位.*\n.*未计入 1 份.*\n.*讲话：没核对完/)
  await assert.rejects(
    goldCommand(takeApart(['gold', '--out', out]), session(404), () => undefined),
    Declined,
  )
})

const lexicon = loadLexicon()
const { text, gold } = readMarked(MARKED, 'x')
const reading = read(text, lexicon)

test('what nobody judged moves no figure', () => {
  const judged = score(judgedPart(reading, gold), gold, [], lexicon)
  assert.deepEqual([judged.outline.proposed, judged.slot.proposed], [0, 0])
  assert.equal(judged.span.proposed, judged.span.gold)
})

test('a duty that is lost, or of another kind, is told with its words, and the measures that fell are named', () => {
  const part = judgedPart(reading, gold)
  const other = { ...part, duties: part.duties.map((duty) => ({ ...duty, kind: 'warn', kindSecond: null })) }
  const none = { ...part, duties: [] }
  assert.deepEqual(lossesOf('x', text, gold, part, part), [])
  assert.deepEqual(
    lossesOf('x', text, gold, part, other).map(({ what, now }) => [what, now]),
    [['kind', 'warn']],
  )
  const [loss] = lossesOf('x', text, gold, part, none)
  assert.equal(loss?.what, 'span')
  assert.match(loss?.words ?? '', /中心组学习会/)
  const changes = changesOf(score(part, gold, [], lexicon), score(none, gold, [], lexicon))
  assert.deepEqual(
    changes.filter(isWorse).map(({ name }) => name),
    ['责任条目边界 F1', '标注条目已覆盖'],
  )
  assert.match(comparisonLines(changes, loss ? [loss] : [], 1).join('\n'), /▼.*变差了.*不再识出/s)
})

test('eval compares a changed folder of words with the present one, and says when nothing got worse', async () => {
  const file = join(dir, 'a.gold.txt')
  writeFileSync(file, MARKED)
  const words = join(dir, 'words')
  cpSync(lexiconFolder, words, { recursive: true })
  const printed: string[] = []
  const out = { write: (said: string) => void printed.push(said), error: (said: string) => void printed.push(said) }
  assert.equal(await evalCommand([file, '--lexicon', words], out), 0)
  assert.match(printed.join(''), /→.*没有变差的/s)
  printed.length = 0
  assert.equal(await evalCommand([file, '--lexicon', words, '--json'], out), 0)
  assert.deepEqual(JSON.parse(printed.join('')).worse, [])
  assert.equal(await evalCommand([file, '--lexicon', join(dir, 'none')], out), 1)
  assert.equal(await evalCommand(['--org', 'demo'], out), 2, 'without a program there is no bureau to ask')
})

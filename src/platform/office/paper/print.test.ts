import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Block, type Paper, text } from '../../../core/papers/paper.ts'
import { loadWords } from '../../i18n/words.ts'
import { fixedWords, sayer } from './paper-file.ts'
import { writePaper } from './write.ts'

const there = (program: string, asked: string) => spawnSync(program, [asked], { stdio: 'ignore' }).error === undefined
const missing = [
  ...(there('soffice', '--version') ? [] : ['LibreOffice (soffice)']),
  ...(there('pdftotext', '-v') ? [] : ['pdftotext (poppler-utils)']),
]
const skip = missing.length === 0 ? false : `nothing was measured: this machine has no ${missing.join(' and no ')}`

/** Words on a printed page with their box; millimetres from the upper left corner. */
interface Word {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

interface Page {
  readonly width: number
  readonly height: number
  readonly words: readonly Word[]
}

const folder = mkdtempSync(join(tmpdir(), 'luze-print-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const fixed = fixedWords(sayer(loadWords()))
const printed = new Map<string, readonly Page[]>()

/** Prints papers to PDF, all in one run of the program. */
function print(papers: Readonly<Record<string, Paper>>): void {
  for (const [name, paper] of Object.entries(papers))
    writeFileSync(join(folder, `${name}.docx`), writePaper(paper, fixed))
  const files = Object.keys(papers).map((name) => join(folder, `${name}.docx`))
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  execFileSync('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...files], {
    stdio: 'ignore',
    timeout: 120_000,
  })
  for (const name of Object.keys(papers)) {
    const out = join(folder, `${name}.html`)
    execFileSync('pdftotext', ['-bbox', join(folder, `${name}.pdf`), out])
    printed.set(name, pagesOf(readFileSync(out, 'utf8')))
  }
}

function pagesOf(html: string): Page[] {
  const mm = (points: string | undefined) => (Number(points) * 25.4) / 72
  return html
    .split('<page ')
    .slice(1)
    .map((page) => {
      const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(page)!
      const words = [...page.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g)].map(
        ([, left, top, right, bottom, said]) => ({
          text: said!,
          left: mm(left),
          top: mm(top),
          right: mm(right),
          bottom: mm(bottom),
        }),
      )
      return { width: mm(width), height: mm(height), words }
    })
}

const near = (is: number, wanted: number, within: number, what: string) =>
  assert.ok(Math.abs(is - wanted) <= within, `${what}: ${is.toFixed(2)} mm, not ${wanted} ± ${within}`)
const inType = (page: Page) => page.words.filter(({ top, bottom }) => (top + bottom) / 2 < 262)

/** Lines of text of a page from above: words at one height are one line. */
function linesOf(page: Page): { text: string; left: number; right: number; top: number }[] {
  const byHeight = Map.groupBy(inType(page), ({ top, bottom }) => Math.round((top + bottom) / 2))
  return [...byHeight.values()]
    .map((words) => ({
      text: words.map((word) => word.text).join(''),
      left: Math.min(...words.map(({ left }) => left)),
      right: Math.max(...words.map(({ right }) => right)),
      top: Math.min(...words.map(({ top }) => top)),
    }))
    .sort((a, b) => a.top - b.top)
}

const numerals = '一二三四五六七八九十'
const running: Paper = { title: '标题', pageNumbers: true, blocks: [text(numerals.repeat(180))] }
const closing = (lines: number): Paper => ({
  title: '标题',
  pageNumbers: true,
  blocks: Array.from({ length: lines }, (_, index): Block => text(`段${'甲乙丙丁戊己庚辛壬癸'[index % 10]}完`)),
  signature: { by: '云溪市林业和草原局', on: '2025-02-01', sealed: true },
  imprint: { copiesTo: '机关各支部。', by: '局办公室', on: '2025-02-03' },
})
const table: Paper = {
  title: '清单',
  pageNumbers: true,
  blocks: [
    {
      as: 'table',
      columns: [1, 4],
      head: [{ cells: [{ text: '编号栏' }, { text: '事项栏' }] }],
      rows: Array.from({ length: 60 }, (_, index) => ({
        cells: [{ text: `行${index}` }, { text: `${numerals.repeat(1 + (index % 7))}终` }],
      })),
    },
  ],
}
const turned: Paper = {
  title: '要点',
  pageNumbers: true,
  blocks: [text('见附件。')],
  attachments: [{ title: '清单', blocks: table.blocks, wide: true }],
}
const fullest = Array.from({ length: 14 }, (_, index) => index + 11)

describe('a paper printed by LibreOffice', { skip }, () => {
  before(() => {
    print({
      running,
      table,
      turned,
      ...Object.fromEntries(fullest.map((lines) => [`closing-${lines}`, closing(lines)])),
    })
  })

  test('is A4 with 28 mm at the left, 26 at the right, 37 above and 35 below', () => {
    const pages = printed.get('running')!
    assert.ok(pages.length >= 3)
    for (const page of pages) {
      near(page.width, 210, 0.2, 'width')
      near(page.height, 297, 0.2, 'height')
    }
    const lines = linesOf(pages[1]!)
    for (const line of lines) near(line.left, 28, 0.5, 'left edge')
    for (const line of lines) near(line.right, 184, 0.9, 'right edge')
    // The box of a sign is a little higher than its line, so its middle is measured.
    const pitch = 225 / 22
    const boxes = inType(pages[1]!).map(({ top, bottom }) => (top + bottom) / 2)
    near(Math.min(...boxes), 37 + pitch / 2, 1.6, 'middle of the first line')
    near(Math.max(...boxes), 262 - pitch / 2, 1.6, 'middle of the last line')
  })

  test('has 22 lines on a page and 28 characters in a line, 10.2 mm from line to line', () => {
    const lines = linesOf(printed.get('running')![1]!)
    assert.equal(lines.length, 22)
    for (const line of lines) assert.equal([...line.text].length, 28, line.text)
    const pitches = lines.slice(1).map((line, index) => line.top - lines[index]!.top)
    for (const pitch of pitches) near(pitch, 225 / 22, 0.1, 'line pitch')
    const first = linesOf(printed.get('running')![0]!).find(({ text: said }) => said.startsWith('一'))!
    near(first.left, 28 + 2 * (156 / 28), 0.5, 'indent of two characters')
  })

  test('has its number 7 mm below the text, outside: odd pages at the right, even ones at the left', () => {
    for (const [index, page] of printed.get('running')!.entries()) {
      const number = page.words.filter(({ top, bottom }) => (top + bottom) / 2 > 262)
      assert.equal(number.map((word) => word.text).join(''), `—${index + 1}—`)
      for (const { top, bottom } of number) near((top + bottom) / 2, 262 + 7, 1.5, 'number')
      const odd = index % 2 === 0
      const edge = odd ? Math.max(...number.map(({ right }) => right)) : Math.min(...number.map(({ left }) => left))
      near(edge, odd ? 184 - 4.94 : 28 + 4.94, 0.5, 'one character from the edge')
    }
  })

  test('never leaves signature and day alone, and hangs the imprint at the foot of the last page', () => {
    let broken = 0
    for (const lines of fullest) {
      const pages = printed.get(`closing-${lines}`)!
      const pageOf = (words: string) =>
        pages.findIndex((page) => page.words.some(({ text: said }) => said.includes(words)))
      const signed = pageOf('云溪市')
      const said = pages[signed]!.words.map((word) => word.text)
      assert.ok(
        said.some((word) => word.endsWith('完')),
        `${lines} lines: the signature stands without text`,
      )
      assert.ok(said.some((word) => word === '年' || word.includes('2025')))
      assert.equal(pageOf('抄送'), pages.length - 1, `${lines} lines`)
      const last = pages.at(-1)!
      const imprint = last.words.find((word) => word.text.includes('局办公室'))!
      near(imprint.bottom, 262, 3, `foot of the imprint at ${lines} lines`)
      const copies = last.words.find((word) => word.text.includes('抄送'))!
      for (const word of inType(last).filter(({ top }) => top < copies.top - 1))
        assert.ok(word.bottom <= copies.top + 1.5, `${lines} lines: the imprint lies over “${word.text}”`)
      if (pages.length > 1) broken++
    }
    assert.ok(broken > 0 && broken < fullest.length, 'pages that break and such that do not were both seen')
  })

  test('turns the sheet for a wide list, with the number at the edge where the upright pages have it', () => {
    const [upright, ...lying] = printed.get('turned')!
    near(upright!.width, 210, 0.2, 'width')
    assert.ok(lying.length >= 2)
    for (const [index, page] of lying.entries()) {
      near(page.width, 297, 0.2, 'width of a turned sheet')
      const number = page.words.filter(({ left, right }) => (left + right) / 2 < 35)
      assert.ok(
        number.some((word) => word.text.includes(String(index + 2))),
        `page ${index + 2} has its number`,
      )
      for (const { left, right } of number) near((left + right) / 2, 28, 2, 'number beside the list')
      const edge =
        index % 2 === 0 ? Math.min(...number.map(({ top }) => top)) : Math.max(...number.map(({ bottom }) => bottom))
      near(edge, index % 2 === 0 ? 28 + 4.94 : 184 - 4.94, 1.5, 'one character from the edge')
    }
  })

  test('repeats the head of a table on each page and splits no row', () => {
    const pages = printed.get('table')!
    assert.ok(pages.length >= 3)
    for (const page of pages) assert.ok(page.words.some((word) => word.text === '编号栏'))
    const begins = pages.flatMap((page, index) =>
      page.words.filter(({ text: said }) => /^行\d*$/.test(said)).map(() => index),
    )
    const ends = pages.flatMap((page, index) =>
      page.words.filter(({ text: said }) => said.endsWith('终')).map(() => index),
    )
    assert.deepEqual(begins, ends)
    assert.equal(begins.length, 60)
  })
})

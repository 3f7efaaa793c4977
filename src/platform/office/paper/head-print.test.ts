import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Head, type Paper, text } from '../../../core/papers/paper.ts'
import { loadWords } from '../../i18n/words.ts'
import { fixedWords, sayer } from './paper-file.ts'
import { writePaper } from './write.ts'

const there = (program: string, asked: string) => spawnSync(program, [asked], { stdio: 'ignore' }).error === undefined
const missing = [
  ...(there('soffice', '--version') ? [] : ['LibreOffice (soffice)']),
  ...(there('pdftoppm', '-v') ? [] : ['pdftoppm (poppler-utils)']),
]
const skip = missing.length === 0 ? false : `nothing was measured: this machine has no ${missing.join(' and no ')}`

const folder = mkdtempSync(join(tmpdir(), 'luze-head-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** What stands in the printed rows of a page, a tenth of a millimetre each: ink by its leftmost and rightmost place. */
interface Row {
  readonly red: number
  readonly from: number
  readonly to: number
  readonly black: number
  readonly blackFrom: number
  readonly blackTo: number
}

/** Tenths of a millimetre are pixels at this resolution. */
const DPI = 254

function rowsOf(name: string): Row[] {
  const out = join(folder, name)
  execFileSync('pdftoppm', ['-r', String(DPI), '-f', '1', '-l', '1', '-singlefile', join(folder, `${name}.pdf`), out])
  const bytes = readFileSync(`${out}.ppm`)
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))!
  const [width, height] = [Number(head[1]), Number(head[2])]
  return Array.from({ length: height }, (_, y): Row => {
    const row = { red: 0, from: width, to: 0, black: 0, blackFrom: width, blackTo: 0 }
    for (let x = 0; x < width; x++) {
      const at = head[0].length + (y * width + x) * 3
      const [r, g] = [bytes[at]!, bytes[at + 1]!]
      if (r > 150 && g < 110) {
        row.red++
        row.from = Math.min(row.from, x)
        row.to = Math.max(row.to, x)
      } else if (r < 110 && g < 110) {
        row.black++
        row.blackFrom = Math.min(row.blackFrom, x)
        row.blackTo = Math.max(row.blackTo, x)
      }
    }
    return row
  })
}

/** Stretches of neighbouring rows of which something holds, as millimetres from above. */
function stretches(rows: readonly Row[], holds: (row: Row) => boolean): { top: number; bottom: number; at: number }[] {
  const found: { top: number; bottom: number; at: number }[] = []
  for (const [y, row] of rows.entries()) {
    if (!holds(row)) continue
    const last = found.at(-1)
    if (last !== undefined && Math.round(last.bottom * 10) === y) last.bottom = (y + 1) / 10
    else found.push({ top: y / 10, bottom: (y + 1) / 10, at: y })
  }
  return found
}

const near = (is: number, wanted: number, within: number, what: string) =>
  assert.ok(Math.abs(is - wanted) <= within, `${what}: ${is.toFixed(2)} mm, not ${wanted} ± ${within}`)

const paper = (head: Head): Paper => ({
  head,
  title: '关于报送材料的通知',
  blocks: [text('三月底前报送。')],
  pageNumbers: true,
})
const papers = {
  document: paper({ form: 'document', mark: '某某市水务局文件', number: '某水发〔2026〕5号' }),
  minutes: {
    title: null,
    blocks: [text('三月底前报送。')],
    pageNumbers: true,
    masthead: { name: '局党组会议纪要', left: '局党组', right: '2026年3月5日', number: '第3期' },
  },
  letter: paper({ form: 'letter', mark: '某某市水务局', number: '某水函〔2026〕3号' }),
}
const pages = new Map<string, Row[]>()

describe('a head printed by LibreOffice', { skip }, () => {
  before(() => {
    const fixed = fixedWords(sayer(loadWords()))
    const files = Object.entries(papers).map(([name, one]) => {
      writeFileSync(join(folder, `${name}.docx`), writePaper(one, fixed))
      return join(folder, `${name}.docx`)
    })
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
    execFileSync('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...files], {
      stdio: 'ignore',
      timeout: 120_000,
    })
    for (const name of Object.keys(papers)) pages.set(name, rowsOf(name))
  })

  test('has its red name 35 mm below the type area, and a line 156 mm wide 4 mm under the number', () => {
    const rows = pages.get('document')!
    const [line] = stretches(rows, ({ red }) => red > 1300)
    const [name] = stretches(rows, ({ red }) => red > 0)
    // Letters do not fill their square: some of its edge is white.
    near(name!.top, 37 + 35, 2, 'upper edge of the name')
    near((rows[line!.at]!.from + rows[line!.at]!.to) / 20, 28 + 78, 0.5, 'middle of the line')
    near((rows[line!.at]!.to - rows[line!.at]!.from) / 10, 156, 0.6, 'width of the line')
    const number = stretches(rows, ({ black }) => black > 0).filter(({ bottom }) => bottom < line!.top)
    near(line!.top - number.at(-1)!.bottom, 4, 1, 'from the number to the line')
    const title = stretches(rows, ({ black }) => black > 0).find(({ top }) => top > line!.bottom)!
    // The line pushes the grid of the page on by up to one line of 10.2 mm.
    near(title.top - line!.bottom, 2 * 10.2 + 5.1, 5.2, 'two lines and a part from the line to the title')
  })

  test('of minutes has its red name 35 mm below the type area', () => {
    const [name] = stretches(pages.get('minutes')!, ({ red }) => red > 0)
    near(name!.top, 37 + 35, 2, 'upper edge of the name')
  })

  test('of a letter has its name 30 mm down and double lines 170 mm wide, 4 mm below it and 20 mm above the foot', () => {
    const rows = pages.get('letter')!
    const [name] = stretches(rows, ({ red }) => red > 0)
    near(name!.top, 30, 2, 'upper edge of the name')
    const lines = stretches(rows, ({ red }) => red > 1600)
    assert.equal(lines.length, 4)
    const [thick, thin, above, below] = lines as [
      (typeof lines)[0],
      (typeof lines)[0],
      (typeof lines)[0],
      (typeof lines)[0],
    ]
    assert.ok(thick.bottom - thick.top > thin.bottom - thin.top, 'thick over thin')
    assert.ok(above.bottom - above.top < below.bottom - below.top, 'thin over thick')
    near(below.bottom, 297 - 20, 0.8, 'lower line')
    for (const { at } of lines) {
      near((rows[at]!.to - rows[at]!.from) / 10, 170, 0.8, 'width of a line')
      near((rows[at]!.to + rows[at]!.from) / 20, 105, 0.5, 'middle of a line')
    }
    const letters = stretches(rows.slice(0, thick.at), ({ red }) => red > 0).at(-1)!
    near(thick.top - letters.bottom, 4, 2, 'from the name to the line')
    const number = stretches(rows, ({ black }) => black > 0)[0]!
    near(number.top - thin.bottom, 4.94 + 0.8, 1.5, 'from the line to the number')
    const ends = rows.slice(number.at, number.at + 40).map(({ blackTo }) => blackTo)
    near(Math.max(...ends) / 10, 184, 1, 'right edge of the number')
    const last = stretches(rows, ({ black }) => black > 0).at(-1)!
    assert.ok(last.bottom < above.top, 'no page number on the first page')
  })
})

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readMarked } from '../src/core/reading/marked.ts'
import { read } from '../src/core/reading/reading.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'

/**
 * The headings of our own documents written with other signs: whoever reads outlines by their order, not by the usual ranks of signs,
 * finds the same outline. `sign` makes the sign of the n-th heading of a list.
 */
type Style = { level: 1 | 2; least: number; sign: (n: number) => string }
type Head = { start: number; level: number; title: string; parent: number | null }

const cn = (n: number) => '零一二三四五六七八九'.charAt(n)
const styles: Record<string, Style> = {
  'chapters 第X章': { level: 1, least: 98, sign: (n) => `第${cn(n)}章 ` },
  'digits 1. outside': { level: 1, least: 86, sign: (n) => `${n}.` },
  'Roman Ⅰ、': { level: 1, least: 96, sign: (n) => `${String.fromCharCode(0x215f + n)}、` },
  'bullets ■': { level: 1, least: 88, sign: () => '■ ' },
  'worded 任务一：': { level: 1, least: 96, sign: (n) => `任务${cn(n)}：` },
  'lines without signs': { level: 1, least: 94, sign: () => '' },
  'brackets 【一】 inside': { level: 2, least: 95, sign: (n) => `【${cn(n)}】` },
  'letters a. inside': { level: 2, least: 93, sign: (n) => `${String.fromCharCode(96 + n)}.` },
  'sections 第X节 inside': { level: 2, least: 95, sign: (n) => `第${cn(n)}节 ` },
  'ordinals 第一， inside': { level: 2, least: 95, sign: (n) => `第${cn(n)}，` },
  'first sentences without signs inside': { level: 2, least: 87, sign: () => '' },
}

const folder = join(import.meta.dirname, '../catalogue/gold/tuning')
const documents = readdirSync(folder)
  .filter((file) => file.endsWith('.gold.txt'))
  .map((file) => readMarked(readFileSync(join(folder, file), 'utf8'), file))
const lexicon = loadLexicon()

for (const [name, style] of Object.entries(styles)) {
  test(`outlines are found when the headings of level ${style.level} are ${name}`, () => {
    let [right, proposed, expected] = [0, 0, 0]
    for (const { text, gold } of documents) {
      const restyled = restyle(text, gold.outline, style)
      if (restyled === null) continue
      const found = read(restyled.text, lexicon, null).outline
      right += found.filter((node) =>
        restyled.heads.some(
          (head) =>
            head.start === node.start &&
            head.level === node.level &&
            head.title === node.title &&
            restyled.heads[head.parent ?? -1]?.start === found[node.parent ?? -1]?.start,
        ),
      ).length
      proposed += found.length
      expected += restyled.heads.length
    }
    const f1 = (200 * right) / (proposed + expected)
    assert.ok(f1 >= style.least, `${f1.toFixed(1)} < ${style.least}`)
  })
}

type Gold = ReturnType<typeof readMarked>['gold']['outline']

/** The text with other signs at one level; null where another level has such signs already, or a list is too long for them. */
function restyle(text: string, outline: Gold, { level, sign }: Style): { text: string; heads: Head[] } | null {
  const signOf = (start: number, title: string) => text.slice(start, text.indexOf(title, start))
  if (outline.length < 3) return null
  const others = outline.filter((head) => head.level !== level).map((head) => shape(signOf(head.start, head.title)))
  if (sign(1) !== '' && others.includes(shape(sign(1)))) return null
  let [made, from, number] = ['', 0, 0]
  const heads: Head[] = []
  for (const head of outline) {
    const old = signOf(head.start, head.title)
    if (head.level < level) number = 0
    made += text.slice(from, head.start)
    const restyled = head.level === level && (old !== '' || level === 1)
    if (restyled && ++number > 9) return null
    heads.push({ start: made.length, level: head.level, title: head.title, parent: head.parent })
    made += restyled ? sign(number) : old
    from = head.start + old.length
  }
  return { text: made + text.slice(from), heads }
}

/** A sign without its number. */
function shape(sign: string): string {
  return sign
    .replace(/[0-9０-９]+/g, '0')
    .replace(/[一二三四五六七八九十]+/g, '一')
    .replaceAll('．', '.')
    .trim()
}

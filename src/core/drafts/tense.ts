import type { OutlineNode } from '../outline/outline.ts'
import { withoutNumber } from '../outline/signs.ts'
import { Opening } from '../text/chars.ts'
import type { Clause } from '../text/clauses.ts'
import type { Vocabulary } from './vocabulary.ts'

type Tense = 'done' | 'do'

/** An item that is open: what was looked at before it, and whether it stands in running text. */
type Open = { level: number; before: Tense; inline: boolean }

/** Whether each clause looks back on what was done or ahead to what is to be done. */
export function tensesOf(
  text: string,
  clauses: readonly Clause[],
  items: readonly OutlineNode[],
  outline: readonly OutlineNode[],
  vocabulary: Vocabulary,
): Tense[] {
  const titled = new Map(outline.map((node) => [node.start, node]))
  const starts = new Map(items.map((item) => [item.start, item]))
  const head = headOf(text, vocabulary)
  const usual: Tense = head.sort === 'done' ? 'done' : 'do'
  const open: Open[] = []
  let review = usual
  let told = false
  let family = ''
  let within = false
  return clauses.map((clause, index) => {
    const previous = index === 0 ? undefined : clauses[index - 1]
    const begins = previous?.paragraph !== clause.paragraph
    const item = starts.get(clause.start)
    const node = titled.get(clause.start)
    // What a plan says of the past it says in passing.
    if (head.sort === 'plan' && begins) review = 'do'
    if (node?.level === 1) {
      const heading = headingTense(node.title, vocabulary) ?? yearTense(node.title, head.year)
      const restart = family !== '' && family !== familyOf(node.marker)
      // What was said before the first heading holds on; what one section said ends with it, unless all of the text looks back.
      review = heading ?? (restart || (usual === 'do' && within) ? 'do' : review)
      within = heading !== null
      family = familyOf(node.marker)
      open.length = 0
    } else if (item) review = enter(item, node !== undefined, review, open, text, vocabulary)
    if (node?.level !== 1 && !item?.marker.endsWith('要') && previous?.sentence !== clause.sentence) {
      const cue = sentenceTense(text, clause, vocabulary)
      if (cue && family !== '') within = true
      if (cue && begins && !item) for (const entry of open) if (entry.inline) entry.before = cue
      review = cue ?? review
    }
    // 去年以来 in the middle of a sentence holds for the rest of it.
    told =
      (told && previous?.sentence === clause.sentence) || vocabulary.backCues.in(text, clause.start, clause.start + 6)
    return clauseTense(text, clause, told ? 'done' : review, vocabulary)
  })
}

/** What an item said of time ends with it: the next item of its list goes on from what stood before the list. */
function enter(
  item: OutlineNode,
  titled: boolean,
  review: Tense,
  open: Open[],
  text: string,
  vocabulary: Vocabulary,
): Tense {
  while ((open.at(-1)?.level ?? 0) > item.level) open.pop()
  const sibling = open.at(-1)?.level === item.level ? open.pop() : undefined
  const before = sibling && !/^[（(]?(?:[一1⒈①](?![0-9十])|第一|首先)/.test(item.marker) ? sibling.before : review
  open.push({ level: item.level, before, inline: /[是要则]$|^[第首其再最]/.test(item.marker) })
  if (item.marker.endsWith('要')) return 'do'
  const label = titled || text.charAt(item.end - 1) === '：'
  return (label ? labelTense(item.title, vocabulary) : null) ?? before
}

/** A label of few words that ends in a word of review or of plans. */
function labelTense(title: string, vocabulary: Vocabulary): Tense | null {
  if (title.length > 12) return null
  const last = (finder: Vocabulary['backHeadings']) => finder.all(title).some((hit) => hit.end === title.length)
  if (last(vocabulary.aheadHeadings) || last(vocabulary.aheadCues)) return 'do'
  return last(vocabulary.backHeadings) ? 'done' : null
}

const asks = new Opening(/^(?:要|必须|务必|应当|下一步|需要|由)/, '要必务应下需由')

const announces = /现将[^。：]{0,60}(?:总结|报告|汇报|通报)如下/

/** What sort of text it is by its title: a report or summary looks back, a plan ahead; and the year that it is about. */
function headOf(text: string, vocabulary: Vocabulary): { sort: 'done' | 'plan' | null; year: number } {
  const lines = text
    .slice(0, 1200)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 6)
  for (const [place, line] of lines.entries()) {
    const year = Number(/20[0-9]{2}(?=年)/.exec(line)?.[0] ?? 0)
    if (line.length <= 60 && place < 5 && !/^.{2,8}：/.test(line)) {
      if (vocabulary.titleCues.in(line)) return { sort: 'done', year }
      if (vocabulary.planTitles.in(line)) return { sort: 'plan', year }
    } else if (place === 0 && vocabulary.planTitles.in(line.slice(0, 48))) return { sort: 'plan', year }
  }
  return { sort: announces.test(text.slice(0, 1500)) ? 'done' : null, year: 0 }
}

/** A heading that names a year after the one that the text looks back on. */
function yearTense(title: string, year: number): Tense | null {
  const named = Number(/20[0-9]{2}(?=年)/.exec(title)?.[0] ?? 0)
  return year > 0 && named > year ? 'do' : null
}

function familyOf(marker: string): string {
  if (/^(?:首先|其次|再次|最后)/.test(marker)) return '首先'
  return withoutNumber(marker)
}

function headingTense(title: string, vocabulary: Vocabulary): Tense | null {
  if (vocabulary.aheadCues.in(title) || vocabulary.aheadHeadings.in(title)) return 'do'
  return vocabulary.backCues.in(title) || vocabulary.backHeadings.in(title) ? 'done' : null
}

function sentenceTense(text: string, clause: Clause, vocabulary: Vocabulary): Tense | null {
  const head = Math.min(clause.end, clause.start + 16)
  if (vocabulary.aheadCues.in(text, clause.start, head)) return 'do'
  return vocabulary.backCues.in(text, clause.start, head) ? 'done' : null
}

function clauseTense(text: string, clause: Clause, review: Tense, vocabulary: Vocabulary): Tense {
  if (vocabulary.doneCues.in(text, clause.start, clause.end)) return 'done'
  if (review === 'do') return 'do'
  return asks.at(text, clause.start, clause.start + 4) ? 'do' : 'done'
}

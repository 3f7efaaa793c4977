import type { OutlineNode } from '../outline/outline.ts'
import type { Clause } from '../text/clauses.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Whether each clause looks back on what was done or ahead to what is to be done. */
export function tensesOf(
  text: string,
  clauses: readonly Clause[],
  items: readonly OutlineNode[],
  outline: readonly OutlineNode[],
  vocabulary: Vocabulary,
): ('done' | 'do')[] {
  const tenses: ('done' | 'do')[] = []
  const titled = new Map(outline.map((node) => [node.start, node]))
  const starts = new Map(items.map((item) => [item.start, titled.get(item.start) ?? { ...item, level: 9 }]))
  const usual = titleTense(text, vocabulary)
  let review = usual
  let family = ''
  let within = false
  for (const [index, clause] of clauses.entries()) {
    const first = clauses[index - 1]?.sentence !== clause.sentence
    const node = starts.get(clause.start)
    if (node?.level === 1) {
      const heading = headingTense(node.title, vocabulary)
      const restart = family !== '' && family !== familyOf(node.marker)
      // What was said before the first heading holds on; what one section said ends with it, unless all of the text looks back.
      review = heading ?? (restart || (usual === 'do' && within) ? 'do' : review)
      within = heading !== null
      family = familyOf(node.marker)
    } else if (node?.marker.endsWith('要')) review = 'do'
    else if (first) {
      const cue = sentenceTense(text, clause, vocabulary)
      if (cue && family !== '') within = true
      review = cue ?? review
    }
    tenses.push(clauseTense(text, clause, review, vocabulary))
  }
  return tenses
}

/** A report or summary looks back unless it says otherwise; its title stands in the first lines. */
function titleTense(text: string, vocabulary: Vocabulary): 'done' | 'do' {
  const head = text.trimStart().split('\n', 2).join('\n')
  return head.length <= 80 && vocabulary.titleCues.in(head) ? 'done' : 'do'
}

function familyOf(marker: string): string {
  return marker.replace(/[一二三四五六七八九十0-9①-⑳⒈-⒛]+/u, '')
}

function headingTense(title: string, vocabulary: Vocabulary): 'done' | 'do' | null {
  if (vocabulary.aheadCues.in(title) || vocabulary.aheadHeadings.in(title)) return 'do'
  return vocabulary.backCues.in(title) || vocabulary.backHeadings.in(title) ? 'done' : null
}

function sentenceTense(text: string, clause: Clause, vocabulary: Vocabulary): 'done' | 'do' | null {
  const head = Math.min(clause.end, clause.start + 16)
  if (vocabulary.aheadCues.in(text, clause.start, head)) return 'do'
  return vocabulary.backCues.in(text, clause.start, head) ? 'done' : null
}

function clauseTense(text: string, clause: Clause, review: 'done' | 'do', vocabulary: Vocabulary): 'done' | 'do' {
  if (vocabulary.doneCues.in(text, clause.start, clause.end)) return 'done'
  if (review === 'do') return 'do'
  const words = text.slice(clause.start, clause.start + 4)
  return /^(?:要|必须|务必|应当|下一步|需要|由)/.test(words) ? 'do' : 'done'
}

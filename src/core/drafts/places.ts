import type { OutlineNode } from '../outline/outline.ts'
import { Opening } from '../text/chars.ts'
import type { Clause } from '../text/clauses.ts'
import type { Segment } from './segments.ts'
import type { Place } from './settle.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A text with its outline, before anything is settled about its segments. */
export type Outlined = {
  readonly text: string
  readonly clauses: readonly Segment[]
  readonly outline: readonly OutlineNode[]
  readonly items: readonly OutlineNode[]
  isHeading(clause: Clause): boolean
}

/** 肯定成绩、正视问题 stands over both. */
export const looksBack = /成绩|成效|回顾|工作情况|整改|落实情况|改进|解决|措施|对策/

/** What the outline says of the segments of a text. */
export function placeOf(page: Outlined, nodes: readonly (number | null)[], vocabulary: Vocabulary): Place {
  const problems = page.outline.map(({ title }) => vocabulary.problemHeadings.in(title) && !looksBack.test(title))
  const under = (node: number | null): boolean =>
    node !== null && (problems[node] === true || under(page.outline[node]?.parent ?? null))
  // 关于…问题 stands over one paragraph that tells the shortcoming; what was done about it follows.
  const namesOne = page.outline.map((node) =>
    /^关于.*问题$/.test(node.title) ? (page.clauses[indexAt(page.clauses, node.start)]?.paragraph ?? -2) + 1 : -1,
  )
  const starts = new Set(page.items.map((node) => node.start))
  const mended = new Set<number>()
  for (const clause of page.clauses)
    if (remedyLabel.at(page.text, clause.start, clause.start + 6)) mended.add(clause.paragraph)
  const ahead = aheadOf(page, nodes)
  const parents = new Set(page.outline.map(({ parent }) => parent))
  const leaves = new Map(page.outline.flatMap((node, at) => (parents.has(at) ? [] : [[node.start, node.bodyEnd]])))
  return {
    isHeading: page.isHeading,
    leafEnd: (clause) => leaves.get(clause.start) ?? -1,
    inProblems: (clause) => {
      const node = nodes[indexAt(page.clauses, clause.start)] ?? null
      if (node !== null && clause.start >= (ahead.get(node) ?? Number.POSITIVE_INFINITY)) return false
      return under(node) || (node !== null && namesOne[node] === clause.paragraph && !mended.has(clause.paragraph))
    },
    marked: (clause) => starts.has(clause.start),
  }
}

/** The index of the segment that begins at an offset, or -1. */
function indexAt(clauses: readonly Segment[], start: number): number {
  let from = 0
  let to = clauses.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (clauses[middle]!.start < start) from = middle + 1
    else to = middle
  }
  return clauses[from]?.start === start ? from : -1
}

/** A label behind which stands what was done about a shortcoming. */
const remedyLabel = new Opening(/^【?(?:整改|改进|主要|具体)?(?:措施|情况|成效|进展)/, '【整改主具措情成进')

const next = new Opening(/^(?:下一步|下步|今后|接下来|下一阶段)/, '下今接')

/** Where the text under a heading goes on to what comes next: there its shortcomings end. */
function aheadOf(page: Outlined, nodes: readonly (number | null)[]): Map<number, number> {
  const found = new Map<number, number>()
  for (let index = 0; index < page.clauses.length; index++) {
    const clause = page.clauses[index]!
    const node = nodes[index] ?? null
    if (node === null || found.has(node) || page.clauses[index - 1]?.sentence === clause.sentence) continue
    if (next.at(page.text, clause.start, clause.start + 4)) found.set(node, clause.start)
  }
  return found
}

/** The innermost heading of each segment. */
export function nodeIndexes(page: Pick<Outlined, 'clauses' | 'outline'>): (number | null)[] {
  let at = -1
  return page.clauses.map((clause) => {
    while ((page.outline[at + 1]?.start ?? Number.POSITIVE_INFINITY) <= clause.start) at++
    let node: number | null = at < 0 ? null : at
    while (node !== null && (page.outline[node]?.bodyEnd ?? 0) <= clause.start)
      node = page.outline[node]?.parent ?? null
    return node
  })
}

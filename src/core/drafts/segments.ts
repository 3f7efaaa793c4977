import { Chars } from '../text/chars.ts'
import type { Clause } from '../text/clauses.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A clause, or a part of one that may be an act of its own: 每季度召开党员大会、上好党课 has two. */
export type Segment = Clause & {
  /** Index of the clause that it was cut from. */
  readonly clause: number
  /** Whether it goes on in the clause of the segment before it. */
  readonly inner: boolean
}

const shortest = 4
const marks = new Chars('，；。：！？')
const [comma, and] = ['、'.charCodeAt(0), '并'.charCodeAt(0)]

/** Cuts clauses at 、 and 并 where a verb with an object follows one, or a counted act follows another. */
export function segmentsOf(
  text: string,
  mask: Uint8Array,
  clauses: readonly Clause[],
  counted: ReadonlySet<number>,
  isWhole: (clause: Clause) => boolean,
  vocabulary: Vocabulary,
): Segment[] {
  const segments: Segment[] = []
  for (let index = 0; index < clauses.length; index++) {
    const clause = clauses[index]!
    const { sentence, paragraph } = clause
    let start = clause.start
    const end = trimmedEnd(text, clause)
    if (!isWhole(clause)) {
      for (let at = clause.start + shortest; at < end - shortest + 1; at++) {
        const width = mask[at] ? 0 : jointAt(text, at)
        if (width === 0) continue
        const next = text.charAt(at) === '、' ? at + 1 : at
        if (!splits(text, start, at, next, end, counted, vocabulary)) continue
        segments.push({ start, end: next, sentence, paragraph, clause: index, inner: start > clause.start })
        start = next
        at = next + shortest - 1
      }
    }
    segments.push({ start, end: clause.end, sentence, paragraph, clause: index, inner: start > clause.start })
  }
  return segments
}

function jointAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  if (unit === comma) return 1
  return unit === and &&
    !/^并(?:[重举列行轨联购入存购网且]|不|没)/.test(text.slice(at, at + 2)) &&
    !/[合一吞]/.test(text.charAt(at - 1))
    ? 1
    : 0
}

function splits(
  text: string,
  start: number,
  at: number,
  next: number,
  end: number,
  counted: ReadonlySet<number>,
  vocabulary: Vocabulary,
): boolean {
  const stop = nextMark(text, next, end)
  if (stop - next < shortest) return false
  if (holdsFigure(counted, start, at) && holdsFigure(counted, next, stop)) return true
  if (text.charAt(next) !== '把' && holds.in(text, start, at) && held.test(text.slice(start, at))) return false
  const act = actFrom(text, text.charAt(next) === '并' ? next + 1 : next, end, vocabulary)
  if (act < 0 || stop - act < 2) return false
  const before = vocabulary.acts.first(text, start, at)
  return before !== null && at - before.end >= 2
}

const holds = new Chars('把')

/** 把理论学习、调查研究…贯通起来: what is taken up goes on until something is done with it. */
const held = /(?<!一)把(?![手握准])[^把到在成为好实紧严牢清透住满起来出下进贯纳列融转摆挺抓放落做建管用守关]*$/u

/** The end of the verb at the head of what follows a joint, manner and need words skipped, or -1. */
function actFrom(text: string, from: number, end: number, vocabulary: Vocabulary): number {
  let at = from
  for (let rounds = 0; rounds < 4; rounds++) {
    const act = vocabulary.acts.at(text, at)
    const skipped = vocabulary.needs.at(text, at) ?? vocabulary.manners.at(text, at)
    if (act && (!skipped || act.end >= skipped.end)) return act.end <= end ? act.end : -1
    if (!skipped) return -1
    at = skipped.end
  }
  return -1
}

function nextMark(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++) if (text.charCodeAt(at) === comma) return at
  return end
}

function holdsFigure(counted: ReadonlySet<number>, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (counted.has(at)) return true
  return false
}

function trimmedEnd(text: string, clause: Clause): number {
  return marks.at(text, clause.end - 1) ? clause.end - 1 : clause.end
}

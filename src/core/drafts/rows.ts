import { Chars } from '../text/chars.ts'
import type { Known } from './analyse.ts'
import { cadenceIn, deadlineIn } from './cadence.ts'
import type { Judged } from './judge.ts'
import { type Mode, modes } from './modes.ts'
import type { Label } from './tagger.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A row that will be a draft: its segments `[from, to)`, the one that says what is done, and whether it is done, to do or a shortcoming. */
export type DutyRow = { from: number; to: number; members: Judged[]; core: Judged; mode: 'do' | 'done' | 'problem' }

/** The rows of one sentence by the labels of its segments. */
export function rowsFrom(
  text: string,
  known: Known,
  labels: readonly Label[],
  from: number,
  to: number,
  vocabulary: Vocabulary,
): DutyRow[] {
  const rows: DutyRow[] = []
  for (let at = from; at < to; at++) {
    if (labels[at] !== 'begin') continue
    let end = at + 1
    while (end < to && labels[end] === 'inside') end++
    const start = at > from && labels[at - 1] === 'outside' && leads(text, known, at - 1, vocabulary) ? at - 1 : at
    const members = known.judged.slice(start, end)
    const core = coreOf(members)
    rows.push({
      from: start,
      to: end,
      members,
      core,
      mode: modeOf(text, known, start, end, known.judged.indexOf(core, at), vocabulary),
    })
  }
  return rows
}

/** A clause that only says when, or who leads, belongs to the act behind it. */
function leads(text: string, known: Known, at: number, vocabulary: Vocabulary): boolean {
  const { start, end } = known.segments[at]!
  const words = text.slice(start, end)
  if (!words.endsWith('，') || known.settled[at] !== 'open') return false
  if (/^由.{2,24}(?:牵头|负责|配合|协助|参加)，$/.test(words)) return true
  return (
    words.length <= 16 &&
    !vocabulary.acts.in(words) &&
    (deadlineIn(words, vocabulary, true) ?? cadenceIn(words, vocabulary)) !== null
  )
}

/** The segment that says what is done: the first act, else the first with a verb, else the first. */
function coreOf(members: readonly Judged[]): Judged {
  return members.find((one) => one.role === 'core') ?? members.find((one) => one.force !== null) ?? members[0]!
}

/** The mode of most segments; where two are as many, that of the act. */
function mostOf(told: readonly Mode[], from: number, to: number, core: Mode): Mode {
  const count = (mode: Mode) => {
    let sum = 0
    for (let at = from; at < to; at++) if (told[at] === mode) sum++
    return sum
  }
  return to - from === 1 ? told[from]! : modes.reduce((best, mode) => (count(mode) > count(best) ? mode : best), core)
}

/** A term that lies ahead of any report: 明年上半年, or a day by which a named shortcoming is mended. */
const promise = /(?:明年|次年|来年)(?!.*(?:已|完成了))|针对[^。；]{2,30}问题，[^。；]{0,8}[底日]前(?!.*(?:已|了))/

const promising = new Chars('明次来针')

function promises(text: string, start: number, end: number): boolean {
  return promising.in(text, start, end) && promise.test(text.slice(start, end))
}

/** A shortcoming with a promise to mend it is something to do. */
function modeOf(
  text: string,
  known: Known,
  from: number,
  to: number,
  core: number,
  vocabulary: Vocabulary,
): DutyRow['mode'] {
  const [start, end] = [known.segments[from]!.start, known.segments[to - 1]!.end]
  if (known.modes) return promises(text, start, end) ? 'do' : mostOf(known.modes, from, to, known.modes[core] ?? 'do')
  const short = known.settled.slice(from, to).includes('problem')
  if (!short) {
    const tense = known.tenses[core] ?? 'do'
    return tense === 'done' && promises(text, start, end) ? 'do' : tense
  }
  // 各单位要不护短，明年一季度召开专题会: somebody is asked, although the section is of shortcomings.
  if (known.judged.slice(from, to).some((one) => one.need && one.actor !== null)) return 'do'
  return vocabulary.remedies.in(text, start, end) ? 'do' : 'problem'
}

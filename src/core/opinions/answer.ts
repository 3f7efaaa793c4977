import * as z from 'zod'
import type { Part } from './question.ts'

/** What a passage tells, as a model may say it. */
export const opinionModes = ['do', 'done', 'problem'] as const

/** A passage that a model takes for a duty: a run of clauses with values from closed lists. */
export interface OpinionRange {
  readonly start: number
  readonly end: number
  readonly kind: string
  readonly mode: (typeof opinionModes)[number]
  /** One of the names that the part offered; null where the model names none. */
  readonly subject: string | null
}

/** Why an answer is not used, from a closed list. One fault rejects the whole answer: nothing of it is mended. */
export const opinionFaults = [
  'not-json',
  'shape',
  'outside',
  'backwards',
  'out-of-order',
  'overlap',
  'unknown-kind',
  'unknown-mode',
  'unknown-subject',
] as const
export type OpinionFault = (typeof opinionFaults)[number]

/** Why a model gave no answer that can be looked at, from a closed list. The words of whoever answered are never kept. */
export const opinionSilences = [
  'no-host',
  'forbidden-address',
  'no-connection',
  'timeout',
  'security',
  'redirect',
  'refused',
  'answer',
  'too-large',
  'too-long',
  'no-words',
] as const
/** One of these. */
export type Silence = (typeof opinionSilences)[number]

// Strict: a field that was not asked for (a figure, a day, a sentence) rejects the answer.
const Answer = z.strictObject({
  ranges: z
    .array(
      z.strictObject({
        from: z.int(),
        to: z.int(),
        kind: z.string().max(40),
        mode: z.string().max(40),
        subject: z.int().nullable(),
      }),
    )
    .max(200),
})

/** Reads a model's answer on a part: JSON, alone or in a code fence, checked value by value. `kinds` are the ids that it may use. */
export function answerOn(
  part: Part,
  words: string,
  kinds: ReadonlySet<string>,
): { ranges: OpinionRange[] } | { fault: OpinionFault } {
  const said = jsonOf(words)
  if (said === undefined) return { fault: 'not-json' }
  const parsed = Answer.safeParse(said)
  if (!parsed.success) return { fault: 'shape' }
  const ranges: OpinionRange[] = []
  let last = { from: 0, to: 0 }
  for (const { from, to, kind, mode, subject } of parsed.data.ranges) {
    const first = part.clauses[from - 1]
    const final = part.clauses[to - 1]
    if (first === undefined || final === undefined) return { fault: 'outside' }
    if (to < from) return { fault: 'backwards' }
    if (from <= last.to) return { fault: from < last.from ? 'out-of-order' : 'overlap' }
    if (!kinds.has(kind)) return { fault: 'unknown-kind' }
    const known = opinionModes.find((one) => one === mode)
    if (known === undefined) return { fault: 'unknown-mode' }
    const name = subject === null ? null : part.subjects[subject - 1]
    if (name === undefined) return { fault: 'unknown-subject' }
    ranges.push({ start: first.start, end: final.end, kind, mode: known, subject: name })
    last = { from, to }
  }
  return { ranges }
}

/** The JSON of an answer; thinking before it and a code fence around it are taken off, anything else is no JSON. */
function jsonOf(words: string): unknown {
  const bare = words.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim()
  const fenced = /^```(?:json)?\s*\n([\s\S]*?)\n?```$/.exec(bare)
  try {
    return JSON.parse(fenced?.[1] ?? bare)
  } catch {
    return undefined
  }
}

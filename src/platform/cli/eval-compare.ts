import type { Gold } from '../../core/reading/gold.ts'
import type { Reading } from '../../core/reading/reading.ts'
import { type Match, pairsOf, percent, rates, type Score, type Share } from '../../core/reading/scoring.ts'

/** A measure before and after a change of words, in percent; null where nothing was judged. */
export interface Change {
  readonly name: string
  readonly before: number | null
  readonly after: number | null
}

/** A duty that was read right before and is not any more. */
export interface Loss {
  readonly document: string
  readonly words: string
  readonly what: 'span' | 'kind'
  /** What stands in its place now, in one word of the catalogue; null where nothing does. */
  readonly now: string | null
}

const f1 = (match: Match) => (match.gold === 0 && match.proposed === 0 ? null : rates(match).f1)

/** Every measure of two scores of the same documents. */
export function changesOf(before: Score, after: Score): Change[] {
  const match = (name: string, of: (score: Score) => Match): Change => ({
    name,
    before: f1(of(before)),
    after: f1(of(after)),
  })
  const share = (name: string, of: (score: Score) => Share): Change => ({
    name,
    before: percent(of(before)),
    after: percent(of(after)),
  })
  return [
    match('标题 F1', (score) => score.outline),
    match('责任条目边界 F1', (score) => score.span),
    share('标注条目已覆盖', (score) => score.covered),
    share('类别', (score) => score.kind),
    share('责任主体', (score) => score.subject),
    share('频次', (score) => score.cadence),
    share('已做、要做', (score) => score.mode),
    share('时限', (score) => score.deadline),
    share('责任单位', (score) => score.units),
    match('数字空位 F1', (score) => score.slot),
    match('数字口径 F1', (score) => score.binding),
  ]
}

/** Claims that a measure fell, by more than rounding shows. */
export const isWorse = ({ before, after }: Change): boolean =>
  before !== null && after !== null && before - after >= 0.05

/** Duties of the gold that the first reading had right and the second has not. */
export function lossesOf(document: string, text: string, gold: Gold, before: Reading, after: Reading): Loss[] {
  const drafts = (reading: Reading) =>
    new Map(pairsOf(reading, gold).map((pair) => [pair.gold, reading.duties[pair.draft]!]))
  const [had, has] = [drafts(before), drafts(after)]
  return gold.duties.flatMap((duty, index): Loss[] => {
    const was = had.get(index)
    const is = has.get(index)
    const loss = { document, words: text.slice(duty.start, duty.end).replace(/\s+/g, '').slice(0, 40) }
    if (was !== undefined && is === undefined) return [{ ...loss, what: 'span', now: null }]
    return was?.kind === duty.kind && is !== undefined && is.kind !== duty.kind
      ? [{ ...loss, what: 'kind', now: is.kind }]
      : []
  })
}

/** The comparison as lines: every measure before → after, then what got worse. */
export function comparisonLines(changes: readonly Change[], losses: readonly Loss[], documents: number): string[] {
  const said = (value: number | null) => (value === null ? '—' : value.toFixed(1))
  const lines = [`现行词表 → 改后词表，${documents} 份 / present words → changed words, ${documents} documents`]
  for (const change of changes) {
    const { name, before, after } = change
    const step = before === null || after === null ? 0 : after - before
    const sign = isWorse(change) ? `  ▼ ${step.toFixed(1)}` : step >= 0.05 ? `  ▲ +${step.toFixed(1)}` : ''
    lines.push(`  ${name}  ${said(before)} → ${said(after)}${sign}`)
  }
  const worse = changes.filter(isWorse).map(({ name }) => name)
  lines.push(worse.length === 0 ? '没有变差的 / nothing got worse' : `变差了 / got worse: ${worse.join('、')}`)
  for (const { document, words, what, now } of losses)
    lines.push(
      `  ${document}  ${what === 'span' ? '不再识出 / no longer found' : `类别成了 ${now} / kind is now ${now}`}：${words}`,
    )
  return lines
}

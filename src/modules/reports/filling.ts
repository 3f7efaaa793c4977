import { makeFigure } from '../../core/figures/figure.ts'
import { type Answer, compileFill, type Filled } from '../../core/figures/fill.ts'
import { maySeeNumber } from '../../core/figures/masking.ts'
import { type MetricQuery, metricQuery, type Period, type Unfilled } from '../../core/figures/query.ts'
import { printFigure } from '../../core/figures/wording.ts'
import type { Reading } from '../../core/reading/reading.ts'
import type { Context } from '../../platform/action/action.ts'
import { type AsOfSize, type Counted, countFacts } from '../../platform/facts/facts.ts'
import { fill } from '../../platform/i18n/words.ts'
import type { ReportSlot } from './report.contract.ts'

/** What a person decided for a slot; absent: as the words of the text mean. */
export interface Binding {
  metric?: string | undefined
  params?: Record<string, string> | undefined
  /** Left masked on purpose, with the reason. */
  leave?: string | undefined
}
export type Bindings = Readonly<Record<string, Binding>>

type Slot = Reading['slots'][number]

/** One slot answered: its query where it is bound, its count where it could be counted. */
export interface Answered {
  readonly no: number
  readonly slot: Slot
  readonly binding: { metric: string | null; params: Record<string, string> }
  readonly state: ReportSlot['state']
  readonly why: string | null
  readonly sentence: { zh: string; en: string } | null
  readonly query: MetricQuery | null
  readonly counted: Counted | null
}

/** The slots of a reading that ask for a figure of the bureau's own records: results and stated targets, in the order of the text. */
export function figureSlots(reading: Pick<Reading, 'slots'>): Slot[] {
  return reading.slots.filter((slot) => slot.role === 'result' || (slot.role === 'target' && slot.metric !== null))
}

/** Counts every bound slot as of a journal size; what cannot be counted says why, and nothing is guessed. */
export async function answerSlots(
  ctx: Context,
  slots: readonly Slot[],
  bindings: Bindings,
  period: Period,
  asOf: AsOfSize,
): Promise<Answered[]> {
  const pending = slots.map(async (slot, index): Promise<Answered> => {
    const no = index + 1
    const chosen = bindings[String(no)]
    const metric = chosen?.metric ?? slot.metric
    const binding = { metric, params: chosen?.params ?? slot.params }
    const none = { no, slot, binding, query: null, counted: null }
    if (chosen?.leave !== undefined) return { ...none, state: 'left', why: chosen.leave, sentence: null }
    if (metric === null) return { ...none, state: 'unbound', ...unboundWords(ctx, slot) }
    const query = metricQuery(ctx.catalogues.catalogue, metric, binding.params, period)
    if ('unfilled' in query) return { ...none, state: 'masked', ...wordsOf(ctx, query) }
    const counted = await countFacts(ctx.tx, ctx.facts, ctx.org.orgId, query, asOf)
    const answered = { ...none, query, counted }
    if (counted.value === null)
      return { ...answered, state: 'masked', ...wordsOf(ctx, { unfilled: 'figure/no-facts', sentence: null }) }
    if (
      !maySeeNumber(
        counted.value,
        query.maskedBelow,
        ctx.actor.holdings.map((holding) => holding.role),
      )
    ) {
      return { ...answered, state: 'masked', ...wordsOf(ctx, { unfilled: 'figure/small', sentence: null }) }
    }
    return { ...answered, state: 'filled', why: null, sentence: null }
  })
  return Promise.all(pending)
}

/** Why a slot is unbound: what the reader of the text says, else the general sentence. */
function unboundWords(ctx: Context, slot: Slot) {
  const general = wordsOf(ctx, { unfilled: 'figure/unbound', sentence: null })
  return slot.why === null
    ? general
    : { why: slot.why, sentence: { zh: slot.why, en: general.sentence?.en ?? slot.why } }
}

function wordsOf(
  ctx: Context,
  unfilled: { unfilled: Unfilled['unfilled'] | 'figure/small' | 'figure/unbound'; sentence: Unfilled['sentence'] },
) {
  const words = ctx.catalogues.words.messages.get(unfilled.unfilled)
  return { why: unfilled.unfilled, sentence: unfilled.sentence ?? (words ? { zh: words.zh, en: words.en } : null) }
}

/** The text with its figures in place. Figures are built with their trace, or with none where only values were asked for. */
export function fillText(
  ctx: Context,
  text: string,
  answered: readonly Answered[],
  period: Period,
  asOf: number,
  organisationDay: string,
): Filled {
  const answers = answered.map(({ state, query, counted, binding, why, sentence, slot }): Answer => {
    if (state !== 'filled' || query === null || counted === null || counted.value === null) {
      // Last year's number must not pass for this year's; a target is set by a person and stays.
      const old = slot.role === 'result' && slot.value !== null
      return { masked: why ?? 'figure/unbound', sentence, ...(old ? { sign: '*' } : {}) }
    }
    const figure = makeFigure({
      value: counted.value,
      unit: slot.unit,
      asOf: { size: asOf, organisationDay, ...period },
      trace: {
        metric: query.metric,
        params: query.params,
        where: query.where,
        aggregate: query.aggregate,
        catalogue: ctx.catalogues.catalogue.hash,
        entries: counted.entries,
      },
    })
    return { figure, units: ctx.catalogues.catalogue.metrics.get(binding.metric!).units }
  })
  return compileFill(
    text,
    answered.map(({ slot }) => slot),
    answers,
  )
}

/** How one slot is shown: value, wording and its truth, or why it stays masked. */
export function slotView(ctx: Context, answered: Answered): ReportSlot {
  const { no, slot, binding, query, counted } = answered
  let { state, why, sentence } = answered
  const metric = binding.metric === null ? undefined : ctx.catalogues.catalogue.metrics.find(binding.metric)
  const value = state === 'filled' ? (counted?.value ?? null) : null
  const printed =
    value === null ? null : printFigure({ value, unit: slot.unit, approx: slot.approx, phrase: slot.phrase })
  if (printed && !printed.ok) {
    state = 'masked'
    why = 'figure/wording'
    sentence = printed.truth
  }
  return {
    no,
    start: slot.start,
    end: slot.end,
    numStart: slot.numStart,
    numEnd: slot.numEnd,
    phrase: slot.phrase,
    metric: binding.metric,
    name: metric ? metric.words : null,
    params: binding.params,
    unit: slot.unit,
    approx: slot.approx,
    state,
    value,
    printed: printed?.ok ? printed.printed : null,
    truth: printed?.truth ?? null,
    definition: query?.definition ?? metric?.means ?? null,
    why,
    sentence,
  }
}

/** How a figure was counted, in words. */
export function countedWords(
  ctx: Context,
  query: MetricQuery,
  period: Period,
  facts: { records: number; late: number; opening: number },
): { zh: string; en: string } {
  const words = ctx.catalogues.words.messages.get('figure/counted')
  const values = { ...facts, from: period.from, to: period.to }
  return {
    zh: fill(words?.zh ?? '', { ...values, means: query.definition.zh }),
    en: fill(words?.en ?? '', { ...values, means: query.definition.en }),
  }
}

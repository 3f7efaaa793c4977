import { sql } from 'kysely'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { fill } from '../../platform/i18n/words.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { type Answered, answerSlots, figureSlots, slotView } from './filling.ts'
import { read } from './report.access.ts'
import { checkReport, type findings, type ReportSlot } from './report.contract.ts'
import { type DraftRow, mustFindDraft } from './report.queries.ts'

type Finding = {
  code: (typeof findings)[number]
  decide: boolean
  slots: number[]
  before: number | null
  now: number | null
  added: number
  gone: number
  reportId: string | null
  sentence: { zh: string; en: string }
}

/** A figure's identity: two slots that ask for the same must say the same. */
const askedBy = ({ metric, params }: Pick<ReportSlot, 'metric' | 'params'>) =>
  JSON.stringify([metric, Object.entries(params).sort()])

/** The words around a number, by which two slots look alike to a reader. */
const frameOf = ({ phrase, start, numStart, numEnd }: ReportSlot) =>
  `${phrase.slice(0, numStart - start)}#${phrase.slice(numEnd - start)}`

class Findings {
  readonly items: Finding[] = []
  private readonly ctx: ReadContext

  constructor(ctx: ReadContext) {
    this.ctx = ctx
  }

  add(
    code: Finding['code'],
    slots: number[],
    values: Record<string, string | number>,
    more: Partial<Omit<Finding, 'code' | 'slots' | 'sentence'>> = {},
  ): void {
    const words = this.ctx.catalogues.words.messages.get(`report-check/${code}`)
    const sentence = { zh: fill(words?.zh ?? code, values), en: fill(words?.en ?? code, values) }
    const blank = { decide: false, before: null, now: null, added: 0, gone: 0, reportId: null }
    this.items.push({ code, slots, ...blank, ...more, sentence })
  }
}

const groupsOf = <T>(list: readonly T[], keyOf: (one: T) => string | null): T[][] => {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const key = keyOf(one)
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
}

/** What each figure stands on its own. */
function eachSlot(found: Findings, slots: readonly ReportSlot[]): void {
  for (const slot of slots) {
    const values = { no: slot.no, phrase: slot.phrase }
    if (slot.state === 'unbound') found.add('unbound', [slot.no], values, { decide: true })
    else if (slot.why === 'figure/wording') found.add('wording', [slot.no], values)
    else if (slot.state === 'masked') found.add('masked', [slot.no], values)
  }
}

/** One figure is the same in all places: the same question is answered alike, and the same words ask the same question. */
function amongSlots(found: Findings, slots: readonly ReportSlot[]): void {
  for (const group of groupsOf(slots, (slot) => (slot.metric === null ? null : askedBy(slot)))) {
    const states = new Set(group.map(({ state }) => (state === 'filled' ? state : 'blank')))
    const nos = group.map(({ no }) => no)
    const [first] = group
    if (states.size > 1) found.add('unequal', nos, { nos: nos.join('、'), phrase: first?.phrase ?? '' })
  }
  const bound = slots.filter(({ metric }) => metric !== null)
  for (const group of groupsOf(bound, frameOf)) {
    const [first] = group
    if (new Set(group.map(askedBy)).size < 2 || first === undefined) continue
    const nos = group.map(({ no }) => no)
    found.add('two-definitions', nos, { nos: nos.join('、'), phrase: first.phrase }, { decide: true })
  }
}

/** Which figures read differently since they were looked at, with the records that made it so. */
function sinceSeen(found: Findings, then: readonly Answered[], now: readonly Answered[]): void {
  for (const [index, one] of now.entries()) {
    const was = then[index]?.counted ?? null
    const is = one.counted
    if (was === null || is === null || was.value === is.value) continue
    const before = new Set(was.entries)
    const after = new Set(is.entries)
    const added = is.entries.filter((idx) => !before.has(idx)).length
    const gone = was.entries.filter((idx) => !after.has(idx)).length
    const values = { no: one.no, phrase: one.slot.phrase, before: was.value ?? '', now: is.value ?? '', added, gone }
    found.add('changed', [one.no], values, { before: was.value, now: is.value, added, gone })
  }
}

/** Figures that a report issued for the same days states otherwise. */
async function againstIssued(ctx: ReadContext, found: Findings, draft: DraftRow, slots: readonly ReportSlot[]) {
  const issued = await ctx.tx.all(sql<{ id: string; title: string; views: ReportSlot[] }>`
    select r.id, r.title, (select coalesce(jsonb_agg(f -> 'view'), '[]'::jsonb) from jsonb_array_elements(r.figures) f) as views
      from reports r where r.org_id = ${ctx.org.orgId} and r.superseded_idx = ${sql.raw(CURRENT)} and not r.withdrawn
       and r.from_on = ${draft.from_on}::date and r.to_on = ${draft.to_on}::date order by r.as_of desc limit 5`)
  for (const slot of slots) {
    if (slot.metric === null || slot.value === null) continue
    for (const { id, title, views } of issued) {
      const said = views.find((view) => view.metric !== null && view.value !== null && askedBy(view) === askedBy(slot))
      if (said === undefined || said.value === slot.value || said.value === null) continue
      const values = { no: slot.no, phrase: slot.phrase, title, before: said.value, now: slot.value }
      found.add('issued', [slot.no], values, { before: said.value, now: slot.value, reportId: id })
    }
  }
}

export const check = answer(checkReport, {
  may: read,
  async run(ctx, input) {
    const draft = await mustFindDraft(ctx, input.draftId)
    const period = { from: draft.from_on, to: draft.to_on }
    const slots = figureSlots(draft.reading)
    const [now, then] = await Promise.all([
      answerSlots(ctx, slots, draft.bindings, period, null),
      draft.seen_size === null ? [] : answerSlots(ctx, slots, draft.bindings, period, draft.seen_size),
    ])
    const views = now.map((one) => slotView(ctx, one))
    const found = new Findings(ctx)
    eachSlot(found, views)
    amongSlots(found, views)
    sinceSeen(found, then, now)
    await againstIssued(ctx, found, draft, views)
    const old = now.filter(({ state, slot }) => state !== 'filled' && slot.role === 'result' && slot.value !== null)
    if (old.length > 0) {
      const nos = old.map(({ no }) => no)
      found.add('old-number', nos, { nos: nos.join('、') })
    }
    if (draft.reading.dated.length > 0) found.add('dated', [], { count: draft.reading.dated.length })
    return {
      draftId: draft.id,
      ready: found.items.every(({ decide }) => !decide),
      seenSize: draft.seen_size,
      items: found.items,
    }
  },
})

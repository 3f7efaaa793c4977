import { answer, type ReadContext } from '../../platform/action/action.ts'
import { fill } from '../../platform/i18n/words.ts'
import { lateDuties } from '../duties/owed.facts.ts'
import { type Owed, owedBy } from '../obligations/owed.facts.ts'
import { unitNames, unitsOn } from '../organisation/organisation.facts.ts'
import { read } from './report.access.ts'
import { reportShortfalls } from './report.contract.ts'
import { mustFindDraft } from './report.queries.ts'

type Short = { unmet: number; late: number }

const short = (owed: readonly Owed[]): Short => ({
  unmet: owed.filter(({ outcome }) => outcome === 'unmet').length,
  late: owed.filter(({ outcome }) => outcome === 'late').length,
})

/** What one rule owed in the period, with the units that fell short in the order of the organisation. */
function ruleShort(
  ctx: ReadContext,
  owed: readonly Owed[],
  names: ReadonlyMap<string, string>,
  order: readonly string[],
) {
  const [{ by }] = owed as [Owed]
  const version = by.versions.findLast(({ from }) => owed.some((one) => one.version === from)) ?? by.versions.at(-1)
  // Who among persons fell short is for the pages of the rule; a speech needs the number.
  const named = by.visibility === 'unit' && owed.every(({ subject }) => subject.type !== 'person')
  const units = named
    ? order.flatMap((unitId) => {
        const of = short(owed.filter(({ subject }) => subject.unitId === unitId))
        return of.unmet + of.late > 0 ? [{ unitId, name: names.get(unitId) ?? null, ...of }] : []
      })
    : []
  const numbers = short(owed)
  const article = version?.article ?? null
  const sentence = (language: 'zh' | 'en') => {
    // What is ordinarily done and was not seen is no fault (product rule: an expectation never turns red).
    const code = by.expected ? 'report/shortfall-expected' : 'report/shortfall-owed'
    const words = (key: string) => ctx.catalogues.words.messages.get(key)?.[language] ?? ''
    const list = units.map(({ name, unmet, late }) =>
      fill(words('report/shortfall-unit'), { name: name ?? '', count: unmet + late }),
    )
    const whose =
      list.length === 0
        ? ''
        : fill(words('report/shortfall-units'), { units: list.join(words('report/shortfall-comma')) })
    return fill(words(code), {
      rule: by.words[language],
      source: by.source[language],
      article: article ?? '',
      unmet: numbers.unmet,
      late: numbers.late,
      whose,
    })
  }
  return {
    rule: by.id,
    words: by.words,
    source: by.source,
    article,
    expected: by.expected,
    unconfirmed: by.unconfirmed,
    owed: owed.filter(({ outcome }) => outcome !== 'upcoming').length,
    ...numbers,
    units,
    sentence: { zh: sentence('zh'), en: sentence('en') },
  }
}

export const shortfalls = answer(reportShortfalls, {
  may: read,
  stubs: true,
  async run(ctx, input) {
    const draft = await mustFindDraft(ctx, input.draftId)
    const span = { from: draft.from_on, to: draft.to_on }
    const { orgId } = ctx.org
    const on = ctx.today
    const [owed, units, names, late] = await Promise.all([
      owedBy(ctx, { on, span }),
      unitsOn(ctx.tx, orgId, on),
      unitNames(ctx.tx, orgId, on),
      lateDuties(ctx, span),
    ])
    const order = [...new Set([...units.map(({ unitId }) => unitId), ...owed.map(({ subject }) => subject.unitId)])]
    const byRule = new Map<string, Owed[]>()
    for (const one of owed) {
      const { visibility } = one.by
      if (visibility === 'talks' || visibility === 'personal' || one.window.from < span.from) continue
      byRule.set(one.rule, [...(byRule.get(one.rule) ?? []), one])
    }
    const rules = [...byRule.values()]
      .filter((group) => group.some(({ outcome }) => outcome === 'unmet' || outcome === 'late'))
      .map((group) => ruleShort(ctx, group, names, order))
    const duties = late.map(({ id, no, year, title, leadUnitId, dueOn, closedOn }) => ({
      dutyId: id,
      no,
      year,
      title,
      unit: leadUnitId === null ? null : (names.get(leadUnitId) ?? null),
      dueOn,
      closedOn,
    }))
    return { ...span, on, rules, duties }
  },
})

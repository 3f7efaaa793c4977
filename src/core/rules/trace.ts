import type { Judged } from './engine.ts'
import type { Organisation } from './history.ts'
import { coversAll, decisive, type Tally } from './judge.ts'
import { FESTIVAL } from './match.ts'
import type { MetBy, Near, Span, TraceStep } from './obligation.ts'
import type { FactPattern } from './rule.ts'
import { countDays, covers } from './spans.ts'
import { bearersOf } from './subjects.ts'
import type { DueWindow } from './windows.ts'
import type { SetSpan } from './world.ts'

type Values = TraceStep['values']

/** Every code that a trace may hold; each is worded under `obligation-trace/` in the catalogue. */
export const traceCodes = [
  'rule',
  'rule-without-article',
  'local',
  'expected',
  'unconfirmed',
  'version',
  'subject-unit',
  'subject-post',
  'subject-person',
  'class-missing',
  'window-every',
  'window-years',
  'window-by',
  'window-festivals',
  'window-event',
  'window-opens',
  'window-notice',
  'due-uncertain',
  'ordinarily',
  'lead',
  'covered-all',
  'covered-part',
  'part-in-full',
  'part-half',
  'part-share',
  'alternatives',
  'need-count',
  'need-hours',
  'need-field',
  'by-below',
  'by-bureau',
  'by-attended',
  'by-led',
  'talk-initiator',
  'talk-counterpart',
  'talk-either',
  'topics',
  'field',
  'share',
  'quorum',
  'opening',
  'counted',
  'counted-hours',
  'counted-field',
  'counted-none',
  'near',
  'excuse',
  'excuse-until',
  'outcome-upcoming',
  'outcome-open',
  'outcome-met',
  'outcome-late',
  'outcome-unmet',
  'outcome-excused',
  'outcome-undetermined-class',
  'outcome-undetermined-calendar',
  'outcome-undetermined-go-live',
  'outcome-undetermined-record',
  'outcome-undetermined-silence',
] as const
export type TraceCode = (typeof traceCodes)[number]

function step(code: TraceCode, values: Values = {}): TraceStep {
  return { code, values }
}

/**
 * The reasoning of an obligation in the order in which one would tell it: the rule and its version, who is obliged since
 * when, the window and its due day, the days covered, what is asked and what counted, what nearly counted, the outcome.
 * Values are days, numbers and ids; `traceSentences` makes sentences of them.
 */
export function traceOf(
  organisation: Organisation,
  judged: Judged,
  near: readonly Near[],
  day: { readonly on: string; readonly goLiveOn: string },
): TraceStep[] {
  return [
    ...ruleSteps(judged),
    ...subjectSteps(organisation, judged),
    ...windowSteps(judged.window),
    ...coveredSteps(judged),
    ...judged.tallies.flatMap((tally, i) => needSteps(judged, tally, i)),
    ...near.map(({ type, id, on, why, field = null }) => step('near', { type, record: id, day: on, why, field })),
    ...excuseSteps(judged),
    outcomeStep(judged, day),
  ]
}

function ruleSteps({ rule, window: { version, from } }: Judged): TraceStep[] {
  const { words, source, expected, unconfirmed } = rule
  const { says, article, localSource } = version
  const values = {
    rule: words.zh,
    ruleEn: words.en,
    source: source.zh.replace(/^《(.*)》$/, '$1'),
    sourceEn: source.en,
    says: says.zh,
    saysEn: says.en,
  }
  return [
    article === null ? step('rule-without-article', values) : step('rule', { ...values, article }),
    ...(localSource === null ? [] : [step('local', { source: localSource, from: version.from })]),
    step('version', { from: version.from, windowFrom: from }),
    ...(expected ? [step('expected')] : []),
    ...(unconfirmed ? [step('unconfirmed')] : []),
  ]
}

function subjectSteps(organisation: Organisation, { covered, window, obligation }: Judged): TraceStep[] {
  const { type, id, first, missing } = covered
  const spans = bearersOf(organisation, window.version.who).get(id) ?? []
  const since = spans.find((span) => covers(span, first))?.from ?? first
  const code = { unit: 'subject-unit', post: 'subject-post', person: 'subject-person' } as const
  const { unitId } = obligation.subject
  return [
    step(code[type], { [type]: id, from: since, first, unit: type === 'unit' ? id : unitId }),
    ...(missing.includes('person-class') ? [step('class-missing', { person: id, day: first })] : []),
  ]
}

function windowSteps(window: DueWindow): TraceStep[] {
  const { version, from, to, dueOn, festivals, events, certain, countsFrom, countsTo } = window
  const set = version.window
  const days: Values = { from, to, due: dueOn }
  const found: TraceStep[] = []
  if ('every' in set) found.push(step('window-every', { ...days, every: set.every }))
  else if ('years' in set) found.push(step('window-years', { ...days, years: set.years }))
  else if ('by' in set) found.push(step('window-by', { ...days, lateTo: countsTo }))
  else if ('before' in set)
    found.push(step('window-festivals', { ...days, festivals: festivals.join(','), days: set.days }))
  else if ('notice' in set) found.push(step('window-notice', days))
  else {
    const opens = set.opens_before_end !== undefined
    const event = events[0]
    const values = { ...days, event: event?.id ?? null, day: event?.on ?? null, ...spanOf(set.within) }
    found.push(step(opens ? 'window-opens' : 'window-event', values))
  }
  if (countsFrom < from) found.push(step('lead', { day: countsFrom }))
  if (!certain) found.push(step('due-uncertain', { year: Number(dueOn.slice(0, 4)) }))
  if (version.ordinarilyIn)
    found.push(step('ordinarily', { first: version.ordinarilyIn[0], last: version.ordinarilyIn[1] }))
  return found
}

function spanOf(span: SetSpan): { number: number; span: string } {
  if ('days' in span) return { number: span.days, span: 'days' }
  return 'months' in span
    ? { number: span.months, span: 'months' }
    : { number: span.working_days, span: 'working-days' }
}

function coveredSteps({ covered, window, tallies }: Judged): TraceStep[] {
  const length = countDays([window])
  if (coversAll(covered, window)) return [step('covered-all', { length })]
  const ranges = covered.days.map(({ from, to }: Span) => `${from}/${to}`).join(',')
  const part = {
    'owed-in-full': 'part-in-full',
    'not-owed-under-half': 'part-half',
    'floor-of-share': 'part-share',
  } as const
  return [
    step('covered-part', { length, count: countDays(covered.days), ranges }),
    step(part[window.version.partial], { needed: tallies[0]!.needed }),
  ]
}

function kindsOf(pattern: FactPattern): Values {
  if ('activity' in pattern) return { kinds: pattern.activity.join(',') }
  if ('talk' in pattern) return { kinds: pattern.talk.join(',') }
  return { kinds: 'statement' in pattern ? `statement:${pattern.statement}` : 'list' }
}

/** What a record must be like to count, beyond its kind. */
function conditionSteps(pattern: FactPattern, { festivals }: DueWindow): TraceStep[] {
  if ('talk' in pattern) return [step(`talk-${pattern.by}`)]
  if (!('activity' in pattern)) return []
  const { by, topics, equals, present, quorum } = pattern
  const fields = Object.entries(equals ?? {}).map(([field, value]) => {
    const asked = (typeof value === 'object' ? value : [value]).map(String)
    const values = asked.flatMap((one) => (one === FESTIVAL ? festivals : one))
    return step('field', { field, values: values.map((one) => `${field}/${one}`).join(',') })
  })
  return [
    ...(by === 'own' ? [] : [step(`by-${by}`)]),
    ...(topics === undefined ? [] : [step('topics', { topics: topics.join(',') })]),
    ...fields,
    ...(present === undefined ? [] : [step('share', { over: present[0], under: present[1] })]),
    ...(quorum ? [step('quorum')] : []),
  ]
}

function needSteps({ tallies, window }: Judged, tally: Tally, i: number): TraceStep[] {
  const { measure, needed, counted, of, metBy } = tally
  const kinds = kindsOf(measure.of)
  const needs = { needed, counted, ...kinds }
  const first = i === 0 && tallies.length > 1 ? [step('alternatives', { number: tallies.length })] : []
  const need =
    of === 'count'
      ? step('need-count', needs)
      : of === 'hours'
        ? step('need-hours', needs)
        : step('need-field', { ...needs, field: of })
  const records = metBy.length === 0 ? [step('counted-none')] : countedSteps(metBy, of)
  return [...first, need, ...conditionSteps(measure.of, window), ...records]
}

function countedSteps(metBy: readonly MetBy[], of: string): TraceStep[] {
  let sum = 0
  return metBy.map(({ type, id, on, amount }) => {
    sum = Math.round((sum + amount) * 10_000) / 10_000
    const values = { type, record: id, day: on, amount, sum }
    if (type === 'opening') return step('opening', values)
    if (of === 'count') return step('counted', values)
    return of === 'hours' ? step('counted-hours', values) : step('counted-field', { ...values, field: of })
  })
}

function excuseSteps({ excuse, because }: Judged): TraceStep[] {
  if (excuse === null || because !== 'excused') return []
  const { reason, until } = excuse
  return [until === null ? step('excuse', { reason }) : step('excuse-until', { reason, until })]
}

function outcomeStep(
  { because, tallies, window }: Judged,
  { on, goLiveOn }: { on: string; goLiveOn: string },
): TraceStep {
  const { metOn, needed, counted } = decisive(tallies)
  return step(`outcome-${because}`, { on, due: window.dueOn, from: window.from, metOn, needed, counted, goLiveOn })
}

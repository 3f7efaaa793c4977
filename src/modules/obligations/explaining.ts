import { sql } from 'kysely'
import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import { within } from '../../core/access/scope.ts'
import { around, withNeighbours } from '../../core/rules/around.ts'
import { explain, parseObligationId } from '../../core/rules/explain.ts'
import { organisationOf } from '../../core/rules/history.ts'
import { type Nothing, whyAsleep, whyNothing } from '../../core/rules/nothing.ts'
import type { Explained, MetBy, Near } from '../../core/rules/obligation.ts'
import { fieldWords, type NameOf, traceSentences, whyWords, wordsOf } from '../../core/rules/sentences.ts'
import { bearerType, unitOfSubject } from '../../core/rules/subjects.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT } from '../../platform/journal/record.ts'
import { mayExcuse } from './excuse.access.ts'
import { groundOf } from './ground.ts'
import { rightsOf, seesObligation } from './obligation.access.ts'
import { getObligation, type RecordLine } from './obligation.contract.ts'
import type { Owed } from './owed.ts'
import { lineOf, namesOf, type When, whenOf } from './reading.ts'
import { loadWorld } from './world.ts'

/**
 * An obligation of the actor's bureau with its reasons. Where nothing is owed the refusal says why, if he may know it; of
 * subjects that do not exist or are out of his sight it says no more than that nothing is there.
 */
async function explained(ctx: ReadContext, id: string, { on, size }: When): Promise<Explained & Pick<Owed, 'by'>> {
  const parts = parseObligationId(id)
  const ground = await groundOf(ctx, size)
  const by = ground.rules.find((rule) => rule.id === parts?.rule)
  if (parts !== null && by === undefined) refuseAsleep(ctx, parts.rule)
  if (parts === null || by === undefined || !UUID.test(parts.subject)) throw new Refusal('record/not-found')
  const { subject, windowFrom } = parts
  const organisation = organisationOf(ground.history)
  const of = withNeighbours(organisation, around(organisation, [subject]))
  const span = { from: windowFrom, to: windowFrom }
  const world = await loadWorld(ctx, { ...ground, rules: [by], span, on, size, of })
  const found = explain(world, id, on)
  if (found === null) {
    const type = bearerType(by.versions[0]!.who)
    const unitId = unitOfSubject(world, { type, id: subject }, windowFrom)
    const there =
      unitId !== null &&
      seesObligation(ctx.actor, { rule: by.id, by, subject: { type, id: subject, unitId }, expected: by.expected })
    if (!there) throw new Refusal('record/not-found')
    throw nothingOwed(ctx, whyNothing(world, by, subject, windowFrom, on))
  }
  if (!seesObligation(ctx.actor, { ...found, by })) throw new Refusal('record/not-found')
  return { ...found, by }
}

/** A rule that is shipped but owes nothing in this bureau. */
function refuseAsleep(ctx: ReadContext, id: string): void {
  const rule = ctx.catalogues.catalogue.rules.find(id)
  if (rule !== undefined) throw nothingOwed(ctx, whyAsleep(rule))
}

function nothingOwed(ctx: ReadContext, why: Nothing): Refusal {
  const { zh, en } = wordsOf(ctx.catalogues.words.messages, 'obligation-nothing', why)
  return new Refusal('obligation/nothing-owed', { reason: why, why: zh, whyEn: en })
}

interface Opened {
  id: string
  unit_id: string | null
  host_pid: string | null
  title: string | null
}

/** Titles of the records that the actor may open; the others stay stubs. */
async function openedOf(
  ctx: ReadContext,
  records: readonly (MetBy | Near)[],
): Promise<ReadonlyMap<string, string | null>> {
  const idsOf = (type: MetBy['type']) => records.flatMap((one) => (one.type === type ? [one.id] : []))
  const { scopes } = ctx.actor
  const [activities, talks] = await Promise.all([
    ctx.tx.all(sql<Opened>`select a.id, a.unit_id, a.host_pid, a.title from activities a
      where a.org_id = ${ctx.org.orgId} and a.id = any(${idsOf('activity')}::uuid[]) and a.superseded_idx = ${sql.raw(CURRENT)}`),
    ctx.tx.all(sql<{
      id: string
      unit_id: string | null
      a: string
      b: string
    }>`select p.talk_id id, p.unit_id, p.initiator_pid a,
        p.counterpart_pid b from talk_pairs p
      where p.org_id = ${ctx.org.orgId} and p.talk_id = any(${idsOf('talk')}::uuid[]) and p.superseded_idx = ${sql.raw(CURRENT)}`),
  ])
  const opened = new Map<string, string | null>()
  for (const { id, unit_id, host_pid, title } of activities)
    if (within(scopes.general, [unit_id], [host_pid])) opened.set(id, title)
  for (const { id, unit_id, a, b } of talks) if (within(scopes.talks, [unit_id], [a, b])) opened.set(id, null)
  return opened
}

function recordLine(
  ctx: ReadContext,
  one: MetBy | Near,
  opened: ReadonlyMap<string, string | null>,
  nameOf: NameOf,
): z.input<typeof RecordLine> {
  const { messages } = ctx.catalogues.words
  const why = 'why' in one ? one.why : null
  return {
    type: one.type,
    on: one.on,
    amount: 'amount' in one ? one.amount : null,
    why,
    reason: why === null ? null : whyWords(why, 'field' in one ? one.field : null, messages, nameOf),
    recordId: opened.has(one.id) || one.type === 'list' ? one.id : null,
    title: opened.get(one.id) ?? null,
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Names of whatever the steps of a trace speak of. */
async function namer(ctx: ReadContext, found: Explained, opened: ReadonlyMap<string, string | null>): Promise<NameOf> {
  const ids = found.trace.flatMap(({ values }) =>
    Object.values(values).filter((value): value is string => UUID.test(String(value))),
  )
  const asked = (['post', 'person'] as const).flatMap((type) => ids.map((id) => ({ type, id, unitId: id })))
  const names = await namesOf(ctx, [...asked, found.subject])
  const { activityKinds, talkKinds, topics, audiences } = ctx.catalogues.catalogue
  const fields = activityKinds.rows.flatMap((kind) => kind.fields)
  const fieldWords = (id: string) => fields.find((field) => field.id === id)?.words
  const choiceWords = (id: string) => {
    const [name, value] = id.split('/') as [string, string]
    const choices = fields.flatMap((one) => (one.id === name && one.type === 'choice' ? (one.choices ?? []) : []))
    return choices.find((choice) => choice.id === value)?.words ?? audiences.find(value)?.words
  }
  return (sort, id) => {
    if (sort === 'kind') return activityKinds.find(id)?.words ?? talkKinds.find(id)?.words
    if (sort === 'field') return fieldWords(id)
    if (sort === 'topic') return topics.find(id)?.words
    if (sort === 'choice') return choiceWords(id)
    if (sort === 'record') return opened.get(id) ?? undefined
    return names.subject({ type: sort, id, unitId: id }) ?? undefined
  }
}

export const getting = answer(getObligation, {
  may: anyOf(anyone),
  stubs: true,
  run: async (ctx, input) => {
    ctx.unscoped('judged on all records of the bureau; seesObligation limits whom it speaks of')
    const when = await whenOf(ctx, input)
    const found = await explained(ctx, input.obligationId, when)
    const { metBy, near, unstated, trace, by } = found
    const opened = await openedOf(ctx, [...metBy, ...near])
    const [names, nameOf] = await Promise.all([namesOf(ctx, [found.subject]), namer(ctx, found, opened)])
    const { messages } = ctx.catalogues.words
    const version = by.versions.find(({ from }) => from === found.version)!
    const sentences = traceSentences(trace, messages, nameOf)
    return {
      ...lineOf(found, names),
      on: when.on,
      version: found.version,
      says: version.says,
      source: by.source,
      strictness: by.strictness,
      localSource: version.localSource,
      readings: version.readings.map(({ says }) => says),
      metBy: metBy.map((one) => recordLine(ctx, one, opened, nameOf)),
      near: near.map((one) => recordLine(ctx, one, opened, nameOf)),
      missing: found.missing.flatMap((code) => missingWords(code, unstated, messages, nameOf)),
      trace: trace.map(({ code, values }, i) => ({ code, values: shownValues(values, opened), words: sentences[i]! })),
      mayExcuse: mayExcuse(ctx.actor, rightsOf(found)),
    }
  },
})

/** What would decide, in words; of records to which something is not stated, each thing by its name. */
function missingWords(
  code: string,
  unstated: readonly Near[],
  messages: ReadContext['catalogues']['words']['messages'],
  nameOf: NameOf,
) {
  const fields = code === 'record-detail' ? [...new Set(unstated.flatMap(({ field }) => field ?? []))] : []
  if (fields.length === 0) return [{ code, words: wordsOf(messages, 'obligation-missing', code) }]
  return fields.map((field) => ({ code, words: fieldWords('missing', field, messages, nameOf) }))
}

/** Ids of records that the actor may not open are not told. */
function shownValues(values: Explained['trace'][number]['values'], opened: ReadonlyMap<string, string | null>) {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, key === 'record' && !opened.has(String(value)) ? null : value]),
  )
}

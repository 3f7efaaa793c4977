import { sql } from 'kysely'
import type * as z from 'zod'
import { rowMeant } from '../../core/catalogue/catalogue.ts'
import type { TalkKind } from '../../core/catalogue/kinds.ts'
import { action, type Context, type Module, type Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT, type Row, type Stored } from '../../platform/journal/record.ts'
import { inForce, knownAt, personNames } from '../organisation/organisation.facts.ts'
import { covering } from './coverage.ts'
import { change, erase, initiatorOf, record } from './talk.access.ts'
import { amendTalk, eraseTalkPairs, recordTalk, withdrawTalk } from './talk.contract.ts'
import { talkFacts, talkPairRecord, talkRecord } from './talk.facts.ts'
import { emptyExpiredPairs } from './talk.jobs.ts'
import { talkQueries } from './talk.queries.ts'

/*
 * A talk is two records, so that the number can be read by whoever holds the right to a figure while the pair stays with
 * the two, the branch secretary and the Party office: `talk` (kind, month, number, audience) under the wall between
 * bureaus, `talk-pair` (day, unit, persons) under the scope of talks, pointing at the talk in sealed form.
 */

type Parts = Omit<z.output<typeof recordTalk.input>, 'kind'>
type Shape = TalkKind['shape']

/** What each shape asks for; everything else is refused, so that a number can never come with a person. */
const PARTS: Record<Shape, readonly (keyof Parts)[]> = {
  pair: ['day', 'counterpartId'],
  number: ['month', 'audience', 'number'],
  group: ['day', 'number'],
}
const OPTIONAL: ReadonlySet<keyof Parts> = new Set(['audience'])

/** The columns of a talk and, where its shape keeps one, of its pair. */
interface Composed {
  readonly talk: Row & { month: string; number: number }
  readonly pair: Row | null
}

function checkParts(ctx: Context, kind: TalkKind, parts: Parts, whole: boolean): void {
  const takes = PARTS[kind.shape]
  const given = (Object.keys(parts) as (keyof Parts)[]).filter((name) => parts[name] !== undefined)
  const foreign = given.some((name) => !takes.includes(name))
  const missing = whole && takes.some((name) => !OPTIONAL.has(name) && parts[name] === undefined)
  if (!foreign && !missing) return
  const words = ctx.catalogues.words.messages.get(`talk-parts/${kind.shape}`)
  throw new Refusal('talk/parts-of-shape', { kind: kind.words.zh, parts: words?.zh ?? '', partsEn: words?.en ?? '' })
}

/** The Party branch of a person on a day, else the unit of his first post, else none: whose secretary sees the talk. */
async function unitConcerned(ctx: Context, pid: string, day: string): Promise<string | null> {
  const { orgId } = ctx.org
  const row = await ctx.tx.first(
    sql<{ unitId: string }>`
      select unit_id as "unitId" from (
        select m.branch_id as unit_id, 0 as rank, 0 as position from memberships m
          where m.org_id = ${orgId} and m.pid = ${pid} and ${knownAt('m')} and ${inForce('m', day)}
        union all
        select s.unit_id, 1, s.position from appointments a
          join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s')} and ${inForce('s', day)}
          where a.org_id = ${orgId} and a.pid = ${pid} and ${knownAt('a')} and ${inForce('a', day)}) u
      order by rank, position, unit_id limit 1`,
  )
  return row?.unitId ?? null
}

async function checkCounterpart(ctx: Context, counterpart: string, initiator: string | null): Promise<void> {
  if (counterpart === initiator) throw new Refusal('talk/with-oneself')
  const names = await personNames(ctx.tx, ctx.org.orgId, [counterpart])
  if (names.get(counterpart) == null) throw new Refusal('talk/unknown-person')
}

function audienceMeant(ctx: Context, text: string | undefined): string | null {
  if (text === undefined) return null
  const row = rowMeant(ctx.catalogues.catalogue.audiences, text)
  if (row === undefined) throw new Refusal('talk/unknown-audience', { audience: text })
  return row.id
}

async function compose(ctx: Context, kind: TalkKind, parts: Parts, initiator: string | null): Promise<Composed> {
  const { shape } = kind
  const month = shape === 'number' ? parts.month! : parts.day!.slice(0, 7)
  const when = shape === 'number' ? month : parts.day!
  if (when > ctx.today.slice(0, when.length)) throw new Refusal('talk/future-day', { day: when, today: ctx.today })
  const opening = when < ctx.org.goLiveOn.slice(0, when.length)
  const number = shape === 'pair' ? 1 : parts.number!
  const audience = audienceMeant(ctx, parts.audience)
  const talk = { kind: kind.id, shape, month, number, audience, opening, withdrawn: false }
  if (shape === 'number') return { talk, pair: null }
  const counterpart = shape === 'pair' ? parts.counterpartId! : null
  if (counterpart !== null) await checkCounterpart(ctx, counterpart, initiator)
  const unit_id = counterpart === null ? null : await unitConcerned(ctx, counterpart, parts.day!)
  return { talk, pair: { shape, held_on: parts.day, unit_id, initiator_pid: initiator, counterpart_pid: counterpart } }
}

const recording = action(recordTalk, {
  subject: async (ctx, input) => {
    const kind = ctx.catalogues.catalogue.talkKinds.find(input.kind)
    if (kind === undefined) throw new Refusal('talk/unknown-kind', { kind: input.kind })
    return { kind, shape: kind.shape }
  },
  may: record,
  run: async (ctx, input, { kind }) => {
    const { kind: _, ...parts } = input
    checkParts(ctx, kind, parts, true)
    const { talk, pair } = await compose(ctx, kind, parts, initiatorOf(ctx.actor))
    const talkId = ctx.add(talkRecord, talk)
    if (pair !== null) ctx.add(talkPairRecord, { ...pair, talk_id: talkId })
    return { talkId, month: talk.month, number: talk.number }
  },
})

interface TalkColumns {
  kind: string
  shape: Shape
  month: string
  number: number
  audience: string | null
  withdrawn: boolean
  first_idx: number | null
  recorded_idx: number
}

interface PairColumns {
  held_on: string | null
  initiator_pid: string | null
  counterpart_pid: string | null
}

interface Kept {
  readonly shape: Shape
  readonly initiator: string | null
  readonly talk: Stored & TalkColumns
  readonly pair: (Stored & PairColumns) | null
}

/** The talk with its pair, locked; absent where it keeps a pair that the actor may not see. */
async function loadKept(ctx: Context, input: { talkId: string }): Promise<Kept | null> {
  const current = sql.raw(`superseded_idx = ${CURRENT}`)
  const [talk, pair] = await Promise.all([
    ctx.tx.first(
      sql<
        Kept['talk']
      >`select * from talks where org_id = ${ctx.org.orgId} and id = ${input.talkId} and ${current} for no key update`,
    ),
    ctx.tx.first(
      sql<
        NonNullable<Kept['pair']>
      >`select * from talk_pairs where org_id = ${ctx.org.orgId} and talk_id = ${input.talkId}
        and ${current} for no key update`,
    ),
  ])
  if (talk === null || (talk.shape !== 'number' && pair === null)) return null
  return { shape: talk.shape, initiator: pair?.initiator_pid ?? null, talk, pair }
}

/** What stands after the correction: what it says, else what is stored. */
function partsAfter({ talk, pair }: Kept, input: Parts): Parts {
  const stored: Parts = {
    day: pair?.held_on ?? undefined,
    counterpartId: pair?.counterpart_pid ?? undefined,
    month: talk.month,
    audience: talk.audience ?? undefined,
    number: talk.number,
  }
  return Object.fromEntries(PARTS[talk.shape].map((name) => [name, input[name] ?? stored[name]]))
}

function differs(stored: Row, changes: Row): boolean {
  return Object.entries(changes).some(([column, value]) => (value ?? null) !== (stored[column] ?? null))
}

function reviseTalk(ctx: Writing, { talk }: Kept, changes: Row): void {
  ctx.revise(talkRecord, talk, { ...changes, first_idx: talk.first_idx ?? talk.recorded_idx })
}

const amending = action(amendTalk, {
  subject: loadKept,
  may: change,
  run: async (ctx, input, kept) => {
    if (kept.talk.withdrawn) throw new Refusal('talk/withdrawn')
    const kind = ctx.catalogues.catalogue.talkKinds.get(kept.talk.kind)
    const { talkId, reason, ...parts } = input
    checkParts(ctx, kind, parts, false)
    if (kept.pair !== null && kept.pair.held_on === null) throw new Refusal('talk/emptied')
    const { talk, pair } = await compose(ctx, kind, partsAfter(kept, parts), kept.initiator)
    const talkDiffers = differs(kept.talk, talk)
    const pairDiffers = kept.pair !== null && pair !== null && differs(kept.pair, pair)
    if (!talkDiffers && !pairDiffers) throw new Refusal('talk/nothing-changed')
    ctx.because(reason)
    if (talkDiffers) reviseTalk(ctx, kept, talk)
    if (pairDiffers) ctx.revise(talkPairRecord, kept.pair!, pair!)
    return { talkId, month: talk.month, number: talk.number }
  },
})

const withdrawing = action(withdrawTalk, {
  subject: loadKept,
  may: change,
  run: async (ctx, input, kept) => {
    if (kept.talk.withdrawn) throw new Refusal('talk/withdrawn')
    ctx.because(input.reason)
    reviseTalk(ctx, kept, { withdrawn: true })
    return { talkId: input.talkId }
  },
})

const erasing = action(eraseTalkPairs, {
  may: erase,
  run: async (ctx) => ({ emptied: await emptyExpiredPairs(ctx) }),
})

/** Talks: that they took place, with whom where decision 18 allows it, and never what was said. */
export const talks: Module = {
  name: 'talks',
  actions: [recording, amending, withdrawing, erasing],
  queries: [...talkQueries, covering],
  records: [talkRecord, talkPairRecord],
  facts: [talkFacts],
}

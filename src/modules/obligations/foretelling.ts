import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import { topicKey } from '../../core/catalogue/catalogue.ts'
import type { ActivityFact } from '../../core/rules/obligation.ts'
import { type Meeting, meetsWith } from '../../core/rules/preview.ts'
import { wordsOf } from '../../core/rules/sentences.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { unitsOn } from '../organisation/organisation.facts.ts'
import { groundOf } from './ground.ts'
import { seesObligation } from './obligation.access.ts'
import { previewObligations } from './obligation.contract.ts'
import type { Owed } from './owed.ts'
import { lineOf, namesOf } from './reading.ts'
import { loadWorld } from './world.ts'

type Input = z.output<typeof previewObligations.input>

/** Stands for the record that is not saved yet. */
const UNSAVED = 'ffffffff-ffff-4fff-bfff-ffffffffffff'
const SHOWN_MAX = 50

async function draftOf(ctx: ReadContext, input: Input): Promise<ActivityFact> {
  const { activityKinds, topics } = ctx.catalogues.catalogue
  const kind = activityKinds.find(input.kind)
  const unit = (await unitsOn(ctx.tx, ctx.org.orgId, input.happenedOn)).find(({ unitId }) => unitId === input.unitId)
  if (kind === undefined || unit === undefined) throw new Refusal('record/not-found')
  const countable = new Set(kind.fields.filter((field) => field.countable).map(({ id }) => id))
  const present = input.present ?? input.presentIds?.length ?? null
  return {
    type: 'activity',
    id: UNSAVED,
    on: input.happenedOn,
    kinds: [input.kind, ...(input.alsoKinds ?? [])],
    unitId: input.unitId,
    body: unit.kind,
    hours: input.hours ?? null,
    expected: input.expected ?? null,
    voters: input.voters ?? null,
    present,
    topics: (input.topics ?? []).map((text) => topicKey(topics, text)),
    countable: Object.fromEntries(Object.entries(input.fields ?? {}).filter(([field]) => countable.has(field))),
    hostPid: input.hostId ?? null,
    attended: input.presentIds ?? [],
  }
}

export const previewing = answer(previewObligations, {
  may: anyOf(anyone),
  stubs: true,
  run: async (ctx, input) => {
    ctx.unscoped('judged on all records of the bureau; seesObligation limits whom it speaks of')
    const [draft, ground] = await Promise.all([draftOf(ctx, input), groundOf(ctx, null)])
    const rules = ground.rules.filter(({ versions }) =>
      versions.some(({ need }) =>
        need.some(({ of }) => 'activity' in of && of.activity.some((kind) => draft.kinds.includes(kind))),
      ),
    )
    const span = { from: draft.on, to: draft.on }
    const world = await loadWorld(ctx, { ...ground, rules, span, on: ctx.today, size: null, of: 'all' })
    const byId = new Map(rules.map((rule) => [rule.id, rule]))
    const owed = ({ obligation }: Meeting): Owed => ({ ...obligation, by: byId.get(obligation.rule)! })
    const seen = meetsWith(world, draft, ctx.today).filter((one) => seesObligation(ctx.actor, owed(one)))
    const meets = seen.filter(({ counts }) => counts).slice(0, SHOWN_MAX)
    const nearly = seen.filter(({ counts }) => !counts).slice(0, SHOWN_MAX)
    const names = await namesOf(
      ctx,
      [...meets, ...nearly].map(({ obligation }) => obligation.subject),
    )
    const { messages } = ctx.catalogues.words
    return {
      meets: meets.map((one) => ({ ...lineOf(owed(one), names), outcome: one.after, before: one.obligation.outcome })),
      nearly: nearly.map((one) => ({
        ...lineOf(owed(one), names),
        why: one.why!,
        reason: wordsOf(messages, 'obligation-why', one.why!),
      })),
    }
  },
})

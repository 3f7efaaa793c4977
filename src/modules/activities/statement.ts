import { sql } from 'kysely'
import { rowMeant, topicKey } from '../../core/catalogue/catalogue.ts'
import { fieldsSchema } from '../../core/catalogue/fields.ts'
import type { ActivityKind } from '../../core/catalogue/kinds.ts'
import type { Context } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { keptRows } from '../organisation/kept.facts.ts'
import { inForce, knownAt, type UnitOn } from '../organisation/organisation.facts.ts'

/** What a person states of an activity beside its attendance. */
export interface Stated {
  readonly kind: string
  readonly alsoKinds?: readonly string[] | undefined
  readonly happenedOn: string
  readonly unitId: string
  readonly topics?: readonly string[] | undefined
  readonly audience?: string | undefined
  readonly fields?: Readonly<Record<string, string | number | boolean>> | undefined
}

/** Columns of `activities` that follow from what was stated. */
export interface StatedRow {
  readonly kind: string
  readonly also_kinds: readonly string[]
  readonly happened_on: string
  readonly unit_id: string
  readonly body: string
  readonly topics: readonly string[]
  readonly audience: string | null
  readonly countable: Readonly<Record<string, string | number | boolean>>
  readonly fields: Readonly<Record<string, string | number | boolean>>
  readonly counts_persons: boolean
  readonly opening: boolean
}

/** The units as they stood on a day; an import asks once per day. */
export type UnitsAt = (day: string) => Promise<readonly UnitOn[]>

/** The kind of a record, by id; refuses `activity/unknown-kind`. */
export function kindOf(ctx: Context, id: string): ActivityKind {
  const kind = ctx.catalogues.catalogue.activityKinds.find(id)
  if (kind === undefined) throw new Refusal('activity/unknown-kind', { kind: id })
  return kind
}

/** Checks kind, day, unit, topics and own fields against the catalogue and the organisation of that day. */
export async function statedRow(ctx: Context, stated: Stated, unitsAt?: UnitsAt): Promise<StatedRow> {
  const kind = kindOf(ctx, stated.kind)
  const also = [...new Set(stated.alsoKinds ?? [])].map((id) => kindOf(ctx, id))
  if (also.some((other) => other.id === kind.id)) throw new Refusal('activity/also-same-kind', { kind: kind.words.zh })
  if (stated.happenedOn > ctx.today) {
    throw new Refusal('activity/future-day', { day: stated.happenedOn, today: ctx.today })
  }
  const day = stated.happenedOn
  const units = unitsAt === undefined ? unitOn(ctx, stated.unitId, day) : unitsAt(day)
  const body = bodyAt(await units, [kind, ...also], stated.unitId, day)
  const { topics } = ctx.catalogues.catalogue
  const own = ownFields(ctx, kind, stated)
  return {
    kind: kind.id,
    also_kinds: also.map((other) => other.id),
    happened_on: stated.happenedOn,
    unit_id: stated.unitId,
    body,
    topics: [...new Set((stated.topics ?? []).map((text) => topicKey(topics, text)))],
    ...own,
    counts_persons: [kind, ...also].some((one) => one.counts_persons),
    opening: stated.happenedOn < ctx.org.goLiveOn,
  }
}

/** The one unit as it stood on the day, alone in a list; empty where it did not exist then. */
function unitOn(ctx: Context, unitId: string, day: string): Promise<Pick<UnitOn, 'unitId' | 'kind' | 'name'>[]> {
  return keptRows(ctx, `unit ${unitId} ${day}`, () =>
    ctx.tx.all(
      sql<Pick<UnitOn, 'unitId' | 'kind' | 'name'>>`select u.unit_id as "unitId", u.kind, u.name from unit_facts u
        where u.org_id = ${ctx.org.orgId} and u.unit_id = ${unitId} and ${knownAt('u')} and ${inForce('u', day)}`,
    ),
  )
}

/** The kind of the unit on the day; refuses a unit that did not exist then or that holds no such activity. */
function bodyAt(
  units: readonly Pick<UnitOn, 'unitId' | 'kind' | 'name'>[],
  kinds: readonly ActivityKind[],
  unitId: string,
  day: string,
): string {
  const unit = units.find((one) => one.unitId === unitId)
  if (unit === undefined) throw new Refusal('activity/unknown-unit', { day })
  const wrong = kinds.find((kind) => !kind.bodies.includes(unit.kind))
  if (wrong) throw new Refusal('activity/wrong-body', { kind: wrong.words.zh, unit: unit.name ?? unit.kind })
  return unit.kind
}

/** Own fields of the kind apart by what figures may read; the audience stands in its own column too. */
function ownFields(
  ctx: Context,
  kind: ActivityKind,
  stated: Stated,
): Pick<StatedRow, 'audience' | 'countable' | 'fields'> {
  const { audiences } = ctx.catalogues.catalogue
  const given: Record<string, string | number | boolean> = { ...stated.fields }
  const audienceField = kind.fields.find((field) => field.type === 'choice' && field.list === 'audiences')
  const said = stated.audience ?? (audienceField ? given[audienceField.id] : undefined)
  const audience = said === undefined ? null : rowMeant(audiences, String(said))?.id
  if (audience === undefined) throw new Refusal('activity/unknown-audience', { audience: said })
  if (audienceField && audience !== null) given[audienceField.id] = audience
  const checked = fieldsSchema(kind, audiences.ids).safeParse(given)
  if (!checked.success) {
    const issue = checked.error.issues[0]!
    const field = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path.join('.')
    throw new Refusal('activity/fields-not-of-kind', { kind: kind.words.zh, field })
  }
  const values = checked.data as Record<string, string | number | boolean>
  const countable = kind.fields.filter((field) => field.countable && values[field.id] !== undefined)
  const sealed = kind.fields.filter((field) => !field.countable && values[field.id] !== undefined)
  const pick = (fields: typeof kind.fields) => Object.fromEntries(fields.map((field) => [field.id, values[field.id]!]))
  return { audience, countable: pick(countable), fields: pick(sealed) }
}

import { sql } from 'kysely'
import { rowMeant } from '../../core/catalogue/catalogue.ts'
import type { PostKind } from '../../core/catalogue/kinds.ts'
import { action, type Context } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { RecordType, Stored } from '../../platform/journal/record.ts'
import { dayBefore, endOn, OPEN_END, overlaps, type Period, periodOf } from './dated.ts'
import { keepers } from './organisation.access.ts'
import { knownAt, nameJoin } from './organisation.facts.ts'
import { personOrRefuse } from './person.ts'
import { appoint, assignCharge, closeAppointment, closeCharge, closePost, openPost } from './post.contract.ts'
import { loadUnit, lockUnit, periodOn } from './unit.ts'

/** A post of a unit: it owes duties, whoever holds it. */
export const postRecord: RecordType = {
  type: 'post',
  table: 'posts',
  clear: ['unit_id', 'kind', 'position', 'valid_from', 'valid_to'],
  sealed: ['title'],
}
/** A person in a post between two days. */
export const appointmentRecord: RecordType = {
  type: 'appointment',
  table: 'appointments',
  clear: ['post_id', 'valid_from', 'valid_to'],
  sealed: ['pid'],
}
/** A post in charge of a unit's line of work (分管) between two days. */
export const chargeRecord: RecordType = {
  type: 'charge',
  table: 'charges',
  clear: ['post_id', 'unit_id', 'valid_from', 'valid_to'],
  sealed: [],
}

type Dated = Stored & { valid_from: string; valid_to: string }
type PostSubject = Dated & { unit_id: string; kind: string; position: number; title: string | null }

const periodIn = (row: { valid_from: string; valid_to: string }): Period => ({ from: row.valid_from, to: row.valid_to })

async function lockPost(ctx: Context, postId: string): Promise<PostSubject | null> {
  return ctx.tx.first(
    sql<PostSubject>`select s.id, s.version, s.unit_id, s.kind, s.position, s.title, s.valid_from, s.valid_to from posts s
      where s.org_id = ${ctx.org.orgId} and s.id = ${postId} and ${knownAt('s')} for no key update`,
  )
}

/** The kind of post that a word means, checked against the kind of unit. */
export function postKindOf(ctx: Context, text: string, unitKind: string): PostKind {
  const { postKinds, unitKinds } = ctx.catalogues.catalogue
  const kind = rowMeant(postKinds, text)
  if (kind === undefined) throw new Refusal('post/kind-unknown', { kind: text })
  if (kind.units.includes(unitKind)) return kind
  const allowed = kind.units.map((id) => unitKinds.get(id).words.zh).join('、')
  throw new Refusal('post/unit-kind', { kind: kind.words.zh, unit: unitKinds.get(unitKind).words.zh, allowed })
}

/** Opens a post. */
export const open = action(openPost, {
  subject: (ctx, input) => lockUnit(ctx, input.unitId),
  may: keepers(),
  run: async (ctx, input, unit) => {
    periodOn(unit, input.from)
    const kind = postKindOf(ctx, input.kind, unit.kind)
    const [last] = await ctx.tx.all(
      sql<{ position: number | null }>`select max(s.position) position from posts s
        where s.org_id = ${ctx.org.orgId} and s.unit_id = ${input.unitId} and ${knownAt('s')}`,
    )
    const postId = ctx.add(postRecord, {
      unit_id: input.unitId,
      kind: kind.id,
      position: input.position ?? (last?.position ?? 0) + 1,
      title: input.title ?? null,
      valid_from: input.from,
      valid_to: OPEN_END,
    })
    return { postId }
  },
})

/** Closes a post. */
export const close = action(closePost, {
  subject: (ctx, input) => lockPost(ctx, input.postId),
  may: keepers(),
  run: async (ctx, input, post) => {
    endOn(periodIn(post), input.on)
    const held = await ctx.tx.all(
      sql<{ name: string | null }>`select p.name from appointments a ${nameJoin('a.pid')}
        where a.org_id = ${ctx.org.orgId} and a.post_id = ${post.id} and ${knownAt('a')} and a.valid_to > ${input.on}::date`,
    )
    if (held.length > 0) throw new Refusal('post/still-held', { count: held.length, name: held[0]!.name })
    const charges = await chargesOf(ctx, post.id, input.on)
    for (const charge of charges) ctx.revise(chargeRecord, charge, { valid_to: input.on })
    ctx.revise(postRecord, post, { valid_to: input.on })
    return { postId: post.id }
  },
})

async function chargesOf(ctx: Context, postId: string, after: string) {
  return ctx.tx.all(
    sql<
      Dated & { post_id: string; unit_id: string }
    >`select c.id, c.version, c.post_id, c.unit_id, c.valid_from, c.valid_to
      from charges c where c.org_id = ${ctx.org.orgId} and c.post_id = ${postId} and ${knownAt('c')}
        and c.valid_from <= ${after}::date and c.valid_to > ${after}::date for no key update`,
  )
}

type HeldRow = Dated & { post_id: string; pid: string; name: string | null }

async function heldOn(ctx: Context, postId: string): Promise<HeldRow[]> {
  return ctx.tx.all(
    sql<HeldRow>`select a.id, a.version, a.post_id, a.pid, a.valid_from, a.valid_to, p.name from appointments a ${nameJoin('a.pid')}
      where a.org_id = ${ctx.org.orgId} and a.post_id = ${postId} and ${knownAt('a')} order by a.valid_from`,
  )
}

function checkInside(post: PostSubject, wanted: Period): void {
  if (wanted.from < post.valid_from || wanted.to > post.valid_to)
    throw new Refusal('appointment/outside-post', { from: post.valid_from, to: post.valid_to })
}

/** Appoints a person to a post; a post for one person holds one at a time. */
export const appointPerson = action(appoint, {
  subject: (ctx, input) => lockPost(ctx, input.postId),
  may: keepers(),
  run: async (ctx, input, post) => {
    const wanted = periodOf(input.from, input.to)
    checkInside(post, wanted)
    await personOrRefuse(ctx, input.personId)
    const single = ctx.catalogues.catalogue.postKinds.find(post.kind)?.single ?? false
    for (const held of await heldOn(ctx, post.id)) {
      if (!(single || held.pid === input.personId) || !overlaps(periodIn(held), wanted)) continue
      const gives = input.succeed && held.valid_from < input.from && held.pid !== input.personId
      if (!gives)
        throw new Refusal('appointment/overlaps', { name: held.name, from: held.valid_from, to: held.valid_to })
      ctx.revise(appointmentRecord, held, { valid_to: dayBefore(input.from) })
    }
    const appointmentId = ctx.add(appointmentRecord, {
      post_id: post.id,
      pid: input.personId,
      valid_from: wanted.from,
      valid_to: wanted.to,
    })
    return { appointmentId }
  },
})

/** Ends an appointment. */
export const endAppointment = action(closeAppointment, {
  subject: (ctx, input) =>
    ctx.tx.first(
      sql<
        Dated & { post_id: string; pid: string }
      >`select a.id, a.version, a.post_id, a.pid, a.valid_from, a.valid_to from appointments a
        where a.org_id = ${ctx.org.orgId} and a.id = ${input.appointmentId} and ${knownAt('a')} for no key update`,
    ),
  may: keepers(),
  run: async (ctx, input, appointment) => {
    ctx.revise(appointmentRecord, appointment, { valid_to: endOn(periodIn(appointment), input.on) })
    return { appointmentId: appointment.id }
  },
})

/** Puts a post in charge of a unit. */
export const assign = action(assignCharge, {
  subject: (ctx, input) => lockPost(ctx, input.postId),
  may: keepers(),
  run: async (ctx, input, post) => {
    const { orgId } = ctx.org
    const wanted = periodOf(input.from, input.to)
    checkInside(post, wanted)
    const unit = await loadUnit(ctx.tx, orgId, input.unitId)
    if (unit === null) throw new Refusal('record/not-found')
    periodOn(unit, input.from)
    const rows = await ctx.tx.all(
      sql<{ valid_from: string; valid_to: string }>`select c.valid_from, c.valid_to from charges c
        where c.org_id = ${orgId} and c.post_id = ${post.id} and c.unit_id = ${input.unitId} and ${knownAt('c')}`,
    )
    const crossing = rows.find((row) => overlaps(periodIn(row), wanted))
    if (crossing) throw new Refusal('charge/overlaps', { from: crossing.valid_from, to: crossing.valid_to })
    const chargeId = ctx.add(chargeRecord, {
      post_id: post.id,
      unit_id: input.unitId,
      valid_from: wanted.from,
      valid_to: wanted.to,
    })
    return { chargeId }
  },
})

/** Ends a charge. */
export const endCharge = action(closeCharge, {
  subject: (ctx, input) =>
    ctx.tx.first(
      sql<
        Dated & { post_id: string; unit_id: string }
      >`select c.id, c.version, c.post_id, c.unit_id, c.valid_from, c.valid_to from charges c
        where c.org_id = ${ctx.org.orgId} and c.id = ${input.chargeId} and ${knownAt('c')} for no key update`,
    ),
  may: keepers(),
  run: async (ctx, input, charge) => {
    ctx.revise(chargeRecord, charge, { valid_to: endOn(periodIn(charge), input.on) })
    return { chargeId: charge.id }
  },
})

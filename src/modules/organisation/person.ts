import { sql } from 'kysely'
import { anyOf, role } from '../../core/access/actor.ts'
import { action, type Context, type Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { eraseEverywhere } from '../../platform/journal/erase.ts'
import type { RecordType, Stored } from '../../platform/journal/record.ts'
import { insertInto } from '../../platform/journal/write.ts'
import { keepers } from './organisation.access.ts'
import { inForce, knownAt } from './organisation.facts.ts'
import { amendPerson, erasePerson, recordPerson } from './person.contract.ts'

/** A person: nothing but a name and, if the bureau uses it, a staff number. */
export const personRecord: RecordType = {
  type: 'person',
  table: 'persons',
  clear: [],
  sealed: ['name', 'staff_no'],
  personal: [{ of: 'id', by: 'person', fields: ['name', 'staff_no'] }],
}

/** A stored person with the pid by which all records refer to him; locked. */
export type PersonSubject = Stored & { pid: string; name: string | null; staff_no: string | null }

/** Loads and locks a person by pid; null where there is none. An erased person has no row and answers as `erased`. */
export async function lockPerson(ctx: Context, pid: string): Promise<PersonSubject | 'erased' | null> {
  const { orgId } = ctx.org
  const map = await ctx.tx.first(
    sql<{
      person_id: string | null
    }>`select person_id from person_ids where org_id = ${orgId} and pid = ${pid} for no key update`,
  )
  if (map === null) return null
  if (map.person_id === null) return 'erased'
  return ctx.tx.first(
    sql<PersonSubject>`select p.id, p.version, p.name, p.staff_no, ${pid}::uuid pid from persons p
      where p.org_id = ${orgId} and p.id = ${map.person_id} and ${knownAt('p')} for no key update`,
  )
}

/** The person by pid, or the refusal that nobody has this id. Locked, so that two periods of one person cannot cross. */
export async function personOrRefuse(ctx: Context, pid: string): Promise<PersonSubject> {
  const person = await lockPerson(ctx, pid)
  if (person === null || person === 'erased') throw new Refusal('person/unknown')
  return person
}

async function checkStaffNo(ctx: Context, staffNo: string, but?: string): Promise<void> {
  const other = await ctx.tx.first(
    sql<{ id: string; name: string | null }>`select p.id, p.name from persons p
      where p.org_id = ${ctx.org.orgId} and p.staff_no = ${staffNo} and ${knownAt('p')} and p.id is distinct from ${but ?? null}::uuid limit 1`,
  )
  if (other !== null) throw new Refusal('person/staff-no-taken', { staffNo, name: other.name })
}

/** Prepares a person and the pid that stands for him everywhere else. */
export function addPerson(ctx: Writing, name: string, staffNo: string | null): string {
  const personId = ctx.add(personRecord, { name, staff_no: staffNo })
  const pid = ctx.newId()
  for (const statement of insertInto('person_ids', ['org_id', 'pid', 'person_id'], [[ctx.org.orgId, pid, personId]])) {
    ctx.side(statement)
  }
  return pid
}

/** Records a person. */
export const record = action(recordPerson, {
  may: keepers(),
  run: async (ctx, input) => {
    if (input.staffNo !== undefined) await checkStaffNo(ctx, input.staffNo)
    else if (!input.namesake) {
      const same = await ctx.tx.all(
        sql<{
          id: string
        }>`select p.id from persons p where p.org_id = ${ctx.org.orgId} and p.name = ${input.name} and ${knownAt('p')}`,
      )
      if (same.length > 0) throw new Refusal('person/namesake', { name: input.name, count: same.length })
    }
    return { personId: addPerson(ctx, input.name, input.staffNo ?? null) }
  },
})

/** Corrects a person's name or staff number. */
export const amend = action(amendPerson, {
  subject: (ctx, input) => lockPerson(ctx, input.personId),
  may: keepers(),
  run: async (ctx, input, person) => {
    if (person === 'erased') throw new Refusal('person/erased')
    if (input.staffNo) await checkStaffNo(ctx, input.staffNo, person.id)
    ctx.revise(personRecord, person, {
      name: input.name ?? person.name,
      staff_no: input.staffNo === undefined ? person.staff_no : input.staffNo,
    })
    return { personId: input.personId }
  },
})

/** What another module does when a person is erased, beside the fields that its records declare as personal. */
export type Eraser = (ctx: Writing, pid: string) => Promise<void>
const erasers: Eraser[] = []

/** Lets a module take part in the erasure of a person, inside `person.erase`. */
export function alsoErase(eraser: Eraser): void {
  erasers.push(eraser)
}

/** Erases a person in every version, here and in every module that keeps something about him. */
export const erase = action(erasePerson, {
  subject: (ctx, input) => lockPerson(ctx, input.personId),
  may: anyOf(role('office')),
  run: async (ctx, input, person) => {
    if (person === 'erased') throw new Refusal('person/erased')
    const { orgId } = ctx.org
    const [standing] = await ctx.tx.all(sql<{ posts: number; branches: number }>`select
      (select count(*) from appointments a where a.org_id = ${orgId} and a.pid = ${person.pid} and ${knownAt('a')} and ${inForce('a', ctx.today)}) posts,
      (select count(*) from memberships m where m.org_id = ${orgId} and m.pid = ${person.pid} and ${knownAt('m')} and ${inForce('m', ctx.today)}) branches`)
    if (standing!.posts + standing!.branches > 0) throw new Refusal('person/still-in-post', { ...standing })
    const fields = await eraseEverywhere(ctx, input.basis, { pid: person.pid, personId: person.id })
    for (const eraser of erasers) await eraser(ctx, person.pid)
    ctx.atIndex((firstIdx) => ({
      text: 'update person_ids set person_id = null, erased_idx = $3 where org_id = $1 and pid = $2',
      values: [orgId, person.pid, firstIdx],
    }))
    return { fields }
  },
})

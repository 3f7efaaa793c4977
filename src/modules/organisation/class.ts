import { sql } from 'kysely'
import { anyOf, role } from '../../core/access/actor.ts'
import type { PersonClass } from '../../core/rules/rule.ts'
import { action, answer, type Context, type Writing } from '../../platform/action/action.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { RecordType, Stored } from '../../platform/journal/record.ts'
import { assignClass, closeClass, listClasses } from './class.contract.ts'
import { dayBefore, endOn, endOrNull, OPEN_END } from './dated.ts'
import { inForce, type KnownAt, knownAt, nameJoin } from './organisation.facts.ts'
import { personOrRefuse } from './person.ts'

/** The class of a person between two days. Training and reporting rules read it; nothing else is said of him by it. */
export const classRecord: RecordType = {
  type: 'person-class',
  table: 'person_classes',
  clear: ['valid_from', 'valid_to'],
  sealed: ['class', 'pid'],
  personal: [{ of: 'pid', by: 'pid', fields: ['class', 'pid'] }],
}

/** A class of a person with its days; an open end is `9999-12-31`. */
export interface ClassSpan {
  readonly pid: string
  readonly class: PersonClass
  readonly from: string
  readonly to: string
}

/** Every stated class of the bureau with its days (of some persons where pids are given), as rules read them. */
export async function classesOf(
  tx: Reads,
  orgId: number,
  pids?: readonly string[],
  size: KnownAt = null,
): Promise<ClassSpan[]> {
  const wanted = pids === undefined ? sql`true` : sql`c.pid = any(${pids as string[]}::uuid[])`
  return tx.all(sql<ClassSpan>`select c.pid, c.class, c.valid_from "from", c.valid_to "to" from class_facts c
    where c.org_id = ${orgId} and ${knownAt('c', size)} and ${wanted} order by c.pid, c.valid_from`)
}

/** A stored class of a person who is not erased. */
export type ClassRow = Stored & { pid: string; class: PersonClass; valid_from: string; valid_to: string }

const columns = sql`c.id, c.version, c.pid, c.class, c.valid_from, c.valid_to`

function classesLocked(ctx: Context, pid: string): Promise<ClassRow[]> {
  return ctx.tx.all(
    sql<ClassRow>`select ${columns} from person_classes c
      where c.org_id = ${ctx.org.orgId} and c.pid = ${pid} and ${knownAt('c')} order by c.valid_from for no key update`,
  )
}

/** The stored classes of everybody, which an import has to know. */
export function classesKept(ctx: Context): Promise<ClassRow[]> {
  return ctx.tx.all(
    sql<ClassRow>`select ${columns} from person_classes c
      where c.org_id = ${ctx.org.orgId} and ${knownAt('c')} and c.pid is not null order by c.pid, c.valid_from`,
  )
}

/** Prepares a class from a day on in place of the one that runs on that day; returns its id. */
export function writeClass(
  ctx: Writing,
  pid: string,
  stated: PersonClass,
  from: string,
  running: ClassRow | null,
): string {
  if (running?.valid_from === from) {
    ctx.revise(classRecord, running, { class: stated })
    return running.id
  }
  if (running) ctx.revise(classRecord, running, { valid_to: dayBefore(from) })
  return ctx.add(classRecord, { pid, class: stated, valid_from: from, valid_to: running?.valid_to ?? OPEN_END })
}

/** States a class from a day on. */
export const assign = action(assignClass, {
  may: anyOf(role('office')),
  run: async (ctx, input) => {
    await personOrRefuse(ctx, input.personId)
    const rows = await classesLocked(ctx, input.personId)
    const later = rows.find((row) => row.valid_from > input.from)
    if (later) throw new Refusal('class/changes-later', { from: later.valid_from })
    const running = rows.find((row) => input.from <= row.valid_to)
    if (running?.class === input.class) throw new Refusal('class/same', { from: running.valid_from })
    return { classId: writeClass(ctx, input.personId, input.class, input.from, running ?? null) }
  },
})

/** Ends a class. */
export const close = action(closeClass, {
  subject: (ctx, input) =>
    ctx.tx.first(
      sql<ClassRow>`select ${columns} from person_classes c
        where c.org_id = ${ctx.org.orgId} and c.id = ${input.classId} and ${knownAt('c')} and c.pid is not null for no key update`,
    ),
  may: anyOf(role('office')),
  run: async (ctx, input, row) => {
    ctx.revise(classRecord, row, { valid_to: endOn({ from: row.valid_from, to: row.valid_to }, input.on) })
    return { classId: row.id }
  },
})

/** The classes stated on a day. */
export const list = answer(listClasses, {
  may: anyOf(role('office')),
  run: async (ctx, input) => {
    ctx.unscoped('classes of persons, for the office that states them')
    const on = input.on ?? ctx.today
    const one = input.personId === undefined ? sql`true` : sql`c.pid = ${input.personId}`
    const rows = await ctx.tx.all(
      sql<{ id: string; pid: string; name: string | null; class: PersonClass; from: string; to: string }>`
        select c.id, c.pid, p.name, c.class, c.valid_from "from", c.valid_to "to" from person_classes c ${nameJoin('c.pid')}
        where c.org_id = ${ctx.org.orgId} and ${knownAt('c')} and ${inForce('c', on)} and c.pid is not null and ${one}
        order by p.name nulls last, c.pid`,
    )
    const items = rows.map(({ id, pid, to, ...row }) => ({ classId: id, personId: pid, ...row, to: endOrNull(to) }))
    return { on, items }
  },
})

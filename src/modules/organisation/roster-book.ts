import { sql } from 'kysely'
import { holds } from '../../core/access/actor.ts'
import { fileAnswer, type ReadContext } from '../../platform/action/action.ts'
import { bookSayer, workbookBytes } from '../../platform/office/workbook.ts'
import { classesKept } from './class.ts'
import { OPEN_END } from './dated.ts'
import { keepers } from './organisation.access.ts'
import { inForce, knownAt, nameJoin } from './organisation.facts.ts'
import { rosterBook } from './roster.contract.ts'
import { COLUMNS, type SheetName } from './roster-sheets.ts'

interface UnitRow {
  unitId: string
  parentId: string | null
  name: string | null
  kind: string
  code: string | null
  from: string
}
interface PersonRow {
  pid: string
  name: string
  staffNo: string | null
}
interface HeldRow {
  postId: string
  unitId: string
  kind: string
  title: string | null
  postFrom: string
  pid: string | null
  from: string | null
  to: string | null
}
interface MemberRow {
  pid: string
  branchId: string
  standing: string
  from: string
  to: string
}

/** What stands in the roster today: units, who is known by name, posts with their holders and charges, members. */
async function standing(ctx: ReadContext) {
  const { orgId } = ctx.org
  const day = ctx.today
  const [units, persons, held, charges, members] = await Promise.all([
    ctx.tx.all(sql<UnitRow>`select p.unit_id "unitId", p.parent_id "parentId", p.name, u.kind, u.code, p.valid_from "from"
      from unit_periods p join units u on u.org_id = p.org_id and u.id = p.unit_id and ${knownAt('u')}
      where p.org_id = ${orgId} and ${knownAt('p')} and ${inForce('p', day)} order by p.position, p.unit_id`),
    ctx.tx.all(sql<PersonRow>`select i.pid, p.name, p.staff_no "staffNo" from person_ids i
      join persons p on p.org_id = i.org_id and p.id = i.person_id and ${knownAt('p')}
      where i.org_id = ${orgId} and p.name is not null order by i.pid`),
    ctx.tx.all(sql<HeldRow>`select s.id "postId", s.unit_id "unitId", s.kind, s.title, s.valid_from "postFrom", a.pid, a.valid_from "from", a.valid_to "to"
      from posts s left join appointments a on a.org_id = s.org_id and a.post_id = s.id and ${knownAt('a')} and ${inForce('a', day)}
        and a.pid is not null
      where s.org_id = ${orgId} and ${knownAt('s')} and ${inForce('s', day)} order by s.position, s.id, a.valid_from`),
    ctx.tx.all(sql<{ postId: string; unitId: string }>`select c.post_id "postId", c.unit_id "unitId" from charges c
      where c.org_id = ${orgId} and ${knownAt('c')} and ${inForce('c', day)} order by c.unit_id`),
    ctx.tx.all(sql<MemberRow>`select m.pid, m.branch_id "branchId", m.standing, m.valid_from "from", m.valid_to "to" from memberships m
      ${nameJoin('m.pid')} where m.org_id = ${orgId} and ${knownAt('m')} and ${inForce('m', day)} and m.pid is not null and p.name is not null
      order by m.branch_id, m.pid`),
  ])
  return { units: parentsFirst(units), persons, held, charges, members }
}

function parentsFirst(units: readonly UnitRow[]): UnitRow[] {
  const below = Map.groupBy(units, (unit) => unit.parentId)
  const walk = (parent: string | null): UnitRow[] =>
    (below.get(parent) ?? []).flatMap((unit) => [unit, ...walk(unit.unitId)])
  return walk(null)
}

/** How a person is named: by staff number, by a name that only he bears, else by name and a sign of his own. */
function signs(persons: readonly PersonRow[]): { called: Map<string, string>; told: Map<string, string> } {
  const called = new Map<string, string>()
  const told = new Map<string, string>()
  for (const [name, bearers] of Map.groupBy(persons, (person) => person.name)) {
    for (const [at, { pid, staffNo }] of bearers.entries()) {
      if (staffNo !== null || bearers.length === 1) called.set(pid, staffNo ?? name)
      else {
        told.set(pid, `#${at + 1}`)
        called.set(pid, `${name}（#${at + 1}）`)
      }
    }
  }
  return { called, told }
}

const until = (day: string | null) => (day === null || day === OPEN_END ? null : day)

/** The roster as it stands today, in the form in which it is imported; classes of persons are the office's. */
export const rosterBookAnswer = fileAnswer(rosterBook, {
  may: keepers(),
  run: async (ctx) => {
    ctx.unscoped('the roster is kept as a whole by the office and the system administrator')
    const { catalogue, words } = ctx.catalogues
    const { units, persons, held, charges, members } = await standing(ctx)
    const name = new Map(units.map((unit) => [unit.unitId, unit.name]))
    const { called, told } = signs(persons)
    const classes = holds(ctx.actor, 'office') ? await classesKept(ctx) : []
    const classOf = (pid: string) => classes.findLast((one) => one.pid === pid && until(one.valid_to) === null)
    const charged = Map.groupBy(charges, (charge) => charge.postId)
    const same = Map.groupBy(new Map(held.map((one) => [one.postId, one])).values(), placeOf)
    const rows: Record<SheetName, (string | null)[][]> = {
      机构: units.map((unit) => [
        unit.name,
        catalogue.unitKinds.find(unit.kind)?.words.zh ?? unit.kind,
        unit.parentId === null ? null : (name.get(unit.parentId) ?? null),
        unit.from,
        unit.code,
      ]),
      人员: persons.map((person) => {
        const stated = classOf(person.pid)
        return [
          person.name,
          person.staffNo,
          told.get(person.pid) ?? null,
          stated === undefined ? null : (words.messages.get(`workbook/class-${stated.class}`)?.zh ?? stated.class),
          stated?.valid_from ?? null,
        ]
      }),
      职务: held.map((one) => {
        const namesakes = same.get(placeOf(one)) ?? []
        const number = namesakes.length > 1 ? namesakes.findIndex((other) => other.postId === one.postId) + 1 : null
        return [
          name.get(one.unitId) ?? null,
          catalogue.postKinds.find(one.kind)?.words.zh ?? one.kind,
          one.title,
          number === null ? null : String(number),
          one.pid === null ? null : (called.get(one.pid) ?? null),
          one.from ?? one.postFrom,
          until(one.to),
          (charged.get(one.postId) ?? [])
            .map((charge) => name.get(charge.unitId) ?? '')
            .sort()
            .join('、') || null,
        ]
      }),
      党员: members.map((one) => [
        called.get(one.pid) ?? null,
        name.get(one.branchId) ?? null,
        words.messages.get(`workbook/standing-${one.standing}`)?.zh ?? one.standing,
        one.from,
        until(one.to),
      ]),
    }
    const sheets = Object.entries(COLUMNS).map(([sheet, columns]) => ({
      name: sheet,
      rows: [[...columns], ...rows[sheet as SheetName]],
      widths: columns.map(() => 18),
    }))
    return workbookBytes(`${bookSayer(words)('roster')} ${ctx.today}`, sheets)
  },
})

const placeOf = (post: Pick<HeldRow, 'unitId' | 'kind' | 'title'>) => `${post.unitId}|${post.kind}|${post.title ?? ''}`

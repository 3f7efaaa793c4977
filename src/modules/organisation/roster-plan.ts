import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { rowMeant } from '../../core/catalogue/catalogue.ts'
import type { PersonClass } from '../../core/rules/rule.ts'
import type { ClassRow } from './class.ts'
import { overlaps, type Period } from './dated.ts'
import { memberKinds } from './organisation.facts.ts'
import { type Fault, periodTyped, type RosterRow, type RosterSheets } from './roster-sheets.ts'

/** What the bureau has already: an import may refer to it and must not repeat it. */
export interface Present {
  readonly units: readonly { unitId: string; name: string; kind: string; from: string }[]
  readonly persons: readonly { pid: string; name: string; staffNo: string | null }[]
  readonly posts: readonly { unitId: string; kind: string; title: string | null }[]
  readonly memberships: readonly { pid: string; from: string; to: string }[]
  readonly classes: readonly ClassRow[]
  readonly goLiveOn: string
}

export interface PlannedUnit {
  ref: string
  name: string
  kind: string
  parent: string | null
  from: string
  code: string | null
}
export interface PlannedPerson {
  ref: string
  name: string
  staffNo: string | null
}
export interface PlannedPost {
  unit: string
  kind: string
  title: string | null
  from: string
  holders: { person: string; period: Period }[]
  charges: { unit: string; period: Period }[]
}
export interface PlannedMember {
  person: string
  branch: string
  standing: 'full' | 'probationary'
  period: Period
}

/** A class stated of a person; `running` is the class that it takes the place of. */
export interface PlannedClass {
  person: string
  class: PersonClass
  from: string
  running: ClassRow | null
}

/** Everything that an import would write. Units and persons are named by `ref`: an existing id, or `新:` and a name. */
export interface RosterPlan {
  readonly units: PlannedUnit[]
  readonly persons: PlannedPerson[]
  readonly posts: PlannedPost[]
  readonly members: PlannedMember[]
  readonly classes: PlannedClass[]
}

interface Known {
  ref: string
  kind: string
  from: string
}

/** Checks all rows against each other, the catalogue and the bureau; every fault is told, not only the first. */
export function planRoster(sheets: RosterSheets, present: Present, catalogue: Catalogue, faults: Fault[]): RosterPlan {
  const units = new Map<string, Known>(
    present.units.map((u) => [u.name, { ref: u.unitId, kind: u.kind, from: u.from }]),
  )
  const plannedUnits = planUnits(sheets, units, present, catalogue, faults)
  const people = planPersons(sheets, present, faults)
  return {
    units: plannedUnits,
    persons: people.planned,
    posts: planPosts(sheets, units, people.find, present, catalogue, faults),
    members: planMembers(sheets, units, people.find, present, catalogue, faults),
    classes: people.classes,
  }
}

const at = (sheet: string, { row }: RosterRow) => ({ sheet, row })

function planUnits(
  sheets: RosterSheets,
  units: Map<string, Known>,
  present: Present,
  catalogue: Catalogue,
  faults: Fault[],
): PlannedUnit[] {
  const planned: PlannedUnit[] = []
  let roots = present.units.length > 0 ? 1 : 0
  for (const row of sheets.机构) {
    const { 名称: name, 类别, 上级机构: above, 起始日期, 编码 } = row.cells
    if (name === '' || 类别 === '') continue
    const fault = (code: string, facts: Fault['facts'] = {}) => faults.push({ ...at('机构', row), code, facts })
    const kind = rowMeant(catalogue.unitKinds, 类别)
    const period = periodTyped(at('机构', row), 起始日期, '', faults)
    if (kind === undefined)
      fault('roster/unit-kind', { text: 类别, known: catalogue.unitKinds.rows.map((k) => k.words.zh).join('、') })
    if (units.has(name)) fault('roster/unit-twice', { name })
    const parent = above === '' ? null : (units.get(above) ?? undefined)
    if (parent === undefined) fault('roster/unit-unknown', { name: above })
    if (above === '' && (kind?.parents.length ?? 0) > 0) fault('roster/empty-cell', { column: '上级机构' })
    else if (above === '' && ++roots > 1) fault('roster/second-root', { name })
    if (kind === undefined || period === null || parent === undefined || units.has(name)) continue
    if (parent !== null && !kind.parents.includes(parent.kind))
      fault('roster/parent-kind', { kind: kind.words.zh, parent: catalogue.unitKinds.get(parent.kind).words.zh })
    if (parent !== null && period.from < parent.from)
      fault('roster/before-unit', { day: period.from, name: above, from: parent.from })
    const ref = `新:${name}`
    units.set(name, { ref, kind: kind.id, from: period.from })
    planned.push({
      ref,
      name,
      kind: kind.id,
      parent: parent?.ref ?? null,
      from: period.from,
      code: 编码 === '' ? null : 编码,
    })
  }
  return planned
}

type FindPerson = (text: string, where: { sheet: string; row: number }) => string | null

/** Persons are meant by staff number, by name where only one has it, or by name with the unit in brackets. */
function planPersons(
  sheets: RosterSheets,
  present: Present,
  faults: Fault[],
): { planned: PlannedPerson[]; classes: PlannedClass[]; find: FindPerson } {
  const planned: PlannedPerson[] = []
  const classes: PlannedClass[] = []
  const known: { ref: string; name: string; staffNo: string | null; unit: string }[] = present.persons.map(
    (person) => ({
      ref: person.pid,
      name: person.name,
      staffNo: person.staffNo,
      unit: '',
    }),
  )
  for (const row of sheets.人员) {
    const { 姓名: name, 工号, 所在机构: unit } = row.cells
    if (name === '') continue
    const staffNo = 工号 === '' ? null : 工号
    const stated = classTyped(row, present, faults)
    const there = stated === null ? [] : alreadyThere(present, name, staffNo, unit)
    if (there.length === 1) {
      const { pid } = there[0]!
      if (classes.some((one) => one.person === pid))
        faults.push({ ...at('人员', row), code: 'roster/person-twice', facts: { name, staffNo: staffNo ?? '—' } })
      else classes.push(...classAfter(row, pid, name, stated!, present, faults))
      continue
    }
    const twice = known.find(
      (one) =>
        (staffNo !== null && one.staffNo === staffNo) || (one.name === name && staffNo === null && one.unit === unit),
    )
    if (twice)
      faults.push({ ...at('人员', row), code: 'roster/person-twice', facts: { name, staffNo: staffNo ?? '—' } })
    const ref = `新:${name}#${row.row}`
    known.push({ ref, name, staffNo, unit })
    planned.push({ ref, name, staffNo })
    if (stated !== null) classes.push({ person: ref, ...stated, running: null })
  }
  const find: FindPerson = (text, where) => {
    const [, name = text, unit = null] = /^(.+?)[（(](.+)[）)]$/.exec(text) ?? []
    const found = known.filter(
      (one) =>
        one.staffNo === text || (one.name === name && (unit === null || one.unit === unit || one.staffNo === unit)),
    )
    if (found.length === 1) return found[0]!.ref
    const code = found.length === 0 ? 'roster/person-unknown' : 'roster/person-ambiguous'
    faults.push({ ...where, code, facts: { name: text, count: found.length } })
    return null
  }
  return { planned, classes, find }
}

/** The words by which a class of person is typed. */
const CLASS_WORDS: readonly [RegExp, PersonClass][] = [
  [/^(县处级(副职)?(以上|及以上)?|处级(以上)?|四级调研员(以上|及以上)|division)$/, 'division'],
  [/^(乡科级|科级|(乡)?科级(及)?以下|一级主任科员(以下|及以下)|section)$/, 'section'],
]

function classTyped(
  row: RosterRow,
  { goLiveOn }: Present,
  faults: Fault[],
): { class: PersonClass; from: string } | null {
  const { 干训类别: text = '', 类别起始日期: day = '' } = row.cells
  if (text === '') return null
  const found = CLASS_WORDS.find(([words]) => words.test(text.normalize('NFKC').replace(/\s/g, '')))
  if (found === undefined) faults.push({ ...at('人员', row), code: 'roster/class', facts: { text } })
  const period = day === '' ? { from: goLiveOn } : periodTyped(at('人员', row), day, '', faults)
  return found === undefined || period === null ? null : { class: found[1], from: period.from }
}

/** Who of the bureau is meant by a row that states a class: by staff number, or by a name given alone. */
function alreadyThere({ persons }: Present, name: string, staffNo: string | null, unit: string) {
  if (staffNo !== null) return persons.filter((one) => one.staffNo === staffNo && one.name === name)
  return unit === '' ? persons.filter((one) => one.name === name) : []
}

/** The class that a row states of somebody on the roster: none where it is stated already, so that a file may come twice. */
function classAfter(
  row: RosterRow,
  pid: string,
  name: string,
  stated: { class: PersonClass; from: string },
  present: Present,
  faults: Fault[],
): PlannedClass[] {
  const own = present.classes.filter((one) => one.pid === pid)
  const later = own.find((one) => one.valid_from > stated.from)
  const running = own.find((one) => one.valid_from <= stated.from && stated.from <= one.valid_to) ?? null
  if (running?.class === stated.class) return []
  if (later === undefined) return [{ person: pid, ...stated, running }]
  faults.push({ ...at('人员', row), code: 'roster/class-later', facts: { name, from: later.valid_from } })
  return []
}

function planPosts(
  sheets: RosterSheets,
  units: ReadonlyMap<string, Known>,
  find: FindPerson,
  present: Present,
  catalogue: Catalogue,
  faults: Fault[],
): PlannedPost[] {
  const posts = new Map<string, PlannedPost>()
  for (const row of sheets.职务) {
    const { 机构, 职务类别, 职务名称, 岗位号, 姓名, 任职日期, 免职日期, 分管机构 } = row.cells
    if (机构 === '' || 职务类别 === '') continue
    const here = at('职务', row)
    const fault = (code: string, facts: Fault['facts'] = {}) => faults.push({ ...here, code, facts })
    const unit = units.get(机构)
    const kind = rowMeant(catalogue.postKinds, 职务类别)
    const period = periodTyped(here, 任职日期, 免职日期, faults)
    const person = 姓名 === '' ? undefined : find(姓名, here)
    if (unit === undefined) fault('roster/unit-unknown', { name: 机构 })
    if (kind === undefined) fault('roster/post-kind', { text: 职务类别 })
    const charged = 分管机构 === '' ? [] : 分管机构.split(/[、,，;；]/).map((name) => name.trim())
    for (const name of charged) if (!units.has(name)) fault('roster/unit-unknown', { name })
    if (unit === undefined || kind === undefined || period === null || person === null) continue
    if (!kind.units.includes(unit.kind))
      fault('roster/post-unit', { kind: kind.words.zh, unit: catalogue.unitKinds.get(unit.kind).words.zh })
    if (period.from < unit.from) fault('roster/before-unit', { day: period.from, name: 机构, from: unit.from })
    const title = 职务名称 === '' ? null : 职务名称
    if (present.posts.some((post) => post.unitId === unit.ref && post.kind === kind.id && post.title === title)) {
      fault('roster/post-present', { unit: 机构, title: title ?? kind.words.zh })
      continue
    }
    const key = [unit.ref, kind.id, title, 岗位号].join('|')
    const post = posts.get(key) ?? { unit: unit.ref, kind: kind.id, title, from: period.from, holders: [], charges: [] }
    posts.set(key, post)
    if (period.from < post.from) post.from = period.from
    const crossing =
      person && post.holders.find((held) => (kind.single || held.person === person) && overlaps(held.period, period))
    if (crossing) fault('roster/holder-overlaps', { from: crossing.period.from, title: title ?? kind.words.zh })
    if (person) post.holders.push({ person, period })
    for (const name of charged) {
      const charge = units.get(name)
      if (charge && !post.charges.some((one) => one.unit === charge.ref && overlaps(one.period, period)))
        post.charges.push({ unit: charge.ref, period })
    }
  }
  return [...posts.values()]
}

function planMembers(
  sheets: RosterSheets,
  units: ReadonlyMap<string, Known>,
  find: FindPerson,
  present: Present,
  catalogue: Catalogue,
  faults: Fault[],
): PlannedMember[] {
  const holding = memberKinds(catalogue)
  const members: PlannedMember[] = []
  for (const row of sheets.党员) {
    const { 姓名, 党支部, 身份, 转入日期, 转出日期 } = row.cells
    if (姓名 === '' || 党支部 === '' || 身份 === '') continue
    const here = at('党员', row)
    const fault = (code: string, facts: Fault['facts'] = {}) => faults.push({ ...here, code, facts })
    const branch = units.get(党支部)
    const period = periodTyped(here, 转入日期, 转出日期, faults)
    const person = find(姓名, here)
    const standing = /^(正式|正式党员|full)$/.test(身份)
      ? 'full'
      : /^(预备|预备党员|probationary)$/.test(身份)
        ? 'probationary'
        : null
    if (branch === undefined) fault('roster/unit-unknown', { name: 党支部 })
    else if (!holding.has(branch.kind)) fault('roster/no-members', { name: 党支部 })
    if (standing === null) fault('roster/standing', { text: 身份 })
    if (branch === undefined || period === null || person === null || standing === null) continue
    if (period.from < branch.from) fault('roster/before-unit', { day: period.from, name: 党支部, from: branch.from })
    const others: Period[] = [
      ...members.filter((one) => one.person === person).map((one) => one.period),
      ...present.memberships.filter((one) => one.pid === person),
    ]
    const crossing = others.find((one) => overlaps(one, period))
    if (crossing) fault('roster/member-overlaps', { name: 姓名, from: crossing.from })
    members.push({ person, branch: branch.ref, standing, period })
  }
  return members
}

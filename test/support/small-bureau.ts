import { randomUUID } from 'node:crypto'
import type { Actor, Role } from '../../src/core/access/actor.ts'
import type { TestApp } from './app.ts'

/** The persons of the small bureau; all but the last are enrolled in its first branch, 宋安澜 on probation. */
export const names = ['孟怀瑾', '冯乐山', '陶静仪', '罗清和', '宋安澜', '邵文渊'] as const
export type Name = (typeof names)[number]

const unitRows = [
  ['bureau', null, '临澜市城乡水务局'],
  ['leading-group', 'bureau', '局党组'],
  ['department', 'bureau', '供水科'],
  ['branch', 'bureau', '第一党支部'],
  ['other-branch', 'bureau', '第二党支部'],
] as const
export type UnitKey = (typeof unitRows)[number][0]

/** A bureau of five units and six persons since 2021, written as the owner of the database, and actors in it. */
export interface SmallBureau {
  readonly unit: Readonly<Record<UnitKey, string>>
  readonly pid: Readonly<Record<Name, string>>
  /** An actor who holds one role over units; who sees talks does so over the same units. */
  actor(name: Name, role: Role, units: 'all' | readonly UnitKey[], more?: Partial<Actor>): Actor
}

/** Writes the small bureau into an empty test database. */
export async function makeSmallBureau(app: TestApp): Promise<SmallBureau> {
  const unit = {} as Record<UnitKey, string>
  const pid = {} as Record<Name, string>
  const put = (table: string, row: Record<string, unknown>) => {
    const all = { org_id: 1, recorded_idx: 0, ...row }
    const places = Object.keys(all).map((_, index) => `$${index + 1}`)
    const text = `insert into ${table} (${Object.keys(all).join(',')}) values (${places.join(',')})`
    return app.owner.query(text, Object.values(all))
  }
  const id = () => ({ id: randomUUID(), version: 1 })
  for (const [position, [key, parent, name]] of unitRows.entries()) {
    unit[key] = randomUUID()
    await put('units', { ...id(), id: unit[key], kind: key === 'other-branch' ? 'branch' : key })
    const parent_id = parent === null ? null : unit[parent]
    await put('unit_periods', { ...id(), unit_id: unit[key], parent_id, position, valid_from: '2020-01-01', name })
  }
  for (const name of names) {
    const person_id = randomUUID()
    pid[name] = randomUUID()
    await app.owner.query('insert into person_ids (org_id, pid, person_id) values (1, $1, $2)', [pid[name], person_id])
    await put('persons', { ...id(), id: person_id, name })
    const standing = name === '宋安澜' ? 'probationary' : 'full'
    const branch_id = name === '邵文渊' ? unit['other-branch'] : unit.branch
    await put('memberships', { ...id(), branch_id, pid: pid[name], standing, valid_from: '2021-01-01' })
  }
  for (const [position, name] of (['孟怀瑾', '冯乐山'] as const).entries()) {
    const post = { ...id(), unit_id: unit['leading-group'], kind: 'group-member', position, valid_from: '2021-01-01' }
    await put('posts', post)
    await put('appointments', { ...id(), post_id: post.id, pid: pid[name], valid_from: '2021-01-01' })
  }
  const actor: SmallBureau['actor'] = (name, role, units, more = {}) => {
    const over = units === 'all' ? ('all' as const) : units.map((key) => unit[key])
    const scope = { units: over, pid: pid[name] }
    const holdings = [{ role, postId: null, units: over }]
    const scopes = { general: scope, talks: scope }
    return { orgId: 1, accountId: randomUUID(), pid: pid[name], name, holdings, scopes, onBehalfOf: null, ...more }
  }
  return { unit, pid, actor }
}

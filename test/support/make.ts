import type { Actor, Holding, Role } from '../../src/core/access/actor.ts'
import { EVERYTHING, NOTHING } from '../../src/core/access/scope.ts'
import {
  type Demonstration,
  type Entered,
  enterDemonstration,
  readDemonstration,
} from '../../src/modules/organisation/demonstration.ts'
import { actorHoldings } from '../../src/modules/organisation/organisation.ts'
import { civilDay, newUuid } from '../../src/platform/action/clock.ts'
import { preambleOf, transact } from '../../src/platform/db/pool.ts'
import type { Caller, TestApp } from './app.ts'

/** An actor who is no person: holds one role over everything, sees everything unless the role is an administrator's. */
export function actorOf(app: TestApp, role: Role, units: Holding['units'] = 'all'): Actor {
  const scope = role.endsWith('-admin') ? NOTHING : EVERYTHING
  return {
    orgId: app.org.orgId,
    accountId: newUuid(app.clock.now()),
    pid: null,
    name: role,
    holdings: [{ role, postId: null, units }],
    scopes: { general: scope, talks: scope },
    onBehalfOf: null,
  }
}

/** The demonstration bureau in a test database: ids by name, and callers for its people. */
export interface Bureau extends Entered {
  /** A caller without a person who holds the role `office` over everything. */
  readonly keeper: Caller
  unit(name: string): string
  person(name: string): string
  /** The post by `unit/kind` or `unit/kind/title`. */
  post(key: string): string
  /** The actor that a person is today, with what he holds and sees. */
  actor(name: string): Promise<Actor>
  /** Calls as a person. */
  as(name: string): Promise<Caller>
}

function taken(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`the bureau has no ${key}`)
  return id
}

/** Enters the demonstration bureau (or another of the same shape) through the verbs. */
export async function makeBureau(app: TestApp, demo: Demonstration = readDemonstration()): Promise<Bureau> {
  const keeper = app.as(actorOf(app, 'office'))
  const entered = await enterDemonstration((verb, input) => keeper.must(verb, input), demo)
  const actor = async (name: string): Promise<Actor> => {
    const pid = taken(entered.persons, name)
    const { orgId } = app.org
    const { catalogue } = app.stage.catalogues
    const today = civilDay(app.clock.now())
    const held = await transact(app.stage.pool, preambleOf('read only', orgId, {}), (tx) =>
      actorHoldings(tx, orgId, pid, today, catalogue),
    )
    return { orgId, accountId: newUuid(app.clock.now()), pid, name, ...held, onBehalfOf: null }
  }
  return {
    ...entered,
    keeper,
    unit: (name) => taken(entered.units, name),
    person: (name) => taken(entered.persons, name),
    post: (key) => taken(entered.posts, key),
    actor,
    as: async (name) => app.as(await actor(name)),
  }
}

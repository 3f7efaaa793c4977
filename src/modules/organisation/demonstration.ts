import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { Day } from '../../core/contract.ts'

const Span = z.array(z.string().nullable()).min(1).max(3)
const Demonstration = z.strictObject({
  bureau: z.strictObject({ code: z.string(), name: z.string(), goLiveOn: Day }),
  since: Day,
  units: z.array(
    z.strictObject({ name: z.string(), kind: z.string(), parent: z.string().optional(), from: Day.optional() }),
  ),
  persons: z.array(z.array(z.string())),
  posts: z.array(
    z.strictObject({
      unit: z.string(),
      kind: z.string(),
      title: z.string().optional(),
      holders: z.array(Span),
      charges: z.array(Span).default([]),
    }),
  ),
  members: z.record(z.string(), z.array(z.string())),
  joined: z.record(z.string(), Day),
  probationary: z.record(z.string(), Day.nullable()),
  transfers: z.array(z.strictObject({ person: z.string(), to: z.string(), from: Day })),
  mandates: z.array(
    z.strictObject({ principal: z.string(), agent: z.string(), from: Day, to: Day, purpose: z.string() }),
  ),
})

/** The invented bureau as `catalogue/demo/roster.yaml` tells it. */
export type Demonstration = z.output<typeof Demonstration>

/** Reads the invented bureau; throws where the file is not as it should be. */
export function readDemonstration(
  file = join(import.meta.dirname, '../../../catalogue/demo/roster.yaml'),
): Demonstration {
  return Demonstration.parse(parse(readFileSync(file, 'utf8')))
}

/** Ids of what was entered, by the words of the file (persons by name, namesakes by `name#number`). */
export interface Entered {
  readonly units: ReadonlyMap<string, string>
  readonly persons: ReadonlyMap<string, string>
  /** Posts by `unit/kind` or `unit/kind/title`; both lead to the first such post. */
  readonly posts: ReadonlyMap<string, string>
}

/** Performs one verb and gives its answer; throws when it is refused. */
// biome-ignore lint/suspicious/noExplicitAny: answers differ from verb to verb and are taken by name.
export type Perform = (verb: string, input: unknown) => Promise<any>

/** Enters the invented bureau through the verbs, as a person who keeps the roster would. */
export async function enterDemonstration(perform: Perform, demo: Demonstration): Promise<Entered> {
  const units = new Map<string, string>()
  const persons = new Map<string, string>()
  const posts = new Map<string, string>()
  for (const { name, kind, parent, from } of demo.units) {
    const parentId = parent === undefined ? null : idOf(units, parent)
    units.set(name, (await perform('unit.open', { name, kind, parentId, from: from ?? demo.since })).unitId)
  }
  for (const key of demo.persons.flat()) {
    const [name, staffNo] = key.split('#')
    persons.set(key, (await perform('person.record', { name, staffNo })).personId)
  }
  for (const post of demo.posts) await enterPost(perform, demo, post, units, persons, posts)
  await enterMembers(perform, demo, units, persons)
  for (const { principal, agent, ...mandate } of demo.mandates) {
    await perform('mandate.grant', {
      principalId: idOf(persons, principal),
      agentId: idOf(persons, agent),
      ...mandate,
    })
  }
  return { units, persons, posts }
}

function idOf(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`the demonstration bureau names no ${key}`)
  return id
}

async function enterPost(
  perform: Perform,
  { since }: Demonstration,
  post: Demonstration['posts'][number],
  units: ReadonlyMap<string, string>,
  persons: ReadonlyMap<string, string>,
  posts: Map<string, string>,
): Promise<void> {
  const { unit, kind, title } = post
  const { postId } = await perform('post.open', { unitId: idOf(units, unit), kind, title, from: since })
  for (const key of [`${unit}/${kind}`, `${unit}/${kind}/${title ?? ''}`]) if (!posts.has(key)) posts.set(key, postId)
  for (const [who, from, to] of post.holders) {
    const personId = idOf(persons, who!)
    await perform('appointment.appoint', { postId, personId, from: from ?? since, to: to ?? undefined })
  }
  for (const [name, from, to] of post.charges) {
    await perform('charge.assign', { postId, unitId: idOf(units, name!), from: from ?? since, to: to ?? undefined })
  }
}

async function enterMembers(
  perform: Perform,
  demo: Demonstration,
  units: ReadonlyMap<string, string>,
  persons: ReadonlyMap<string, string>,
): Promise<void> {
  const memberships = new Map<string, string>()
  for (const [branch, names] of Object.entries(demo.members)) {
    for (const name of names) {
      const standing = name in demo.probationary ? 'probationary' : 'full'
      const input = {
        branchId: idOf(units, branch),
        personId: idOf(persons, name),
        standing,
        from: demo.joined[name] ?? demo.since,
      }
      memberships.set(name, (await perform('membership.record', input)).membershipId)
    }
  }
  for (const [name, from] of Object.entries(demo.probationary)) {
    if (from !== null)
      await perform('membership.amend', { membershipId: idOf(memberships, name), standing: 'full', from })
  }
  for (const { person, to, from } of demo.transfers) {
    await perform('membership.transfer', { membershipId: idOf(memberships, person), branchId: idOf(units, to), from })
  }
}

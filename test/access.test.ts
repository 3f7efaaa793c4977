import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import * as z from 'zod'
import { registry } from '../src/modules/index.ts'
import type { Registry } from '../src/platform/action/action.ts'

const golden = join(import.meta.dirname, 'access.golden.txt')

/** Every act and read with the grounds on which it is allowed: any one is enough, none means nobody. */
function tableOf(all: Pick<Registry, 'actions' | 'queries'>): string {
  const rows = [...all.actions.values(), ...all.queries.values()].map(({ descriptor, may }) => ({
    name: `${descriptor.kind} ${descriptor.name}${descriptor.open ? ' (open: nobody needs to be signed in)' : ''}`,
    grounds: may.grounds.map(({ says }) => says),
  }))
  return rows
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, grounds }) =>
        `${name}\n${(grounds.length > 0 ? grounds : ['nobody']).map((one) => `    ${one}\n`).join('')}`,
    )
    .join('')
}

test('who may do and read what is as reviewed', () => {
  const table = tableOf(registry)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, table)
  const reviewed = readFileSync(golden, 'utf8')
  assert.equal(
    table,
    reviewed,
    'a right has changed: run with UPDATE_GOLDEN=1 and have the difference of test/access.golden.txt reviewed',
  )
})

/** What may be asked without a session, and why. */
const open: Readonly<Record<string, string>> = {
  'session.open': 'signing in',
  'account.redeem': 'the first sign-in with a one-time slip',
}

test('only what signing in needs is open', () => {
  const declared = registry.descriptors.filter((one) => one.open).map(({ name }) => name)
  assert.deepEqual(declared.sort(), Object.keys(open).sort())
})

test('every act and read has a ground, and each ground says what it is', () => {
  for (const { descriptor, may } of [...registry.actions.values(), ...registry.queries.values()]) {
    assert.ok(may.grounds.length > 0, `${descriptor.name}: nobody may`)
    for (const { says } of may.grounds) assert.match(says, /\w/, descriptor.name)
  }
})

type Schema = Readonly<Record<string, unknown>>

/** Objects in an input that take fields which nobody knows. */
function looseIn(schema: Schema, at: string): string[] {
  const faults: string[] = []
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>
  if (schema['type'] === 'object' && schema['additionalProperties'] !== false && schema['propertyNames'] === undefined)
    faults.push(at)
  for (const [name, inner] of Object.entries(properties)) faults.push(...looseIn(inner, `${at}.${name}`))
  const inside = [schema['items'], ...((schema['anyOf'] ?? []) as Schema[]), ...((schema['oneOf'] ?? []) as Schema[])]
  for (const one of inside) if (typeof one === 'object' && one !== null) faults.push(...looseIn(one as Schema, at))
  return faults
}

test('every input refuses fields that it does not know, at every depth', () => {
  const schemaOf = (input: z.ZodType) => z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema
  const faults = registry.descriptors.flatMap(({ name, input }) => looseIn(schemaOf(input), name))
  assert.equal(faults.length, 0, `\nuse z.strictObject:\n${faults.join('\n')}`)
  assert.deepEqual(looseIn(schemaOf(z.strictObject({ a: z.array(z.object({ b: z.string() })) })), 'x'), ['x.a'])
})

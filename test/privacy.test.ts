import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { parse } from 'yaml'
import * as z from 'zod'
import { privacyColumnSchema } from '../src/core/catalogue/papers.ts'
import { modules, registry } from '../src/modules/index.ts'
import { appRole } from '../src/platform/db/roles.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { read } from './tidy/sources.ts'
import { type Column, type Surface, surfaceOf } from './tidy/surface.ts'

const listed = z.array(privacyColumnSchema).parse(parse(read('catalogue/privacy.yaml')))

let database: TestDatabase
let owner: pg.Client
let surface: Surface
before(async () => {
  database = await testDatabase()
  owner = new pg.Client(database.owner)
  await owner.connect()
  surface = await surfaceOf(owner, registry)
})
after(async () => {
  await owner.end()
  await database.drop()
})

/** Columns that could hold something about a person and do not, and why. */
const exempt: readonly { readonly columns: RegExp; readonly why: string }[] = [
  { columns: /\.(id|v1|version|org_id)$/, why: 'number of a record, not of a person; persons.id is listed' },
  {
    columns:
      /\.(unit_id|parent_id|branch_id|post_id|leader_post_id|watcher_post_id|by_post_id|approver_post_id|lead_unit_id|support_ids|unit_ids|initiator_post_id|counterpart_post_id)$/,
    why: 'a unit or a post, whoever holds it; talk_pairs.unit_id is listed',
  },
  {
    columns:
      /\.(list_id|duty_id|origin_id|document_id|activity_id|talk_id|act_id|cite_id|ref_id|merged_into|report_id|order_id|channel_id|kept_activity_id)$/,
    why: 'another record; talk_pairs.talk_id is listed',
  },
  {
    columns:
      /\.(kind|also_kinds|topics|audience|body|layer|shape|month|cadence|countable|span|noun|origin_noun|verb|event|last_event|act|state|status|mode|proposes|outcome|code|standing|administrator|rule|statement|item|param|pack|subject_type)$/,
    why: 'a word of a closed list, or where in a text; attendance.status is listed',
  },
  {
    columns: /^(orgs|units|unit_periods|posts)\.(name|code|suite|title)$/,
    why: 'name of an office, not of who holds it',
  },
  {
    columns: /^(festival_reminders\.(festival|audiences)|deliveries\.reason|channels\.settings)$/,
    why: 'words of closed lists; where a server stands and how it is spoken to',
  },
  { columns: /^cited_documents\./, why: 'titles of published documents' },
  { columns: /^duty_lists\.title$/, why: 'name of the list of a year' },
  {
    columns: /^(documents|reports|document_readings)\.(sha256|encoding|digest|catalogue_hash)$/,
    why: 'a digest or the name of a form',
  },
  { columns: /^excuses\.subject_id$/, why: 'a unit or a post; excuses of persons have a table of their own' },
  {
    columns: /^rule_(confirmations|parameters|packs)\./,
    why: "which document a rule rests on, a number, the bureau's own document",
  },
  { columns: /^column_mappings\./, why: 'what the columns under a heading mean' },
  { columns: /^calendar_years\./, why: 'the days off of a year and the notice in which they were announced' },
  {
    columns: /^tally_states\.(standing_years|ground)$/,
    why: 'for which years and up to which records tallies were counted',
  },
  { columns: /^journal_(nodes|checkpoints)\./, why: 'hashes of hashes' },
  { columns: /^idempotency_keys\.(key|request_hash)$/, why: 'a random number and a digest' },
  { columns: /^erasures\./, why: 'which fields were emptied, without the person' },
  { columns: /^report_drafts\.bindings$/, why: 'which metric a place in the text is tied to' },
  { columns: /^schema_migrations\./, why: 'belongs to the program' },
]

/** Claims that a column could hold something about a person: text, documents, bytes, ids. Numbers and days alone do not. */
function couldBePersonal({ type }: Column): boolean {
  return /^(text|character|json|bytea|uuid|ARRAY)/.test(type)
}

function unexplained(columns: readonly Column[]): string[] {
  const known = new Set(listed.map(({ table, column }) => `${table}.${column}`))
  return columns
    .filter(couldBePersonal)
    .map(({ table, column }) => `${table}.${column}`)
    .filter((name) => !known.has(name) && !exempt.some(({ columns }) => columns.test(name)))
}

const tableColumns = () => {
  const tables = new Set(surface.tables.filter(({ kind }) => kind === 'table').map(({ name }) => name))
  return surface.columns.filter(({ table }) => tables.has(table))
}

test('every column that could hold something about a person has purpose, basis and retention, or a reason to need none', () => {
  const open = unexplained(tableColumns())
  assert.equal(open.length, 0, `\ngive these a row in catalogue/privacy.yaml:\n${open.join('\n')}`)
  const planted = { table: 'persons', column: 'mobile_phone', type: 'text', default: null }
  assert.deepEqual(unexplained([planted]), ['persons.mobile_phone'])
})

test('the list names columns that exist, each once', () => {
  const names = listed.map(({ table, column }) => `${table}.${column}`)
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
    'listed twice',
  )
  const real = new Set(tableColumns().map(({ table, column }) => `${table}.${column}`))
  assert.deepEqual(
    names.filter((name) => !real.has(name)),
    [],
    'listed and absent',
  )
})

test('no reason is kept for columns that are gone', () => {
  const names = tableColumns().map(({ table, column }) => `${table}.${column}`)
  for (const { columns, why } of exempt)
    assert.ok(
      names.some((name) => columns.test(name)),
      why,
    )
})

/** Columns of records that `person.erase` empties: those that a kind of record declares as his, and notes of parts. */
const emptiedByErasure = () =>
  modules
    .flatMap((module) => module.records)
    .flatMap(({ table, part, personal = [] }) => [
      ...personal.flatMap(({ fields }) => fields.map((name) => `${table}.${name}`)),
      ...(part ? [`${part.table}.${part.note}`] : []),
    ])

const listedAs = (...what: string[]) =>
  listed.filter(({ erasure }) => what.includes(erasure)).map(({ table, column }) => `${table}.${column}`)

test('what the list says is emptied with the person is what an erasure empties, and the other way round', () => {
  const records = new Set(
    modules.flatMap((module) => module.records.flatMap(({ table, part }) => [table, part?.table])),
  )
  const said = listedAs('emptied').filter((name) => records.has(name.split('.')[0]!))
  assert.deepEqual(said.sort(), [...new Set(emptiedByErasure())].sort())
})

test('what an erasure empties can be emptied by the application', async () => {
  const { rows } = await owner.query(
    `select table_name || '.' || column_name as name from information_schema.column_privileges where grantee = $1 and privilege_type = 'UPDATE'`,
    [appRole],
  )
  const granted = new Set((rows as { name: string }[]).map(({ name }) => name))
  const wanted = [...emptiedByErasure(), ...listedAs('emptied')]
  assert.deepEqual(
    wanted.filter((name) => !granted.has(name)),
    [],
    'grant update of these',
  )
})

test('every kind of record that names a person says what goes with him, or why his number may stay', () => {
  const stay = listedAs('kept-unlinked')
  const faults = modules.flatMap((module) =>
    module.records.flatMap(({ table, clear, sealed, personal = [] }) => {
      const gone = new Set(personal.flatMap(({ fields }) => fields))
      const names = [...clear, ...sealed].filter((column) => /(^|_)pid$/.test(column))
      return names
        .filter((column) => !gone.has(column) && !stay.includes(`${table}.${column}`))
        .map((column) => `${table}.${column}`)
    }),
  )
  assert.deepEqual(faults, [])
})

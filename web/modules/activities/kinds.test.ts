// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { kinds as english } from '../../words/en/kinds.ts'
import { kinds as chinese } from '../../words/zh/kinds.ts'
import { postKinds, unitKinds } from '../organisation/kinds.ts'
import { talkKinds } from '../talks/kinds.ts'
import { activityKinds, attendanceStatuses } from './kinds.ts'

type Row = { id: string; words: { zh: string; en: string }; [key: string]: unknown }
type Field = Row & { choices?: Row[]; list?: string }

const read = (name: string): Row[] =>
  parse(readFileSync(new URL(`../../../catalogue/kinds/${name}.yaml`, import.meta.url), 'utf8'))

const files = {
  activity: 'activities',
  status: 'attendance',
  audience: 'audiences',
  topic: 'topics',
  talk: 'talks',
  post: 'posts',
  unit: 'units',
} as const

test('the words of the screen name every row of the catalogue as the catalogue does', () => {
  for (const [group, file] of Object.entries(files)) {
    const rows = read(file)
    const key = group as keyof typeof files
    assert.deepEqual(chinese[key], Object.fromEntries(rows.map(({ id, words }) => [id, words.zh])), group)
    assert.deepEqual(english[key], Object.fromEntries(rows.map(({ id, words }) => [id, words.en])), group)
  }
})

test('own fields and their choices have their words', () => {
  for (const kind of read('activities'))
    for (const field of (kind['fields'] ?? []) as Field[]) {
      assert.equal(chinese.field[`${kind.id}_${field.id}` as keyof typeof chinese.field], field.words.zh)
      for (const choice of field.choices ?? []) {
        const key = `${kind.id}_${field.id}_${choice.id}` as keyof typeof chinese.choice
        assert.equal(chinese.choice[key], choice.words.zh)
      }
    }
})

test('a page knows of each kind who holds it and how attendance is taken', () => {
  const rows = read('activities')
  assert.deepEqual(
    activityKinds.map(({ id, group, bodies, attendance, mayVote }) => [id, group, bodies, attendance, mayVote]),
    rows.map((row) => [row.id, row['group'], row['bodies'], row['attendance'], row['may_vote'] ?? false]),
  )
  assert.deepEqual(
    activityKinds.map(({ fields }) => fields.map(({ id }) => id)),
    rows.map((row) => ((row['fields'] ?? []) as Field[]).map(({ id }) => id)),
  )
})

test('statuses, talks, posts and units are those of the catalogue', () => {
  assert.deepEqual(
    [...attendanceStatuses].sort(),
    read('attendance')
      .map(({ id }) => id)
      .sort(),
  )
  assert.deepEqual(
    talkKinds.map(({ id, shape, maskedBelow }) => [id, shape, maskedBelow]),
    read('talks').map((row) => [row.id, row['shape'], row['masked_below'] ?? null]),
  )
  assert.deepEqual(
    postKinds.map(({ id, units }) => [id, units]),
    read('posts').map((row) => [row.id, row['units']]),
  )
  assert.deepEqual(
    unitKinds.map(({ id, parents }) => [id, parents]),
    read('units').map((row) => [row.id, row['parents']]),
  )
})

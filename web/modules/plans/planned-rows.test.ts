// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPlannedRows } from './planned-rows.ts'

const around = {
  units: [{ id: 'u1', names: ['第一党支部'] }],
  kinds: [{ id: 'theme-party-day', names: ['主题党日', 'Themed Party day'] }],
  today: '2026-03-02',
}

test('rows of a table are read with their day or their month; headings are passed over', () => {
  const rows = readPlannedRows(
    '日期\t组织\t种类\t主题\n3月20日\t第一党支部\t主题党日\t植树\n4月\t第一党支部\tthemed party day\t',
    around,
  )
  assert.deepEqual(
    rows.map((row) => ('plan' in row ? row.plan : row.fault)),
    [
      { unitId: 'u1', kind: 'theme-party-day', title: '植树', plannedOn: '2026-03-20' },
      { unitId: 'u1', kind: 'theme-party-day', month: '2026-04' },
    ],
  )
})

test('a row says which part of it could not be read, and its line', () => {
  const rows = readPlannedRows(
    '3月20日\t第九党支部\t主题党日\n\n某日\t第一党支部\t主题党日\n3月20日，第一党支部，植树',
    around,
  )
  assert.deepEqual(
    rows.map((row) => [row.line, 'fault' in row && row.fault]),
    [
      [1, 'unit'],
      [3, 'when'],
      [4, 'kind'],
    ],
  )
})

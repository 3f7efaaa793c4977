import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tableOf } from '../catalogue/catalogue.ts'
import type { DutyLayer, PostKind, UnitKind } from '../catalogue/kinds.ts'
import { type Order, ownerOf, ownersNamed, postInCharge } from './owner.ts'

const words = (zh: string) => ({ zh, en: zh })
const unitKind = (id: string, zh: string, also: string[] = []): UnitKind => ({
  id,
  words: words(zh),
  also,
  line: 'party',
  parents: [],
  members: false,
})
const kinds = {
  unitKinds: tableOf('unitKinds', [
    unitKind('bureau', '局'),
    unitKind('leading-group', '党组', ['局党组']),
    unitKind('branch', '党支部', ['支部']),
    unitKind('department', '科室'),
  ]),
  postKinds: tableOf<PostKind>('postKinds', [
    { id: 'secretary', words: words('党组书记'), also: [], role: 'secretary', units: ['leading-group'], single: true },
  ]),
  dutyLayers: tableOf<DutyLayer>('dutyLayers', [
    { id: 'leading-group', words: words('党组'), also: ['局党组'], rank: 1, responsibility: 'primary' },
    { id: 'secretary', words: words('党组书记'), also: ['主要负责人'], rank: 2, responsibility: 'primary' },
    { id: 'department', words: words('科室（单位）'), also: ['科室'], rank: 3, responsibility: 'primary' },
    { id: 'branch', words: words('党支部'), also: ['支部'], rank: 4, responsibility: 'primary' },
  ]),
}
const order: Order = {
  units: [
    { unitId: 'root', parentId: null, kind: 'bureau', name: '某局' },
    { unitId: 'group', parentId: 'root', kind: 'leading-group', name: '党组' },
    { unitId: 'party-office', parentId: 'root', kind: 'department', name: '党组办公室' },
    { unitId: 'water', parentId: 'root', kind: 'department', name: '供水科' },
    { unitId: 'stock', parentId: 'water', kind: 'department', name: '物资股' },
    { unitId: 'b1', parentId: 'root', kind: 'branch', name: '第一党支部' },
    { unitId: 'b2', parentId: 'root', kind: 'branch', name: '第二党支部' },
  ],
  posts: [{ postId: 'head', unitId: 'group', kind: 'secretary', title: null }],
  charges: [{ postId: 'deputy', unitId: 'water' }],
}

test('a name means the unit that bears it, else the only unit of the kind, else everybody of the layer', () => {
  assert.deepEqual(ownerOf('供水科', order, kinds), {
    unitId: 'water',
    postId: null,
    layer: 'department',
    common: false,
  })
  assert.equal(ownerOf('局党组', order, kinds).unitId, 'group')
  assert.deepEqual(ownerOf('各党支部', order, kinds), { unitId: null, postId: null, layer: 'branch', common: true })
  assert.deepEqual(ownerOf('支部', order, kinds), { unitId: null, postId: null, layer: 'branch', common: true })
})

test('a name of a post means the only post of its kind', () => {
  assert.equal(ownerOf('主要负责同志', order, kinds).postId, 'head')
})

test('a name that means nothing here resolves to nothing', () => {
  assert.deepEqual(ownerOf('水投公司', order, kinds), { unitId: null, postId: null, layer: null, common: false })
})

test('in charge of a unit is the post of the nearest charge above it', () => {
  assert.equal(postInCharge('stock', order), 'deputy')
  assert.equal(postInCharge('b1', order), null)
})

test('a passage says who leads, who supports and who acts; who is acted upon owns nothing', () => {
  assert.deepEqual(ownersNamed('党组办公室牵头，供水科配合，八月底前完成对照。', order.units), {
    leadUnitId: 'party-office',
    stated: true,
    supportIds: ['water'],
  })
  assert.deepEqual(ownersNamed('按要求，供水科八月底前完成普查。', order.units), {
    leadUnitId: 'water',
    stated: false,
    supportIds: [],
  })
  assert.equal(ownersNamed('加强对供水科的检查。', order.units).leadUnitId, null)
})

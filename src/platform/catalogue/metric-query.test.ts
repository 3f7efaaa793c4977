import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metricQuery } from '../../core/figures/query.ts'
import { loadCatalogue } from './catalogue.ts'

const catalogue = loadCatalogue()
const year = { from: '2025-01-01', to: '2025-12-31' }

test('a metric becomes a closed filter of the ledger', () => {
  const study = metricQuery(catalogue, 'leading-group.topic-studies', { topic: '意识形态工作' }, year)
  assert.ok('where' in study)
  assert.deepEqual(study.where, {
    type: 'activity',
    kind: ['leading-group-meeting'],
    day: ['2025-01-01', '2025-12-31'],
    topic: 'ideology',
  })
  const persons = metricQuery(catalogue, 'training.persons', {}, year)
  assert.ok('where' in persons)
  assert.deepEqual(persons.aggregate, { op: 'distinct', part: 'attendance', status: ['present'] })
  assert.equal(persons.where.type, 'activity')
  const rate = metricQuery(catalogue, 'duties.closed-rate', {}, year)
  assert.ok('where' in rate && rate.aggregate.op === 'ratio')
  assert.deepEqual(rate.aggregate.met.equals, { year: 2025, status: 'closed' })
  const talks = metricQuery(catalogue, 'talks.summons.attendances', { audience: '科级干部' }, year)
  assert.ok('where' in talks)
  assert.deepEqual(talks.where, {
    type: 'talk',
    kind: ['summons'],
    month: ['2025-01', '2025-12'],
    equals: { audience: 'section-officials' },
  })
  assert.equal(talks.maskedBelow, 5)
})

test('what cannot be counted says why', () => {
  const why = (id: string, params: Record<string, string>, period = year) => {
    const query = metricQuery(catalogue, id, params, period)
    return 'unfilled' in query ? query.unfilled : null
  }
  assert.equal(why('no.such', {}), 'figure/no-metric')
  assert.equal(why('decisions.items', {}), 'figure/no-facts')
  assert.equal(why('study.topic.sessions', {}), 'figure/param-missing')
  assert.equal(why('training.attendances', { audience: '过路人' }), 'figure/param-unknown')
  assert.equal(why('talks.heart.attendances', {}, { from: '2025-01-02', to: '2025-12-31' }), 'figure/talk-period')
  assert.equal(why('talks.heart.attendances', {}, { from: '2024-12-01', to: '2025-01-31' }), 'figure/talk-period')
  assert.equal(why('talks.heart.attendances', {}), null)
  for (const metric of catalogue.metrics.rows) {
    const reason = why(metric.id, { topic: 'ideology', audience: '职工' })
    assert.equal(reason, metric.available ? null : 'figure/no-facts', metric.id)
  }
})

import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { audiencesWithin, rowMeant, topicForms, topicKey } from '../../core/catalogue/catalogue.ts'
import { fieldsSchema } from '../../core/catalogue/fields.ts'
import { CatalogueError, loadCatalogue, overlay, shippedCatalogue, withLexicon } from './catalogue.ts'
import { glossaryIsCurrent } from './glossary.ts'

const catalogue = loadCatalogue()
const folder = mkdtempSync(join(tmpdir(), 'luze-catalogue-'))
after(() => rmSync(folder, { recursive: true }))

function changed(file: string, from: string, to: string): string {
  const dir = mkdtempSync(join(folder, 'c-'))
  for (const part of ['kinds', 'metrics', 'calendar', 'rules', 'glossary.yaml', 'mechanisms.yaml', 'privacy.yaml']) {
    cpSync(join(shippedCatalogue, part), join(dir, part), { recursive: true })
  }
  const text = readFileSync(join(dir, file), 'utf8')
  assert.ok(text.includes(from), `${file} holds ${from}`)
  writeFileSync(join(dir, file), text.replace(from, to))
  return dir
}

test('the metrics are exactly the first set of the contract', () => {
  const first =
    `study.central-group.sessions study.topic.sessions publicity.talks training.sessions training.attendances
    training.persons leading-group.meetings leading-group.topic-studies decisions.items branch.general-meetings
    branch.committee-meetings branch.theme-days branch.lectures research.visits research.reports risk.points risk.measures
    indicator.actual indicator.target talks.group.sessions talks.summons.attendances talks.reminder.attendances
    talks.integrity.attendances talks.heart.attendances talks.political.attendances warning.sessions warning.attendances
    reminders.sent problems.found problems.closed problems.closed-rate duties.total duties.closed duties.closed-rate
    rules.issued`.split(/\s+/)
  assert.deepEqual([...catalogue.metrics.ids].sort(), first.sort())
})

test('the duty kinds are the closed list of the contract', () => {
  const kinds = `study edu publicity ideology orglife branch integrate talk warn discipline risk style culture decide
    personnel assess train rectify research report supervise inspect plan resp inst business target other`.split(/\s+/)
  assert.deepEqual(catalogue.dutyKinds.ids, kinds)
})

test('the example of each row uses the words of the row', () => {
  const named = [...catalogue.activityKinds.rows, ...catalogue.talkKinds.rows, ...catalogue.dutyKinds.rows]
  for (const row of named) {
    assert.ok(
      [row.words.zh, ...row.also].some((word) => row.example.includes(word)),
      `${row.id}: ${row.example}`,
    )
  }
  for (const metric of catalogue.metrics.rows) {
    assert.ok(
      metric.phrases.some((phrase) => metric.example.includes(phrase)),
      `${metric.id}: ${metric.example}`,
    )
    assert.ok(
      metric.units.some((unit) => metric.example.includes(unit)),
      `${metric.id}: ${metric.example}`,
    )
  }
})

test('a talk keeps no person unless it is one of the kinds with a pair', () => {
  const pairs = catalogue.talkKinds.rows.filter((kind) => kind.shape === 'pair').map((kind) => kind.id)
  assert.deepEqual(pairs, ['heart-to-heart', 'political', 'pre-office', 'appointment', 'duty-talk-down'])
  const masked = catalogue.talkKinds.rows.filter((kind) => kind.masked_below === 5).map((kind) => kind.id)
  assert.deepEqual(masked, ['reminder', 'summons', 'admonition'])
})

test('a catalogue cannot be changed after loading', () => {
  assert.throws(() => Object.assign(catalogue, { hash: '' }), TypeError)
  assert.throws(() => Object.assign(catalogue.activityKinds.rows[0]!.words, { zh: '' }), TypeError)
  assert.throws(() => (catalogue.metrics.rows as unknown[]).push({}), TypeError)
})

test('the hash follows content and neither layout nor comments', () => {
  assert.match(catalogue.hash, /^[0-9a-f]{64}$/)
  assert.equal(loadCatalogue().hash, catalogue.hash)
  assert.equal(loadCatalogue(changed('kinds/layers.yaml', '# Layers', '# Other words\n\n#')).hash, catalogue.hash)
  assert.notEqual(loadCatalogue(changed('kinds/layers.yaml', 'rank: 6', 'rank: 7')).hash, catalogue.hash)
})

test('a mistake names the file and the row', () => {
  const cases: [string, string, string, RegExp][] = [
    ['kinds/talks.yaml', 'shape: pair', 'shape: circle', /kinds\/talks\.yaml: row 1 \(heart-to-heart\): shape/],
    [
      'kinds/talks.yaml',
      'id: political',
      'id: heart-to-heart',
      /kinds\/talks\.yaml: rows: .*heart-to-heart stands twice/,
    ],
    ['kinds/activities.yaml', 'posts: [secretary', 'posts: [emperor', /central-group-study: no post kind emperor/],
    ['kinds/activities.yaml', 'sealed: true', 'sealed: true, secret: 1', /row 1 \(central-group-study\).*secret/],
    [
      'metrics/study.yaml',
      'kinds: [publicity-talk]',
      'kinds: [sermon]',
      /metrics\/study\.yaml: publicity\.talks: no activity kind sermon/,
    ],
    ['metrics/study.yaml', 'field: present', 'field: applause', /training-course has no number applause/],
    ['metrics/study.yaml', 'equals: { audience: $audience }', 'equals: { mood: $audience }', /no countable field mood/],
    [
      'kinds/activities.yaml',
      'counts_persons: true',
      'counts_persons: false',
      /training\.persons: .*does not count persons/,
    ],
    ['metrics/talks.yaml', '- id: talks.group', '- id: [', /metrics\/talks\.yaml: yaml/],
    ['calendar/2026.yaml', 'worked: [2026-01-04', 'worked: [2026-01-05', /row 1 \(2026\): worked-weekday 2026-01-05/],
    ['calendar/2026.yaml', 'to: 2026-02-23', 'to: 2026-02-29', /row 1 \(2026\): .*festivals\.1\.to/],
    ['calendar/2027.yaml', 'year: 2027', 'year: 2026', /2026: the year stands twice/],
    ['mechanisms.yaml', 'number: 2,', 'number: 9,', /mechanisms\.yaml: 9: stands where 2 belongs/],
  ]
  for (const [file, from, to, message] of cases) {
    assert.throws(() => loadCatalogue(changed(file, from, to)), message)
  }
  assert.throws(() => loadCatalogue(join(folder, 'nowhere')), CatalogueError)
})

test('own rows of a bureau stand after the shipped ones and change the hash', () => {
  const row = {
    id: 'own-reading-club',
    words: { zh: '读书会', en: 'Reading club' },
    group: 'study',
    bodies: ['branch'],
    attendance: 'roster',
    example: '举办读书会一次。',
  }
  const laid = overlay(catalogue, { activityKinds: [row] })
  assert.equal(laid.activityKinds.get('own-reading-club').words.zh, '读书会')
  assert.equal(catalogue.activityKinds.find('own-reading-club'), undefined)
  assert.notEqual(laid.hash, catalogue.hash)
  assert.equal(overlay(catalogue, {}).hash, catalogue.hash)
  assert.throws(() => overlay(catalogue, { activityKinds: [{ ...row, id: 'party-lecture' }] }), /own-/)
  assert.throws(() => overlay(catalogue, { activityKinds: [row, row] }), /stands twice/)
  assert.throws(() => overlay(catalogue, { activityKinds: [{ ...row, counts_persons: true }] }), /no metric needs it/)
  assert.throws(() => overlay(catalogue, { talkKinds: [] } as object), /cannot add rows here/)
  assert.ok(Object.isFrozen(laid.activityKinds.get('own-reading-club').words))
  assert.equal(Object.isFrozen(row), false)
})

test('reading words laid in are covered by the hash and survive an overlay', () => {
  const worded = withLexicon(catalogue, { verbs: ['抓好'] })
  assert.notEqual(worded.hash, catalogue.hash)
  assert.deepEqual(overlay(worded, {}).lexicon, { verbs: ['抓好'] })
})

test('own fields may be left out, and what the row does not name is refused', () => {
  const schema = fieldsSchema(catalogue.activityKinds.get('training-course'), catalogue.audiences.ids)
  assert.equal(schema.safeParse({}).success, true)
  assert.equal(schema.safeParse({ audience: 'party-officials', days: 2.5, form: 'own' }).success, true)
  assert.equal(schema.safeParse({ audience: 'everybody' }).success, false)
  assert.equal(schema.safeParse({ days: 0 }).success, false)
  assert.equal(schema.safeParse({ minutes: '…' }).success, false)
  assert.equal(schema.safeParse({ __defineGetter__: 1 }).success, false)
})

test('a topic typed in different words is one topic', () => {
  const { topics, audiences } = catalogue
  assert.equal(topicKey(topics, '意识形态工作'), 'ideology')
  assert.equal(topicKey(topics, ' 安全生产 '), '安全生产')
  assert.ok(topicForms(topics, 'strict-governance').includes('党风廉政建设'))
  assert.deepEqual(topicForms(topics, '安全生产'), ['安全生产'])
  assert.equal(rowMeant(topics, '纠治四风')?.id, 'conduct')
  assert.ok(audiencesWithin(audiences, '职工').includes('section-officials'))
  assert.equal(audiencesWithin(audiences, '科级干部').length, 1)
  assert.deepEqual(audiencesWithin(audiences, '过路人'), [])
})

test('every mechanism but a pure stance has a home', () => {
  assert.equal(catalogue.mechanisms.length, 164)
  const homeless = catalogue.mechanisms.filter((row) => row.home.length === 0)
  assert.deepEqual([...new Set(homeless.flatMap((row) => row.nature))], ['X'])
})

test('a term has one identifier and an identifier one term, and each kind of activity and talk is a term or a row', () => {
  const identifiers = catalogue.glossary.terms.flatMap((term) => term.identifier ?? [])
  assert.equal(new Set(identifiers).size, identifiers.length)
  assert.equal(new Set(catalogue.glossary.terms.map((term) => term.zh)).size, catalogue.glossary.terms.length)
  assert.equal(new Set(catalogue.glossary.verbs.map((verb) => verb.id)).size, catalogue.glossary.verbs.length)
})

test('docs/glossary.md is what the rows say', () => {
  assert.ok(glossaryIsCurrent(catalogue.glossary), 'write it again with npm run generate')
})

test('no source switches on the id of a kind of activity or talk', () => {
  const ids = [...catalogue.activityKinds.ids, ...catalogue.talkKinds.ids].filter((id) => id.includes('-'))
  const quoted = new RegExp(`['"\`](${ids.join('|')})['"\`]`)
  const root = join(import.meta.dirname, '../..')
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('demo'),
  )
  const guilty = sources.filter((file) => quoted.test(readFileSync(join(root, file), 'utf8')))
  assert.deepEqual(guilty, [], 'read the row of the kind instead')
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { registry } from '../src/modules/index.ts'
import { loadCatalogue } from '../src/platform/catalogue/catalogue.ts'
import { exportAll } from '../src/platform/journal/export.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { boards, marksLate, needless, personColumns, provinces, reachesOut, repeats } from './tidy/product.ts'
import { parseSource } from './tidy/sources.ts'
import { fieldsOf, namedWith, type Surface, saidWith, surfaceOf } from './tidy/surface.ts'

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

/** One rule: its sentence, what is found against it, and something planted that must be found. */
interface Rule {
  readonly says: string
  readonly against: (surface: Surface) => readonly string[]
  readonly planted: (surface: Surface) => readonly Surface[]
}

const column = (surface: Surface, table: string, name: string, type = 'text'): Surface => ({
  ...surface,
  columns: [...surface.columns, { table, column: name, type, default: null }],
})
const table = (surface: Surface, name: string): Surface => ({
  ...surface,
  tables: [...surface.tables, { name, kind: 'table' }],
})
const field = (
  surface: Surface,
  act: string,
  name: string,
  side: 'input' | 'output' = 'input',
  more = {},
): Surface => ({
  ...surface,
  fields: [...surface.fields, { at: `${act}.${name}`, name, side, required: true, schema: {}, ...more }],
})
const text = (surface: Surface, said: string): Surface => ({
  ...surface,
  texts: [...surface.texts, { at: 'planted', text: said }],
})
const code = (surface: Surface, path: string, said: string): Surface => ({
  ...surface,
  sources: [...surface.sources, parseSource(path, said)],
  web: [...surface.web, { at: path, text: said }],
})

const rules: readonly Rule[] = [
  {
    says: 'no person or unit is rated, ranked, tagged or scored, and none stands on a board',
    against: (s) => [
      ...namedWith(s, [
        'score',
        'scores',
        'rank',
        'ranking',
        'rating',
        'grade',
        'loyalty',
        'attitude',
        'thought',
        'credit',
        'points',
        'stars',
        'leaderboard',
        'tag',
        'tags',
        'performance',
      ]),
      ...saidWith(s, ['得分', '排名', '评分', '打分', '积分', '星级', '红黑榜', '排行', '末位淘汰']),
      ...boards(s),
    ],
    planted: (s) => [
      column(s, 'persons', 'loyalty_score'),
      field(s, 'duty.list', 'rank', 'output'),
      text(s, '本月排名'),
      code(
        s,
        'src/x.ts',
        'const q = `select pid, count(*) as n from attendance where org_id = 1 group by pid order by n desc`',
      ),
    ],
  },
  {
    says: 'nobody checks in by place, face or photo, and no reading is timed, forced or receipted',
    against: (s) =>
      [
        ...namedWith(s, [
          'location',
          'latitude',
          'longitude',
          'gps',
          'geo',
          'place',
          'face',
          'photo',
          'picture',
          'image',
          'selfie',
          'fingerprint',
          'checkin',
          'check in',
          'online',
          'receipt',
          'receipts',
          'viewed',
          'read at',
          'read by',
          'opened count',
          'dwell',
          'streak',
        ]),
        ...saidWith(s, [
          '打卡',
          '签到(?!表)',
          '人脸',
          '(?:手机|地理|现场)定位',
          '拍照',
          '在线时长',
          '阅读时长',
          '已读(?!入)',
          '未读',
        ]),
      ].filter((at) => at !== 'document_readings.read_at'),
    planted: (s) => [
      column(s, 'attendance', 'photo'),
      column(s, 'notices', 'read_at'),
      field(s, 'activity.record', 'checkIn'),
      text(s, '请到场签到'),
    ],
  },
  {
    says: 'a fact is typed once: what figures read are views, and no total is kept or typed beside its records',
    against: (s) => [
      ...s.tables
        .filter(({ name, kind }) => /_facts$/.test(name) && kind !== 'view')
        .map(({ name }) => `${name} is a table`),
      ...s.tables
        .filter(({ name, kind }) => /(ledger|statistic|summary|total|monthly|yearly)/.test(name) && kind === 'table')
        .map(({ name }) => name),
      ...s.columns
        .filter(({ table, column }) => column === 'hours' && !/^activit/.test(table))
        .map(({ table }) => `${table}.hours`),
      ...s.fields
        .filter(
          ({ at, name, side }) => side === 'input' && /^report\./.test(at) && /^(value|figure|figures)$/.test(name),
        )
        .map(({ at }) => at),
      ...repeats(s),
    ],
    planted: (s) => [
      table(s, 'training_ledgers'),
      { ...s, tables: [...s.tables, { name: 'risk_facts', kind: 'table' }] },
      column(s, 'persons', 'hours'),
      field(s, 'report.freeze', 'value'),
      { ...s, activityKinds: [...s.activityKinds, { id: 'x', fields: [{ id: 'hours' }] }] },
    ],
  },
  {
    says: 'nothing is invented: no content by default, no text from a model, and late entry is shown',
    against: (s) => [
      ...s.columns
        .filter(
          ({ column, default: text }) =>
            /^(title|text|content|note|wording|quote|minutes|reason|proof)$/.test(column) && text !== null,
        )
        .map(({ table, column }) => `${table}.${column} has a default`),
      ...s.packages.filter((name) => /openai|anthropic|langchain|ollama|llama|transformers|faker/.test(name)),
      ...['activity.list', 'activity.get', 'talk.list']
        .filter((act) => s.acts.includes(act) && !marksLate(s, act))
        .map((act) => `${act} does not mark late entry`),
    ],
    planted: (s) => [
      { ...s, columns: [...s.columns, { table: 'meetings', column: 'minutes', type: 'text', default: "'会议认为'" }] },
      { ...s, packages: [...s.packages, 'openai'] },
      { ...s, fields: s.fields.filter(({ name }) => name !== 'mark') },
    ],
  },
  {
    says: 'evidence is one sufficient proof, and files or photos are never counted',
    against: (s) => [
      ...namedWith(s, ['proofs', 'attachments', 'photos', 'files', 'file count', 'proof count', 'attachment count']),
      ...s.columns
        .filter(({ column, type }) => column === 'proof' && type !== 'text')
        .map(({ table }) => `${table}.proof is a list`),
      ...s.metrics
        .filter((one) => /proof|file|photo|attachment/.test(JSON.stringify([one.where, one.aggregate])))
        .map(({ id }) => id),
    ],
    planted: (s) => [
      field(s, 'duty.submit', 'attachments'),
      column(s, 'problems', 'proof', 'ARRAY'),
      { ...s, metrics: [...s.metrics, { id: 'proof.files', aggregate: { op: 'sum', field: 'files' } }] },
    ],
  },
  {
    says: 'discipline clues, accusations, case papers, personal-matter reports, sanctions and grades of a person have no place',
    against: (s) => [
      ...namedWith(s, [
        'clue',
        'clues',
        'accusation',
        'petition',
        'complaint',
        'informant',
        'whistleblower',
        'case paper',
        'case file',
        'sanction',
        'punishment',
        'verdict',
        'confession',
        'appraisal',
        'assets',
        'family',
        'criminal',
      ]),
      ...s.columns
        .filter(({ table, column }) => table === 'persons' && !personColumns.includes(column))
        .map(({ column }) => `persons.${column}`),
      ...s.columns
        .filter(
          ({ table, column }) =>
            /^talk/.test(table) && /^(content|note|text|topic|title|result|outcome|reason)$/.test(column),
        )
        .map(({ table, column }) => `${table}.${column}`),
      ...s.talkKinds
        .filter(({ id, shape }) => /reminder|summons|admonition/.test(id) && !/^group-/.test(id) && shape !== 'number')
        .map(({ id }) => `talk kind ${id} keeps a person`),
    ],
    planted: (s) => [
      table(s, 'discipline_clues'),
      column(s, 'persons', 'political_status'),
      column(s, 'talks', 'content'),
      field(s, 'person.record', 'sanction'),
      { ...s, talkKinds: [...s.talkKinds, { id: 'admonition-two', shape: 'pair' }] },
    ],
  },
  {
    says: 'no program judges a person, and no number of talks or punishments is a target',
    against: (s) => [
      ...s.columns
        .filter(
          ({ table, column }) =>
            /^(persons|person_ids|talks|talk_pairs)$/.test(table) &&
            /status|level|colou?r|result|risk|target|quota|planned|state/.test(column),
        )
        .map(({ table, column }) => `${table}.${column}`),
      ...s.fields
        .filter(
          ({ at, name }) =>
            /^(talk|person)\./.test(at) && /^(target|quota|goal|minimum|planned|risk|level|warning)/.test(name),
        )
        .map(({ at }) => at),
      ...s.talkKinds
        .filter((one) => Object.keys(one).some((key) => /target|quota|per_year|minimum/.test(key)))
        .map(({ id }) => `talk kind ${id} has a target`),
      ...saidWith(s, ['谈话指标', '约谈指标', '处分指标', '谈话任务数', '预警人员', '重点人员']),
    ],
    planted: (s) => [
      column(s, 'persons', 'risk_level'),
      field(s, 'talk.record', 'target'),
      { ...s, talkKinds: [...s.talkKinds, { id: 'x', shape: 'number', quota: 3 } as Surface['talkKinds'][number]] },
    ],
  },
  {
    says: 'a secret ballot is held on paper, and dissent costs no more than assent',
    against: (s) => [
      ...namedWith(s, ['ballot', 'ballots', 'ballot paper', 'voter choice']),
      ...s.fields
        .filter(
          ({ schema }) =>
            (schema['enum'] as string[] | undefined)?.includes('for') === true &&
            !(schema['enum'] as string[]).includes('against'),
        )
        .map(({ at }) => `${at} lets nobody dissent`),
      ...s.fields
        .filter(
          ({ side, required, name }) =>
            side === 'input' && required && /^(dissent|against|objection)\w*Reason$/.test(name),
        )
        .map(({ at }) => `${at} makes dissent dearer`),
    ],
    planted: (s) => [
      table(s, 'ballots'),
      field(s, 'item.vote', 'voice', 'input', { schema: { enum: ['for', 'abstain'] } }),
      field(s, 'item.vote', 'dissentReason'),
    ],
  },
  {
    says: 'a field is mandatory only where it identifies a record, gives an asked reason, or a rule is cited',
    against: needless,
    planted: (s) => [
      field(s, 'activity.record', 'summary'),
      {
        ...s,
        fields: [...s.fields, ...fieldsOf('duty.submit', 'input', { required: ['essay'], properties: { essay: {} } })],
      },
    ],
  },
  {
    says: 'it makes no outbound connection of its own, and nothing asks to be installed on a telephone',
    against: reachesOut,
    planted: (s) => [
      code(s, 'src/platform/log/x.ts', "import { request } from 'node:https'"),
      code(s, 'src/platform/log/x.ts', "const a = await fetch('/x')"),
      code(s, 'web/x.html', '<link rel="manifest" href="/app.webmanifest">'),
      code(s, 'web/x.css', "@import 'https://fonts.example.com/a.css'"),
    ],
  },
  {
    says: 'demonstration data is invented: no place of the map, no number of a telephone or of a person',
    against: ({ demo }) => [
      ...(demo.match(/\b1[3-9]\d{9}\b|\b\d{17}[\dXx]\b/g) ?? []),
      ...(demo.match(new RegExp(provinces.join('|'), 'g')) ?? []),
    ],
    planted: (s) => [
      { ...s, demo: `${s.demo}\n13800000000` },
      { ...s, demo: `${s.demo}\n浙江省水利厅` },
    ],
  },
]

for (const rule of rules) {
  test(rule.says, () => {
    const found = rule.against(surface)
    assert.equal(found.length, 0, `\n${found.join('\n')}`)
    for (const [index, planted] of rule.planted(surface).entries()) {
      assert.ok(rule.against(planted).length > 0, `what was planted as number ${index + 1} is found`)
    }
  })
}

test('talks of reminder, summons and admonition are owed, planned or covered nowhere, and no figure of them has a target', () => {
  const { talkKinds, rules, metrics } = loadCatalogue()
  const numbers = talkKinds.rows.filter(({ shape }) => shape === 'number').map(({ id }) => id)
  assert.ok(numbers.length >= 3)
  const kindsOf = (part: unknown): string[] => {
    if (part === null || typeof part !== 'object') return []
    return Object.entries(part).flatMap(([key, value]) =>
      key === 'talk' && Array.isArray(value) ? (value as string[]) : kindsOf(value),
    )
  }
  const owed = (all: readonly unknown[]) => all.flatMap(kindsOf).filter((kind) => numbers.includes(kind))
  assert.deepEqual(owed(rules.rows), [])
  assert.deepEqual(owed([{ need: [{ count: 4, of: { talk: ['admonition'] } }] }]), ['admonition'])
  assert.deepEqual(
    talkKinds.rows.filter(({ shape, covers }) => shape !== 'pair' && covers.length > 0),
    [],
  )
  const counting = metrics.rows.filter((one) => /reminder|summons|admonition/.test(JSON.stringify(one.where)))
  assert.ok(counting.every((one) => !/target|goal|quota|baseline|stretch/.test(JSON.stringify(one))))
  const asked = surface.acts.filter((act) => /reminder-talk|summons|admonition/.test(act))
  assert.deepEqual(asked, [])
})

test('it is easy to leave: every table but secrets is exported in an open format', async () => {
  const files: string[] = []
  for await (const { name } of exportAll(owner)) files.push(name)
  const secrets = ['account_secrets', 'sessions', 'account_codes', 'idempotency_keys', 'schema_migrations']
  const missing = surface.tables.filter(
    ({ name, kind }) => kind === 'table' && !secrets.includes(name) && !files.includes(`tables/${name}.jsonl`),
  )
  assert.deepEqual(missing, [])
  for (const name of files) assert.match(name, /\.(jsonl|json|csv)$/)
})

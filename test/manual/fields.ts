import { registry } from '../../src/modules/index.ts'
import { type Language, loadWords } from '../../src/platform/i18n/words.ts'
import { readers } from './privacy.ts'

type Words = Readonly<Record<Language, string>>

/** What nobody types: the record that is open, or where on the page the act is begun. By noun, or by the act alone. */
const opened: Readonly<Record<string, readonly string[]>> = {
  draft: ['documentId'],
  clause: ['documentId'],
  opinion: ['documentId'],
  report: ['draftId', 'reportId'],
  'unit.open': ['parentId'],
  'post.open': ['unitId'],
  'appointment.appoint': ['postId'],
  'charge.assign': ['postId'],
  'membership.record': ['branchId'],
  'class.assign': ['personId'],
  'opening.record': ['personId'],
  'statement.record': ['statement', 'year'],
  'rule.confirm': ['rule'],
  'rule.assign': ['rule', 'param'],
  'rule.withdraw': ['settingId'],
  'obligation.withdraw': ['excuseId'],
  'order.open': ['dutyId'],
  'reminder.send': ['festival', 'year'],
  'list.open': ['year'],
  'calendar.import': ['year'],
}

/** Acts that the program does by itself when their time has come. */
const byItself = new Set(['talk.erase', 'tally.restore', 'digest.announce'])

/** The names of the fields that must be filled. */
export const fieldNames: Readonly<Record<string, Words>> = {
  name: { zh: '名称或姓名', en: 'name' },
  password: { zh: '口令', en: 'password' },
  token: { zh: '一次性口令', en: 'one-time code' },
  oldPassword: { zh: '现在的口令', en: 'present password' },
  persons: { zh: '哪些人', en: 'which persons' },
  role: { zh: '哪种管理员', en: 'which administrator' },
  kind: { zh: '种类', en: 'kind' },
  from: { zh: '从哪天起', en: 'from which day' },
  to: { zh: '到哪天止', en: 'to which day' },
  on: { zh: '哪天', en: 'which day' },
  parentId: { zh: '上级机构', en: 'unit above' },
  basis: { zh: '依据', en: 'ground' },
  personId: { zh: '人员', en: 'person' },
  unitId: { zh: '单位或党组织', en: 'unit' },
  branchId: { zh: '支部', en: 'branch' },
  standing: { zh: '党员身份', en: 'standing of the member' },
  class: { zh: '类别', en: 'class' },
  principalId: { zh: '授权人', en: 'who gives it' },
  agentId: { zh: '代办人', en: 'who acts' },
  file: { zh: '填好的表', en: 'the filled sheet' },
  source: { zh: '依据的文件', en: 'document it rests on' },
  article: { zh: '条款', en: 'article' },
  festivals: { zh: '七个节日的放假日期', en: 'days off of the seven festivals' },
  worked: { zh: '调休上班的日期', en: 'weekend days worked' },
  fileName: { zh: '文件名（选文件时自动带上）', en: 'file name (comes with the file)' },
  content: { zh: '文件或正文', en: 'the file or its text' },
  year: { zh: '年度', en: 'year' },
  title: { zh: '标题或事项', en: 'title' },
  intoId: { zh: '并入哪一条', en: 'into which' },
  changes: { zh: '改了的栏目', en: 'what is changed' },
  at: { zh: '断开的地方', en: 'where to cut' },
  start: { zh: '选区起点', en: 'begin of the span' },
  end: { zh: '选区终点', en: 'end of the span' },
  state: { zh: '归到哪一类', en: 'what the clause is' },
  leaderPostId: { zh: '批示领导', en: 'the leader' },
  givenOn: { zh: '批示日期', en: 'day it was given' },
  wording: { zh: '批示内容', en: 'its words' },
  reason: { zh: '理由', en: 'reason' },
  text: { zh: '文字', en: 'the text' },
  dueOn: { zh: '时限', en: 'due day' },
  approve: { zh: '同意或不同意', en: 'yes or no' },
  leadUnitId: { zh: '转给谁', en: 'to whom' },
  happenedOn: { zh: '发生日期', en: 'day it happened' },
  value: { zh: '数值', en: 'value' },
  item: { zh: '计划类别', en: 'sort of plan' },
  items: { zh: '逐项计划', en: 'the plans' },
  rule: { zh: '哪条规定', en: 'which rule' },
  amount: { zh: '学时', en: 'hours' },
  hour: { zh: '几点', en: 'hour' },
  address: { zh: '地址', en: 'address' },
}

/** What an act needs in some cases only: fields that the contract leaves open because they depend on another. */
export const sometimes: Readonly<Record<string, Words>> = {
  'talk.record': {
    zh: '一对一谈话另填日期、对象；提醒谈话等另填月份、对象类别、人数；集体谈话另填日期、人数',
    en: 'with a pair: day and person; counted kinds: month, audience, number; groups: day and number',
  },
  'duty.submit': { zh: '每条硬杠杠另写一行依据', en: 'one line of proof a measure' },
  'duty.extend': { zh: '不同意的另写理由', en: 'a reason when refused' },
  'duty.open': {
    zh: '牵头单位和责任领导至少一个；增补进已印发清单的另写理由',
    en: 'a lead unit or a leader; a reason when the list is issued',
  },
  'duty.assign': { zh: '至少改一栏；已印发的另写理由', en: 'one field at least; a reason when issued' },
  'duty.amend': { zh: '至少改一栏；已印发的另写理由', en: 'one field at least; a reason when issued' },
  'duty.withdraw': { zh: '已印发的另写理由', en: 'a reason when issued' },
  'list.issue': { zh: '第二版起另写增补理由', en: 'a reason from the second version on' },
  'report.bind': {
    zh: '选口径，或写留空原因，或按文意取数',
    en: 'a definition, the reason to mask, or as the words mean',
  },
  'plan.open': {
    zh: '活动另选种类、组织、月份或日期；谈话另选双方岗位',
    en: 'kind, unit and month or day; talks: two posts',
  },
  'plan.close': { zh: '活动选记录；谈话、读书填日期', en: 'the record, or the day' },
  'reminder.send': { zh: '单位和对象至少选一样', en: 'a unit or an audience' },
  'order.withdraw': { zh: '已发出的另写原因', en: 'a reason once it is given' },
  'channel.open': {
    zh: '邮件另填服务器、发件地址；消息推送另填接收地址',
    en: 'mail: host and sender; push: address of the receiver',
  },
  'calendar.import': { zh: '更换已公布年份的另写理由', en: 'a reason for an announced year' },
  'plan.amend': { zh: '至少改一栏', en: 'one field at least' },
}

const nounOf = (name: string) => name.split('.')[0]!

/** What an act asks for by its contract: fields to fill, and fields that may be left. */
export function fieldsOf(name: string): { needed: string[]; open: string[] } {
  const noun = nounOf(name)
  const known = [
    'id',
    'ids',
    'version',
    'no',
    `${noun}Id`,
    `${noun}Ids`,
    ...(opened[noun] ?? []),
    ...(opened[name] ?? []),
  ]
  const { shape } = registry.descriptors.find((one) => one.name === name)!.input as unknown as {
    shape: Record<string, { isOptional(): boolean }>
  }
  const fields = Object.entries(shape).filter(([field]) => !known.includes(field))
  return {
    needed: fields.filter(([, type]) => !type.isOptional()).map(([field]) => field),
    open: fields.filter(([, type]) => type.isOptional()).map(([field]) => field),
  }
}

/** What a person does, by module. */
export const acts = registry.modules
  .map(({ name, actions }) => ({
    module: name,
    names: actions.map(({ descriptor }) => descriptor.name).filter((one) => !byItself.has(one)),
  }))
  .filter(({ names }) => names.length > 0)

const made = '<!-- Made from the contracts by npm run generate. -->'

const said = {
  zh: {
    back: '[手册目录](README.md) · [关于规则](rules-of-the-product.md)',
    title: '每件事要填几栏',
    intro: [
      '本篇由程序的接口定义生成：必填的栏目不填，程序就不收；选填的可以不管。打开记录本身、页面自己带上的编号不算。',
      '“另要”是看情况才要填的。页面上很多栏已经替您填好默认值（发生日期是今天，党组织只有一个时自动选好）。',
    ],
    head: '| 办什么 | 必填 | 填什么 | 选填 | 另要 |',
    comma: '、',
  },
  en: {
    back: '[Contents](README.md) · [The rules of the product](rules-of-the-product.md)',
    title: 'What each act asks for',
    intro: [
      'Made from the contracts of the program: without a needed field an act is not taken; the others may be left. The record that is open does not count,',
      'nor what the page brings along. The last column holds what only some cases need. Many fields come filled in (the day is today, the unit the only one you have).',
    ],
    head: '| Act | Needed | Which | May be given | In some cases |',
    comma: ', ',
  },
} as const

const moduleNames: Readonly<Record<string, Words>> = {
  ...Object.fromEntries(readers.map(({ module, name }) => [module, name])),
  calendars: { zh: '放假安排', en: 'Days off' },
  rules: { zh: '规则', en: 'Rules' },
}

/** The page on what each act costs in fields, in a language. */
function fieldsPage(language: Language): string {
  const say = said[language]
  const { verbs } = loadWords()
  const rowOf = (name: string) => {
    const { needed, open } = fieldsOf(name)
    const which = needed.map((field) => fieldNames[field]?.[language] ?? field).join(say.comma)
    const cells = [verbs.get(name)![language], needed.length, which, open.length, sometimes[name]?.[language] ?? '']
    return `| ${cells.join(' | ')} |`
  }
  const parts = acts.flatMap(({ module, names }) => [
    `## ${moduleNames[module]?.[language] ?? module}`,
    '',
    say.head,
    '|---|---|---|---|---|',
    ...names.map(rowOf),
    '',
  ])
  return [made, '', `# ${say.title}`, '', say.back, '', ...say.intro, '', ...parts].join('\n')
}

/** The pages on what each act costs in fields, by path. */
export function fieldsPages(): Record<string, string> {
  return { 'docs/user/fields.md': fieldsPage('zh'), 'docs/user/en/fields.md': fieldsPage('en') }
}

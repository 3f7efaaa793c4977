import type { Surface } from './surface.ts'

/** The program without tests. */
const server = ({ sources }: Surface) =>
  sources.filter(({ path }) => path.startsWith('src/') && !/\.(test|generated)\.ts$/.test(path))

/** Persons put in order by a count of what they did. */
export function boards(surface: Surface): string[] {
  const ordered = /order by[^`]*\b(count|sum|avg)\s*\(/i
  const alias = /\b(count|sum|avg)\s*\([^)]*\)\s*(?:as\s+)?"?(\w+)"?[\s\S]*order by\s+(?:\w+\.)?"?\2\b/i
  return server(surface).flatMap(({ path, literals }) =>
    literals
      .filter(({ text }) => /\b(pid|person|unit)/i.test(text) && (ordered.test(text) || alias.test(text)))
      .map(({ line }) => `${path}:${line} puts persons or units in order by a count`),
  )
}

/** Modules that reach out of the process, and where they may stand. */
const outward = /^(node:)?(http|https|http2|net|tls|dns|dgram|undici)(\/promises)?$/
const outwardAllowed: Readonly<Record<string, string>> = {
  'src/platform/outward/reach.ts': 'channels that an administrator opened, and the office model that he configured',
  'src/platform/outward/chat.ts': 'the office model, where an administrator configured its address',
  'src/modules/notices/webhook.ts': 'channels that an administrator opened, and only there',
  'src/modules/notices/mail.ts': 'as webhook.ts',
  'src/modules/notices/channel.ts': 'knows an address when it sees one',
  'src/platform/cli/session.ts': 'the command line joins the server that holds the data folder',
  'src/platform/cli/connect.ts': 'as session.ts',
  'src/platform/config/config.ts': 'knows an address when it sees one',
  'src/platform/http/listen.ts': 'listens',
  'src/platform/http/server.ts': 'listens',
  'src/platform/db/embedded.ts': 'asks whether the socket in the data folder answers',
}

/** Where the program or its pages could reach another machine, or ask to be installed. */
export function reachesOut(surface: Surface): string[] {
  const imports = server(surface)
    .filter(({ path, imports }) => !(path in outwardAllowed) && imports.some((name) => outward.test(name)))
    .map(({ path, imports }) => `${path} imports ${imports.find((name) => outward.test(name))}`)
  const calls = server(surface).flatMap(({ path, nodes, lineOf }) =>
    nodes
      .filter((node) => /^(fetch|WebSocket|EventSource|XMLHttpRequest)$/.test(node['callee']?.name ?? ''))
      .map((node) => `${path}:${lineOf(node.start)} ${node['callee'].name}`),
  )
  const addresses = surface.web.flatMap(({ at, text }) =>
    (text.match(/https?:\/\/(?!www\.w3\.org\/|127\.0\.0\.1|localhost)[\w.-]+/g) ?? []).map((url) => `${at} ${url}`),
  )
  const app = surface.web
    .filter(({ text }) =>
      /serviceWorker|beforeinstallprompt|rel="manifest"|webmanifest|apple-mobile-web-app|smart-app-banner/i.test(text),
    )
    .map(({ at }) => `${at} asks to be installed`)
  return [...imports, ...calls, ...addresses, ...app]
}

/** Why a field that identifies nothing must be filled in all the same. Anything else mandatory needs a cited rule. */
const mandatory: Readonly<Record<string, string>> = {
  id: 'identifies',
  ids: 'identifies',
  no: 'identifies',
  intoId: 'identifies',
  name: 'identifies',
  title: 'identifies',
  kind: 'identifies',
  year: 'identifies',
  unitId: 'identifies',
  parentId: 'identifies',
  noun: 'identifies',
  role: 'identifies',
  happenedOn: 'the day',
  on: 'the day',
  from: 'the day',
  to: 'a mandate is dated',
  givenOn: 'the day of an instruction',
  dueOn: 'a milestone or a new deadline is a day',
  persons: 'which persons',
  status: 'how a person stood',
  day: 'the day of a festival',
  festivals: 'the arrangement itself',
  worked: 'the arrangement itself',
  source: 'an arrangement is known by its notice',
  standing: 'full or on probation: who may vote',
  present: 'the number itself',
  amount: 'the number itself',
  class: 'which rules of training and reporting apply',
  rule: 'identifies',
  param: 'identifies',
  value: 'the parameter itself',
  article: 'what is confirmed is source and article',
  item: 'identifies',
  items: 'what is imported',
  statement: 'identifies',
  changes: 'the change itself',
  at: 'where to split',
  start: 'where a draft begins',
  end: 'where a draft ends',
  state: 'what a clause is',
  q: 'what is looked for',
  file: 'what is imported',
  fileName: 'what is imported',
  table: 'which table of a file a mapping is for',
  headerRow: 'where its heading stands',
  headerRows: 'where its heading stands',
  fields: 'the mapping itself',
  festival: 'before which festival a reminder goes out',
  address: 'the address itself',
  hour: 'the setting itself',
  content: 'what is imported',
  text: 'what is filled or reported',
  wording: 'an instruction is its wording',
  reason: 'asked for by its capability',
  basis: 'the ground of an erasure',
  approve: 'yes or no to an extension',
  password: 'signing in',
  oldPassword: 'signing in',
  token: 'signing in',
}

/** Mandatory inputs that no reason covers. */
export function needless(surface: Surface): string[] {
  return surface.fields
    .filter(
      ({ side, required, name }) => side === 'input' && required && !/[a-z]Id$/.test(name) && !(name in mandatory),
    )
    .map(({ at }) => `${at} is mandatory; make it optional, or cite the rule that asks for it`)
}

/** All that is kept of a person. */
export const personColumns = ['org_id', 'id', 'version', 'v1', 'name', 'staff_no', 'recorded_idx', 'superseded_idx']
/** Names of the map. */
export const provinces =
  '北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海省 宁夏 新疆'.split(
    ' ',
  )

/** Own fields of a kind that repeat a common column; `audience` is that column, asked by the kinds that name it. */
export function repeats(s: Surface): string[] {
  const common = s.columns.filter(({ table }) => table === 'activities').map(({ column }) => column)
  return s.activityKinds.flatMap(({ id, fields = [] }) =>
    fields
      .filter((one) => one.id !== 'audience' && common.includes(one.id.replaceAll('-', '_')))
      .map((one) => `${id}.${one.id} is a common column`),
  )
}

/** Claims that the answer of a read says which records came late. */
export function marksLate(s: Surface, act: string): boolean {
  return s.fields.some(
    ({ at, side, schema }) =>
      at.startsWith(`${act}.`) && at.endsWith('.mark') && side === 'output' && JSON.stringify(schema).includes('late'),
  )
}

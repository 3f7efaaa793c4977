import { parse } from 'yaml'
import * as z from 'zod'
import { privacyColumnSchema } from '../../src/core/catalogue/papers.ts'
import { read } from '../tidy/sources.ts'

const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const readersSchema = z.array(
  z.strictObject({
    module: z.string(),
    name: words,
    tables: z.array(z.strictObject({ table: z.string(), name: words, seen_by: words })),
  }),
)

type Language = keyof z.infer<typeof words>

/** Every column with personal data, as the catalogue lists it. */
export const columns = z.array(privacyColumnSchema).parse(parse(read('catalogue/privacy.yaml')))

/** The tables by module, with who sees them. */
export const readers = readersSchema.parse(parse(read('catalogue/privacy-readers.yaml')))

const said = {
  zh: {
    back: '[手册目录](../README.md) · [个人信息](README.md)',
    title: (name: string) => `个人信息：${name}`,
    seen: '谁看得到',
    head: '| 用途 | 依据 | 保存多久 | 删除个人信息时 |',
    colon: '：',
    stop: '。',
    basis: {
      'statutory-duty': '履行法定职责',
      membership: '党员教育管理',
      labour: '人事管理',
      consent: '本人同意',
      security: '网络安全义务',
    },
    erasure: {
      emptied: '清空',
      'row-deleted': '整条删除',
      'kept-unlinked': '保留，不再对应本人',
      kept: '保留',
    },
    all: '个人信息',
    intro: [
      '系统里哪些地方记着个人信息、用来做什么、依据什么、保存多久、谁看得到，按内容分篇列出。各篇由程序的个人信息清单生成，',
      '清单与数据库逐列核对。自己的全部内容，在“我的”页的“系统里的个人信息”里看，也可以要一份副本。',
    ],
    comma: '、',
    count: (n: number) => `共 ${n} 项`,
  },
  en: {
    back: '[Contents](../README.md) · [Personal information](README.md)',
    title: (name: string) => `Personal information: ${name}`,
    seen: 'Seen by',
    head: '| What for | Ground | Kept | When the person is erased |',
    colon: ': ',
    stop: '.',
    basis: {
      'statutory-duty': 'statutory duty',
      membership: 'Party membership',
      labour: 'employment',
      consent: 'consent',
      security: 'duty of security',
    },
    erasure: {
      emptied: 'emptied',
      'row-deleted': 'row deleted',
      'kept-unlinked': 'kept, no longer tied to the person',
      kept: 'kept',
    },
    all: 'Personal information',
    intro: [
      'Where personal information is kept, what for, on what ground, how long and who sees it, by subject. The pages are made from the list of the program,',
      'which is compared with the database column by column. All that is kept of yourself stands on *My page* under *What is kept of me*, with a copy to take along.',
    ],
    comma: ', ',
    count: (n: number) => (n === 1 ? '1 item' : `${n} items`),
  },
} as const

const made = '<!-- Made from catalogue/privacy.yaml and catalogue/privacy-readers.yaml by npm run generate. -->'

function pageOf({ name, tables }: (typeof readers)[number], language: Language): string {
  const say = said[language]
  const parts = tables.flatMap((one) => [
    `## ${one.name[language]}`,
    '',
    `${say.seen}${say.colon}${one.seen_by[language]}${say.stop}`,
    '',
    say.head,
    '|---|---|---|---|',
    ...columns
      .filter(({ table }) => table === one.table)
      .map((row) => [row.purpose[language], say.basis[row.basis], row.retention[language], say.erasure[row.erasure]])
      .map((cells) => `| ${cells.join(' | ')} |`),
    '',
  ])
  return [made, '', `# ${say.title(name[language])}`, '', say.back, '', ...parts].join('\n')
}

function firstPage(language: Language): string {
  const say = said[language]
  const rows = readers.map(({ module, name, tables }) => {
    const all = columns.filter(({ table }) => tables.some((one) => one.table === table)).length
    const names = tables.map((one) => one.name[language]).join(say.comma)
    return `- [${name[language]}](${module}.md)${say.colon}${names}${say.stop} ${say.count(all)}${say.stop}`
  })
  const back = say.back.split(' · ')[0]
  return [made, '', `# ${say.all}`, '', back, '', ...say.intro, '', ...rows, ''].join('\n')
}

/** The pages on personal information, one a module and one that leads to them, by path. */
export function privacyPages(): Record<string, string> {
  const of = (language: Language) => {
    const folder = `docs/user/${language === 'en' ? 'en/' : ''}privacy`
    const pages = readers.map((one) => [`${folder}/${one.module}.md`, pageOf(one, language)])
    return [[`${folder}/README.md`, firstPage(language)], ...pages]
  }
  return Object.fromEntries([...of('zh'), ...of('en')])
}

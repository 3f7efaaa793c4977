import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { headOf } from '../../core/papers/head.ts'
import type { Block, Head } from '../../core/papers/paper.ts'
import { blocksOf, type Given, type TextKind, textKinds, textPaper } from '../../core/papers/text-paper.ts'
import type { Lexicon } from '../../core/reading/lexicon.ts'
import type { Registry } from '../action/action.ts'
import { loadLexicon } from '../catalogue/lexicon.ts'
import { loadWords } from '../i18n/words.ts'
import { fixedWords, sayer } from '../office/paper/paper-file.ts'
import { writePaper } from '../office/paper/write.ts'
import { readText, takeIn } from '../office/take-in.ts'
import { type CommandLine, must, one, takeApart, UsageError } from './arguments.ts'
import { type OpenProgram, withSession } from './connect.ts'
import { derivedCommand } from './derived.ts'
import type { Out } from './read.ts'

/** Papers that are made from records, by the file that gives them. */
const ofRecords: Readonly<Record<string, string>> = {
  list: 'list.paper',
  brief: 'list.brief',
  sheet: 'duty.sheet-paper',
  order: 'order.paper',
  page: 'activity.page',
  minutes: 'activity.minutes',
  attendance: 'activity.attendance-sheet',
  'planned-attendance': 'plan.attendance-sheet',
  notice: 'plan.notice',
  report: 'report.docx',
}

const help = `luze paper 种类 文件 --out 文件.docx
  把自己写的文稿排成公文，不需要数据库 / lays a text of your own out as a paper, without any database
  种类 / kinds: ${textKinds.join(' ')}
  --title T  --under 题下一行（可多次）  --to 主送  --by 署名  --on YYYY-MM-DD  --sealed 盖章
  --attach 附件文件（可多次）  --copies 抄送  --printed-by 印发单位
  版头 / head: --mark 发文机关标志  --number 某发〔2026〕5号  --signer 签发人（上行文）；函按信函格式，纪要的 --number 照写
luze paper 种类 --字段 值 --out 文件.docx
  用记录生成公文 / makes a paper from records, as the user of the command line
${Object.entries(ofRecords)
  .map(([kind, name]) => `  ${kind.padEnd(20)} = luze ${name}`)
  .join('\n')}
`

/** `luze paper KIND …`: a text as a paper of the standard, or a paper from records; answers 0 when written, 2 on wrong usage. */
export async function paperCommand(
  argv: readonly string[],
  out: Out,
  open: OpenProgram,
  registry: Registry,
): Promise<number> {
  const sealed = argv.includes('--sealed')
  const line = takeApart(argv.filter((part) => part !== '--sealed'))
  const [kind = '', file] = line.words
  if (line.options['help'] === true || (ofRecords[kind] === undefined && !isTextKind(kind))) {
    if (line.options['help'] === true) out.write(help)
    else out.error(help)
    return line.options['help'] === true ? 0 : 2
  }
  if (file === undefined) return fromRecords(kind, line, open, registry)
  if (!isTextKind(kind))
    throw new UsageError(`${kind} 由记录生成，不读文件 / ${kind} is made from records, not from a file`)
  const lexicon = loadLexicon()
  const say = sayer(loadWords())
  const target = must(line, 'out')
  const given = { ...(await givenOf(line, lexicon)), ...headGiven(line, kind), sealed }
  const paper = textPaper(say, kind, await textOf(file, lexicon), given)
  writeFileSync(target, writePaper(paper, fixedWords(say)))
  out.write(`${target}\n`)
  return 0
}

const isTextKind = (kind: string): kind is TextKind => (textKinds as readonly string[]).includes(kind)

async function fromRecords(kind: string, line: CommandLine, open: OpenProgram, registry: Registry): Promise<number> {
  const name = ofRecords[kind]
  if (name === undefined) throw new UsageError('缺文件名 / A file name is missing')
  const target = must(line, 'out')
  await withSession(line, open, async (session) => {
    const answer = await derivedCommand(name, line, registry, session)
    if ('file' in answer) writeFileSync(target, answer.file)
  })
  return 0
}

async function textOf(path: string, lexicon: Lexicon) {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`没有这个文件：${path} / There is no such file: ${path}`)
  const { text, layout } = await takeIn(basename(path), readFileSync(path), lexicon)
  return { text, outline: readText(text, layout, lexicon).outline }
}

const several = (line: CommandLine, name: string): string[] => {
  const value = line.options[name]
  if (value === undefined || typeof value === 'boolean') return []
  return Array.isArray(value) ? value : [value]
}

async function givenOf(line: CommandLine, lexicon: Lexicon): Promise<Given> {
  const on = one(line, 'on')
  if (on !== undefined && !/^\d{4}-\d\d-\d\d$/.test(on))
    throw new UsageError('--on 须是 YYYY-MM-DD / --on is a day YYYY-MM-DD')
  const under = several(line, 'under')
  const attached = await Promise.all(several(line, 'attach').map((path) => attachmentOf(path, lexicon)))
  const said = { title: 'title', addressee: 'to', by: 'by', copiesTo: 'copies', printedBy: 'printedBy' } as const
  const given: Record<string, string> = {}
  for (const [field, option] of Object.entries(said)) {
    const value = one(line, option)
    if (value !== undefined) given[field] = value.replaceAll('\\n', '\n')
  }
  return {
    ...given,
    ...(on === undefined ? {} : { on }),
    ...(under.length === 0 ? {} : { under }),
    ...(attached.length === 0 ? {} : { attachments: attached }),
  }
}

/** The head of a text: a letter has its own form, minutes only a number. */
function headGiven(line: CommandLine, kind: TextKind): { head?: Head; number?: string } {
  const [mark, number, signer] = ['mark', 'number', 'signer'].map((name) => one(line, name))
  if (kind === 'minutes') {
    if (mark !== undefined || signer !== undefined)
      throw new UsageError(
        '纪要的标志就是题目，只加 --number / The mark of minutes is their title; only --number is added',
      )
    return number === undefined ? {} : { number }
  }
  const head = headOf({ mark, number, signer }, kind === 'letter' ? 'letter' : 'document')
  if (head === 'number-unfit')
    throw new UsageError(`“${number}”不像发文字号，请写成 某发〔2026〕5号 / "${number}" is no document number`)
  if (head === 'mark-missing') throw new UsageError('还要写 --mark 发文机关标志 / --mark is needed too')
  return head === null ? {} : { head }
}

/** A file as an attachment: its first line is the title. */
async function attachmentOf(path: string, lexicon: Lexicon): Promise<{ title: string; blocks: Block[] }> {
  const { text, outline } = await textOf(path, lexicon)
  const [first, ...rest] = blocksOf(text, outline)
  if (first?.as !== 'text')
    return { title: basename(path).replace(/\.[^.]*$/, ''), blocks: first ? [first, ...rest] : [] }
  return { title: first.runs[0]!.text, blocks: rest }
}

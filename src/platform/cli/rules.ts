import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { OPEN_END } from '../../core/calendar/days.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { LocalPack, Rule } from '../../core/rules/rule.ts'
import { type Difference, differences } from '../../core/rules/strictness.ts'
import { CatalogueError, loadCatalogue } from '../catalogue/catalogue.ts'
import { type CitedTexts, contains, missingArticles, readTexts } from '../catalogue/cited-texts.ts'
import { checkPackText, faultAt, type PackFault } from '../catalogue/pack-faults.ts'
import { readCases, unknownOracles } from '../catalogue/rule-cases.ts'
import { missesOf, trialsOf } from '../catalogue/try-cases.ts'
import { loadWords } from '../i18n/words.ts'
import { type CommandLine, one, takeApart, UsageError } from './arguments.ts'
import { type OpenProgram, withSession } from './connect.ts'
import type { Out } from './read.ts'
import { importPack } from './rules-import.ts'

const help = `用法：luze rules check [FILE] [--texts DIR]
      luze rules import FILE --org ORG [--from YYYY-MM-DD]
check 不带文件时检查随附的规则包和用例，带文件时检查本单位规则包；--texts 指放有官方文本的文件夹（文件名即标题）。
Checks the shipped packs and their cases, or a pack of your own; --texts names a folder of official texts by title.
`

/** `luze rules check` and `luze rules import`; answers 0 when sound, 1 when something is wrong, 2 on wrong usage. */
export async function rulesCommand(argv: readonly string[], out: Out, open: OpenProgram): Promise<number> {
  const line = takeApart(argv)
  const [act, file, ...rest] = line.words
  if (line.options['help'] === true) {
    out.write(help)
    return 0
  }
  if ((act !== 'check' && act !== 'import') || rest.length > 0 || (act === 'import' && file === undefined)) {
    out.error(help)
    return 2
  }
  if (act === 'import') {
    await withSession(line, open, (session) =>
      importPack({ file: basename(file!), text: textOf(file!) }, line, session, out),
    )
    return 0
  }
  const texts = textsOf(line)
  return file === undefined ? checkShipped(texts, out) : checkFile(file, texts, out)
}

function textOf(path: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`没有这个文件：${path} / There is no such file: ${path}`)
  return readFileSync(path, 'utf8')
}

function textsOf(line: CommandLine): CitedTexts | null {
  const dir = one(line, 'texts')
  if (dir === undefined) return null
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`没有这个文件夹：${dir} / There is no such folder: ${dir}`)
  return readTexts(dir)
}

let kept: Catalogue | undefined

/** The shipped catalogue, read once in a process. */
function shipped(): Catalogue {
  kept ??= loadCatalogue()
  return kept
}

/** Checks a pack of a bureau's own: the vocabulary, what it names, that it is stricter, what it quotes. */
function checkFile(path: string, texts: CitedTexts | null, out: Out): number {
  const catalogue = shipped()
  const checked = checkPackText(textOf(path), catalogue, loadWords())
  if ('faults' in checked) return complain(basename(path), checked.faults, out)
  const { pack, lineOf } = checked
  out.write(`${pack.title}（${pack.id}）\n`)
  for (const line of differences([...catalogue.rules.rows, ...pack.rules], pack))
    out.write(`  ${differs(line, catalogue, pack)}\n`)
  for (const rule of pack.rules) out.write(`  ${rule.id}  ${rule.words.zh} / ${rule.words.en}  ${days(rule)}\n`)
  for (const rule of sleeping(pack, catalogue))
    out.write(
      `  ${rule.id}  尚未确认来源，确认前不产生义务 / waits for a named person's confirmation and owes nothing before\n`,
    )
  const faults = texts === null ? [] : quoteFaults(pack, texts, lineOf)
  if (texts === null && pack.quotes.length > 0)
    out.write('  引文没有核对，请用 --texts 指明文本文件夹 / quotations were not compared: give --texts DIR\n')
  if (faults.length > 0) return complain(basename(path), faults, out)
  const articles =
    texts === null
      ? 0
      : citations(
          pack.rules.map((rule) => [rule, rule.source?.zh ?? pack.title]),
          texts,
          out,
        )
  out.write(`${articles === 0 ? '可以导入 / sound, ready to import' : '引条有误 / articles are wrong'}\n`)
  return articles === 0 ? 0 : 1
}

function complain(file: string, faults: readonly PackFault[], out: Out): number {
  for (const { line, zh, en } of faults) out.error(`${file}:${line}  ${zh}\n    ${en}\n`)
  out.error(`${faults.length} 处要改 / ${faults.length} to mend\n`)
  return 1
}

function differs(
  { rule, what, param, base, local, from, source }: Difference,
  catalogue: Catalogue,
  pack: LocalPack,
): string {
  const row = catalogue.rules.find(rule) ?? pack.rules.find(({ id }) => id === rule)
  const name = param ?? what
  if (what === 'own-rule') return `${rule}  自定规则，${from} 起 / a rule of your own, from ${from} on`
  return `${rule}  ${row?.words.zh ?? ''}  ${name}: ${base ?? '未设 / open'} → ${local}  ${from} 起 / from ${from}  （${source}）`
}

/** The days on which the versions of a rule apply. */
function days({ versions }: Rule): string {
  return versions.map(({ from, to = OPEN_END }) => `${from}…${to === OPEN_END ? '' : to}`).join(', ')
}

function sleeping({ changes }: LocalPack, { rules }: Catalogue): Rule[] {
  return [...new Set(changes.map(({ rule }) => rule))].flatMap((id) => {
    const rule = rules.find(id)
    return rule?.standing === 'dormant' ? [rule] : []
  })
}

function quoteFaults(
  pack: LocalPack,
  texts: CitedTexts,
  lineOf: (path: readonly PropertyKey[]) => number,
): PackFault[] {
  const words = loadWords()
  return pack.quotes.flatMap(({ document, text }, index) => {
    const original = texts.find(document)
    const line = lineOf(['quotes', index])
    if (original === null) return [faultAt(words, line, 'rule-problem/document-not-found', { document })]
    return contains(original, text) ? [] : [faultAt(words, line, 'rule-problem/quote-not-found', { document })]
  })
}

/** Says of each rule with an article whether its text has that article; gives how many it has not. */
function citations(cited: readonly (readonly [rule: Rule, title: string])[], texts: CitedTexts, out: Out): number {
  let wrong = 0
  for (const [rule, title] of cited) {
    const articles = [...new Set(rule.versions.flatMap(({ article }) => article ?? []))]
    if (articles.length === 0) continue
    const text = texts.find(title)
    if (text === null) {
      out.write(`  ${rule.id}  没有《${title}》的文本，${articles.join('，')} 未核对 / no text, not compared\n`)
      continue
    }
    const missing = articles.flatMap((article) => missingArticles(article, text))
    wrong += missing.length
    const says = missing.length === 0 ? '有 / there' : `没有 ${missing.join('，')} / not there`
    out.write(`  ${rule.id}  《${title}》${articles.join('，')}：${says}\n`)
  }
  return wrong
}

/** Checks the packs that the program ships: schemas, names, days, table of strictness, cases, articles. */
function checkShipped(texts: CitedTexts | null, out: Out): number {
  let catalogue: Catalogue
  try {
    catalogue = shipped()
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error
    out.error(`${error.message}\n`)
    return 1
  }
  for (const pack of catalogue.packs.rows) {
    out.write(`${pack.id}  《${pack.title.zh}》\n`)
    for (const rule of catalogue.rules.rows.filter((one) => one.pack === pack.id))
      out.write(`  ${rule.id}  ${rule.words.zh}  ${rule.standing}  ${days(rule)}\n`)
  }
  const { bureau, files } = readCases()
  let wrong = 0
  let questions = 0
  for (const file of files) {
    const trials = trialsOf(file, bureau, catalogue)
    questions += trials.trials.length
    for (const oracle of unknownOracles(file, catalogue)) {
      wrong++
      out.error(`${file.file}  没有这个依据 / no such oracle: ${oracle}\n`)
    }
    for (const { says, wanted, found } of missesOf(trials, catalogue.rules.get(file.rule))) {
      wrong++
      out.error(`${file.file}  ${says}\n    应为 / wanted: ${wanted}\n    得到 / found: ${found}\n`)
    }
  }
  if (texts !== null)
    wrong += citations(
      catalogue.rules.rows.map((rule) => [rule, catalogue.packs.get(rule.pack).title.zh]),
      texts,
      out,
    )
  const cases = files.reduce((sum, file) => sum + file.cases.length, 0)
  const { length } = catalogue.rules.rows
  out.write(`规则 ${length} 条，用例 ${cases} 个，提问 ${questions} 次，${wrong} 处不符\n`)
  out.write(`${length} rules, ${cases} cases, ${questions} questions, ${wrong} wrong\n`)
  return wrong === 0 ? 0 : 1
}

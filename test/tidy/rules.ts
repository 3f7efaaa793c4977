import { type Node, read, type Source, sources } from './sources.ts'
import { COMMENT_LINES_MAX, type Exception, FUNCTION_LINES_MAX, USES } from './tables.ts'

/** A place and what is wrong with it; `at` is what an exception names. */
export interface Fault {
  readonly at: string
  readonly says: string
}

/** The module in whose folder a file stands, or null. */
export const moduleOf = (path: string): string | null => /^src\/modules\/([^/]+)\//.exec(path)?.[1] ?? null

/** What a check found, told without the stack of the test runner. */
export class Faults extends Error {
  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.stack = this.message
  }
}

/** Fails with every fault that no exception covers, and with every exception that covers none. */
export function hold(faults: readonly Fault[], exceptions: readonly Exception[] = []): void {
  const covers = (one: Exception, fault: Fault) =>
    fault.at === one.at || fault.at.startsWith(`${one.at.replace(/\/$/, '')}/`)
  const open = faults.filter((fault) => !exceptions.some((one) => covers(one, fault)))
  const idle = exceptions.filter((one) => !faults.some((fault) => covers(one, fault)))
  const lines = [
    ...open.map((fault) => fault.says),
    ...idle.map((one) => `${one.at}: needs no exception any more; take it off the list in test/tidy`),
  ]
  if (lines.length > 0) throw new Faults(lines)
}

const dependencies = Object.keys((JSON.parse(read('package.json')) as { dependencies: object }).dependencies)

/** Why a file may not import another, or null. */
export function crossing(path: string, to: string): string | null {
  const inside = /^(src|web|test|bin|bench)\//.test(to)
  if (!inside && !to.startsWith('node:')) {
    const name = to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : to.split('/')[0]!
    if (path.startsWith('src/core/') && name !== 'zod') return 'core imports core and zod only; hand the value in'
    if (!to.endsWith('.css') && !dependencies.includes(name)) return `${name} is no dependency of the installed program`
    return null
  }
  if (/^(test|bin|bench)\//.test(to)) return 'the program knows no tests and launchers'
  if (path.startsWith('src/core/')) {
    return to.startsWith('src/core/') ? null : 'core imports core and zod only; hand the value in'
  }
  if (path.startsWith('src/platform/')) {
    return /^src\/modules\/|^web\//.test(to) ? 'platform knows no module; let the module hand in what it knows' : null
  }
  if (path.startsWith('web/')) {
    if (to.startsWith('node:')) return 'web runs in a browser'
    return /^(web|src\/core)\/|\.contract\.ts$/.test(to) ? null : 'web imports web, core and *.contract.ts'
  }
  return betweenModules(path, to)
}

/** Why a module may not import a file of another, or null. */
export function betweenModules(path: string, to: string): string | null {
  const [from, other] = [moduleOf(path), moduleOf(to)]
  if (from === null || other === null || from === other) return null
  if (!(USES[from] ?? []).includes(other)) {
    return `${from} does not use ${other}; if it should, say so in USES of test/tidy/tables.ts`
  }
  return isFace(to) ? null : 'import the face of that module: noun.ts, noun.contract.ts or noun.facts.ts'
}

/** Claims that a file is a module's face: a contract, facts, or the noun that has one of both. */
function isFace(path: string): boolean {
  if (/\.(contract|facts)\.ts$/.test(path)) return true
  const stem = path.replace(/\.ts$/, '')
  return sources().some((one) => one.path === `${stem}.contract.ts` || one.path === `${stem}.facts.ts`)
}

/** Tables that a file writes: in SQL, through the query builder, or as the table of a kind of record. */
export function tablesWritten(source: Source): string[] {
  const found = new Set<string>()
  for (const { text } of source.literals) {
    for (const [, table] of text.matchAll(/\b(?:insert into|delete from|update)\s+([a-z_]{3,})\b(?=[\s(]|$)/g)) {
      if (table !== 'set') found.add(table!)
    }
  }
  for (const node of source.nodes) {
    const first = node['arguments']?.[0]?.value
    const called = node['callee']?.property?.name ?? node['callee']?.name
    if (/^(insertInto|updateTable|deleteFrom)$/.test(called ?? '') && typeof first === 'string') found.add(first)
    if (node.type === 'ObjectExpression') {
      const field = (name: string) => node['properties'].find((one: Node) => one['key']?.name === name)?.value?.value
      if (typeof field('table') === 'string' && (field('type') ?? field('name'))) found.add(field('table'))
    }
  }
  return [...found]
}

/** Functions over the limit; a group of tests is no function, and markup is not counted: what it shows is its length. */
export function longOnes(source: Source): Fault[] {
  const groups = new Set(
    source.nodes.filter((node) => node['callee']?.name === 'describe').map((node) => source.lineOf(node.start)),
  )
  return source.functions
    .filter(({ line, lines, markup }) => lines - markup > FUNCTION_LINES_MAX && !groups.has(line))
    .map(({ name, line, lines }) => ({
      at: `${source.path}:${name}`,
      says: `${source.path}:${line} ${name} has ${lines} lines; give its steps names of their own`,
    }))
}

/** Runs of line comments over the limit. */
export function longComments(source: Source): Fault[] {
  const lines = source.comments.filter(({ start }) => source.text.startsWith('//', start)).map(({ line }) => line)
  const ends = lines.filter((line) => !lines.includes(line + 1))
  return ends.flatMap((line) => {
    let from = line
    while (lines.includes(from - 1)) from--
    if (line - from < COMMENT_LINES_MAX) return []
    return [{ at: source.path, says: `${source.path}:${from} a comment of ${line - from + 1} lines; say only why` }]
  })
}

/** The text with comments and the content of strings blanked; places stay where they are. */
export function codeOf(source: Source): string {
  const written = source.nodes.filter(
    (node) => (node.type === 'Literal' && typeof node['value'] === 'string') || node.type === 'TemplateElement',
  )
  const pieces: string[] = []
  let at = 0
  for (const { start, end } of [...source.comments, ...written].sort((a, b) => a.start - b.start)) {
    pieces.push(source.text.slice(at, start), source.text.slice(start, end).replace(/[^\n]/g, ' '))
    at = end
  }
  return pieces.join('') + source.text.slice(at)
}

/** Where a ban is broken: the lines. */
export function linesWith(source: Source, pattern: RegExp): number[] {
  // Most files do not hold the words at all, not even in a string.
  if (source.text.search(pattern) < 0) return []
  return [...codeOf(source).matchAll(pattern)].map((hit) => source.lineOf(hit.index))
}

/** What a module declares: kind and name of each verb, query and file. */
export function descriptorsOf(source: Source): { kind: string; name: string; path: string }[] {
  if (!source.path.startsWith('src/modules/')) return []
  return source.nodes.flatMap((node) => {
    const kind = node.type === 'CallExpression' ? node['callee'].name : undefined
    const name = node['arguments']?.[0]?.value
    return /^(verb|query|file)$/.test(kind ?? '') && typeof name === 'string' ? [{ kind, name, path: source.path }] : []
  })
}

/** Codes that are thrown by name or declared by a descriptor; what an office file is refused for is told in the caller's words. */
export function refusalsOf(source: Source): string[] {
  const literals = (from: Node | undefined) => {
    if (from === undefined) return []
    return source.nodes
      .filter((node) => node.start >= from.start && node.end <= from.end && typeof node['value'] === 'string')
      .map((node) => node['value'] as string)
  }
  const spans = source.nodes.flatMap((node) => {
    if (node.type === 'NewExpression' && /^(Reading)?Refusal$/.test(node['callee'].name ?? ''))
      return [node['arguments'][0]]
    if (node.type === 'Property' && node['key'].name === 'refusals') return [node['value']]
    return []
  })
  return [...new Set(spans.flatMap(literals).filter((text) => /^[a-z][a-z-]*\/[a-z][a-z-]*$/.test(text)))]
}

/** Literals with Chinese in them. */
export function chineseIn(source: Source): Fault[] {
  return source.literals
    .filter(({ text }) => /\p{Script=Han}/u.test(text))
    .map(({ text, line }) => ({
      at: source.path,
      says: `${source.path}:${line} “${text.slice(0, 30)}” belongs under messages: in catalogue/words`,
    }))
}

/** Exports without a sentence before them; a type inferred from a value of the file is explained by that value. */
export function unexplained(source: Source): Fault[] {
  const ends = new Set(source.comments.filter(({ text }) => text.startsWith('*')).map(({ end }) => end))
  // A word to the linter may stand between.
  const before = (start: number) =>
    source.text
      .slice(0, start)
      .replace(/\n\/\/ biome-ignore .*\n$/, '\n')
      .trimEnd()
  const explained = (start: number) => ends.has(before(start).length)
  return (source.nodes[0]!['body'] as Node[])
    .filter((node) => node.type === 'ExportNamedDeclaration' && node['declaration'] !== null)
    .filter((node) => node['declaration'].type !== 'TSTypeAliasDeclaration' && !explained(node.start))
    .map((node) => {
      const line = source.lineOf(node.start)
      return {
        at: `${source.path}:${line}`,
        says: `${source.path}:${line} say in one sentence what this export is for`,
      }
    })
}

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { parseSync } from 'vite'

/** The folder of the repository. */
export const root = join(import.meta.dirname, '../..')

/** A syntax node as the parser gives it (ESTree with TypeScript); positions are UTF-16 units. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  // biome-ignore lint/suspicious/noExplicitAny: each rule looks into the few nodes that it knows by name.
  readonly [field: string]: any
}

/** Stands in a literal where a template fills something in. */
export const HOLE = '\u{fffc}'

/** A string or template in the code; what a template fills in stands as `HOLE`. */
export interface Literal {
  readonly text: string
  readonly line: number
}

/** One program file, parsed. */
export interface Source {
  readonly path: string
  readonly text: string
  /** Files of the repository as paths, everything else as written. */
  readonly imports: readonly string[]
  /** `markup` are those of its lines on which JSX stands. */
  readonly functions: readonly {
    readonly name: string
    readonly line: number
    readonly lines: number
    readonly markup: number
  }[]
  readonly literals: readonly Literal[]
  readonly comments: readonly {
    readonly text: string
    readonly line: number
    readonly start: number
    readonly end: number
  }[]
  /** Every node in the order of the text. */
  readonly nodes: readonly Node[]
  /** The line on which an offset stands, from 1. */
  lineOf(offset: number): number
}

const skipped = new Set(['node_modules', '.git', 'data', 'dist', '.tmp', 'fixtures'])

/** Paths of all files under a folder, sorted, without what is installed, built or kept aside. */
export function filesUnder(folder: string): string[] {
  const found: string[] = []
  for (const name of readdirSync(join(root, folder)).sort()) {
    if (skipped.has(name)) continue
    const path = folder === '' ? name : `${folder}/${name}`
    if (statSync(join(root, path)).isDirectory()) found.push(...filesUnder(path))
    else found.push(path)
  }
  return found
}

/** Folders under a folder, itself left out. */
export function foldersUnder(folder: string): string[] {
  return [...new Set(filesUnder(folder).flatMap((path) => ancestors(dirname(path))))].filter(
    (path) => path !== folder && path !== '.',
  )
}

function ancestors(path: string): string[] {
  return path === '.' ? [] : [...ancestors(dirname(path)), path]
}

/** Parses a program text as if it stood at a path. */
export function parseSource(path: string, text: string): Source {
  const { program, comments, module } = parseSync(path, text)
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const lineOf = (offset: number) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
  const nodes: Node[] = []
  walk(program as unknown as Node, nodes)
  const asked = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) => one.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    ...module.dynamicImports.map((one) => text.slice(one.moduleRequest.start, one.moduleRequest.end).slice(1, -1)),
  ]
  const resolve = (name: string) => (name.startsWith('.') ? relative(root, join(root, dirname(path), name)) : name)
  return {
    path,
    text,
    imports: [...new Set(asked.map(resolve))],
    functions: nodes.filter(isFunction).map((node) => ({
      name: nameOf(node, text),
      line: lineOf(node.start),
      lines: lineOf(node.end) - lineOf(node.start) + 1,
      markup: path.endsWith('.tsx') ? markupIn(node, nodes, lineOf) : 0,
    })),
    literals: nodes.flatMap((node) => literalOf(node, lineOf)),
    comments: comments.map((one) => ({ text: one.value, line: lineOf(one.start), start: one.start, end: one.end })),
    nodes,
    lineOf,
  }
}

function walk(node: Node, into: Node[]): void {
  into.push(node)
  for (const field in node) {
    const value = node[field]
    if (Array.isArray(value)) {
      for (const one of value) if (typeof one?.type === 'string') walk(one, into)
    } else if (typeof value?.type === 'string') walk(value, into)
  }
}

function isFunction(node: Node): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type) && node['body'] !== null
}

function markupIn(node: Node, nodes: readonly Node[], lineOf: (offset: number) => number): number {
  const lines = new Set<number>()
  for (const one of nodes) {
    if (!/^JSX(Element|Fragment)$/.test(one.type) || one.start < node.start || one.end > node.end) continue
    for (let line = lineOf(one.start); line <= lineOf(one.end); line++) lines.add(line)
  }
  return lines.size
}

function nameOf(node: Node, text: string): string {
  return node['id']?.name ?? text.slice(node.start, node.start + 30).split('\n')[0]
}

function literalOf(node: Node, lineOf: (offset: number) => number): Literal[] {
  if (node.type === 'Literal' && typeof node['value'] === 'string') {
    return [{ text: node['value'], line: lineOf(node.start) }]
  }
  if (node.type !== 'TemplateLiteral') return []
  const text = node['quasis'].map((one: Node) => one['value'].cooked ?? one['value'].raw).join(HOLE)
  return [{ text, line: lineOf(node.start) }]
}

let all: Source[] | null = null

/** Every program file of the repository, parsed once. */
export function sources(): readonly Source[] {
  all ??= filesUnder('')
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
    .map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')))
  return all
}

/** The program without its tests and generated files: what stands in `src`. */
export function program(): readonly Source[] {
  return sources().filter(
    ({ path }) => path.startsWith('src/') && !/\.(test|generated)\.ts$/.test(path) && basename(path) !== 'make.ts',
  )
}

/** Reads a file of the repository. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

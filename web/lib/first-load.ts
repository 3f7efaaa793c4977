/** What is asked of a built file; a style has no more than its type. */
interface Built {
  type: string
  fileName: string
  isEntry?: boolean
  facadeModuleId?: string | null
  imports?: readonly string[]
  viteMetadata?: { importedCss: ReadonlySet<string> }
}
type Bundle = Readonly<Record<string, Built>>

/** What stands in index.html where `neededFiles` goes. */
export const FIRST_LOAD_PLACE = '__FIRST_LOAD__'

/** Address pattern and page file of every route, as routes.tsx states them; fixed addresses before those with a name in them. */
export function pagesOf(routes: string): { path: string; file: string }[] {
  const found = [...routes.matchAll(/path: '([^']+)',(?:(?!createRoute\()[\s\S])*?import\('\.\/(modules\/[^']+)'\)/g)]
  const pages = found.map(([, path, file]) => ({ path: path!, file: file! }))
  return pages.toSorted((a, b) => Number(a.path.includes('$')) - Number(b.path.includes('$')))
}

/** What a browser tests an address against: `$` at the end stands for all that follows, `$name` for one part. */
function patternOf(path: string): string {
  return `^${path.replace(/\/\$$/, '/.*').replace(/\$\w+/g, '[^/]+')}$`
}

/** A chunk, all that it takes in, and their styles. */
function neededBy(bundle: Bundle, name: string, seen = new Set<string>()): Set<string> {
  const chunk = bundle[name]
  if (chunk?.type !== 'chunk' || seen.has(name)) return seen
  seen.add(name)
  for (const style of chunk.viteMetadata?.importedCss ?? []) seen.add(style)
  for (const one of chunk.imports ?? []) neededBy(bundle, one, seen)
  return seen
}

/** The files that each address and language needs beside those of every page, for the browser to ask for all at once. */
export function neededFiles(bundle: Bundle, routes: string) {
  const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk')
  const first = chunks.find(({ isEntry }) => isEntry)
  const there = first ? neededBy(bundle, first.fileName) : new Set<string>()
  const files: string[] = []
  const place = (file: string) => (files.includes(file) ? files.indexOf(file) : files.push(file) - 1)
  const listed = (source: string) => {
    const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/web/${source}`))
    const all = chunk ? [...neededBy(bundle, chunk.fileName)] : []
    return all.filter((one) => !there.has(one)).map((one) => place(`/${one}`))
  }
  const words = { zh: listed('words/zh.ts'), en: listed('words/en.ts') }
  const pages = pagesOf(routes).map(({ path, file }) => [patternOf(path), listed(file)] as const)
  const today = pages.find(([pattern]) => pattern === patternOf('/today'))
  return { files, words, pages: today ? [['^/$', today[1]] as const, ...pages] : pages }
}

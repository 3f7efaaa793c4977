/** A call in the syntax tree of a module: where it and what is handed to it begin and end. */
interface Call {
  type: 'CallExpression'
  callee: { type: string; name?: string }
  arguments: readonly { start: number; end: number }[]
  start: number
  end: number
}

/** A statement at the top of a module, as far as it is asked here. */
interface Statement {
  declarations?: readonly { init?: { type: string; start: number; end: number } | null }[]
  declaration?: Pick<Statement, 'declarations'> | null
}

/** The makers of antd's styles; each takes the name of a style and then the functions that compute it. */
const STYLE_MAKERS: readonly string[] = ['genStyleHooks', 'genComponentStyleHook', 'genSubStyleComponent']
/** The makers of descriptors; each takes the name of an act or read and then its schemas. */
const DESCRIPTOR_MAKERS: readonly string[] = ['verb', 'query', 'file']

/** The calls of functions of these names, the last in the text first. */
function callsOf(makers: readonly string[], node: unknown, found: Call[] = []): Call[] {
  if (Array.isArray(node)) for (const one of node) callsOf(makers, one, found)
  else if (typeof node === 'object' && node !== null) {
    const call = node as Call
    if (call.type === 'CallExpression' && call.callee.type === 'Identifier' && makers.includes(call.callee.name ?? ''))
      found.push(call)
    for (const part of Object.values(node)) callsOf(makers, part, found)
  }
  return found.sort((a, b) => b.start - a.start)
}

/**
 * A module of antd's styles without the functions that compute them; what only they use is then left out of the build.
 * Gives the names of the styles too, in the form of antd's cache ("Input-Shared").
 */
export function namesOnly(code: string, tree: unknown): { code: string; names: string[] } {
  const calls = callsOf(STYLE_MAKERS, tree)
  const names = calls.map(({ arguments: [name] }) => {
    const said = [...code.slice(name!.start, name!.end).matchAll(/\w+/g)].map(([part]) => part)
    return said.length === 1 ? `${said[0]}-${said[0]}` : said.join('-')
  })
  const nameAlone = (left: string, call: Call) => `${left.slice(0, call.arguments[0]!.end)})${left.slice(call.end)}`
  return { code: calls.reduce(nameAlone, code), names }
}

/**
 * A module of contracts without the schemas of its descriptors: pages call by name, and the server checks what is sent
 * and answered. What stands in constants beside them is marked as left out where nothing refers to it.
 */
export function withoutSchemas(code: string, tree: { body: readonly unknown[] }): string {
  const values = (tree.body as readonly Statement[])
    .flatMap(({ declaration, ...own }) => (declaration ?? own).declarations ?? [])
    .flatMap(({ init }) => (init && !/^(Arrow)?Function|Literal$/.test(init.type) ? [init] : []))
  const descriptors = new Map(callsOf(DESCRIPTOR_MAKERS, tree).map((call) => [call.start, call]))
  return values
    .toSorted((a, b) => b.start - a.start)
    .reduce((left, { start, end }) => {
      const name = descriptors.get(start)?.arguments[0]
      const kept = name ? `${left.slice(start, name.end)}, {})` : `(() => (${left.slice(start, end)}))()`
      return `${left.slice(0, start)}/* @__PURE__ */ ${kept}${left.slice(end)}`
    }, code)
}

/** Styles without the custom properties that no value refers to, be it through others. */
export function referredOnly(css: string): string {
  const referred = new Set([...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name))
  const left = css.replace(/(--ant-[\w-]+):[^;{}]*;/g, (all, name: string) => (referred.has(name) ? all : ''))
  return left === css ? css : referredOnly(left)
}

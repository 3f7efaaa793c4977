import { OfficeRefusal } from './office-refusal.ts'

/** What a walk over XML meets: names with their prefix (`w:p`), attributes decoded, text decoded. */
export interface XmlHandler {
  open(name: string, attribute: (name: string) => string | undefined): void
  close(name: string): void
  text(text: string): void
}

const broken = (reason: string): OfficeRefusal => new OfficeRefusal('office/unreadable', { reason })
const depthMax = 256

/**
 * The text of an XML part. Only UTF-8 is taken, so that no other encoding can hide a mark from the checks; DOCTYPE and entities are refused.
 * @throws OfficeRefusal office/doctype, office/unreadable
 */
export function xmlText(part: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(part)
  } catch {
    throw broken('encoding')
  }
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(text.slice(0, 200))?.[1]
  if (declared !== undefined && !/^(utf-8|us-ascii)$/i.test(declared)) throw broken('encoding')
  if (/<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)) throw new OfficeRefusal('office/doctype')
  return text
}

/** Walks well-formed XML once, in order, without building a tree. @throws OfficeRefusal office/unreadable */
export function walkXml(xml: string, handler: XmlHandler): void {
  const open: string[] = []
  let at = 0
  while (at < xml.length) {
    const tag = xml.indexOf('<', at)
    const textEnd = tag === -1 ? xml.length : tag
    if (textEnd > at && open.length > 0) handler.text(decode(xml.slice(at, textEnd)))
    if (tag === -1) break
    at = readTag(xml, tag, open, handler)
  }
  if (open.length > 0) throw broken('xml')
}

/** Reads what begins with `<` at `tag`; gives the place behind it. */
function readTag(xml: string, tag: number, open: string[], handler: XmlHandler): number {
  if (xml.startsWith('<!--', tag)) return after(xml, '-->', tag + 4)
  if (xml.startsWith('<?', tag)) return after(xml, '?>', tag + 2)
  if (xml.startsWith('<![CDATA[', tag)) {
    const end = after(xml, ']]>', tag + 9)
    if (open.length > 0) handler.text(xml.slice(tag + 9, end - 3))
    return end
  }
  const end = endOfTag(xml, tag)
  const closing = xml[tag + 1] === '/'
  const empty = !closing && xml[end - 1] === '/'
  const body = xml.slice(tag + (closing ? 2 : 1), empty ? end - 1 : end)
  const name = /^[^\s]+/.exec(body)?.[0]
  if (name === undefined) throw broken('xml')
  if (closing) {
    if (open.pop() !== name) throw broken('xml')
    handler.close(name)
    return end + 1
  }
  handler.open(name, (wanted) => attributeOf(body, wanted))
  if (empty) handler.close(name)
  else {
    open.push(name)
    if (open.length > depthMax) throw broken('depth')
  }
  return end + 1
}

function after(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from)
  if (found === -1) throw broken('xml')
  return found + mark.length
}

function endOfTag(xml: string, tag: number): number {
  let quote = ''
  for (let i = tag + 1; i < xml.length; i++) {
    const letter = xml[i]!
    if (quote !== '') {
      if (letter === quote) quote = ''
    } else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '>') return i
  }
  throw broken('xml')
}

function attributeOf(body: string, wanted: string): string | undefined {
  for (const match of body.matchAll(/\s([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (match[1] === wanted) return decode(match[2] ?? match[3] ?? '')
  }
  return undefined
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]+);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return named[entity] ?? whole
    const code = entity[1] === 'x' || entity[1] === 'X' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1))
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ''
  })
}

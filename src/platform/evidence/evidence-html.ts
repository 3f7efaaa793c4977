import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Packet } from '../../core/ledger/packet.ts'

const template = fileURLToPath(new URL('../../../web/dist/evidence.html', import.meta.url))
const OPEN = '<script type="application/json" id="luze-packet">'
const CLOSE = '</script>'
const EMPTY = '"__PACKET__"'

/**
 * The evidence file: one page that checks and shows the packet from disk, without any network. Throws where the page is not built
 * (`npm run build`); `page` is another place of the built page.
 */
export async function evidenceHtml(packet: Packet, page: string = template): Promise<string> {
  const html = await readFile(page, 'utf8')
  if (!html.includes(OPEN + EMPTY + CLOSE)) throw new Error(`the page for evidence has no place for a packet: ${page}`)
  return html.replace(OPEN + EMPTY + CLOSE, () => OPEN + jsonForHtml(packet) + CLOSE)
}

/** The packet JSON inside an evidence file, or null where the text is no evidence file. */
export function packetTextIn(html: string): string | null {
  const start = html.indexOf(OPEN)
  const end = html.indexOf(CLOSE, start)
  return start < 0 || end < 0 || html.indexOf(OPEN, end) >= 0 ? null : html.slice(start + OPEN.length, end)
}

/** JSON that can neither end nor open an element, nor break a line for a script reader. */
function jsonForHtml(value: unknown): string {
  const escapes: Record<string, string> = {
    '<': '\\u003c',
    '>': '\\u003e',
    '&': '\\u0026',
    '\u2028': '\\u2028',
    '\u2029': '\\u2029',
  }
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (letter) => escapes[letter]!)
}

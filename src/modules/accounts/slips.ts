import { fill, type Words } from '../../platform/i18n/words.ts'

/** What one slip says. */
export interface SlipWords {
  readonly name: string
  readonly person: string | null
  readonly token: string
  readonly expiresAt: string
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => escapes[letter]!)

/** A page to print and cut: one slip per account, with user name, one-time code, last day and what to do. */
export function slipsPage(
  bureau: string,
  slips: readonly SlipWords[],
  words: Words,
  lastDay: (at: string) => string,
): string {
  const say = (code: string, facts: Record<string, unknown> = {}) =>
    escaped(fill(words.messages.get(code)?.zh ?? code, facts))
  const cards = slips.map(
    (slip) => `<section><h2>${escaped(slip.person ?? slip.name)}</h2>
<p>${say('slip/name')} <b>${escaped(slip.name)}</b></p><p>${say('slip/code')} <b class="code">${escaped(slip.token)}</b></p>
<p class="how">${say('slip/how', { day: lastDay(slip.expiresAt) })}</p></section>`,
  )
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${say('slip/title')}</title><style>
body{font:14px/1.6 "Noto Sans SC","Microsoft YaHei",sans-serif;margin:0}
section{break-inside:avoid;border-bottom:1px dashed #666;padding:8mm 12mm}h2{font-size:16px;margin:0 0 4px}p{margin:2px 0}
.code{font-family:ui-monospace,monospace;font-size:17px;letter-spacing:1px}.how{color:#333;font-size:12px}header{padding:8mm 12mm 0}
</style><header><b>${escaped(bureau)}</b> ${say('slip/title')}</header>
${cards.join('\n')}</html>`
}

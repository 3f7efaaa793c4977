import type { Language } from '../../platform/i18n/words.ts'
import type { Row } from '../../platform/journal/record.ts'

type Both = { zh: string; en: string }

/** One table in the copy: what its listed columns are for, and the rows that are his. */
export interface CopiedTable {
  readonly table: string
  readonly words: Both
  readonly purposes: readonly { column: string; purpose: Both; retention: Both }[]
  readonly rows: readonly Row[]
}

/** All that is kept of a person. */
export interface Copied {
  readonly bureau: { readonly code: string; readonly name: string }
  readonly person: { readonly personId: string; readonly name: string | null }
  readonly madeAt: string
  readonly tables: readonly CopiedTable[]
}

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one)

function cellText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object') return String(value)
  const named = value as { name?: unknown }
  return typeof named.name === 'string' ? named.name : JSON.stringify(value)
}

function tableHtml({ table, words, purposes, rows }: CopiedTable, language: Language): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const why = purposes.map(
    ({ column, purpose, retention }) =>
      `<li><code>${escaped(column)}</code> ${escaped(purpose[language])} · ${escaped(retention[language])}</li>`,
  )
  const head = columns.map((column) => `<th>${escaped(column)}</th>`).join('')
  const body = rows.map(
    (row) => `<tr>${columns.map((column) => `<td>${escaped(cellText(row[column]))}</td>`).join('')}</tr>`,
  )
  return `<h2>${escaped(words[language])} <small>${escaped(table)} · ${rows.length}</small></h2>
<ul>${why.join('')}</ul>
<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`
}

/** The copy as one page that any browser opens without a network. */
export function copyAsHtml(copied: Copied, language: Language, messages: ReadonlyMap<string, Both>): string {
  const said = (code: string) => escaped(messages.get(code)?.[language] ?? code)
  const title = said('kept/title')
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title>${title}</title>
<style>body{font:14px/1.6 sans-serif;margin:24px;color:#1e2226}table{border-collapse:collapse;font-size:13px}
td,th{border:1px solid #cfcec7;padding:2px 6px;text-align:left;vertical-align:top}small,ul{color:#666c72}</style></head>
<body><h1>${title}：${escaped(copied.person.name ?? '')}</h1>
<p>${escaped(copied.bureau.name)} · ${escaped(copied.madeAt)}</p><p>${said('kept/note')}</p>
${copied.tables.map((one) => tableHtml(one, language)).join('\n')}
</body></html>
`
}

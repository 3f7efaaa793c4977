import type * as z from 'zod'
import type { Context, FileAnswer } from '../../platform/action/action.ts'
import { fill } from '../../platform/i18n/words.ts'
import { paperFile } from '../../platform/office/paper/paper-file.ts'
import type { NoticeLine } from './notice.contract.ts'

type Line = z.input<typeof NoticeLine>

/** A digest as a document to print: one table, a row for each line, in the order of the bureau. */
export function digestPage(ctx: Context, digest: { day: string; items: readonly Line[]; others: number }): FileAnswer {
  const say = (key: string, facts: Record<string, unknown> = {}) =>
    fill(ctx.catalogues.words.messages.get(`notice/${key}`)?.zh ?? '', facts)
  const line = (text: string) => ({ as: 'line', align: 'left', runs: [{ text }] }) as const
  const head = ['paper-matter', 'paper-unit', 'paper-due', 'paper-stand'].map((key) => say(key))
  const rows = digest.items.map((item) => [
    matter(say, item),
    item.unit?.name ?? '',
    item.dueOn ?? '',
    say(item.standing ? `${item.stage}-${item.part}` : 'done', { days: Math.abs(item.workingDays ?? 0) }),
  ])
  const cells = (texts: readonly string[]) => ({ cells: texts.map((text) => ({ text })) })
  const table = { as: 'table', columns: [13, 6, 5, 6], head: [cells(head)], rows: rows.map(cells) } as const
  const paper = {
    title: say('paper-title'),
    under: [fill('{name}  {day}', { name: ctx.actor.name, day: digest.day })],
    blocks: [
      rows.length === 0 ? line(say('paper-empty')) : table,
      ...(digest.others === 0 ? [] : [line(say('paper-others', { count: digest.others }))]),
    ],
    pageNumbers: false,
  }
  return paperFile(ctx.catalogues.words, paper, `${say('paper-title')} ${digest.day}`)
}

/** What a line is about in one phrase: the number and title that people know it by. */
function matter(say: (key: string, facts?: Record<string, unknown>) => string, item: Line): string {
  const called = item.title ?? item.words?.zh ?? ''
  return item.no === null ? called : say(`matter-${item.noun}`, { no: item.no, year: item.year, title: called })
}

import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import { fileAnswer } from '../../platform/action/action.ts'
import { bookSayer, workbookFile } from '../../platform/office/workbook.ts'
import { type matrixObligations, workbookOfObligations } from './obligation.contract.ts'
import { matrix } from './obligation.queries.ts'

type Matrix = z.input<typeof matrixObligations.output>

/**
 * Units by rules for a year (规定事项). Rules whose fulfilment tells of persons stay out: done and owed of pairs of talks,
 * of hours and of personal matters are for those who may see them and have no file (decision 17).
 */
export const obligationWorkbook = fileAnswer(workbookOfObligations, {
  may: anyOf(anyone),
  stubs: true,
  run: async (ctx, input) => {
    const pages: Matrix[] = []
    for (let cursor: string | null | undefined; cursor !== null; cursor = pages.at(-1)!.next) {
      const asked = { ...input, limit: 500, ...(cursor === undefined ? {} : { cursor }) }
      pages.push(await matrix.run(ctx, asked))
    }
    const { year, on, rules } = pages[0]!
    const { words } = ctx.catalogues
    const say = bookSayer(words)
    const outcome = (name: string) => words.messages.get(`obligation-outcome/${name}`)?.zh ?? name
    const open = rules.filter((rule) => rule.visibility === 'unit')
    const units = pages
      .flatMap((page) => page.items)
      .map(({ name, cells }) => ({ name, cells: new Map(cells.map((cell) => [cell.rule, cell])) }))
      .filter(({ cells }) => open.some((rule) => cells.has(rule.rule)))
    const rows = units.map(({ name, cells }, at) => [
      at + 1,
      name,
      ...open.map(({ rule }) => {
        const cell = cells.get(rule)
        if (cell === undefined) return null
        return `${cell.done}/${cell.due}\n${outcome(cell.outcome)}`
      }),
    ])
    const title = say('obligations', { year })
    const ledger = {
      name: say('obligations-sheet'),
      title,
      note: say('obligations-note', { day: on }),
      columns: [
        { heading: say('column-no'), width: 6 },
        { heading: say('column-unit'), width: 20 },
        ...open.map((rule) => ({ heading: rule.words.zh, width: 8 })),
      ],
      rows,
    }
    return workbookFile(words, title, [ledger])
  },
})

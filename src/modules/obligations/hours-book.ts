import type * as z from 'zod'
import { anyOf, role } from '../../core/access/actor.ts'
import { fileAnswer } from '../../platform/action/action.ts'
import { bookSayer, workbookFile } from '../../platform/office/workbook.ts'
import { type listHours, workbookOfHours } from './hours.contract.ts'
import { listing } from './hours.ts'

type Hours = z.input<typeof listHours.output>

/** Study and training hours of those whose hours the reader may see, in the order of the bureau: counted of needed. */
export const hoursWorkbook = fileAnswer(workbookOfHours, {
  may: anyOf(role('office', 'branch-secretary')),
  label: 'talks',
  stubs: true,
  run: async (ctx, input) => {
    const pages: Hours[] = []
    for (let cursor: string | null | undefined; cursor !== null; cursor = pages.at(-1)!.next) {
      const asked = { ...input, limit: 500, ...(cursor === undefined ? {} : { cursor }) }
      pages.push(await listing.run(ctx, asked))
    }
    const { words } = ctx.catalogues
    const say = bookSayer(words)
    const people = pages.flatMap((page) => page.items)
    const rules = new Map(people.flatMap((person) => person.rules.map((rule) => [rule.rule, rule.words.zh] as const)))
    const title = say('hours', { year: pages[0]!.year })
    const ledger = {
      name: say('hours-sheet'),
      title,
      note: say('hours-note', { day: pages[0]!.on }),
      columns: [
        { heading: say('column-no'), width: 6 },
        { heading: say('column-name'), width: 12 },
        { heading: say('column-branch'), width: 20 },
        ...[...rules.values()].map((heading) => ({ heading, width: 14 })),
      ],
      rows: people.map((person, at) => [
        at + 1,
        person.name,
        person.unitName,
        ...[...rules.keys()].map((rule) => {
          const stands = person.rules.find((one) => one.rule === rule)
          if (stands === undefined) return null
          const outcome = words.messages.get(`obligation-outcome/${stands.outcome}`)?.zh ?? stands.outcome
          return `${stands.counted}/${stands.needed}\n${outcome}`
        }),
      ]),
    }
    return workbookFile(words, title, [ledger])
  },
})

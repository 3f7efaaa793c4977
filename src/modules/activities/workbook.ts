import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import { fileAnswer } from '../../platform/action/action.ts'
import { civilDay } from '../../platform/action/clock.ts'
import { everyItem } from '../../platform/action/every.ts'
import { bookSayer, rowsMax, workbookFile } from '../../platform/office/workbook.ts'
import { type ActivityLine, workbookOfActivities } from './activity.contract.ts'
import { listing } from './activity.queries.ts'

type Line = z.input<typeof ActivityLine>

/** The columns of the ledger with their widths in characters. */
const columns = [
  ['no', 6],
  ['day', 12],
  ['unit', 20],
  ['kind', 18],
  ['title', 40],
  ['topics', 20],
  ['expected', 7],
  ['voters', 8],
  ['present', 7],
  ['hours', 7],
  ['recorded', 12],
  ['mark', 10],
  ['entry', 9],
] as const

/** The ledger of activities (活动台账): exactly the lines that the list shows this reader, late entries marked as such. */
export const activityWorkbook = fileAnswer(workbookOfActivities, {
  may: anyOf(anyone),
  run: async (ctx, input) => {
    const { catalogue, words } = ctx.catalogues
    const say = bookSayer(words)
    const lines: Line[] = await everyItem(listing, ctx, input, rowsMax)
    const kind = (id: string) => catalogue.activityKinds.find(id)?.words.zh ?? id
    const topic = (id: string) => catalogue.topics.find(id)?.words.zh ?? id
    // The list stands newest first; a ledger is read from the start of the year.
    const rows = lines
      .reverse()
      .map((line, at) => [
        at + 1,
        line.happenedOn,
        line.unitName,
        [line.kind, ...line.alsoKinds].map(kind).join('、'),
        line.title,
        line.topics.map(topic).join('、'),
        line.expected,
        line.voters,
        line.present,
        line.hours,
        civilDay(new Date(line.recordedAt)),
        line.mark === null ? null : say(line.mark),
        line.entry,
      ])
    const title = say('activities')
    const ledger = {
      name: title,
      title,
      note: say('note', { day: ctx.today, count: rows.length }),
      columns: columns.map(([key, width]) => ({ heading: say(`column-${key}`), width })),
      rows,
    }
    return workbookFile(words, `${title} ${ctx.today}`, [ledger])
  },
})

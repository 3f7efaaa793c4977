import { withYears } from '../../core/calendar/calendar.ts'
import { yearOf } from '../../core/calendar/days.ts'
import { type Arrangement, type Fault, faultsOf } from '../../core/calendar/year.ts'
import { action, type Context, type Module } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { mayImport } from './calendar.access.ts'
import { importCalendar } from './calendar.contract.ts'
import { announcedYear, calendarYearRecord, importedYears, type YearRow } from './calendar.facts.ts'
import { calendarQueries, workdaysOf } from './calendar.queries.ts'

const codeOf: Record<Fault['code'], string> = {
  missing: 'calendar/festival-missing',
  twice: 'calendar/festival-twice',
  'wrong-year': 'calendar/wrong-year',
  'outside-span': 'calendar/day-outside',
  overlapping: 'calendar/overlapping',
  'worked-weekday': 'calendar/worked-weekday',
  'worked-off': 'calendar/worked-off',
}

/** The refusal of the first fault, with festivals by their names in both languages. */
function refusalOf(ctx: Context, year: number, fault: Fault): Refusal {
  const name = (id: string | undefined) => ctx.catalogues.words.messages.get(`festival/${id}`)
  const [festival, other] = [name(fault.festival), name(fault.other)]
  return new Refusal(codeOf[fault.code], {
    year,
    day: fault.day ?? '',
    festival: festival?.zh ?? '',
    festivalEn: festival?.en ?? '',
    other: other?.zh ?? '',
    otherEn: other?.en ?? '',
  })
}

/** The arrangement in one order, each worked day once, so that the same notice is always the same row. */
function inOrder({ year, festivals, worked }: Arrangement): Arrangement {
  const byDay = (a: { day: string }, b: { day: string }) => (a.day < b.day ? -1 : 1)
  return { year, festivals: festivals.toSorted(byDay), worked: [...new Set(worked)].sort() }
}

const plain = ({ festivals, worked }: Pick<Arrangement, 'festivals' | 'worked'>) =>
  JSON.stringify([festivals.map(({ id, day, from, to }) => [id, day, from, to]), worked])

/** The arrangement that stands so far and is announced, or null where the year is open or only taken from lists. */
function announcedSoFar(ctx: Context, year: number, own: YearRow | undefined): Arrangement | null {
  if (own !== undefined) return own
  const shipped = ctx.catalogues.calendar.years.get(year)
  if (shipped === undefined || shipped.state !== 'announced') return null
  return inOrder({ year, festivals: shipped.festivals as Arrangement['festivals'], worked: [...shipped.worked] })
}

const importing = action(importCalendar, {
  may: mayImport,
  run: async (ctx, input) => {
    const { year, source, reason } = input
    const arranged = inOrder(input)
    const fault = faultsOf(arranged)[0]
    if (fault !== undefined) throw refusalOf(ctx, year, fault)
    if (year > yearOf(ctx.today) + 1) throw new Refusal('calendar/not-announced-yet', { year, today: ctx.today })
    const [own] = await importedYears(ctx.tx, ctx.org.orgId, { year, lock: true })
    const before = announcedSoFar(ctx, year, own)
    if (before !== null && plain(before) === plain(arranged) && (own === undefined || own.source === source))
      throw new Refusal('calendar/nothing-changed', { year })
    if (before !== null && reason === undefined) throw new Refusal('calendar/reason-missing', { year })
    if (reason !== undefined) ctx.because(reason)
    const row = { year, source, festivals: arranged.festivals, worked: arranged.worked }
    if (own !== undefined) ctx.revise(calendarYearRecord, own, row)
    const id = own?.id ?? ctx.add(calendarYearRecord, row)
    const calendar = withYears(ctx.catalogues.calendar, [announcedYear(row)])
    return { id, year, workdays: workdaysOf(calendar, year) }
  },
})

/** The civil calendar as a bureau knows it: what is shipped, and the years that it imported from their notices. */
export const calendars: Module = {
  name: 'calendars',
  actions: [importing],
  queries: calendarQueries,
  records: [calendarYearRecord],
}

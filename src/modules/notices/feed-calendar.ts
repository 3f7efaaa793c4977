import { createHash } from 'node:crypto'
import ical, { ICalEventTransparency } from 'ical-generator'

/** A day on which something is due, as a feed may say it: by the title of its rule. */
export interface DueDay {
  /** The obligation; it goes into the feed as a hash only. */
  readonly id: string
  readonly title: string
  readonly dueOn: string
}

const TTL_S = 6 * 3600

/** The same obligation keeps its identifier for ever, and says nothing about whose it is. */
function uidOf(org: string, id: string): string {
  return `${createHash('sha256').update(`${org}/${id}`).digest('hex').slice(0, 40)}@luze`
}

/**
 * Due days as an iCalendar object (RFC 5545): one all-day event each, which leaves the day free. `org` parts the
 * identifiers of bureaus; `today` stands as the day on which all this was worked out.
 */
export function feedCalendar(feed: {
  readonly org: string
  readonly name: string
  readonly language: 'zh' | 'en'
  readonly today: string
  readonly days: readonly DueDay[]
}): string {
  const { org, name, language, today } = feed
  const calendar = ical({
    name,
    prodId: { company: 'Luze', product: 'Luze', language: language.toUpperCase() },
    ttl: TTL_S,
  })
  for (const { id, title, dueOn } of feed.days) {
    calendar.createEvent({
      id: uidOf(org, id),
      stamp: new Date(`${today}T00:00:00+08:00`),
      start: new Date(`${dueOn}T00:00:00Z`),
      allDay: true,
      summary: title,
      transparency: ICalEventTransparency.TRANSPARENT,
    })
  }
  // Every line of the format ends with CRLF, the last one too.
  return `${calendar.toString()}\r\n`
}

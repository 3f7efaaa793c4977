import * as z from 'zod'
import type { Company } from './company.ts'
import { readDemoFile } from './year.ts'

const Notices = z.strictObject({ audiences: z.array(z.string()).min(1) })

/** Sends the reminder before the next festival as it is proposed, and makes this morning's digests where the day is worked. */
export async function giveNotice(company: Company): Promise<void> {
  const { audiences } = readDemoFile('notices.yaml', Notices)
  const clerk = await company.as(company.clerk)
  const { items } = await clerk.ask('reminder.drafts', {})
  const [next] = items as { festival: string; year: number; text: { zh: string } }[]
  if (next !== undefined)
    await clerk.act('reminder.send', { festival: next.festival, year: next.year, text: next.text.zh, audiences })
  const { nextDigestOn } = await clerk.ask('notice.list', {})
  if (nextDigestOn === company.today) await clerk.act('digest.announce', {})
}

import type * as z from 'zod'
import { anyOf, role } from '../../core/access/actor.ts'
import type { Field } from '../../core/catalogue/fields.ts'
import {
  attendanceSheet,
  type MeetingOfPaper,
  meetingName,
  minutesPaper,
  recordPage,
} from '../../core/papers/meeting-papers.ts'
import { dayWords, type Say } from '../../core/papers/paper.ts'
import { fileAnswer, type ReadContext } from '../../platform/action/action.ts'
import { civilDay } from '../../platform/action/clock.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { paperFile, sayer } from '../../platform/office/paper/paper-file.ts'
import { maySeeAttendance } from './activity.access.ts'
import type { getActivity } from './activity.contract.ts'
import { getting } from './activity.queries.ts'
import { attendanceOfActivity, minutesOfActivity, pageOfActivity } from './paper.contract.ts'
import { expectedInOrder } from './roster.ts'
import { kindOf } from './statement.ts'

type Whole = z.input<typeof getActivity.output>

/** Papers of an activity name who was there, so they are for those who see the whole attendance of its unit. */
const mayPrint = anyOf<undefined>(
  role('office', 'secretary', 'team-member', 'branch-secretary', 'branch-officer', 'department-head'),
)

async function mustGet(ctx: ReadContext, activityId: string): Promise<Whole> {
  const record = (await getting.run(ctx, { activityId })) as Whole
  if (!maySeeAttendance(ctx.actor, record.unitId) || record.withdrawn) throw new Refusal('record/not-found')
  return record
}

/** The words of a catalogue's rows in place of their ids. */
function meetingOfRecord(ctx: ReadContext, say: Say, record: Whole): MeetingOfPaper {
  const { catalogue } = ctx.catalogues
  const statuses = catalogue.attendanceStatuses
  const isPresent = ({ status }: { status: string }) => statuses.find(status)?.counts_as === 'present'
  const kindWords = (id: string) => catalogue.activityKinds.find(id)?.words.zh ?? id
  return {
    unit: record.unitName ?? '',
    bureau: ctx.org.name,
    kind: kindWords(record.kind),
    also: record.alsoKinds.map(kindWords),
    day: record.happenedOn,
    mark: record.mark,
    title: record.title,
    host: record.host === null ? null : (record.host.name ?? say('erased')),
    topics: record.topics.map((topic) => catalogue.topics.find(topic)?.words.zh ?? topic),
    expected: record.expected,
    present: record.present,
    voters: record.voters,
    hours: record.hours,
    attended: record.attendance.filter(isPresent).map(({ name }) => name),
    away: record.attendance
      .filter((one) => !isPresent(one))
      .map(({ name, status, note }) => ({ name, status: statuses.find(status)?.words.zh ?? status, note })),
    fields: fieldsOf(ctx, say, record),
    content: record.content,
    proof: record.proof,
    recordedOn: civilDay(new Date(record.recordedAt)),
    entry: record.entry,
  }
}

function fieldsOf(ctx: ReadContext, say: Say, record: Whole): MeetingOfPaper['fields'] {
  const { activityKinds, audiences } = ctx.catalogues.catalogue
  const known = [record.kind, ...record.alsoKinds].flatMap((id) => activityKinds.find(id)?.fields ?? [])
  return Object.entries(record.fields).map(([id, value]) => {
    const field = known.find((one) => one.id === id)
    return { name: field?.words.zh ?? id, value: valueWords(say, field, value, (of) => audiences.find(of)?.words.zh) }
  })
}

function valueWords(
  say: Say,
  field: Field | undefined,
  value: string | number | boolean,
  audience: (id: string) => string | undefined,
): string {
  if (typeof value === 'boolean') return say(value ? 'yes' : 'not-so')
  if (field?.type === 'day') return dayWords(say, String(value))
  if (field?.type === 'number') return `${value}${field.unit ?? ''}`
  if (field?.type !== 'choice') return String(value)
  return field.choices?.find(({ id }) => id === value)?.words.zh ?? audience(String(value)) ?? String(value)
}

const pageAnswer = fileAnswer(pageOfActivity, {
  may: mayPrint,
  run: async (ctx, input) => {
    const say = sayer(ctx.catalogues.words)
    const meeting = meetingOfRecord(ctx, say, await mustGet(ctx, input.activityId))
    const name = say('page-file', { ...meeting, day: dayWords(say, meeting.day) })
    return paperFile(ctx.catalogues.words, recordPage(say, meeting), name)
  },
})

const minutesAnswer = fileAnswer(minutesOfActivity, {
  may: mayPrint,
  run: async (ctx, input) => {
    const say = sayer(ctx.catalogues.words)
    const meeting = meetingOfRecord(ctx, say, await mustGet(ctx, input.activityId))
    const facts = { meeting: meetingName(meeting), day: dayWords(say, meeting.day) }
    return paperFile(ctx.catalogues.words, minutesPaper(say, meeting, input.number), say('minutes-file', facts))
  },
})

const attendanceAnswer = fileAnswer(attendanceOfActivity, {
  may: mayPrint,
  run: async (ctx, input) => {
    const say = sayer(ctx.catalogues.words)
    const record = await mustGet(ctx, input.activityId)
    const kind = kindOf(ctx, record.kind)
    if (kind.attendance === 'none') throw new Refusal('activity/no-attendance-taken', { kind: kind.words.zh })
    const roster = await expectedInOrder(ctx, kind, record.unitId, record.happenedOn)
    const known = new Set(roster.map(({ pid }) => pid))
    const guests = record.attendance.filter(({ personId }) => !known.has(personId))
    const sheet = {
      unit: record.unitName ?? '',
      kind: kind.words.zh,
      title: record.title,
      when: record.happenedOn,
      names: [...roster, ...guests].map(({ name }) => name),
    }
    const name = say('sign-file', { ...sheet, day: dayWords(say, record.happenedOn) })
    return paperFile(ctx.catalogues.words, attendanceSheet(say, sheet), name)
  },
})

/** Papers of recorded activities. */
export const activityPapers = [pageAnswer, minutesAnswer, attendanceAnswer]

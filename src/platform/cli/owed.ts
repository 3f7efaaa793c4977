import { type CommandLine, must, one, UsageError } from './arguments.ts'
import { bodyOf } from './connect.ts'
import type { CliSession } from './session.ts'

interface Both {
  readonly zh: string
  readonly en: string
}

interface DutyLine {
  readonly no: number
  readonly year: number
  readonly title: string | null
  readonly leadUnitName: string | null
  readonly dueOn: string | null
  readonly mark: string
  readonly lateDays: number
  readonly listYear: number | null
}

interface ObligationLine {
  readonly obligationId: string
  readonly words: Both
  readonly article: string | null
  readonly source: Both
  readonly expected: boolean
  readonly unconfirmed: boolean
  readonly subject: { readonly name: string | null; readonly unitName: string | null; readonly type: string }
  readonly dueOn: string
  readonly outcome: string
  readonly needed: number
  readonly counted: number
  readonly metOn: string | null
}

const MARKS: Readonly<Record<string, string>> = {
  late: '逾期 / overdue',
  'due-soon': '即将到期 / due soon',
  'not-taken-on': '未领责 / not taken on',
}

const OUTCOMES: Readonly<Record<string, string>> = {
  upcoming: '未开始 / not begun',
  open: '未到期 / not yet due',
  met: '已办 / done',
  late: '逾期补办 / made good late',
  unmet: '未办 / not done',
  excused: '免办 / excused',
  undetermined: '待查明 / unknown',
}

const day = (line: CommandLine, name: string): string | undefined => {
  const value = one(line, name)
  if (value !== undefined && !/^\d{4}-\d\d-\d\d$/.test(value))
    throw new UsageError(`--${name} 须是 YYYY-MM-DD / --${name} is a day YYYY-MM-DD`)
  return value
}

/** The unit that `--unit` means: its id, or the one unit of that name. */
async function unitOf(line: CommandLine, session: CliSession): Promise<string | undefined> {
  const wanted = one(line, 'unit')
  if (wanted === undefined || /^[0-9a-f-]{36}$/.test(wanted)) return wanted
  const tree = bodyOf(await session.query('unit.tree', {}))
  const units = (tree.units ?? tree.items ?? []) as { unitId: string; name: string }[]
  const found = units.filter(({ name }) => name === wanted)
  if (found.length !== 1)
    throw new UsageError(
      found.length === 0
        ? `没有单位“${wanted}” / there is no unit “${wanted}”`
        : `有 ${found.length} 个单位叫“${wanted}”，请用编号 / ${found.length} units are called “${wanted}”: give the id`,
    )
  return found[0]!.unitId
}

/** `luze owed --org ORG --on D [--known-on D] [--unit U] [--json]`: duties and obligations with state, due day, rule and reason. */
export async function owedCommand(line: CommandLine, session: CliSession, say: (text: string) => void): Promise<void> {
  const on = day(line, 'on') ?? must(line, 'on')
  const knownOn = day(line, 'knownOn')
  const unitId = await unitOf(line, session)
  const body = bodyOf(
    await session.query('obligation.owed', {
      on,
      ...(knownOn === undefined ? {} : { knownOn }),
      ...(unitId === undefined ? {} : { unitId }),
    }),
  )
  if (line.options['json'] === true) return say(JSON.stringify(body, null, 2))
  const duties = body.duties as DutyLine[]
  const obligations = body.obligations as ObligationLine[]
  say(`${body.on}  责任事项 / duties: ${duties.length}`)
  for (const duty of duties) say(dutyText(duty))
  say(`${body.on}  应办事项 / obligations: ${obligations.length}`)
  let unit: string | null = null
  for (const owed of obligations) {
    if (owed.subject.unitName !== unit) {
      unit = owed.subject.unitName
      say(`[${unit ?? '—'}]`)
    }
    say(obligationText(owed))
  }
}

function dutyText({ no, year, title, leadUnitName, dueOn, mark, lateDays, listYear }: DutyLine): string {
  const state = MARKS[mark] ?? mark
  const late = lateDays > 0 ? ` ${lateDays} 天 / days` : ''
  const basis = listYear === null ? '' : `  依据 / by: ${listYear} 年责任清单 / list of ${listYear}`
  return `  ${year}-${no}  ${title ?? '—'}  ${leadUnitName ?? ''}  ${dueOn ?? '未定 / no day'}  ${state}${late}${basis}`
}

function obligationText(owed: ObligationLine): string {
  const { words, subject, dueOn, outcome, needed, counted, metOn, source, article } = owed
  const who = subject.type === 'unit' ? '' : `${subject.name ?? '—'}：`
  const soft = owed.expected ? '（一般 / expected）' : ''
  const doubt = owed.unconfirmed ? '（来源待确认 / source not confirmed）' : ''
  const met = metOn === null ? `${counted}/${needed}` : metOn
  const basis = `${source.zh}${article ?? ''}`
  return `  ${who}${words.zh} / ${words.en}  ${dueOn}  ${OUTCOMES[outcome] ?? outcome}${soft}${doubt}  ${met}  依据 / by: ${basis}\n    ${owed.obligationId}`
}

interface Reasons extends ObligationLine {
  readonly on: string
  readonly windowFrom: string
  readonly windowTo: string
  readonly says: Both
  readonly localSource: string | null
  readonly readings: readonly Both[]
  readonly missing: readonly { readonly words: Both }[]
  readonly near: readonly { readonly on: string; readonly title: string | null; readonly reason: Both | null }[]
  readonly trace: readonly { readonly words: Both }[]
}

/** `luze explain OBLIGATION [--on D] [--known-on D] [--json]`: why it is owed and how it stands, to be read aloud. */
export async function explainCommand(
  line: CommandLine,
  session: CliSession,
  say: (text: string) => void,
): Promise<void> {
  const obligationId = line.words[1]
  if (obligationId === undefined) throw new UsageError('缺事项编号 / The id of an obligation is missing')
  const on = day(line, 'on')
  const knownOn = day(line, 'knownOn')
  const asked = { obligationId, ...(on === undefined ? {} : { on }), ...(knownOn === undefined ? {} : { knownOn }) }
  const body = bodyOf(await session.query('obligation.get', asked)) as Reasons
  if (line.options['json'] === true) return say(JSON.stringify(body, null, 2))
  for (const language of ['zh', 'en'] as const) {
    say(`${body.subject.name ?? '—'}  ${body.words[language]}  ${body.windowFrom} – ${body.windowTo}`)
    for (const step of body.trace) say(`  ${step.words[language]}`)
    for (const { words } of body.missing) say(`  ? ${words[language]}`)
    for (const near of body.near) say(`  × ${near.on} ${near.title ?? ''} ${near.reason?.[language] ?? ''}`)
    say(`  ${body.source[language]}${body.article ?? ''}${body.localSource === null ? '' : `；${body.localSource}`}`)
    for (const reading of body.readings) say(`  * ${reading[language]}`)
  }
}

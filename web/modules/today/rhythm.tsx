import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { matrixObligations } from '../../../src/modules/obligations/obligation.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useFormats } from '../../lib/session.tsx'
import { Panel } from '../../ui/page.tsx'
import { StateMark, StateTag } from '../../ui/state-mark.tsx'
import { type StateName, stateWord } from '../../ui/states.ts'
import { stateOf } from '../obligations/stand.ts'

type Matrix = OutputOf<typeof matrixObligations>
type Mark = Matrix['items'][number]['cells'][number]['marks'][number]
type Slot = { from: number; to: number; marks: readonly Mark[] }

const legend: readonly StateName[] = ['done', 'goodlate', 'soon', 'planned', 'late', 'expected', 'notdue']
/** Of several marks in one window the one that asks for most is drawn. */
const worst: readonly StateName[] = [
  'late',
  'expected',
  'unknown',
  'soon',
  'planned',
  'notdue',
  'goodlate',
  'excused',
  'done',
]

const monthOf = (day: string, year: number) =>
  Math.min(12, Math.max(1, (Number(day.slice(0, 4)) - year) * 12 + Number(day.slice(5, 7))))

/** The windows of a rule over the months of the year, gaps between them filled. */
function slotsOf(marks: readonly Mark[], year: number): Slot[] {
  const windows = Map.groupBy(marks, ({ windowFrom, windowTo }) => `${windowFrom} ${windowTo}`)
  const slots: Slot[] = []
  let next = 1
  for (const [, of] of [...windows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const first = of[0] as Mark
    const from = Math.max(next, monthOf(first.windowFrom, year))
    const to = Math.max(from, monthOf(first.windowTo, year))
    if (from > 12) break
    if (from > next) slots.push({ from: next, to: from - 1, marks: [] })
    slots.push({ from, to: Math.min(12, to), marks: of })
    next = Math.min(12, to) + 1
  }
  if (next <= 12) slots.push({ from: next, to: 12, marks: [] })
  return slots
}

/** The year of a branch as rhythm: twelve columns, a hairline over each longer window with its mark at the end. */
export function RhythmPanel({ matrix }: { matrix: Matrix }) {
  const { t } = useTranslation(['today', 'obligations'])
  const formats = useFormats()
  const { year } = matrix
  const now = Number(formats.today.slice(5, 7))
  const rules = matrix.rules.filter(({ visibility }) => visibility === 'unit')
  const marksOf = (rule: string) =>
    matrix.items.flatMap(({ cells }) => cells.filter((cell) => cell.rule === rule).flatMap(({ marks }) => marks))
  const lines = rules.map((rule) => ({ rule, marks: marksOf(rule.rule) })).filter(({ marks }) => marks.length > 0)
  if (lines.length === 0) return null
  return (
    <Panel
      title={t('rhythm.title', { year })}
      flush
      extra={
        <Link to="/obligations" search={{ view: 'matrix' }}>
          {t('rhythm.matrix')}
        </Link>
      }
      foot={
        <span className="rhythm-legend">
          {legend.map((state) => (
            <StateTag key={state} state={state}>
              {t(`obligations:state.${state}`)}
            </StateTag>
          ))}
        </span>
      }
    >
      {/* The region scrolls sideways on a narrow page, so it must be reachable by key. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard */}
      <section className="rhythm-scroll" aria-label={t('rhythm.title', { year })} tabIndex={0}>
        <table className="table rhythm">
          <thead>
            <tr>
              <th scope="col" className="rhythm-what">
                {t('rhythm.what')}
              </th>
              {Array.from({ length: 12 }, (_, at) => (
                <th
                  key={formats.month(`${year}-${String(at + 1).padStart(2, '0')}-01`)}
                  scope="col"
                  className="rhythm-month"
                  data-now={at + 1 === now || undefined}
                >
                  {formats.month(`${year}-${String(at + 1).padStart(2, '0')}-01`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ rule, marks }) => (
              <tr key={rule.rule}>
                <th scope="row" className="rhythm-what" title={rule.words[formats.language]}>
                  {rule.words[formats.language]}{' '}
                  <span className="note">
                    {t(`obligations:every.${rule.every ?? 'other'}`)} ·{' '}
                    {t(`obligations:strictness.${rule.unconfirmed ? 'unconfirmed' : rule.strictness}`)}
                  </span>
                </th>
                {slotsOf(marks, year).map((slot) => (
                  <td
                    key={slot.from}
                    className="rhythm-slot"
                    colSpan={slot.to - slot.from + 1}
                    data-long={slot.to > slot.from && slot.marks.length > 0 ? true : undefined}
                    data-now={(slot.to - slot.from < 3 && slot.from <= now && now <= slot.to) || undefined}
                  >
                    <SlotMark slot={slot} expected={rule.expected} what={rule.words[formats.language]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  )
}

function SlotMark({ slot, expected, what }: { slot: Slot; expected: boolean; what: string }) {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const held = slot.marks.map((mark) => ({ mark, state: stateOf({ ...mark, expected }, formats.today) }))
  const shown = worst.map((state) => held.find((one) => one.state === state)).find((one) => one !== undefined)
  if (!shown) return null
  const spoken = t('rhythm.mark', {
    what,
    window: formats.range(shown.mark.windowFrom, shown.mark.windowTo),
    state: stateWord(shown.state, formats.language),
  })
  return (
    <Link
      to="/obligations"
      search={{ open: shown.mark.obligationId }}
      className="rhythm-mark"
      aria-label={spoken}
      title={spoken}
    >
      <StateMark state={shown.state} size={13} />
    </Link>
  )
}

import { type KeyboardEvent, memo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { matrixObligations } from '../../../src/modules/obligations/obligation.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { PageBody } from '../../ui/page.tsx'
import { PrintFrame } from '../../ui/print-frame.tsx'
import { StateMark, StateTag } from '../../ui/state-mark.tsx'
import { type StateName, stateWord } from '../../ui/states.ts'
import { ExplainPanel } from './explain-panel.tsx'
import type { Move } from './obligations-page.tsx'
import type { ObligationsSearch, ObligationTab } from './search.ts'
import { stateOf } from './stand.ts'
import { type RuleColumn, ruleInTab, type UnitRow, unitInTab } from './tab-rules.ts'

type Mark = OutputOf<typeof matrixObligations>['items'][number]['cells'][number]['marks'][number]
type ViewProps = { year: number; tab: ObligationTab; search: ObligationsSearch; move: Move }

const legend: readonly StateName[] = [
  'done',
  'soon',
  'late',
  'goodlate',
  'planned',
  'expected',
  'excused',
  'unknown',
  'notdue',
]
const widths = { month: 120, quarter: 86, 'half-year': 86, year: 86 } as const

/** The matrix of a year, as it is read. */
export const matrixRead = (year: number) => ({ year, limit: 200 })

/** Units by rules: one mark for each window of the year; the open mark explains itself beside the table. */
export function MatrixView({ year, tab, search, move }: ViewProps) {
  const { t } = useTranslation('obligations')
  const { data, error, isPending, refetch } = useQueryOf(matrixObligations, matrixRead(year))
  const shown = new Set(data?.rules.filter(({ visibility }) => ruleInTab(visibility, tab)).map(({ rule }) => rule))
  const units =
    data?.items.filter(({ kind, cells }) => unitInTab(kind, tab) && cells.some(({ rule }) => shown.has(rule))) ?? []
  const used = new Set(units.flatMap(({ cells }) => cells.map(({ rule }) => rule)))
  const rules = data?.rules.filter(({ rule }) => used.has(rule) && shown.has(rule)) ?? []
  const aside = search.open !== undefined && (
    <ExplainPanel key={search.open} obligationId={search.open} onClose={() => move({ open: undefined })} />
  )
  return (
    <PageBody mode="fill" asideKind="explain" aside={aside}>
      <div className="owed-page">
        {error && <ErrorHere error={error} retry={() => void refetch()} />}
        {!error && isPending && <LoadingRows height={51} />}
        {data && units.length === 0 && <EmptyState title={t('matrix.none')} why={t('matrix.noneWhy')} />}
        {data && units.length > 0 && (
          <PrintFrame kind="list" title={t('matrix.caption', { year })}>
            <section className="panel table-panel">
              {tab === 'branches' ? (
                <Grid units={units} rules={rules} open={search.open} move={move} />
              ) : (
                <Bodies units={units} rules={rules} open={search.open} move={move} />
              )}
              <footer className="table-foot owed-legend">
                <p className="owed-marks">
                  {legend.map((state) => (
                    <StateTag key={state} state={state}>
                      {t(`state.${state}`)}
                    </StateTag>
                  ))}
                </p>
                <p className="note">{t('matrix.note')}</p>
              </footer>
            </section>
          </PrintFrame>
        )}
      </div>
    </PageBody>
  )
}

type GridProps = {
  units: readonly UnitRow[]
  rules: readonly RuleColumn[]
  open: string | undefined
  move: Move
}

function Grid({ units, rules, open, move }: GridProps) {
  const { t } = useTranslation('obligations')
  const formats = useFormats()
  const grid = useRef<HTMLDivElement>(null)
  const first = units[0]?.cells[0]?.marks[0]?.obligationId
  const stop = open ?? first
  const walk = (event: KeyboardEvent) => step(event, grid.current)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the marks, which are buttons
    <div className="table-scroll" ref={grid} onKeyDown={walk}>
      <table className="table owed-matrix" aria-label={t('matrix.name')}>
        <thead>
          <tr className="head-two">
            <th scope="col" style={{ width: 132 }}>
              {t('matrix.unit')}
            </th>
            {rules.map((rule) => (
              <th
                key={rule.rule}
                scope="col"
                style={{ width: widths[rule.every ?? 'year'] }}
                title={rule.source[formats.language]}
              >
                {rule.words[formats.language]}
                <span className="head-under">
                  {t(`every.${rule.every ?? 'other'}`)} ·{' '}
                  {t(`strictness.${rule.unconfirmed ? 'unconfirmed' : rule.strictness}`)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit.unitId}>
              <th scope="row">{unit.name}</th>
              {rules.map((rule) => {
                const cell = unit.cells.find((one) => one.rule === rule.rule)
                return (
                  <td key={rule.rule}>
                    {cell ? (
                      <Marks
                        marks={cell.marks}
                        rule={rule}
                        unit={unit.name ?? ''}
                        done={cell.done}
                        due={cell.due}
                        {...within(cell.marks, open, stop)}
                        move={move}
                      />
                    ) : (
                      <span className="note">{t('matrix.notAsked')}</span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Bodies owe different things, so each has its own rows: a rule, its rhythm, its marks in one line. */
function Bodies({ units, rules, open, move }: GridProps) {
  const { t } = useTranslation('obligations')
  const formats = useFormats()
  const grid = useRef<HTMLDivElement>(null)
  const stop = open ?? units[0]?.cells[0]?.marks[0]?.obligationId
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the marks, which are buttons
    <div className="table-scroll" ref={grid} onKeyDown={(event) => step(event, grid.current)}>
      <table className="table owed-bodies" aria-label={t('matrix.name')}>
        <thead>
          <tr>
            <th scope="col" style={{ width: 300 }}>
              {t('list.what')}
            </th>
            <th scope="col" style={{ width: 132 }}>
              {t('matrix.rhythm')}
            </th>
            <th scope="col">{t('matrix.marks')}</th>
          </tr>
        </thead>
        {units.map((unit) => (
          <tbody key={unit.unitId}>
            <tr className="group-row">
              <th scope="rowgroup" colSpan={3}>
                <span className="group-name">{unit.name}</span>
              </th>
            </tr>
            {rules.map((rule) => {
              const cell = unit.cells.find((one) => one.rule === rule.rule)
              if (!cell) return null
              const shared = {
                rule,
                unit: unit.name ?? '',
                done: cell.done,
                due: cell.due,
                ...within(cell.marks, open, stop),
                move,
                line: true,
              }
              return (
                <tr key={rule.rule}>
                  <th scope="row">{rule.words[formats.language]}</th>
                  <td className="support">
                    {t(`every.${rule.every ?? 'other'}`)} ·{' '}
                    {t(`strictness.${rule.unconfirmed ? 'unconfirmed' : rule.strictness}`)}
                  </td>
                  <td>
                    <Marks marks={cell.marks} {...shared} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        ))}
      </table>
    </div>
  )
}

type MarksProps = {
  marks: readonly Mark[]
  rule: RuleColumn
  unit: string
  done: number
  due: number
  open: string | undefined
  stop: string | undefined
  move: Move
  /** All in one line rather than in the rows of a cell. */
  line?: boolean
}

/** The open mark and the tab stop, told only to the cell that holds them: opening one draws two cells, not all of them. */
function within(marks: readonly Mark[], open: string | undefined, stop: string | undefined) {
  const here = (id: string | undefined) => marks.find(({ obligationId }) => obligationId === id)?.obligationId
  return { open: here(open), stop: here(stop) }
}

/** The marks of one cell in the places of their windows; a window in which the unit did not exist stays a dash. */
const Marks = memo(function Marks({ marks, rule, unit, done, due, open, stop, move, line }: MarksProps) {
  const { t } = useTranslation('obligations')
  const formats = useFormats()
  const slots = slotsOf(rule.every, marks)
  if (slots === null) return <span className="support">{t('matrix.counts', { done, due })}</span>
  return (
    <span className={line ? 'owed-line' : 'owed-cell'} data-every={rule.every ?? 'year'}>
      {slots.map((mark, at) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: windows never change places
        if (mark === undefined) return <span key={at} className="owed-gap" aria-hidden="true" />
        const state = stateOf({ ...mark, expected: rule.expected }, formats.today)
        const spoken = t('matrix.mark', {
          unit,
          rule: rule.words[formats.language],
          window: formats.range(mark.windowFrom, mark.windowTo),
          state: stateWord(state, formats.language),
        })
        return (
          <button
            key={mark.obligationId}
            type="button"
            className="owed-mark"
            aria-label={spoken}
            title={spoken}
            aria-pressed={mark.obligationId === open}
            data-now={(mark.windowFrom <= formats.today && formats.today <= mark.windowTo) || undefined}
            tabIndex={mark.obligationId === stop ? 0 : -1}
            onClick={() => move({ open: mark.obligationId })}
          >
            <StateMark state={state} size={13} />
          </button>
        )
      })}
    </span>
  )
})

const places = { month: 12, quarter: 4, 'half-year': 2, year: 1 } as const

/** Marks by the place of their window in the year; null where one cell holds several subjects or windows of another kind. */
function slotsOf(every: RuleColumn['every'], marks: readonly Mark[]): (Mark | undefined)[] | null {
  if (every === null) return marks.length > 12 ? null : [...marks]
  const slots: (Mark | undefined)[] = Array.from({ length: places[every] })
  for (const mark of marks) {
    const at = Math.floor((Number(mark.windowFrom.slice(5, 7)) - 1) / (12 / places[every]))
    if (slots[at] !== undefined) return null
    slots[at] = mark
  }
  return slots
}

/** Arrow keys move to the neighbouring mark, by what stands nearest in that direction. */
function step(event: KeyboardEvent, grid: HTMLElement | null): void {
  const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
  const from = document.activeElement
  if (by === undefined || grid === null || !(from instanceof HTMLElement) || !from.matches('.owed-mark')) return
  event.preventDefault()
  const [dx, dy] = by as [number, number]
  const here = from.getBoundingClientRect()
  let best: { mark: HTMLElement; far: number } | undefined
  for (const mark of grid.querySelectorAll<HTMLElement>('.owed-mark')) {
    const there = mark.getBoundingClientRect()
    const along = dx * (there.x - here.x) + dy * (there.y - here.y)
    const aside = Math.abs(dx === 0 ? there.x - here.x : there.y - here.y)
    if (along < 1 || (dx !== 0 && aside > 2)) continue
    const far = along + aside * 4
    if (best === undefined || far < best.far) best = { mark, far }
  }
  if (best === undefined) return
  from.tabIndex = -1
  best.mark.tabIndex = 0
  best.mark.focus()
}

import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { previewObligations } from '../../../src/modules/obligations/obligation.contract.ts'
import type { InputOf, OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { Panel } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { stateWord } from '../../ui/states.ts'
import { stateOf } from '../obligations/stand.ts'
import './activities.css'

type Preview = OutputOf<typeof previewObligations>
type Line = Preview['meets'][number]

/** What the rules would say of a record that is not saved yet; asked again while typing, and never in the way of saving. */
export function useMeets(asked: InputOf<typeof previewObligations>, enabled: boolean): Preview | undefined {
  return useQueryOf(previewObligations, asked, { enabled }).data
}

/** Lines of one rule and window: one subject by itself, several as their number. */
function useGroups<L extends Omit<Line, 'before'>>(lines: readonly L[]): readonly (readonly [L, ...L[]])[] {
  const groups = Map.groupBy(lines, ({ rule, windowFrom }) => `${rule} ${windowFrom}`)
  return [...groups.values()].flatMap(([first, ...rest]) => (first ? [[first, ...rest] as const] : []))
}

/** What the record will meet, with its rule. */
export function MeetsPanel({ preview }: { preview: Preview }) {
  const { t } = useTranslation('activities')
  const formats = useFormats()
  const meets = useGroups(preview.meets)
  return (
    <Panel title={t('meets.title')} note={t('effect.note')} flush>
      {meets.length === 0 && <p className="note meets-none">{t('meets.none')}</p>}
      <ul className="meets">
        {meets.map(([first, ...rest]) => {
          const state = stateOf(first, formats.today)
          const met = first.outcome === 'met' || first.outcome === 'late'
          return (
            <li key={`${first.rule} ${first.windowFrom}`}>
              <StateMark
                state={met ? state : 'progress'}
                label={met ? stateWord(state, formats.language) : t('meets.adds')}
              />
              <span>
                <Link to="/obligations" search={{ open: first.obligationId, view: 'list' }} className="meets-what">
                  {t('meets.line', {
                    what: first.words[formats.language],
                    window: formats.range(first.windowFrom, first.windowTo),
                  })}
                </Link>
                <span className="note">
                  {rest.length > 0 && t('meets.persons', { count: rest.length + 1 })}
                  {t('meets.of', { counted: first.counted, needed: first.needed })}
                  {first.article && t('meets.article', { article: first.article })}
                </span>
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

/** What the record would nearly meet, and what is missing. */
export function NearlyPanel({ preview }: { preview: Preview }) {
  const { t } = useTranslation('activities')
  const formats = useFormats()
  const nearly = useGroups(preview.nearly)
  if (nearly.length === 0) return null
  return (
    <Panel title={t('meets.nearly')} flush>
      <ul className="meets">
        {nearly.map(([first, ...rest]) => {
          const state = stateOf(first, formats.today)
          return (
            <li key={`${first.rule} ${first.windowFrom}`}>
              <StateMark state={state} label={stateWord(state, formats.language)} />
              <span>
                <span className="meets-what">
                  {t('meets.line', {
                    what: first.words[formats.language],
                    window: formats.range(first.windowFrom, first.windowTo),
                  })}
                </span>
                <span className="note">
                  {rest.length > 0 && t('meets.persons', { count: rest.length + 1 })}
                  {first.reason[formats.language]}
                </span>
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

import { useTranslation } from 'react-i18next'
import type { getHours, listHours } from '../../../src/modules/obligations/hours.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useFormats } from '../../lib/session.tsx'
import { ProgressBar } from '../../ui/coverage-line.tsx'
import { Tag } from '../../ui/page.tsx'
import { StateMark, StateTag } from '../../ui/state-mark.tsx'
import { stateWord } from '../../ui/states.ts'
import { stateOf } from '../obligations/stand.ts'

/** Hours of one person with what counted. */
export type Hours = OutputOf<typeof getHours>
/** How somebody stands to one rule. */
export type Stand = OutputOf<typeof listHours>['items'][number]['rules'][number]

/** Amounts in the measure of the rule: 24 学时, 3 天. */
export function useAmount() {
  const { t } = useTranslation('study')
  return (count: number, of: string) =>
    t(of === 'hours' ? 'amount.hours' : of === 'days' ? 'amount.days' : 'amount.other', { count })
}

/** Whether a rule is met and, where it is not, what is missing: sums do not stand beside names. */
export function StandCell({ stand }: { stand: Stand }) {
  const { t } = useTranslation('study')
  const formats = useFormats()
  const amount = useAmount()
  const state = stateOf(stand, formats.today)
  return (
    <span className="stand-cell">
      <StateMark state={state} label={stateWord(state, formats.language)} size={13} />
      {stand.short > 0 ? t('short', { amount: amount(stand.short, stand.of) }) : t(`state.${state}`)}
    </span>
  )
}

/** What stands counted of what is needed, as a bar of 8 px beside its figures. */
function Progress({ stand }: { stand: Stand }) {
  const counted = Math.min(stand.counted, stand.needed)
  return (
    <ProgressBar
      parts={[
        { key: 'counted', count: counted, color: stand.short === 0 ? 'var(--st-done)' : 'var(--accent-edge)' },
        { key: 'short', count: stand.needed - counted, color: 'var(--row-line)' },
      ]}
    />
  )
}

/** Rules of study and training with how one person stands to each; a rule opens what counted for it. */
export function StandRows({
  stands,
  chosen,
  onChoose,
}: {
  stands: Hours['rules']
  chosen: string | undefined
  onChoose: (rule: string | undefined) => void
}) {
  const { t } = useTranslation('study')
  const formats = useFormats()
  const amount = useAmount()
  const { language, today } = formats
  return (
    <ul className="stand-rows">
      {stands.map((stand) => {
        const state = stateOf(stand, today)
        const open = stand.rule === chosen
        return (
          <li key={`${stand.rule} ${stand.windowFrom}`}>
            <button
              type="button"
              className="stand-row"
              aria-pressed={open}
              onClick={() => onChoose(open ? undefined : stand.rule)}
            >
              <span className="stand-what">
                <b className="name">
                  {stand.words[language]} {stand.unconfirmed && <Tag>{t('unconfirmed')}</Tag>}
                </b>
                <span className="note">
                  {t('source', { source: stand.source[language] })}
                  {stand.article && t('article', { article: stand.article })}
                </span>
              </span>
              <span className="stand-when support">{formats.range(stand.windowFrom, stand.windowTo)}</span>
              <span className="stand-sum">
                <Progress stand={stand} />
                <span>{t('sum', { counted: stand.counted, needed: amount(stand.needed, stand.of) })}</span>
              </span>
              <span className="stand-state">
                <StateTag state={state}>{t(`state.${state}`)}</StateTag>
                <span className="note">{stand.short > 0 && t('short', { amount: amount(stand.short, stand.of) })}</span>
                <Unstated stand={stand} />
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** What records do not state that would decide whether the rule is met; nothing where all is stated. */
export function Unstated({ stand: { unstated } }: { stand: Hours['rules'][number] }) {
  const { t } = useTranslation('study')
  const { language } = useFormats()
  if (unstated.length === 0) return null
  const what = [...new Set(unstated.map(({ words }) => words[language]))].join(t('comma'))
  return <span className="note">{t('unstated', { count: unstated.length, what })}</span>
}

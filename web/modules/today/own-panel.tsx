import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/session.tsx'
import { Panel } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { stateWord } from '../../ui/states.ts'
import { stateOfMark } from '../duties/marks.tsx'
import { FEW, type MyDuty } from './duties.ts'
import { useRows } from './rows.tsx'

const route = getRouteApi('/inside/today')

/** What the reader's own posts and units owe. */
export function OwnPanel({ duties }: { duties: readonly MyDuty[] }) {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const rows = useRows()
  const { open } = route.useSearch()
  const all = open === 'own'
  if (duties.length === 0) return null
  return (
    <Panel
      title={t('panel.own')}
      count={duties.length}
      extra={
        duties.length > FEW && (
          <Link to="/today" search={all ? {} : { open: 'own' }}>
            {all ? t('panel.fewer') : t('panel.allCount', { count: duties.length })}
          </Link>
        )
      }
    >
      <ul className="today-posts">
        {(all ? duties : duties.slice(0, FEW)).map((duty) => {
          const state = stateOfMark[duty.mark]
          return (
            <li key={duty.id}>
              <StateMark state={state} label={stateWord(state, formats.language)} />
              <span>
                <Link to="/duties/$no" params={{ no: String(duty.no) }} search={{ year: duty.year }}>
                  {rows.titleOf(duty)}
                </Link>
                <span className="note">
                  {[duty.dueOn ? formats.day(duty.dueOn) : undefined, t(`ask.${duty.asks}`)]
                    .filter(Boolean)
                    .join(t('sentence.comma'))}
                </span>
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

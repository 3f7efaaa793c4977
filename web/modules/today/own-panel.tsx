import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/session.tsx'
import { Panel } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { stateWord } from '../../ui/states.ts'
import { FEW } from './duties.ts'
import type { Lists } from './lists.tsx'
import { countOf } from './row.ts'

const route = getRouteApi('/inside/today')

/** What the reader's own posts, units and person owe, duties and rules alike. */
export function OwnPanel({ lists }: { lists: Lists }) {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const { open } = route.useSearch()
  const all = open === 'own'
  const rows = lists.own.rows.flatMap((row) => row.lines?.() ?? [row])
  const { total } = lists.own
  if (rows.length === 0) return null
  const shown = all ? rows : rows.slice(0, FEW)
  return (
    <Panel
      part="own"
      title={t('panel.own')}
      count={total}
      extra={
        (all || countOf(shown) < total) && (
          <Link to="/today" search={all ? {} : { open: 'own' }}>
            {all ? t('panel.fewer') : t('panel.allCount', { count: total })}
          </Link>
        )
      }
    >
      <ul className="today-posts">
        {shown.map((row) => (
          <li key={row.key}>
            <StateMark state={row.state} label={stateWord(row.state, formats.language)} />
            <span>
              <button type="button" className="today-own" onClick={row.go}>
                {row.title}
              </button>
              <span className="note">{row.due}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listObligations } from '../../../src/modules/obligations/obligation.contract.ts'
import {
  myStatements,
  recordStatement,
  statements,
  withdrawStatement,
} from '../../../src/modules/obligations/statement.contract.ts'
import { call } from '../../lib/client.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere } from '../../ui/messages.tsx'
import { Panel } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { stateOf } from '../obligations/stand.ts'
import { type Act, ActDialog } from '../organisation/act-dialog.tsx'

const statement = statements[0]

/** The yearly report of whoever owes it: he alone states that it is sent; what it says never enters. */
export function StatementPanel() {
  const { t } = useTranslation('me')
  const formats = useFormats()
  const year = Number(formats.today.slice(0, 4))
  const owed = useQueryOf(listObligations, { from: `${year}-01-01`, to: `${year}-12-31`, mine: true, limit: 500 })
  const said = useQueryOf(myStatements, {})
  const [act, ask] = useState<Act>()
  const withdraw = useVerb(withdrawStatement, { touches: ['statement', 'obligation', 'notice'] })
  const asked = owed.data?.items.filter(({ visibility }) => visibility === 'personal') ?? []
  const stated = said.data?.items ?? []
  if (asked.length === 0 && stated.length === 0) return null
  const thisYear = stated.find((one) => one.year === year)
  const state: Act = {
    title: t('statement.state', { year }),
    note: t('statement.stateNote'),
    fields: [{ key: 'on', label: t('statement.on'), type: 'day', initial: formats.today }],
    verb: t('statement.verb'),
    send: ({ on = '' }) => call(recordStatement, { statement, year, on }),
  }
  return (
    <Panel title={t('statement.title')} note={t('statement.note')}>
      {asked.map((one) => {
        const stand = stateOf(one, formats.today)
        return (
          <p key={one.obligationId}>
            <StateTag state={stand}>{t(`statement.is.${stand}`)}</StateTag>{' '}
            <span className="note">{t('statement.due', { day: formats.day(one.dueOn) })}</span>
          </p>
        )
      })}
      <ul className="me-posts">
        {stated.map((one) => (
          <li key={one.statementId}>
            <span>{t('statement.said', { year: one.year, day: formats.day(one.on, { year: true }) })}</span>
            {one.year === year && (
              <span>
                <Button
                  size="small"
                  loading={withdraw.isPending}
                  onClick={() => withdraw.mutate({ statementId: one.statementId })}
                >
                  {t('statement.withdraw')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {withdraw.error && <ErrorHere error={withdraw.error} />}
      {!thisYear && asked.length > 0 && (
        <Button size="small" onClick={() => ask(state)}>
          {t('statement.verb')}
        </Button>
      )}
      {act && <ActDialog act={act} onClose={() => ask(undefined)} />}
    </Panel>
  )
}

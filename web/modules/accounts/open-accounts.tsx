import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listAccounts, openAccounts } from '../../../src/modules/accounts/account.contract.ts'
import { listPersons } from '../../../src/modules/organisation/person.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { Table } from '../../ui/table.tsx'

type Person = OutputOf<typeof listPersons>['items'][number]

/** Opens accounts for persons of the roster who have none. */
export function OpenAccounts({ onClose, onOpened }: { onClose: () => void; onOpened: (accountIds: string[]) => void }) {
  const { t } = useTranslation(['organisation', 'ui'])
  const [picked, pick] = useState<ReadonlySet<string>>(new Set())
  const persons = useQueryOf(listPersons, { limit: 500 })
  const accounts = useQueryOf(listAccounts, {})
  const open = useVerb(openAccounts, { onDone: ({ slips }) => onOpened(slips.map(({ accountId }) => accountId)) })
  const held = new Set(
    accounts.data?.items.flatMap(({ personId, status }) => (personId && status === 'open' ? [personId] : [])),
  )
  const without = (persons.data?.items ?? []).filter(({ personId, name }) => name !== null && !held.has(personId))
  const fault = open.error ?? persons.error ?? accounts.error
  return (
    <Modal
      open
      title={t('accounts.openTitle')}
      width={640}
      onCancel={onClose}
      footer={
        <div className="confirm-buttons">
          <VerbButton
            type="primary"
            disabled={picked.size === 0}
            loading={open.isPending}
            onClick={() => open.mutate({ persons: [...picked].map((personId) => ({ personId })) })}
          >
            {t('accounts.openVerb', { count: picked.size })}
          </VerbButton>
          <Button onClick={onClose}>{t('ui:lookAgain')}</Button>
        </div>
      }
    >
      <p className="support">{t('accounts.openNote')}</p>
      <div className="pick-list">
        <Table<Person>
          name={t('accounts.openTitle')}
          rows={without}
          rowKey={({ personId }) => personId}
          rowName={({ name }) => name ?? ''}
          picked={picked}
          onPick={pick}
          loading={persons.isPending || accounts.isPending}
          columns={[
            { key: 'name', title: t('accounts.person'), width: 140, render: ({ name }) => name },
            { key: 'staffNo', title: t('field.staffNo'), width: 110, support: true, render: ({ staffNo }) => staffNo },
            {
              key: 'units',
              title: t('tree'),
              support: true,
              render: ({ units }) => units.map(({ name }) => name).join('、'),
            },
          ]}
          empty={<p className="note">{t('accounts.everybody')}</p>}
        />
      </div>
      {fault && <ErrorHere error={fault} />}
    </Modal>
  )
}

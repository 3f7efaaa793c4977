import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { closeAccount, listAccounts, printSlips, resetAccount } from '../../../src/modules/accounts/account.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { useSession } from '../../lib/session.tsx'
import { ConfirmIrrevocable } from '../../ui/confirm.tsx'
import { FilterBar } from '../../ui/filters.tsx'
import { EmptyState, ErrorHere } from '../../ui/messages.tsx'
import { PageBody, Panel } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { OpenAccounts } from './open-accounts.tsx'
import { SlipSheet } from './slip-sheet.tsx'

type Account = OutputOf<typeof listAccounts>['items'][number]
/** What is asked before it is done: new slips (of some accounts or all fresh ones), a reset, a closing. */
type Asking = { act: 'print'; accountIds?: string[] } | { act: 'reset' | 'close'; account: Account }

function useColumns(mayChange: (account: Account) => boolean, onAsk: (asking: Asking) => void): Column<Account>[] {
  const { t } = useTranslation('organisation')
  return [
    {
      key: 'person',
      title: t('accounts.person'),
      width: 200,
      render: ({ person, administrator }) =>
        administrator ? t(`accounts.administrator.${administrator}`) : (person ?? t('accounts.erased')),
    },
    { key: 'name', title: t('accounts.name'), render: ({ name }) => name },
    {
      key: 'stand',
      title: t('accounts.stand'),
      width: 140,
      render: ({ status, redeemed }) =>
        status === 'closed' ? (
          <StateTag state="excused">{t('accounts.closed')}</StateTag>
        ) : redeemed ? (
          <StateTag state="done">{t('accounts.used')}</StateTag>
        ) : (
          <StateTag state="notdue">{t('accounts.fresh')}</StateTag>
        ),
    },
    {
      key: 'acts',
      title: t('acts'),
      width: 170,
      render: (account) =>
        account.status === 'open' &&
        mayChange(account) && (
          <span className="row-acts">
            <button type="button" className="link" onClick={() => onAsk({ act: 'reset', account })}>
              {t('accounts.reset')}
            </button>
            <button type="button" className="link" onClick={() => onAsk({ act: 'close', account })}>
              {t('accounts.close')}
            </button>
          </span>
        ),
    },
  ]
}

/** The verbs of accounts and the sheet of slips that some of them give. */
function useAccountActs(done: () => void) {
  const [html, setHtml] = useState<string>()
  const print = useVerb(printSlips, {
    onDone: (answer) => {
      setHtml(answer.html)
      done()
    },
  })
  const reset = useVerb(resetAccount, { onDone: ({ accountId }) => print.mutate({ accountIds: [accountId] }) })
  const close = useVerb(closeAccount, { onDone: done })
  const run = (asking: Asking) => {
    if (asking.act === 'print') print.mutate(asking.accountIds ? { accountIds: asking.accountIds } : {})
    else (asking.act === 'reset' ? reset : close).mutate({ accountId: asking.account.accountId })
  }
  const error = print.error ?? reset.error ?? close.error
  return { html, setHtml, run, busy: print.isPending || reset.isPending || close.isPending, error }
}

function Ask({
  asking,
  busy,
  onConfirm,
  onClose,
}: {
  asking: Asking
  busy: boolean
  onConfirm: () => void
  onClose: () => void
}) {
  const { t } = useTranslation('organisation')
  const { act } = asking
  const name = act === 'print' ? '' : (asking.account.person ?? asking.account.name ?? '')
  const picked = act === 'print' && asking.accountIds !== undefined
  return (
    <ConfirmIrrevocable
      open
      title={t(`accounts.${act}Title`, { name })}
      what={t(picked ? 'accounts.printWhatPicked' : `accounts.${act}What`)}
      verb={t(`accounts.${act}Verb`)}
      busy={busy}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  )
}

/** Accounts: who has one, opened from the roster, with slips to print; when somebody was here last is not kept. */
export function AccountsView() {
  const { t } = useTranslation('organisation')
  const session = useSession()
  const [asking, ask] = useState<Asking>()
  const [opening, open] = useState(false)
  const [opened, setOpened] = useState<string[]>()
  const [picked, pick] = useState<ReadonlySet<string>>(new Set())
  const [text, setText] = useState('')
  const { data, error, isPending, refetch } = useQueryOf(listAccounts, {})
  const acts = useAccountActs(() => {
    ask(undefined)
    setOpened(undefined)
    pick(new Set())
  })
  const system = session?.roles.includes('system-admin') ?? false
  const keeps = system || (session?.roles.includes('office') ?? false)
  const columns = useColumns(({ administrator }) => system || (keeps && administrator === null), ask)
  const all = data?.items ?? []
  const rows = all.filter(({ person, name }) => !text || person?.includes(text) || name?.includes(text))
  const fresh = all.filter(({ status, redeemed }) => status === 'open' && !redeemed).length
  return (
    <>
      <FilterBar
        text={{ value: text, hint: t('accounts.filter'), onChange: setText }}
        onClear={() => setText('')}
        extra={
          keeps && (
            <>
              <Button disabled={fresh === 0} onClick={() => ask({ act: 'print' })}>
                {t('accounts.print')}
              </Button>
              <Button onClick={() => open(true)}>{t('accounts.open')}</Button>
            </>
          )
        }
      />
      <PageBody mode="fill">
        {opened && (
          <Panel edge>
            <p role="status">
              {t('accounts.opened', { count: opened.length })}{' '}
              <Button size="small" loading={acts.busy} onClick={() => acts.run({ act: 'print', accountIds: opened })}>
                {t('accounts.print')}
              </Button>
            </p>
          </Panel>
        )}
        {acts.error && <ErrorHere error={acts.error} />}
        {error ? (
          <ErrorHere error={error} retry={() => void refetch()} />
        ) : (
          <Table
            name={t('tab.accounts')}
            columns={columns}
            rows={rows}
            rowKey={({ accountId }) => accountId}
            rowName={({ person, name }) => person ?? name ?? ''}
            {...(keeps ? { picked, onPick: pick } : {})}
            loading={isPending}
            counts={t('accounts.count', { count: all.length, fresh })}
            verbs={
              <Button size="small" onClick={() => ask({ act: 'print', accountIds: [...picked] })}>
                {t('accounts.printPicked')}
              </Button>
            }
            empty={<EmptyState title={t('accounts.none')} why={t('accounts.noneWhy')} />}
          />
        )}
      </PageBody>
      {asking && (
        <Ask asking={asking} busy={acts.busy} onConfirm={() => acts.run(asking)} onClose={() => ask(undefined)} />
      )}
      {opening && (
        <OpenAccounts
          onClose={() => open(false)}
          onOpened={(accountIds) => {
            open(false)
            setOpened(accountIds)
          }}
        />
      )}
      {acts.html && <SlipSheet html={acts.html} onClose={() => acts.setHtml(undefined)} />}
    </>
  )
}

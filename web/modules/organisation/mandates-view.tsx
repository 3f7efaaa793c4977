import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { grantMandate, listMandates, revokeMandate } from '../../../src/modules/organisation/mandate.contract.ts'
import { call, type OutputOf } from '../../lib/client.ts'
import { shiftDay } from '../../lib/day-text.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { ConfirmIrrevocable } from '../../ui/confirm.tsx'
import { EmptyState, ErrorHere } from '../../ui/messages.tsx'
import { PageBody } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { type Act, ActDialog } from './act-dialog.tsx'
import { given } from './unit-acts.ts'

type Mandate = OutputOf<typeof listMandates>['items'][number]

/** The act that grants a mandate: the office and the secretary for anybody, others in their own name. */
function useGrant(): (() => Act) | undefined {
  const { t } = useTranslation('organisation')
  const { today } = useFormats()
  const session = useSession()
  const forAnybody = session?.roles.some((role) => role === 'office' || role === 'secretary') ?? false
  const me = session?.personId
  if (!forAnybody && !me) return undefined
  return () => ({
    title: t('act.grant'),
    note: t('act.grantNote'),
    fields: [
      ...(forAnybody
        ? [
            {
              key: 'principalId',
              label: t('field.principal'),
              type: 'person' as const,
              ...(me && session?.roles.includes('secretary')
                ? { initial: { personId: me, name: session.person.name } }
                : {}),
            },
          ]
        : []),
      { key: 'agentId', label: t('field.agent'), type: 'person' },
      { key: 'from', label: t('field.from'), type: 'day', initial: today },
      { key: 'to', label: t('field.until'), type: 'day', initial: shiftDay(today, 180) },
      { key: 'purpose', label: t('field.purpose'), type: 'text', optional: true },
    ],
    send: ({ principalId, agentId = '', from = '', to = '', purpose }) =>
      call(grantMandate, { principalId: principalId ?? me ?? '', agentId, from, to, ...given({ purpose }) }),
  })
}

function useColumns(mayRevoke: (mandate: Mandate) => boolean, onRevoke: (mandate: Mandate) => void): Column<Mandate>[] {
  const { t } = useTranslation('organisation')
  const formats = useFormats()
  const name = (person: string | null) => person ?? t('roster.erased')
  return [
    { key: 'principal', title: t('mandates.principal'), width: 120, render: ({ principal }) => name(principal) },
    { key: 'agent', title: t('mandates.agent'), width: 120, render: ({ agent }) => name(agent) },
    {
      key: 'span',
      title: t('mandates.span'),
      width: 268,
      render: ({ from, to }) => (
        <span className="keep">
          {t('posts.span', { from: formats.day(from, { year: true }), to: formats.day(to, { year: true }) })}
        </span>
      ),
    },
    {
      key: 'purpose',
      title: t('mandates.purpose'),
      support: true,
      render: ({ purpose }) => purpose ?? t('mandates.unsaid'),
    },
    {
      key: 'stand',
      title: t('mandates.stand'),
      width: 120,
      render: ({ inForce, from }) =>
        inForce ? (
          <StateTag state="progress">{t('mandates.inForce')}</StateTag>
        ) : from > formats.today ? (
          <StateTag state="planned">{t('mandates.ahead')}</StateTag>
        ) : (
          <StateTag state="excused">{t('mandates.over')}</StateTag>
        ),
    },
    {
      key: 'acts',
      title: t('acts'),
      width: 100,
      render: (mandate) =>
        mayRevoke(mandate) && (
          <Button size="small" onClick={() => onRevoke(mandate)}>
            {t('mandates.revoke')}
          </Button>
        ),
    },
  ]
}

/** Who may act for whom: those whom it concerns see it, and either side can end it. */
export function MandatesView() {
  const { t } = useTranslation('organisation')
  const formats = useFormats()
  const session = useSession()
  const [act, ask] = useState<Act>()
  const [ending, end] = useState<Mandate>()
  const { data, error, isPending, refetch } = useQueryOf(listMandates, {})
  const revoke = useVerb(revokeMandate, { onDone: () => end(undefined) })
  const grant = useGrant()
  const keeps = session?.roles.some((role) => role === 'office' || role === 'secretary') ?? false
  const me = session?.personId ?? ''
  const columns = useColumns(
    ({ principalId, agentId, to }) => to >= formats.today && (keeps || principalId === me || agentId === me),
    end,
  )
  const rows = data?.items ?? []
  const mine = rows.filter(({ principalId }) => principalId === me).length
  return (
    <>
      <div className="filter-bar">
        <span className="support">
          {data && t('mandates.all', { count: rows.length })}
          {mine > 0 && ` · ${t('mandates.mine', { count: mine })}`}
        </span>
        <span className="bar-space" />
        {grant && <Button onClick={() => ask(grant())}>{t('mandates.grant')}</Button>}
      </div>
      <PageBody mode="fill">
        {error ? (
          <ErrorHere error={error} retry={() => void refetch()} />
        ) : (
          <Table
            name={t('tab.mandates')}
            columns={columns}
            rows={rows}
            rowKey={({ mandateId }) => mandateId}
            rowName={({ agent }) => agent ?? ''}
            loading={isPending}
            empty={<EmptyState title={t('mandates.none')} why={t('mandates.noneWhy')} />}
          />
        )}
        {revoke.error && <ErrorHere error={revoke.error} />}
      </PageBody>
      {act && <ActDialog act={act} onClose={() => ask(undefined)} />}
      <ConfirmIrrevocable
        open={ending !== undefined}
        title={t('mandates.revokeTitle')}
        what={t('mandates.revokeWhat', {
          agent: ending?.agent ?? t('roster.erased'),
          principal: ending?.principal ?? t('roster.erased'),
        })}
        verb={t('mandates.revoke')}
        busy={revoke.isPending}
        onConfirm={() => ending && revoke.mutate({ mandateId: ending.mandateId })}
        onClose={() => end(undefined)}
      />
    </>
  )
}

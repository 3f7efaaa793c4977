import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DutyStatus, openStatuses } from '../../../src/core/duties/status.ts'
import { openOrder } from '../../../src/modules/notices/order.contract.ts'
import { listPosts } from '../../../src/modules/organisation/post.contract.ts'
import { call } from '../../lib/client.ts'
import { shiftDay } from '../../lib/day-text.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { type Act, ActDialog } from '../organisation/act-dialog.tsx'
import { given } from '../organisation/unit-acts.ts'

const ANSWER_DAYS = 7
const approvers = ['secretary', 'team-member']

/** The action of the Party office on a duty that is owed: drafts a follow-up order, then shows it. */
export function DraftOrder({ duty }: { duty: { id: string; no: number; year: number; status: DutyStatus } }) {
  const { t } = useTranslation('followUps')
  const session = useSession()
  const [open, set] = useState(false)
  if (!session?.roles.includes('office') || !openStatuses.includes(duty.status)) return null
  return (
    <>
      <Button onClick={() => set(true)}>{t('draft.verb')}</Button>
      {open && <OrderDialog duty={duty} onClose={() => set(false)} />}
    </>
  )
}

function OrderDialog({ duty, onClose }: { duty: { id: string; no: number; year: number }; onClose: () => void }) {
  const { t } = useTranslation('followUps')
  const navigate = useNavigate()
  const { today } = useFormats()
  const posts = useQueryOf(listPosts, {}).data?.items ?? []
  const act: Act = {
    title: t('draft.title', { no: duty.no }),
    note: t('draft.note'),
    fields: [
      { key: 'reason', label: t('draft.reason'), type: 'lines', max: 1000 },
      { key: 'dueOn', label: t('list.due'), type: 'day', initial: shiftDay(today, ANSWER_DAYS) },
      {
        key: 'approverPostId',
        label: t('draft.approver'),
        type: 'choice',
        optional: true,
        choices: posts
          .filter(({ role }) => approvers.includes(role))
          .map(({ postId, title, holders }) => ({
            value: postId,
            label: [title, ...holders.map(({ name }) => name ?? '')].join(' ').trim(),
          })),
      },
    ],
    verb: t('draft.verb'),
    send: async ({ reason = '', dueOn = '', approverPostId }) => {
      const order = await call(openOrder, { dutyId: duty.id, reason, dueOn, ...given({ approverPostId }) })
      void navigate({ to: '/follow-ups', search: { order: order.id } })
    },
  }
  return <ActDialog act={act} onClose={onClose} />
}

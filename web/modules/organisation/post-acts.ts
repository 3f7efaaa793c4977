import { useTranslation } from 'react-i18next'
import {
  amendMembership,
  closeMembership,
  transferMembership,
} from '../../../src/modules/organisation/membership.contract.ts'
import {
  appoint,
  assignCharge,
  closeAppointment,
  closeCharge,
  closePost,
  type listPosts,
} from '../../../src/modules/organisation/post.contract.ts'
import type { unitRoster } from '../../../src/modules/organisation/unit.contract.ts'
import { call, type OutputOf } from '../../lib/client.ts'
import type { Act } from './act-dialog.tsx'
import { given, type Unit, unitChoices, useCommonFields } from './unit-acts.ts'

/** A post with its holders and what it is in charge of. */
export type Post = OutputOf<typeof listPosts>['items'][number]
/** Somebody on the roster of a unit. */
export type Rostered = OutputOf<typeof unitRoster>['items'][number]

/** The acts on a post: who holds it, what it is in charge of, its end. */
export function usePostActs(units: readonly Unit[], today: string) {
  const { t } = useTranslation('organisation')
  const { from, lastDay, until, person } = useCommonFields(today)
  const appointTo = (post: Post): Act => ({
    title: t('act.appoint', { name: post.title }),
    fields: [
      person,
      from,
      until,
      ...(post.holders.length > 0 ? [{ key: 'succeed', label: t('field.succeed'), type: 'tick' as const }] : []),
    ],
    send: ({ personId = '', from: day = '', to, succeed }) =>
      call(appoint, {
        postId: post.postId,
        personId,
        from: day,
        ...given({ to }),
        ...(succeed ? { succeed: true } : {}),
      }),
  })
  const dismiss = ({ appointmentId, name }: Post['holders'][number]): Act => ({
    title: t('act.dismiss', { name: name ?? t('roster.erased') }),
    fields: [lastDay],
    send: ({ on = '' }) => call(closeAppointment, { appointmentId, on }),
  })
  const assign = (post: Post): Act => ({
    title: t('act.assign', { name: post.title }),
    fields: [{ key: 'unitId', label: t('field.unit'), type: 'choice', choices: unitChoices(units) }, from, until],
    send: ({ unitId = '', from: day = '', to }) =>
      call(assignCharge, { postId: post.postId, unitId, from: day, ...given({ to }) }),
  })
  const endCharge = ({ chargeId, name }: Post['charges'][number]): Act => ({
    title: t('act.endCharge', { name }),
    fields: [lastDay],
    send: ({ on = '' }) => call(closeCharge, { chargeId, on }),
  })
  const close = (post: Post): Act => ({
    title: t('act.closePost', { name: post.title }),
    fields: [lastDay],
    send: ({ on = '' }) => call(closePost, { postId: post.postId, on }),
  })
  return { appointTo, dismiss, assign, endCharge, close }
}

/** The acts on a member: another branch, another standing, the end. */
export function useMemberActs(units: readonly Unit[], today: string) {
  const { t } = useTranslation('organisation')
  const { from, lastDay, standing } = useCommonFields(today)
  const nameOf = ({ name }: Rostered) => ({ name: name ?? t('roster.erased') })
  const transfer = (member: Rostered, membershipId: string): Act => ({
    title: t('act.transfer', nameOf(member)),
    fields: [
      {
        key: 'branchId',
        label: t('field.branch'),
        type: 'choice',
        choices: unitChoices(units.filter((unit) => unit.holdsMembers && unit.unitId !== member.branchId)),
      },
      from,
    ],
    send: ({ branchId = '', from: day = '' }) => call(transferMembership, { membershipId, branchId, from: day }),
  })
  const amend = (member: Rostered, membershipId: string): Act => ({
    title: t('act.amend', nameOf(member)),
    fields: [{ ...standing, initial: member.standing === 'full' ? 'probationary' : 'full' }, from],
    send: ({ standing: stand, from: day = '' }) =>
      call(amendMembership, {
        membershipId,
        standing: stand === 'probationary' ? 'probationary' : 'full',
        from: day,
      }),
  })
  const leave = (member: Rostered, membershipId: string): Act => ({
    title: t('act.leave', nameOf(member)),
    fields: [lastDay],
    send: ({ on = '' }) => call(closeMembership, { membershipId, on }),
  })
  return { transfer, amend, leave }
}

import { Button, Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { assignDuties } from '../../../src/modules/duties/duty.contract.ts'
import type { InputOf } from '../../lib/client.ts'
import { useVerb } from '../../lib/queries.ts'
import { ErrorHere } from '../../ui/messages.tsx'
import type { DutyRow } from './marks.tsx'
import type { Order } from './names.ts'

type Owners = Omit<InputOf<typeof assignDuties>, 'ids' | 'reason'>

/** How choices are found by typing. */
export const byLabel = {
  showSearch: {
    filterOption: (input: string, option: { label?: unknown } | undefined) =>
      String(option?.label ?? '').includes(input),
  },
} as const

/** Assigns duties: only the fields that are filled in change; after issue a reason is asked. */
export function AssignDialog({
  duties,
  order,
  onDone,
  onClose,
}: {
  duties: readonly DutyRow[]
  order: Order
  onDone: () => void
  onClose: () => void
}) {
  const { t } = useTranslation('duties')
  const id = useId()
  const [owners, set] = useState<Owners>({})
  const [reason, write] = useState('')
  const [missing, setMissing] = useState('')
  const assign = useVerb(assignDuties, { touches: ['duty', 'list'], onDone })
  const issued = duties.some((duty) => duty.status !== 'draft')
  const change = (field: keyof Owners, value: string | string[] | undefined) => {
    const empty = value === undefined || value.length === 0
    set(({ [field]: _was, ...rest }) => (empty ? rest : { ...rest, [field]: value }))
  }
  const send = () => {
    if (Object.keys(owners).length === 0) return setMissing(t('assign.nothing'))
    setMissing('')
    assign.mutate({
      ids: duties.map((duty) => duty.id),
      ...owners,
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    })
  }
  const field = (name: 'lead' | 'support' | 'leader' | 'watcher', key: keyof Owners) => {
    const unit = name === 'lead' || name === 'support'
    const shared = {
      ...byLabel,
      id: `${id}${name}`,
      allowClear: true,
      placeholder: t('assign.keep'),
      options: unit ? order.unitChoices : order.postChoices,
    }
    return (
      <>
        <label htmlFor={shared.id}>{t(`assign.${name}`)}</label>
        {name === 'support' ? (
          <Select {...shared} mode="multiple" onChange={(value: string[]) => change(key, value)} />
        ) : (
          <Select {...shared} onChange={(value?: string) => change(key, value)} />
        )}
      </>
    )
  }
  return (
    <Modal
      open
      width={520}
      title={t('assign.title', { count: duties.length })}
      onCancel={onClose}
      footer={
        <div className="confirm-buttons">
          <Button type="primary" loading={assign.isPending} onClick={send}>
            {t('assign.do')}
          </Button>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
        </div>
      }
    >
      <div className="duty-form">
        <p className="note duty-form-wide">{t('assign.note')}</p>
        {field('lead', 'leadUnitId')}
        {field('support', 'supportUnitIds')}
        {field('leader', 'leaderPostId')}
        {field('watcher', 'watcherPostId')}
        {issued && (
          <>
            <label htmlFor={`${id}reason`}>{t('assign.reason')}</label>
            <Input.TextArea
              id={`${id}reason`}
              lang="zh-CN"
              rows={2}
              placeholder={t('assign.reasonHint')}
              value={reason}
              onChange={({ target }) => write(target.value)}
            />
          </>
        )}
        <div className="duty-form-wide">
          {missing ? <ErrorHere title={missing} /> : assign.error && <ErrorHere error={assign.error} />}
        </div>
      </div>
    </Modal>
  )
}

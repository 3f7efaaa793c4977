import { Button, Input, Modal, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { amendDuty } from '../../../src/modules/duties/duty.contract.ts'
import type { InputOf } from '../../lib/client.ts'
import { useVerb } from '../../lib/queries.ts'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorHere } from '../../ui/messages.tsx'
import { byLabel } from './assign-dialog.tsx'
import type { Duty } from './duty-course.tsx'
import { kindIds, layerIds, useKindNames } from './names.ts'

type Filled = { title: string; dueOn: string; cadence: string; kind: string; layer: string; measures: string }

/** Only what differs from the duty as it stands. */
function changesOf(duty: Duty, filled: Filled): Omit<InputOf<typeof amendDuty>, 'id' | 'reason'> {
  const measures = filled.measures
    .split(/[；;\n]/)
    .map((one) => one.trim())
    .filter(Boolean)
  const title = filled.title.trim()
  const cadence = filled.cadence.trim()
  return {
    ...(title && title !== duty.title ? { title } : {}),
    ...(filled.dueOn && filled.dueOn !== duty.dueOn ? { dueOn: filled.dueOn } : {}),
    ...(cadence !== (duty.cadence ?? '') ? { cadence: cadence || null } : {}),
    ...(filled.kind !== duty.kind ? { kind: filled.kind } : {}),
    ...(filled.layer !== duty.layer ? { layer: filled.layer } : {}),
    ...(measures.join('\n') !== duty.measures.join('\n') ? { measures } : {}),
  }
}

/** Changes what a duty says; after issue a reason is asked and a number given. */
export function AmendDialog({ duty, onClose }: { duty: Duty; onClose: () => void }) {
  const { t } = useTranslation('duties')
  const names = useKindNames()
  const id = useId()
  const [reason, write] = useState('')
  const [missing, setMissing] = useState('')
  const [filled, set] = useState<Filled>({
    title: duty.title ?? '',
    dueOn: duty.dueOn ?? '',
    cadence: duty.cadence ?? '',
    kind: duty.kind,
    layer: duty.layer,
    measures: duty.measures.join('；'),
  })
  const put = (change: Partial<Filled>) => set((was) => ({ ...was, ...change }))
  const amend = useVerb(amendDuty, { touches: ['duty', 'list'], onDone: onClose })
  const send = () => {
    const changes = changesOf(duty, filled)
    const nothing = Object.keys(changes).length === 0
    setMissing(nothing ? t('amend.nothing') : '')
    if (!nothing) amend.mutate({ id: duty.id, ...changes, ...(reason.trim() ? { reason: reason.trim() } : {}) })
  }
  const line = (name: 'title' | 'cadence' | 'measures', word: 'what' | 'cadence' | 'measures') => (
    <>
      <label htmlFor={`${id}${name}`}>{t(`amend.${word}`)}</label>
      <Input
        id={`${id}${name}`}
        lang="zh-CN"
        value={filled[name]}
        onChange={({ target }) => put({ [name]: target.value })}
      />
    </>
  )
  return (
    <Modal
      open
      width={560}
      title={t('amend.title', { no: duty.no })}
      onCancel={onClose}
      footer={
        <div className="confirm-buttons">
          <Button type="primary" loading={amend.isPending} onClick={send}>
            {t('amend.do')}
          </Button>
          <Button onClick={onClose}>{t('amend.cancel')}</Button>
        </div>
      }
    >
      <div className="duty-form">
        {line('title', 'what')}
        <label htmlFor={`${id}due`}>{t('amend.due')}</label>
        <DayField id={`${id}due`} value={filled.dueOn} onChange={(dueOn) => put({ dueOn })} />
        {line('cadence', 'cadence')}
        <label htmlFor={`${id}kind`}>{t('amend.kind')}</label>
        <Select
          {...byLabel}
          id={`${id}kind`}
          value={filled.kind}
          options={kindIds().map((value) => ({ value, label: names.kind(value) }))}
          onChange={(kind) => put({ kind })}
        />
        <label htmlFor={`${id}layer`}>{t('amend.layer')}</label>
        <Select
          id={`${id}layer`}
          value={filled.layer}
          options={layerIds().map((value) => ({ value, label: names.layer(value) }))}
          onChange={(layer) => put({ layer })}
        />
        {line('measures', 'measures')}
        {duty.status !== 'draft' && (
          <>
            <label htmlFor={`${id}reason`}>{t('amend.reason')}</label>
            <Input.TextArea
              id={`${id}reason`}
              lang="zh-CN"
              rows={2}
              placeholder={t('amend.reasonHint')}
              value={reason}
              onChange={({ target }) => write(target.value)}
            />
          </>
        )}
        <div className="duty-form-wide">
          {missing ? <ErrorHere title={missing} /> : amend.error && <ErrorHere error={amend.error} />}
        </div>
      </div>
    </Modal>
  )
}

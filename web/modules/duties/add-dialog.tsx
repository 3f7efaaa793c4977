import { Button, Input, Modal, Segmented, Select } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import { openDuty, type Task } from '../../../src/modules/duties/duty.contract.ts'
import { recordInstruction } from '../../../src/modules/duties/list.contract.ts'
import { useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorHere } from '../../ui/messages.tsx'
import { byLabel } from './assign-dialog.tsx'
import { holderOf, type Order } from './names.ts'
import type { YearList } from './year-list.ts'

const ways = ['instruction', 'list', 'task'] as const
type Way = (typeof ways)[number]

/** What the dialog holds while it is filled in. */
type Filled = {
  leader: string | undefined
  givenOn: string
  wording: string
  source: string
  what: string
  lead: string | undefined
  support: string[]
  responsible: string | undefined
  due: string
  measures: string
  reason: string
}

function Line({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      {children}
    </>
  )
}

type Sent = (no: number, year: number) => void

/** What is filled in, what is missing, and the two verbs that can be asked. */
function useAdding(way: Way, list: YearList | undefined, leader: string | undefined, onDone: Sent) {
  const { t } = useTranslation('duties')
  const { today } = useFormats()
  const [missing, setMissing] = useState('')
  const [filled, set] = useState<Filled>({
    leader,
    givenOn: today,
    wording: '',
    source: '',
    what: '',
    lead: undefined,
    support: [],
    responsible: undefined,
    due: '',
    measures: '',
    reason: '',
  })
  const touches = ['duty', 'list', 'instruction']
  const record = useVerb(recordInstruction, {
    touches,
    onDone: ({ duties }, { givenOn }) => duties[0] && onDone(duties[0].no, Number(givenOn.slice(0, 4))),
  })
  const open = useVerb(openDuty, { touches, onDone: ({ no, year }) => onDone(no, year) })
  const task = taskOf(filled, way)

  function send() {
    const wording = filled.wording.trim()
    const empty =
      way === 'instruction' && wording === '' ? t('add.wording') : task.title === '' ? t('add.what') : undefined
    setMissing(empty ? t('add.missing', { what: empty }) : '')
    if (empty) return
    if (way === 'task') return open.mutate(task)
    const reason = filled.reason.trim()
    if (way === 'list' && list)
      return open.mutate({ ...task, year: list.year, listId: list.id, ...(reason ? { reason } : {}) })
    record.mutate({
      leaderPostId: filled.leader ?? '',
      givenOn: filled.givenOn,
      wording,
      ...(filled.source.trim() ? { source: filled.source.trim() } : {}),
      tasks: [task],
    })
  }

  const put = (change: Partial<Filled>) => set((was) => ({ ...was, ...change }))
  const error = way === 'instruction' ? record.error : open.error
  return { filled, put, send, missing, error, busy: record.isPending || open.isPending }
}

/** The duty as the server takes it; what is empty is left out. */
function taskOf(filled: Filled, way: Way): z.input<typeof Task> {
  const measures = filled.measures
    .split(/[；;\n]/)
    .map((one) => one.trim())
    .filter(Boolean)
  return {
    title: filled.what.trim() || (way === 'instruction' ? titleFrom(filled.wording) : ''),
    ...(filled.lead ? { leadUnitId: filled.lead } : {}),
    ...(filled.support.length > 0 ? { supportUnitIds: filled.support } : {}),
    ...(filled.responsible ? { leaderPostId: filled.responsible } : {}),
    ...(filled.due ? { dueOn: filled.due } : {}),
    ...(measures.length > 0 ? { measures } : {}),
  }
}

/** What a duty is called when only the wording of the instruction is given. */
function titleFrom(wording: string): string {
  return wording
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[。；;.]+$/, '')
    .slice(0, 300)
}

type FieldsProps = { id: string; order: Order; filled: Filled; put: (change: Partial<Filled>) => void }

/** Who gave the instruction, when, in which words, written on what. */
function InstructionFields({ id, order, filled, put }: FieldsProps) {
  const { t } = useTranslation('duties')
  return (
    <>
      <Line id={`${id}leader`} label={t('add.leader')}>
        <Select
          {...byLabel}
          id={`${id}leader`}
          value={filled.leader}
          options={order.leading.map((post) => ({ value: post.postId, label: `${holderOf(post)}　${post.title}` }))}
          onChange={(leader) => put({ leader })}
        />
      </Line>
      <Line id={`${id}on`} label={t('add.givenOn')}>
        <DayField id={`${id}on`} value={filled.givenOn} onChange={(givenOn) => givenOn && put({ givenOn })} />
      </Line>
      <Line id={`${id}wording`} label={t('add.wording')}>
        <Input.TextArea
          id={`${id}wording`}
          lang="zh-CN"
          rows={2}
          value={filled.wording}
          onChange={({ target }) => put({ wording: target.value })}
        />
      </Line>
      <Line id={`${id}source`} label={t('add.source')}>
        <Input
          id={`${id}source`}
          lang="zh-CN"
          placeholder={t('add.sourceHint')}
          value={filled.source}
          onChange={({ target }) => put({ source: target.value })}
        />
      </Line>
    </>
  )
}

/** What is to be done, by whom, until when, and what shows it. */
function TaskFields({ id, order, filled, put, way }: FieldsProps & { way: Way }) {
  const { t } = useTranslation('duties')
  return (
    <>
      <Line id={`${id}what`} label={t('add.what')}>
        <Input
          id={`${id}what`}
          lang="zh-CN"
          maxLength={300}
          placeholder={way === 'instruction' ? titleFrom(filled.wording) : ''}
          value={filled.what}
          onChange={({ target }) => put({ what: target.value })}
        />
      </Line>
      <Line id={`${id}lead`} label={t('add.lead')}>
        <Select
          {...byLabel}
          id={`${id}lead`}
          allowClear
          value={filled.lead ?? null}
          options={order.unitChoices}
          onChange={(lead) => put({ lead: lead ?? undefined })}
        />
      </Line>
      <Line id={`${id}support`} label={t('add.support')}>
        <Select
          {...byLabel}
          id={`${id}support`}
          mode="multiple"
          placeholder={t('add.optional')}
          value={filled.support}
          options={order.unitChoices}
          onChange={(support: string[]) => put({ support })}
        />
      </Line>
      {way !== 'instruction' && (
        <Line id={`${id}responsible`} label={t('add.responsible')}>
          <Select
            {...byLabel}
            id={`${id}responsible`}
            allowClear
            placeholder={t('add.optional')}
            value={filled.responsible ?? null}
            options={order.postChoices}
            onChange={(responsible) => put({ responsible: responsible ?? undefined })}
          />
        </Line>
      )}
      <Line id={`${id}due`} label={t('add.due')}>
        <DayField id={`${id}due`} value={filled.due} onChange={(due) => put({ due })} />
      </Line>
      <Line id={`${id}measures`} label={t('add.measures')}>
        <Input
          id={`${id}measures`}
          lang="zh-CN"
          placeholder={t('add.measuresHint')}
          value={filled.measures}
          onChange={({ target }) => put({ measures: target.value })}
        />
      </Line>
    </>
  )
}

/** Records an instruction and opens the duty that comes of it, or adds a duty; two clicks with this dialog. */
export function AddDialog({
  order,
  list,
  onDone,
  onClose,
}: {
  order: Order
  /** The year's list, into which a duty can be put. */
  list: YearList | undefined
  onDone: Sent
  onClose: () => void
}) {
  const { t } = useTranslation('duties')
  const id = useId()
  const [way, setWay] = useState<Way>('instruction')
  const { filled, put, send, missing, error, busy } = useAdding(way, list, order.leading[0]?.postId, onDone)
  const amends = way === 'list' && list !== undefined && list.versionNo > 0
  return (
    <Modal
      open
      width={600}
      title={t('add.title')}
      onCancel={onClose}
      footer={
        <div className="confirm-buttons">
          <Button type="primary" loading={busy} onClick={send}>
            {t('add.do')}
          </Button>
          <Button onClick={onClose}>{t('add.cancel')}</Button>
        </div>
      }
    >
      <div className="duty-form">
        <Segmented
          className="duty-form-wide"
          aria-label={t('add.way')}
          value={way}
          options={ways
            .filter((value) => value !== 'list' || list)
            .map((value) => ({ value, label: t(`add.${value}`) }))}
          onChange={(value) => setWay(value as Way)}
        />
        {way === 'instruction' && <InstructionFields id={id} order={order} filled={filled} put={put} />}
        <TaskFields id={id} order={order} filled={filled} put={put} way={way} />
        {amends && (
          <Line id={`${id}reason`} label={t('add.reason')}>
            <Input
              id={`${id}reason`}
              lang="zh-CN"
              placeholder={t('add.reasonHint')}
              value={filled.reason}
              onChange={({ target }) => put({ reason: target.value })}
            />
          </Line>
        )}
        <p className="note duty-form-wide">
          {t(amends ? 'add.noteAmend' : way === 'list' ? 'add.noteDraft' : 'add.note')}
        </p>
        <div className="duty-form-wide">
          {missing ? <ErrorHere title={missing} /> : error && <ErrorHere error={error} />}
        </div>
      </div>
    </Modal>
  )
}

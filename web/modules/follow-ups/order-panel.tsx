import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  answerOrder,
  closeOrder,
  confirmOrder,
  getOrder,
  paperOfOrder,
  withdrawOrder,
} from '../../../src/modules/notices/order.contract.ts'
import { fileAddress, type OutputOf } from '../../lib/client.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { Downloads } from '../../ui/downloads.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { Facts, SidePanel } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { stateOfOrder } from './marks.ts'

type Order = OutputOf<typeof getOrder>

/** One follow-up order: what is asked, what happened, and the next step for whoever may take it. */
export function OrderPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('followUps')
  const formats = useFormats()
  const { data, error, isPending, refetch } = useQueryOf(getOrder, { id }, { keep: false })
  return (
    <SidePanel title={data ? t('panel.title', { no: data.no, year: data.year }) : t('title')} onClose={onClose}>
      {error && <ErrorHere error={error} retry={() => void refetch()} />}
      {isPending && !error && <LoadingRows rows={5} height={28} />}
      {data && (
        <>
          <div className="follow-order">
            <p>
              <StateTag state={stateOfOrder[data.mark]}>{t(`mark.${data.mark}`)}</StateTag>
            </p>
            <p lang="zh-CN">{data.reason ?? t('erased')}</p>
            <Facts
              rows={[
                [t('list.duty'), `${t('list.dutyNo', { no: data.dutyNo })} ${data.dutyTitle ?? t('erased')}`],
                [t('list.unit'), data.unit?.name ?? '—'],
                [
                  t('list.approver'),
                  data.approver.holder ? `${data.approver.title} ${data.approver.holder}` : data.approver.title,
                ],
                [t('list.due'), formats.day(data.dueOn)],
              ]}
            />
            <Downloads
              name={t('panel.download')}
              files={[
                {
                  key: 'order',
                  name: t('panel.download'),
                  href: fileAddress(paperOfOrder, { id }),
                  asks: 'number',
                  headed: (head) => fileAddress(paperOfOrder, { id, ...head }),
                },
              ]}
            />
          </div>
          <Course order={data} />
          <Next order={data} />
        </>
      )}
    </SidePanel>
  )
}

function Course({ order }: { order: Order }) {
  const { t } = useTranslation('followUps')
  const formats = useFormats()
  return (
    <section className="follow-part">
      <h3>{t('panel.course')}</h3>
      <ol>
        {order.timeline.map(({ seq, event, onDay, by, onBehalfOf, note }) => (
          <li key={seq} className="follow-step">
            <span>
              {t('panel.step', {
                day: formats.day(onDay),
                who: onBehalfOf ? t('panel.behalf', { by: by ?? t('erased'), for: onBehalfOf }) : (by ?? t('erased')),
                what: t(`event.${event}`),
              })}
            </span>
            {note && (
              <span className="note" lang="zh-CN">
                {note}
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The verbs that the reader may use now; words are asked for where the act needs them. */
function Next({ order }: { order: Order }) {
  const { t } = useTranslation('followUps')
  const [words, write] = useState('')
  const options = { touches: ['order', 'notice', 'duty'], onDone: () => write('') }
  const confirm = useVerb(confirmOrder, options)
  const answer = useVerb(answerOrder, options)
  const close = useVerb(closeOrder, options)
  const withdraw = useVerb(withdrawOrder, options)
  const { id, may } = order
  if (!may.confirm && !may.answer && !may.close && !may.withdraw) return null
  const error = confirm.error ?? answer.error ?? close.error ?? withdraw.error
  const said = words.trim()
  const reasoned = order.status === 'draft' || said !== ''
  return (
    <section className="follow-part">
      <h3>{t('panel.next')}</h3>
      {(may.answer || may.close || may.withdraw) && (
        <Input.TextArea
          aria-label={t('panel.words')}
          placeholder={t(may.answer ? 'panel.answerHint' : 'panel.wordsHint')}
          value={words}
          maxLength={may.answer ? 2000 : 300}
          rows={4}
          onChange={({ target }) => write(target.value)}
        />
      )}
      <div className="follow-verbs">
        {may.confirm && (
          <Button type="primary" loading={confirm.isPending} onClick={() => confirm.mutate({ id })}>
            {t('verb.confirm')}
          </Button>
        )}
        {may.answer && (
          <Button
            type="primary"
            disabled={said === ''}
            loading={answer.isPending}
            onClick={() => answer.mutate({ id, text: said })}
          >
            {t('verb.answer')}
          </Button>
        )}
        {may.close && (
          <Button
            loading={close.isPending}
            onClick={() => close.mutate({ id, ...(said === '' ? {} : { text: said }) })}
          >
            {t('verb.close')}
          </Button>
        )}
        {may.withdraw && (
          <Button
            disabled={!reasoned}
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({ id, ...(said === '' ? {} : { reason: said }) })}
          >
            {t('verb.withdraw')}
          </Button>
        )}
      </div>
      {error && <ErrorHere error={error} />}
    </section>
  )
}

import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { festivalIds } from '../../../src/core/calendar/calendar.ts'
import { type getCalendar, importCalendar } from '../../../src/modules/calendars/calendar.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { readDay } from '../../lib/day-text.ts'
import { useVerb } from '../../lib/queries.ts'
import { TodayProvider, useFormats } from '../../lib/session.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { SidePanel } from '../../ui/page.tsx'

type Known = OutputOf<typeof getCalendar>
type Span = { day: string; from: string; to: string }

type FormProps = { year: number; known: Known | undefined; onClose: () => void }

/** Lays the arrangement of a year over the shipped one: festivals with their days off, worked weekends, the notice. */
export function CalendarForm({ year, known, onClose }: FormProps) {
  const { t } = useTranslation('settings')
  const formats = useFormats()
  const [source, setSource] = useState('')
  const [reason, setReason] = useState('')
  const [worked, setWorked] = useState((known?.worked ?? []).map((day) => formats.day(day)).join(t('comma')))
  const [spans, set] = useState<Record<string, Span>>(() =>
    Object.fromEntries((known?.festivals ?? []).map(({ id, day, from, to }) => [id, { day, from, to }])),
  )
  const [fault, setFault] = useState<string>()
  const bring = useVerb(importCalendar, { onDone: onClose })
  const put = (id: string, part: Partial<Span>) =>
    set({ ...spans, [id]: { day: '', from: '', to: '', ...spans[id], ...part } })
  const replaces = known?.state === 'announced'
  const save = () => {
    const typed = worked.split(/[、，,;；]/).filter((one) => one.trim() !== '')
    const days = typed.map((one) => readDay(one, `${year}-01-01`))
    const missing = festivalIds.find((id) => !spans[id]?.day || !spans[id]?.from || !spans[id]?.to)
    const wrong = days.some((day) => day === undefined)
      ? t('form.badDays')
      : missing
        ? t('form.missing', { what: t(`festival.${missing}`) })
        : source.trim() === ''
          ? t('form.missing', { what: t('form.source') })
          : undefined
    setFault(wrong)
    if (wrong) return
    bring.mutate({
      year,
      source: source.trim(),
      festivals: festivalIds.map((id) => ({ id, ...(spans[id] ?? { day: '', from: '', to: '' }) })),
      worked: days.flatMap((day) => day ?? []),
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    })
  }
  return (
    <SidePanel title={t('form.title', { year })} onClose={onClose}>
      <div className="dialog-form">
        <p className="support">{t('form.note')}</p>
        <div className="dialog-field">
          <label htmlFor="calendar-source">{t('form.source')}</label>
          <Input
            id="calendar-source"
            maxLength={120}
            placeholder={t('form.sourceHint', { year })}
            value={source}
            onChange={({ target }) => setSource(target.value)}
          />
        </div>
        {/* A day typed without a year is one of the year that is imported. */}
        <TodayProvider day={`${year}-01-01`}>
          <table className="settings-form">
            <thead>
              <tr>
                <th scope="col">{t('form.festival')}</th>
                <th scope="col">{t('form.day')}</th>
                <th scope="col">{t('form.from')}</th>
                <th scope="col">{t('form.to')}</th>
              </tr>
            </thead>
            <tbody>
              {festivalIds.map((id) => (
                <tr key={id}>
                  <th scope="row">{t(`festival.${id}`)}</th>
                  {(['day', 'from', 'to'] as const).map((part) => (
                    <td key={part}>
                      <DayField
                        label={t('form.cell', { what: t(`festival.${id}`), part: t(`form.${part}`) })}
                        value={spans[id]?.[part] ?? ''}
                        year={false}
                        onChange={(day) => put(id, { [part]: day })}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TodayProvider>
        <div className="dialog-field">
          <label htmlFor="calendar-worked">{t('form.worked')}</label>
          <Input id="calendar-worked" value={worked} onChange={({ target }) => setWorked(target.value)} />
          <p className="note">{t('form.workedNote')}</p>
        </div>
        {replaces && (
          <div className="dialog-field">
            <label htmlFor="calendar-reason">{t('form.reason')}</label>
            <Input
              id="calendar-reason"
              maxLength={200}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </div>
        )}
        {fault && <ErrorHere key={fault} title={fault} />}
        {!fault && bring.error && <ErrorHere error={bring.error} />}
        <div className="settings-verbs">
          <VerbButton type="primary" loading={bring.isPending} onClick={save}>
            {t('form.verb')}
          </VerbButton>
          <Button onClick={onClose}>{t('form.leave')}</Button>
        </div>
      </div>
    </SidePanel>
  )
}

import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Input, Segmented } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openReport } from '../../../src/modules/reports/report.contract.ts'
import { useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorHere, NoRight, VerbButton } from '../../ui/messages.tsx'
import { PageBody, PageHead, Panel } from '../../ui/page.tsx'
import { useMayWrite } from './may-write.ts'
import { TextField, titleOf, type Written } from './text-field.tsx'
import './report-drawer.css'
import './reports.css'

type Span = 'whole' | 'first' | 'second' | 'own'
type Form = Written & { year: string; span: Span; from: string; to: string }
type Fault = 'noText' | 'noName' | 'noYear' | 'noPeriod'

function periodOf({ year, span, from, to }: Form): [from: string, to: string] {
  if (span === 'own') return [from, to]
  return [`${year}-${span === 'second' ? '07-01' : '01-01'}`, `${year}-${span === 'first' ? '06-30' : '12-31'}`]
}

function faultOf(form: Form): Fault | undefined {
  const [from, to] = periodOf(form)
  if (!form.text.trim()) return 'noText'
  if (!titleOf(form, form.year).trim()) return 'noName'
  if (!/^(199|20\d)\d$/.test(form.year)) return 'noYear'
  return from && to && from <= to && from.startsWith(form.year) && to.startsWith(form.year) ? undefined : 'noPeriod'
}

/** A new report: its text pasted, read from a file or begun from what is there; title, year and period. */
export function NewReportPage() {
  const { t } = useTranslation('reports')
  const navigate = useNavigate()
  const formats = useFormats()
  const mayWrite = useMayWrite()
  const year = formats.today.slice(0, 4)
  const [form, write] = useState<Form>({ text: '', title: null, source: null, year, span: 'whole', from: '', to: '' })
  const [fault, say] = useState<Fault>()
  const open = useVerb(openReport, {
    touches: ['report'],
    onDone: ({ id }) => void navigate({ to: '/reports/$draftId', params: { draftId: id } }),
  })
  if (!mayWrite) return <NoRight />
  const change = (part: Partial<Form>) => write((was) => ({ ...was, ...part }))

  function save() {
    const found = faultOf(form)
    say(found)
    if (found) return
    const [from, to] = periodOf(form)
    open.mutate({ title: titleOf(form, form.year).trim(), text: form.text, year: Number(form.year), from, to })
  }

  return (
    <>
      <PageHead
        crumb={<Link to="/reports">{t('list.title')}</Link>}
        title={t('make.title')}
        sentence={t('make.sentence')}
      />
      <PageBody>
        <Panel>
          <form
            className="make"
            onSubmit={(event) => {
              event.preventDefault()
              save()
            }}
          >
            <Field id="report-text" label={t('make.text')}>
              <TextField written={form} change={change} />
            </Field>
            <Field id="report-title" label={t('make.name')}>
              <Input
                id="report-title"
                maxLength={200}
                value={titleOf(form, form.year)}
                aria-invalid={fault === 'noName'}
                onChange={({ target }) => change({ title: target.value })}
              />
            </Field>
            <Field id="report-year" label={t('make.year')}>
              <Input
                id="report-year"
                className="make-year"
                inputMode="numeric"
                maxLength={4}
                value={form.year}
                aria-invalid={fault === 'noYear'}
                onChange={({ target }) => change({ year: target.value })}
              />
            </Field>
            <PeriodField form={form} change={change} />
            {fault && <ErrorHere key={fault} title={t(`make.${fault}`)} />}
            {open.error && !fault && <ErrorHere error={open.error} />}
            <div className="make-bar">
              <VerbButton type="primary" htmlType="submit" loading={open.isPending}>
                {t('make.verb')}
              </VerbButton>
              <span className="bar-space" />
              <Button type="text" onClick={() => void navigate({ to: '/reports' })}>
                {t('make.drop')}
              </Button>
            </div>
          </form>
        </Panel>
      </PageBody>
    </>
  )
}

function Field({ id, label, note, children }: { id?: string; label: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="make-field">
      {id ? <label htmlFor={id}>{label}</label> : <span>{label}</span>}
      <div>
        {children}
        {note && <p className="note">{note}</p>}
      </div>
    </div>
  )
}

type PartProps = { form: Form; change: (part: Partial<Form>) => void }

function PeriodField({ form, change }: PartProps) {
  const { t } = useTranslation('reports')
  const [from, to] = periodOf(form)
  const spans = (['whole', 'first', 'second', 'own'] as const).map((value) => ({ value, label: t(`make.${value}`) }))
  return (
    <Field label={t('make.period')} note={t('make.periodNote')}>
      <div className="make-period">
        <Segmented
          aria-label={t('make.period')}
          value={form.span}
          options={spans}
          onChange={(span) => change(span === 'own' ? { span, from, to } : { span })}
        />
        {form.span === 'own' && (
          <>
            <span>{t('make.from')}</span>
            <DayField label={t('make.from')} value={form.from} onChange={(day) => change({ from: day })} />
            <span>{t('make.to')}</span>
            <DayField label={t('make.to')} value={form.to} onChange={(day) => change({ to: day })} />
          </>
        )}
      </div>
    </Field>
  )
}

import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { checkReport, confirmReport } from '../../../src/modules/reports/report.contract.ts'
import { useLanguage } from '../../lib/language.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { SidePanel } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import type { Move } from './address.ts'

type PanelProps = { draftId: string; mayWrite: boolean; move: Move }

/** What a check of the draft found: what wants a decision first, then what is to be known, each with its figures. */
export function CheckPanel({ draftId, mayWrite, move }: PanelProps) {
  const { t } = useTranslation('reports')
  const language = useLanguage()
  const { data, error, refetch } = useQueryOf(checkReport, { draftId }, { keep: false })
  const seen = useVerb(confirmReport, { touches: ['report'] })
  const close = () => move({ step: undefined })
  if (error || !data) {
    return (
      <SidePanel title={t('check.title')} onClose={close}>
        {error ? <ErrorHere error={error} retry={() => void refetch()} /> : <LoadingRows rows={6} />}
      </SidePanel>
    )
  }
  const wanted = data.items.filter(({ decide }) => decide)
  const known = data.items.filter(({ decide }) => !decide)
  const changed = data.items.some(({ code }) => code === 'changed')
  const foot = changed && mayWrite && (
    <Button loading={seen.isPending} onClick={() => seen.mutate({ draftId })}>
      {t('check.seen')}
    </Button>
  )
  return (
    <SidePanel title={t('check.title')} onClose={close} foot={foot || undefined}>
      <div role="status">
        <StateTag state={data.ready ? 'done' : 'soon'}>
          {data.ready ? t('check.ready') : t('check.wanted', { count: wanted.length })}
        </StateTag>
      </div>
      {seen.error && <ErrorHere error={seen.error} />}
      {[wanted, known].map((items, part) =>
        items.length === 0 ? null : (
          <section key={part === 0 ? 'wanted' : 'known'} className="check-part">
            <h3>{t(part === 0 ? 'check.decide' : 'check.know')}</h3>
            <ul className="check-items">
              {items.map((item) => (
                <li key={`${item.code}-${item.slots.join('-')}-${item.reportId ?? ''}`} data-code={item.code}>
                  <p>{item.sentence[language]}</p>
                  {item.slots.length > 0 && (
                    <p className="check-goto">
                      {item.slots.map((no) => (
                        <button key={no} type="button" className="link" onClick={() => move({ figure: no })}>
                          {t('check.goto', { no })}
                        </button>
                      ))}
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
    </SidePanel>
  )
}

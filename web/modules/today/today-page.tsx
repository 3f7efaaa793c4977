import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/session.tsx'
import { EmptyState } from '../../ui/messages.tsx'
import { PageBody, PageHead, Panel } from '../../ui/page.tsx'

/** The workbench: what needs the reader today. */
export function TodayPage() {
  const { t } = useTranslation(['today', 'shell'])
  const formats = useFormats()
  return (
    <>
      <PageHead title={formats.heading(formats.today)} tab={t('shell:item.today')} />
      <PageBody>
        <Panel>
          <EmptyState title={t('empty')} why={t('emptyNote')} />
        </Panel>
      </PageBody>
    </>
  )
}

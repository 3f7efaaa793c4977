import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../lib/client.ts'
import { isAbsent } from '../lib/queries.ts'
import { ErrorHere, NoRight } from '../ui/messages.tsx'

/** What stands in place of a page that could not be shown. */
export function PageFault({ error }: { error: unknown }) {
  const { t } = useTranslation('shell')
  if (isAbsent(error)) return <NoRight />
  if (error instanceof ApiError) return <ErrorHere error={error} retry={() => location.reload()} />
  return (
    <div className="page-fault">
      <ErrorHere title={t('fault.page')} note={t('fault.pageNote')} />
      <pre className="note">{error instanceof Error ? `${error.name}: ${error.message}` : ''}</pre>
      <Button onClick={() => location.reload()}>{t('fault.reload')}</Button>
    </div>
  )
}

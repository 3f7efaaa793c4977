import { useTranslation } from 'react-i18next'
import { copyPerson, keptOfPerson } from '../../../src/modules/organisation/own-data.contract.ts'
import { fileAddress, type OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ListFrame } from '../../ui/list-frame.tsx'
import type { Column } from '../../ui/table.tsx'

type Row = OutputOf<typeof keptOfPerson>['items'][number]

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('me')
  const { language, count } = useFormats()
  const once = (texts: readonly string[]) => [...new Set(texts)].join(t('semicolon'))
  return [
    {
      key: 'what',
      title: t('kept.what'),
      width: 216,
      render: ({ words }) => <b className="name">{words[language]}</b>,
    },
    { key: 'rows', title: t('kept.rows'), width: 84, align: 'right', render: ({ rows }) => count(rows) },
    {
      key: 'why',
      title: t('kept.why'),
      support: true,
      render: ({ columns }) => {
        const why = once(columns.map(({ purpose }) => purpose[language]))
        return <span title={why}>{why}</span>
      },
    },
    {
      key: 'ground',
      title: t('kept.ground'),
      width: 132,
      support: true,
      render: ({ columns }) => once(columns.map(({ basis }) => t(`kept.basis.${basis}` as 'kept.basis.consent'))),
    },
    {
      key: 'long',
      title: t('kept.long'),
      width: 200,
      support: true,
      render: ({ columns }) => once(columns.map(({ retention }) => retention[language])),
    },
    {
      key: 'erased',
      title: t('kept.erased'),
      width: 176,
      support: true,
      render: ({ columns }) => once(columns.map(({ erasure }) => t(`kept.erasure.${erasure}` as 'kept.erasure.kept'))),
    },
  ]
}

/** What the system keeps about the reader, table by table, and a copy of it to take along. */
export function KeptView() {
  const { t } = useTranslation('me')
  const { language } = useFormats()
  const read = useQueryOf(keptOfPerson, {})
  const columns = useColumns()
  const rows = read.data?.items ?? []
  return (
    <ListFrame
      title={t('kept.title')}
      read={read}
      bar={{
        extra: (
          <span className="me-copies">
            <span className="note">{t('kept.copyNote')}</span>
            <a href={fileAddress(copyPerson, { format: 'html', language })} download>
              {t('kept.copyHtml')}
            </a>
            <a href={fileAddress(copyPerson, { format: 'json', language })} download>
              {t('kept.copyJson')}
            </a>
          </span>
        ),
      }}
      columns={columns}
      rows={rows}
      rowKey={({ table }) => table}
      rowName={({ words }) => words[language]}
      counts={t('kept.correct')}
      empty={{ title: t('kept.none') }}
    />
  )
}

import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { digestPaper, listNotices } from '../../../src/modules/notices/notice.contract.ts'
import { fileAddress, type OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { PageBody, PageHead, Panel, Tag } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import type { StateName } from '../../ui/states.ts'
import './notices.css'

/** One line of the inbox. */
export type NoticeLine = OutputOf<typeof listNotices>['items'][number]

const stateOfStage: Readonly<Record<NoticeLine['stage'], StateName>> = {
  before: 'soon',
  due: 'soon',
  overdue: 'late',
  given: 'progress',
  confirm: 'awaiting',
  reminder: 'planned',
}

/** What stands in my inbox: a line goes when its fact changes; nobody ticks it off and nobody is told that it was read. */
export function NoticesPage() {
  const { t } = useTranslation('notices')
  const formats = useFormats()
  const { data, error, isPending, refetch } = useQueryOf(listNotices, {})
  return (
    <>
      <PageHead
        title={t('title')}
        sentence={
          data && t('sentence', { count: data.items.length, day: formats.day(data.nextDigestOn), hour: data.hour })
        }
        actions={<a href={fileAddress(digestPaper, {})}>{t('paper')}</a>}
      />
      <PageBody>
        <Panel flush>
          {error && <ErrorHere error={error} retry={() => void refetch()} />}
          {isPending && !error && <LoadingRows rows={5} />}
          {data && data.items.length === 0 && (
            <div className="table-empty">
              <EmptyState title={t('empty')} why={t('emptyWhy')} />
            </div>
          )}
          {data && data.items.length > 0 && (
            <ul>
              {data.items.map((line) => (
                <li
                  key={`${line.noun} ${line.recordId} ${line.title} ${line.stage} ${line.part}`}
                  className="notice-line"
                >
                  <StateMark state={stateOfStage[line.stage]} />
                  <NoticeTarget line={line} />
                  {line.unit && <span className="note">{line.unit.name}</span>}
                  {line.part !== 'owner' && <Tag>{t(`part.${line.part}`)}</Tag>}
                  <span className="notice-due">
                    {t(`stage.${line.stage}`, { day: line.dueOn ? formats.day(line.dueOn) : '' })}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </PageBody>
    </>
  )
}

/** The name of a line, leading to its record. */
function NoticeTarget({ line }: { line: NoticeLine }) {
  const { t } = useTranslation('notices')
  const { language } = useFormats()
  const name = line.title ?? line.words?.[language] ?? t(`noun.${line.noun}`)
  const no = line.no === null ? null : String(line.no)
  if (line.noun === 'duty' && no !== null)
    return (
      <Link to="/duties/$no" params={{ no }} search={line.year === null ? {} : { year: line.year }}>
        {t('duty', { no, title: name })}
      </Link>
    )
  if (line.noun === 'obligation')
    return (
      <Link to="/obligations" search={{ view: 'list', open: line.recordId }}>
        {name}
      </Link>
    )
  if (line.noun === 'order')
    return (
      <Link to="/follow-ups" search={{ order: line.recordId }}>
        {t('order', { no: no ?? '', title: name })}
      </Link>
    )
  return <span>{name}</span>
}

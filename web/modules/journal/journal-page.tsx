import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listActs, showJournal } from '../../../src/modules/journal/journal.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { isAbsent, useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows, NoRight } from '../../ui/messages.tsx'
import { Facts, PageBody, PageHead, Panel } from '../../ui/page.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import './journal.css'

const route = getRouteApi('/inside/journal')
type Act = OutputOf<typeof listActs>['items'][number]

/** The journal as people read it: where it stands, what was done, how to verify it without the server. */
export function JournalPage() {
  const { verb, before } = route.useSearch()
  const { t } = useTranslation('journal')
  const { language, count } = useFormats()
  const columns = useColumns()
  const input = { limit: 100, ...(verb ? { verb } : {}), ...(before ? { cursor: before } : {}) }
  const { data, error, refetch } = useQueryOf(listActs, input)
  if (isAbsent(error)) return <NoRight />
  const only = verb && (data?.items.find((act) => act.verb === verb)?.name[language] ?? verb)
  const counts = data && (
    <>
      <span>{t('acts.count', { count: data.total, replace: { count: count(data.total) } })}</span>
      {only && (
        <>
          <span>{t('acts.only', { name: only })}</span>
          <Link to="/journal">{t('acts.all')}</Link>
        </>
      )}
      <span className="bar-space" />
      {before && (
        <Link to="/journal" search={verb ? { verb } : {}}>
          {t('acts.newest')}
        </Link>
      )}
      {data.next && (
        <Link to="/journal" search={{ ...(verb ? { verb } : {}), before: data.next }}>
          {t('acts.older')}
        </Link>
      )}
    </>
  )
  return (
    <>
      <PageHead title={t('title')} sentence={t('sentence')} />
      <PageBody mode="fill" asideKind="record" aside={<Stand />}>
        {error ? (
          <ErrorHere error={error} retry={() => void refetch()} />
        ) : (
          <Table
            name={t('acts.rows')}
            columns={columns}
            rows={data?.items ?? []}
            rowKey={(act) => act.id}
            rowName={(act) => act.name[language]}
            loading={!data}
            counts={counts}
            empty={<EmptyState title={t('acts.empty')} why={t('acts.emptyWhy')} />}
          />
        )}
      </PageBody>
    </>
  )
}

function useColumns(): Column<Act>[] {
  const { t } = useTranslation('journal')
  const formats = useFormats()
  const narrow = formats.language === 'zh'
  return [
    {
      key: 'at',
      title: t('acts.at'),
      width: narrow ? 112 : 96,
      support: true,
      render: (act) => formats.instant(act.at),
    },
    {
      key: 'who',
      title: t('acts.who'),
      width: 96,
      render: (act) => (
        <>
          <span lang={act.by ? 'zh-CN' : undefined}>{act.by ?? t('acts.nobody')}</span>
          {act.onBehalfOf && <span className="note journal-for">{t('acts.for', { name: act.onBehalfOf })}</span>}
        </>
      ),
    },
    {
      key: 'what',
      title: t('acts.what'),
      width: narrow ? 132 : 158,
      render: (act) => (
        <Link to="/journal" search={{ verb: act.verb }} className="journal-act">
          {act.name[formats.language]}
        </Link>
      ),
    },
    { key: 'reason', title: t('acts.reason'), support: true, render: (act) => <span lang="zh-CN">{act.reason}</span> },
    {
      key: 'entries',
      title: t('acts.entries'),
      width: narrow ? 150 : 114,
      align: 'right',
      support: true,
      render: ({ firstIdx, entries }) => {
        const first = formats.count(firstIdx)
        if (entries === 0) return t('acts.none')
        return entries === 1
          ? t('acts.entry', { first })
          : t('acts.range', { first, last: formats.count(firstIdx + entries - 1) })
      },
    },
  ]
}

/** Size, newest checkpoint, and how to verify. */
function Stand() {
  const { t } = useTranslation('journal')
  const formats = useFormats()
  const { data, error } = useQueryOf(showJournal, {})
  if (error) return <ErrorHere error={error} focus={false} />
  if (!data) return <LoadingRows rows={6} height={28} />
  const { checkpoint } = data
  const rest = checkpoint ? data.size - checkpoint.size : 0
  return (
    // The column scrolls, so it must be reachable by key.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard
    <section className="journal-stand" aria-label={t('stand.title')} tabIndex={0}>
      <Panel title={t('stand.title')}>
        <Facts
          rows={[
            [t('stand.size'), t('stand.sizeText', { count: data.size, replace: { count: formats.count(data.size) } })],
            ...(data.lastAt ? [[t('stand.last'), formats.instant(data.lastAt)] as const] : []),
            [t('stand.since'), t('stand.sinceNote', { day: formats.day(data.goLiveOn, { year: true }) })],
            [t('stand.suite'), data.suite.toUpperCase()],
            [
              t('stand.checkpoint'),
              checkpoint
                ? t('stand.checkpointText', {
                    size: formats.count(checkpoint.size),
                    at: formats.instant(checkpoint.at),
                  })
                : t('stand.noCheckpoint'),
            ],
            ...(checkpoint
              ? [
                  [
                    t('stand.root'),
                    <code key="root" className="journal-root">
                      {checkpoint.root.replace(/(.{8})(?=.)/g, '$1 ')}
                    </code>,
                  ] as const,
                ]
              : []),
          ]}
        />
        {rest > 0 && (
          <p className="note">{t('stand.rest', { count: rest, replace: { count: formats.count(rest) } })}</p>
        )}
      </Panel>
      <Panel title={t('check.title')}>
        <p className="support">{t('check.why')}</p>
        <dl className="journal-commands">
          {(['evidence', 'export', 'journal', 'fsck'] as const).map((step) => (
            <div key={step}>
              <dt>{t(`check.${step}`)}</dt>
              <dd>
                <code>{t(`commands.${step}`)}</code>
              </dd>
            </div>
          ))}
        </dl>
        <p className="note">{t('check.compare')}</p>
      </Panel>
    </section>
  )
}

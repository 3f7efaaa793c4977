import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Input } from 'antd'
import { Fragment, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findAnything, type sought } from '../../../src/modules/search/search.contract.ts'
import type { Arrive } from '../../lib/arrival.ts'
import type { OutputOf } from '../../lib/client.ts'
import { languageTag } from '../../lib/language.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { TabsWithCounts } from '../../ui/filters.tsx'
import { EmptyState, ErrorHere, LoadingRows, NoResult } from '../../ui/messages.tsx'
import { PageBody, PageHead, Panel } from '../../ui/page.tsx'
import { SearchAddress } from './address.ts'
import './search.css'

const route = getRouteApi('/inside/search')

type Kind = (typeof sought)[number]
type Part = OutputOf<typeof findAnything>['parts'][number]
type Hit = Part['hits'][number]

/** How many hits of one kind are shown when it is shown alone. */
const MANY = 200

/** Begins to look for the words of the address. */
export const arrive: Arrive = ({ search, begin }) => {
  const q = SearchAddress.parse(search).q?.trim()
  if (q) begin(findAnything, { q })
}

/** Hits of all kinds, five of each, or all of one kind; the words stand in the address. */
export function SearchPage() {
  const { t } = useTranslation('search')
  const navigate = useNavigate({ from: '/search' })
  const { q = '', kind } = route.useSearch()
  const [text, write] = useState(q)
  useEffect(() => write(q), [q])
  const asked = q.trim()
  const all = useQueryOf(findAnything, { q: asked || '-' }, { enabled: asked !== '' })
  const one = useQueryOf(
    findAnything,
    { q: asked || '-', limit: MANY, ...(kind ? { kind } : {}) },
    { enabled: asked !== '' && kind !== undefined },
  )
  const parts = all.data?.q === asked ? all.data.parts : []
  const shown = kind ? (one.data?.q === asked ? one.data.parts.filter((part) => part.kind === kind) : []) : parts
  const error = all.error ?? (kind ? one.error : null)
  const waiting = asked !== '' && !error && (all.data?.q !== asked || (kind !== undefined && one.data?.q !== asked))
  const total = parts.reduce((sum, part) => sum + part.total, 0)
  const look = (words: string) => void navigate({ search: words.trim() ? { q: words.trim() } : {} })
  return (
    <>
      <PageHead
        title={t('title')}
        sentence={asked && !waiting && total > 0 ? t('found', { count: total, q: asked }) : undefined}
      />
      {parts.length > 0 && (
        <TabsWithCounts
          name={t('kinds')}
          tabs={[
            { key: 'all' as const, label: t('all'), count: total },
            ...parts.map((part) => ({ key: part.kind, label: t(`kind.${part.kind}`), count: part.total })),
          ]}
          value={kind ?? 'all'}
          onChange={(next) => void navigate({ search: { q: asked, ...(next === 'all' ? {} : { kind: next }) } })}
        />
      )}
      <PageBody>
        <div className="search-page">
          <Input.Search
            className="search-again"
            aria-label={t('again')}
            placeholder={t('hint')}
            maxLength={60}
            value={text}
            onChange={({ target }) => write(target.value)}
            onSearch={look}
          />
          {error && <ErrorHere error={error} retry={() => void (kind ? one : all).refetch()} focus={false} />}
          {waiting && (
            <Panel>
              <LoadingRows rows={6} height={35} />
            </Panel>
          )}
          {asked === '' && (
            <Panel>
              <EmptyState title={t('nothing')} why={t('nothingWhy')} />
            </Panel>
          )}
          {asked !== '' && !waiting && !error && parts.length === 0 && (
            <Panel>
              <NoResult filters={asked} onClear={() => look('')} />
              <p className="note search-note">{t('limits')}</p>
            </Panel>
          )}
          {!waiting &&
            shown.map((part) => <PartPanel key={part.kind} part={part} q={asked} whole={kind !== undefined} />)}
        </div>
      </PageBody>
    </>
  )
}

function PartPanel({ part, q, whole }: { part: Part; q: string; whole: boolean }) {
  const { t } = useTranslation('search')
  const { kind, hits, total } = part
  return (
    <Panel
      title={t(`kind.${kind}`)}
      count={total}
      flush
      extra={
        !whole &&
        total > hits.length && (
          <Link to="/search" search={{ q, kind }}>
            {t('allOf', { count: total })}
          </Link>
        )
      }
      {...(whole && total > hits.length ? { foot: t('first', { count: hits.length }) } : {})}
    >
      <ul className="hits">
        {hits.map((hit) => (
          <HitRow key={hit.id} kind={kind} hit={hit} q={q} />
        ))}
      </ul>
    </Panel>
  )
}

/** One hit: its title as a link to its page, what stands beside it, its day. */
function HitRow({ kind, hit, q }: { kind: Kind; hit: Hit; q: string }) {
  const { t } = useTranslation('search')
  const formats = useFormats()
  const named = hit.named?.[formats.language] ?? null
  const title = (
    <>
      {hit.no !== null && t(kind === 'order' ? 'orderNo' : 'no', { no: hit.no, year: hit.year ?? '' })}
      <Marked text={hit.title ?? named ?? t('erased')} q={q} />
    </>
  )
  const note = kind === 'report' && hit.note ? t(`report.${hit.note === 'draft' ? 'draft' : 'frozen'}`) : hit.note
  return (
    <li className="hit">
      <span className="hit-what" lang={hit.title === null ? languageTag[formats.language] : 'zh-CN'}>
        <HitLink kind={kind} hit={hit}>
          {title}
        </HitLink>
        {hit.title !== null && named !== null && (
          <span className="note" lang={languageTag[formats.language]}>
            <Marked text={named} q={q} />
          </span>
        )}
        {note && (
          <span className="note" lang={kind === 'report' ? languageTag[formats.language] : 'zh-CN'}>
            <Marked text={note} q={q} />
          </span>
        )}
      </span>
      <span className="hit-on">{hit.on ? formats.day(hit.on, { year: true }) : (hit.year ?? '')}</span>
    </li>
  )
}

function HitLink({ kind, hit, children }: { kind: Kind; hit: Hit; children: ReactNode }) {
  switch (kind) {
    case 'duty':
      return (
        <Link to="/duties/$no" params={{ no: String(hit.no) }} search={hit.year ? { year: hit.year } : {}}>
          {children}
        </Link>
      )
    case 'order':
      return (
        <Link to="/follow-ups" search={{ order: hit.id, ...(hit.year ? { year: hit.year } : {}) }}>
          {children}
        </Link>
      )
    case 'plan':
      return (
        <Link to="/plans" search={{ plan: hit.id, ...(hit.year ? { year: hit.year } : {}) }}>
          {children}
        </Link>
      )
    case 'activity':
      return (
        <Link to="/activities/$activityId" params={{ activityId: hit.id }}>
          {children}
        </Link>
      )
    case 'document':
      return (
        <Link to="/documents/$id/review" params={{ id: hit.id }}>
          {children}
        </Link>
      )
    case 'cite':
      return (
        <Link to="/citations" search={{ q: hit.title ?? '' }}>
          {children}
        </Link>
      )
    case 'report':
      return hit.note === 'draft' ? (
        <Link to="/reports/$draftId" params={{ draftId: hit.id }}>
          {children}
        </Link>
      ) : (
        <Link to="/reports/frozen/$reportId" params={{ reportId: hit.id }}>
          {children}
        </Link>
      )
    case 'rule':
      return (
        <Link to="/rules" search={{ rule: hit.id }}>
          {children}
        </Link>
      )
    case 'unit':
      return (
        <Link to="/activities" search={{ unitId: hit.id }}>
          {children}
        </Link>
      )
    case 'person':
      return (
        <Link to="/persons/$personId" params={{ personId: hit.id }}>
          {children}
        </Link>
      )
  }
}

/** A text with the words that were looked for marked in it. */
function Marked({ text, q }: { text: string; q: string }) {
  const words = q.split(/\s+/).filter(Boolean)
  const found = words.find((word) => text.toLowerCase().includes(word.toLowerCase()))
  if (!found) return text
  const parts = text.toLowerCase().split(found.toLowerCase())
  let at = 0
  return parts.map((part, no) => {
    const before = text.slice(at, at + part.length)
    const hit = text.slice(at + part.length, at + part.length + found.length)
    const key = at
    at += part.length + found.length
    return (
      <Fragment key={key}>
        {before}
        {no < parts.length - 1 && <mark>{hit}</mark>}
      </Fragment>
    )
  })
}

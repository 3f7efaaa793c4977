import { DisconnectOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../lib/client.ts'
import { useConnection } from '../lib/connection.ts'

/** What is missing, why it is worth having, one verb. */
export function EmptyState({ title, why, verb }: { title: ReactNode; why?: ReactNode; verb?: ReactNode }) {
  return (
    <div className="message">
      <p className="message-title">{title}</p>
      {why && <p className="note">{why}</p>}
      {verb && <div className="message-verbs">{verb}</div>}
    </div>
  )
}

/** Nothing matches: repeats the filters in force and clears them. */
export function NoResult({ filters, onClear }: { filters: string; onClear: () => void }) {
  const { t } = useTranslation('ui')
  return (
    <div className="message" role="status">
      <p className="message-title">{t('noResult.title')}</p>
      <p className="note">{t('noResult.note', { filters })}</p>
      <button type="button" className="link" onClick={onClear}>
        {t('filter.clear')}
      </button>
    </div>
  )
}

/** Not there and not yours look alike, word for word. */
export function NoRight() {
  const { t } = useTranslation(['ui', 'shell'])
  const name = t('shell:title', { page: t('noRight.title') })
  useEffect(() => {
    document.title = name
  }, [name])
  return (
    <div className="message no-right">
      <h1 className="message-title">{t('noRight.title')}</h1>
      <p className="note">{t('noRight.note')}</p>
    </div>
  )
}

/** Grey bars at the height of the rows to come; nothing at all for the first 300 ms. */
export function LoadingRows({ rows = 5, height = 44 }: { rows?: number; height?: number }) {
  const { t } = useTranslation('ui')
  const widths = [62, 84, 47, 71, 56]
  return (
    <div className="loading" role="status">
      <span className="unseen">{t('loading')}</span>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <div key={at} className="loading-row" style={{ height }}>
          <span style={{ width: `${widths[at % widths.length]}%` }} />
        </div>
      ))}
    </div>
  )
}

/** Work that takes over two seconds: a bar, a sentence, a way to stop it. */
export function LongWork({ sentence, onCancel }: { sentence?: ReactNode; onCancel?: () => void }) {
  const { t } = useTranslation('ui')
  return (
    <div className="long-work" role="status">
      <span className="long-bar" />
      <span className="note">{sentence ?? t('working')}</span>
      {onCancel && (
        <Button size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
      )}
    </div>
  )
}

/** The first sentence of a message, and the rest. */
export function splitSentence(text: string): [string, string] {
  const end = /[。]|\.(?=\s)/.exec(text)
  if (!end) return [text, '']
  return [text.slice(0, end.index), text.slice(end.index + 1).trim()]
}

/** An error in the place where it arose; takes the focus unless a field at fault takes it. */
export function ErrorHere({
  error,
  title,
  note,
  retry,
  focus = true,
}: {
  error?: unknown
  title?: string
  note?: ReactNode
  retry?: () => void
  focus?: boolean
}) {
  const { t } = useTranslation('ui')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (focus) box.current?.focus({ preventScroll: false })
  }, [focus])
  const said = title ?? (error instanceof ApiError ? error.message : '')
  const code = error instanceof ApiError ? error.code : error instanceof Error ? error.name : ''
  const [first, rest] = said ? splitSentence(said) : [t('fault.none'), t('fault.noneNote', { code })]
  return (
    <div className="message message-fault" role="alert" tabIndex={-1} ref={box}>
      <svg className="fault-mark" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.7" fill="none" stroke="currentColor" strokeWidth="1.3" />
        <path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" stroke="currentColor" strokeWidth="1.3" />
      </svg>
      <p className="message-title">{first}</p>
      {(note || rest) && <p className="note">{note ?? rest}</p>}
      {retry && (
        <div className="message-verbs">
          <Button size="small" onClick={retry}>
            {t('retry')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Two people changed one thing: both values, and the choice. */
export function ConflictHere({
  title,
  note,
  onTheirs,
  onMine,
}: {
  title: ReactNode
  note: ReactNode
  onTheirs: () => void
  onMine: () => void
}) {
  const { t } = useTranslation('ui')
  return (
    <div className="message" role="alert">
      <p className="message-title">{title}</p>
      <p className="note">{note}</p>
      <div className="message-verbs">
        <Button size="small" onClick={onTheirs}>
          {t('conflict.theirs')}
        </Button>
        <Button size="small" onClick={onMine}>
          {t('conflict.mine')}
        </Button>
      </div>
    </div>
  )
}

/** The dark strip while the server is out of reach; writing goes on. */
export function OfflineStrip({ shown }: { shown?: boolean }) {
  const { t } = useTranslation('ui')
  const { offline } = useConnection()
  const [was, remember] = useState(false)
  useEffect(() => {
    if (offline) remember(true)
  }, [offline])
  if (!(shown ?? offline))
    return was ? (
      <span className="unseen" role="status">
        {t('offlineDone')}
      </span>
    ) : null
  return (
    <div className="offline" role="status" data-inline={shown || undefined}>
      <DisconnectOutlined />
      {t('offline')}
    </div>
  )
}

/** A button of a verb: says 联网后保存 while the line is broken. */
export function VerbButton({ children, ...rest }: ComponentProps<typeof Button>) {
  const { t } = useTranslation('ui')
  const { offline } = useConnection()
  return <Button {...rest}>{offline ? t('saveWhenOnline') : children}</Button>
}

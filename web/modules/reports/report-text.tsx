import { EditOutlined } from '@ant-design/icons'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import { FigureChip } from '../../ui/figure-chip.tsx'
import type { Move, ReportAddress } from './address.ts'
import { chipOf, type Phrase, type Piece, type Slot } from './figures.ts'
import { type Line, linesOf, type Run } from './lines.ts'

type TextProps = {
  pieces: readonly Piece[]
  slots: readonly Slot[]
  dated: readonly Phrase[]
  address: ReportAddress
  move: Move
  changed?: ReadonlySet<number> | undefined
  /** Opens the paragraph at an offset of the source for editing; absent where nothing can be changed. */
  onEdit?: ((at: number) => void) | undefined
}

const tags = { title: 'h2', under: 'p', head: 'h3', call: 'p', body: 'p', blank: 'p' } as const

/** The report in the face of documents, with a chip in the place of every figure. */
export function ReportText(props: TextProps) {
  const { t } = useTranslation('reports')
  const { pieces, slots, dated, address } = props
  const lines = useMemo(() => linesOf(pieces, slots, dated), [pieces, slots, dated])
  useEffect(() => {
    if (address.figure) document.getElementById(`place-${address.figure}`)?.scrollIntoView({ block: 'nearest' })
  }, [address.figure])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard
    <section className="panel report-text" aria-label={t('head.text')} tabIndex={0}>
      <div className="doc" lang="zh-CN">
        {lines.map((line) => (
          <TextLine key={line.at} line={line} {...props} />
        ))}
      </div>
    </section>
  )
}

function TextLine({ line, ...props }: TextProps & { line: Line }) {
  const { t } = useTranslation('reports')
  const Tag = tags[line.role]
  const [first] = line.runs
  const text = (
    <Tag className={`report-${line.role}`}>
      {line.runs.map((run) => (
        <TextRun key={run.at} run={run} {...props} />
      ))}
    </Tag>
  )
  if (!props.onEdit || !first) return text
  return (
    <div className="report-line">
      {text}
      <button
        type="button"
        className="report-edit"
        aria-label={t('edit.line', {
          words: line.runs
            .map((run) => run.text)
            .join('')
            .trim()
            .slice(0, 12),
        })}
        title={t('edit.title')}
        onClick={() => props.onEdit?.(first.at)}
      >
        <EditOutlined aria-hidden="true" />
      </button>
    </div>
  )
}

function TextRun({ run, slots, dated, address, move, changed }: TextProps & { run: Run }) {
  const language = useLanguage()
  if (run.as === 'text') return run.text
  if (run.as === 'dated')
    return (
      <mark id={`dated-${run.phrase}`} className="report-dated" title={dated[run.phrase]?.why} tabIndex={-1}>
        {run.text}
      </mark>
    )
  const slot = slots[run.no - 1]
  if (!slot) return run.text
  const words = slot.sentence?.[language] ?? slot.definition?.[language] ?? slot.why ?? ''
  return (
    <span id={`place-${run.no}`}>
      <FigureChip
        text={run.text}
        tail={run.tail}
        state={chipOf(slot, address.figure, changed)}
        onOpen={() =>
          move({ figure: slot.no === address.figure ? undefined : slot.no, panel: undefined, records: undefined })
        }
        {...(words ? { peek: { definition: words } } : {})}
      />
    </span>
  )
}

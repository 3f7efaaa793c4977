import { useTranslation } from 'react-i18next'

const parts = ['duty', 'principle', 'background', 'quotation', 'undecided'] as const

/** A class of clauses in the coverage line. */
export type CoveragePart = (typeof parts)[number]

/** What became of every clause of a text: a bar of 8 px, each label opens its clauses; the undecided are hatched. */
export function CoverageLine({
  counts,
  onOpen,
}: {
  counts: Record<CoveragePart, number>
  onOpen: (part: CoveragePart) => void
}) {
  const { t } = useTranslation('ui')
  const whole = parts.reduce((sum, part) => sum + counts[part], 0)
  return (
    <div className="coverage">
      <span className="support">{t('coverage.whole', { count: whole })}</span>
      <span className="coverage-bar" aria-hidden="true">
        {parts.map((part) => (
          <span
            key={part}
            className={`coverage-${part}`}
            style={{ flexGrow: counts[part] }}
            hidden={counts[part] === 0}
          />
        ))}
      </span>
      <span className="coverage-labels">
        {parts.map((part) => (
          <button
            key={part}
            type="button"
            className={`plain coverage-label${part === 'undecided' ? ' coverage-open' : ''}`}
            aria-label={t('coverage.spoken', { name: t(`coverage.${part}`), count: counts[part] })}
            onClick={() => onOpen(part)}
          >
            <span className={`coverage-key coverage-${part}`} />
            {t(`coverage.${part}`)} {counts[part]}
          </button>
        ))}
      </span>
    </div>
  )
}

/** One part of a progress bar; its colour is a token name. */
export type ProgressPart = { key: string; count: number; color: string }

/** The bar of a list's progress; stands always beside or above its sentence, so it is silent for readers. */
export function ProgressBar({ parts: given }: { parts: readonly ProgressPart[] }) {
  return (
    <span className="progress" aria-hidden="true">
      {given
        .filter((part) => part.count > 0)
        .map((part) => (
          <span key={part.key} style={{ flexGrow: part.count, background: part.color }} />
        ))}
    </span>
  )
}

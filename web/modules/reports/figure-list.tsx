import type { TFunction } from 'i18next'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../lib/language.ts'
import type { Move, ReportAddress } from './address.ts'
import { nameOf, type Phrase, printedOf, type Slot, sameFigure, wordingFails } from './figures.ts'

type Part = { key: string; title?: string; slots: readonly Slot[]; dated?: readonly Phrase[] }

type ListProps = {
  slots: readonly Slot[]
  dated: readonly Phrase[]
  address: ReportAddress
  move: Move
  changed?: ReadonlySet<number> | undefined
}

const filters = ['filled', 'unbound', 'masked', 'left', 'dated'] as const

function countOf(filter: (typeof filters)[number], { slots, dated }: ListProps): number {
  return filter === 'dated' ? dated.length : slots.filter((slot) => slot.state === filter).length
}

/** What a person looks at before freezing, each kind under its name. */
function checkParts({ slots, dated }: ListProps, t: TFunction<'reports'>): Part[] {
  const seen = new Set<number>()
  const repeated = slots.filter((slot) => {
    const same = sameFigure(slots, slot)
    if (same.length < 2 || seen.has(slot.no)) return false
    for (const { no } of same) seen.add(no)
    return true
  })
  const parts: Part[] = [
    { key: 'unbound', title: t('figures.checkUnbound'), slots: slots.filter((slot) => slot.state === 'unbound') },
    { key: 'wording', title: t('figures.checkWording'), slots: slots.filter(wordingFails) },
    {
      key: 'masked',
      title: t('figures.checkMasked'),
      slots: slots.filter((slot) => slot.state === 'masked' && !wordingFails(slot)),
    },
    { key: 'left', title: t('figures.checkLeft'), slots: slots.filter((slot) => slot.state === 'left') },
    { key: 'same', title: t('figures.checkSame'), slots: repeated.flatMap((slot) => sameFigure(slots, slot)) },
    { key: 'dated', title: t('figures.checkDated'), slots: [], dated },
  ]
  return parts.filter((part) => part.slots.length > 0 || (part.dated?.length ?? 0) > 0)
}

function partsOf(props: ListProps, t: TFunction<'reports'>): Part[] {
  const { slots, dated, address } = props
  if (address.filter === 'dated') return [{ key: 'dated', slots: [], dated }]
  if (address.filter) return [{ key: address.filter, slots: slots.filter((slot) => slot.state === address.filter) }]
  return address.step === 'check' ? checkParts(props, t) : [{ key: 'all', slots }]
}

/** The figures of a report in the order of its text, with what needs a look as filters. */
export function FigureList(props: ListProps) {
  const { t } = useTranslation('reports')
  const { slots, address, move } = props
  const parts = partsOf(props, t)
  useEffect(() => {
    if (address.figure) document.getElementById(`row-${address.figure}`)?.scrollIntoView({ block: 'nearest' })
  }, [address.figure])
  const empty = address.step === 'check' && !address.filter ? t('figures.fine') : t('figures.none')
  return (
    <section className="panel figures">
      <div className="panel-head">
        <h2>
          {t('figures.title')} {slots.length}
        </h2>
        {address.filter && (
          <span className="panel-extra">
            <button type="button" className="link" onClick={() => move({ filter: undefined })}>
              {t('figures.all')}
            </button>
          </span>
        )}
      </div>
      <fieldset className="figures-filters" aria-label={t('figures.filters')}>
        {filters
          .filter((filter) => (filter === 'filled' ? address.filter === filter : countOf(filter, props) > 0))
          .map((filter) => (
            <button
              key={filter}
              type="button"
              className={`figures-filter figures-${filter}`}
              aria-pressed={address.filter === filter}
              onClick={() => move({ filter: address.filter === filter ? undefined : filter })}
            >
              {t(`figures.${filter}`, { count: countOf(filter, props) })}
            </button>
          ))}
      </fieldset>
      {/* The region scrolls, so it must be reachable by key. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard */}
      <section className="figures-rows" aria-label={t('figures.title')} tabIndex={0}>
        {parts.map((part) => (
          <PartRows key={part.key} part={part} {...props} />
        ))}
        {parts.every((part) => part.slots.length === 0 && !part.dated?.length) && <p className="note">{empty}</p>}
      </section>
    </section>
  )
}

function PartRows({ part, address, move, changed }: ListProps & { part: Part }) {
  const { t } = useTranslation('reports')
  const language = useLanguage()
  return (
    <>
      {part.title && <h3>{part.title}</h3>}
      <ul>
        {part.slots.map((slot) => {
          const name = nameOf(slot, language)
          return (
            <li key={slot.no} id={`row-${slot.no}`}>
              <button
                type="button"
                className={`figures-row figures-is-${changed?.has(slot.no) ? 'changed' : slot.state}`}
                aria-current={slot.no === address.figure ? 'true' : undefined}
                title={t('figures.row', { no: slot.no, name, value: printedOf(slot) })}
                onClick={() => move({ figure: slot.no, panel: undefined, records: undefined })}
              >
                <span className="figures-no">{slot.no}</span>
                <span className="figures-name" lang={slot.name ? undefined : 'zh-CN'}>
                  {name}
                </span>
                <span className="figures-value" lang="zh-CN">
                  {printedOf(slot)}
                </span>
              </button>
            </li>
          )
        })}
        {part.dated?.map((phrase, place) => (
          <li key={phrase.start}>
            <button
              type="button"
              className="figures-row figures-dated-row"
              title={phrase.why}
              onClick={() => showPhrase(place)}
            >
              <span className="figures-no">{place + 1}</span>
              <span className="figures-name" lang="zh-CN">
                {t('figures.datedRow', { text: phrase.text, why: phrase.why })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Brings a phrase of the text into view and marks it for a moment. */
function showPhrase(place: number): void {
  const mark = document.getElementById(`dated-${place}`)
  mark?.scrollIntoView({ block: 'center' })
  mark?.focus({ preventScroll: true })
}

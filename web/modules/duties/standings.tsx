import { SwapOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { listLists } from '../../../src/modules/duties/list.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import type { DutiesSearch } from './search.ts'
import { useYearList } from './year-list.ts'

/** A standing of a list: of a year as it is now, as a version was issued, or as it stood after an amendment. */
export type Standing = { year: number; version?: number | undefined; amendment?: number | undefined }

const codeOf = ({ year, version, amendment }: Standing) =>
  version ? `${year}/v${version}` : amendment ? `${year}/a${amendment}` : String(year)

function standingOf(code: string): Standing {
  const [year, part] = code.split('/')
  const no = Number(part?.slice(1))
  if (part === undefined) return { year: Number(year) }
  return part.startsWith('v') ? { year: Number(year), version: no } : { year: Number(year), amendment: no }
}

/** The two standings that an address compares. */
export function standingsOf(search: DutiesSearch, year: number): { now: Standing; before: Standing } {
  const { version, amendment, against = year - 1, againstVersion, againstAmendment } = search
  return {
    now: { year, version, amendment },
    before: { year: against, version: againstVersion, amendment: againstAmendment },
  }
}

/** The address that compares two standings; the class of changes shown stays. */
export function comparing(now: Standing, before: Standing, change: DutiesSearch['change']): DutiesSearch {
  return {
    year: now.year,
    ...(now.version ? { version: now.version } : {}),
    ...(now.amendment ? { amendment: now.amendment } : {}),
    against: before.year,
    ...(before.version ? { againstVersion: before.version } : {}),
    ...(before.amendment ? { againstAmendment: before.amendment } : {}),
    ...(change ? { change } : {}),
  }
}

/** The choices for one side: every year as it is now, and of its own year the versions and amendments, newest first. */
function useChoices({ year }: Standing) {
  const { t } = useTranslation('dutyCompare')
  const formats = useFormats()
  const list = useYearList(year)
  const { data } = useQueryOf(listLists, { limit: 50 })
  const years = [...new Set([...(data?.items ?? []).map((one) => one.year), year])].sort((a, b) => b - a)
  const versions = [...(list?.versions ?? [])].reverse()
  const amendments = [...(list?.amendments ?? [])].reverse()
  return [
    {
      label: t('standing.years'),
      options: years.map((one) => ({ value: codeOf({ year: one }), label: t('standing.now', { year: one }) })),
    },
    ...(versions.length === 0
      ? []
      : [
          {
            label: t('standing.versions', { year }),
            options: versions.map(({ no, issuedOn }) => ({
              value: codeOf({ year, version: no }),
              label: t('standing.version', { year, no, day: formats.day(issuedOn) }),
            })),
          },
        ]),
    ...(amendments.length === 0
      ? []
      : [
          {
            label: t('standing.amendments', { year }),
            options: amendments.map(({ no, onDay }) => ({
              value: codeOf({ year, amendment: no }),
              label: t('standing.amendment', { year, no, day: formats.day(onDay) }),
            })),
          },
        ]),
  ]
}

/** How a standing is named, on the page and on paper. */
export function useStandingName(standing: Standing): string {
  const { t } = useTranslation('dutyCompare')
  const choices = useChoices(standing).flatMap(({ options }) => options)
  return choices.find(({ value }) => value === codeOf(standing))?.label ?? t('standing.now', { year: standing.year })
}

function StandingSelect({
  name,
  standing,
  onChoose,
}: {
  name: string
  standing: Standing
  onChoose: (standing: Standing) => void
}) {
  return (
    <Select
      className="standing-select"
      aria-label={name}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={300}
      value={codeOf(standing)}
      options={useChoices(standing)}
      onChange={(code) => onChoose(standingOf(code))}
    />
  )
}

/** Chooses the two standings that are compared; any two, of one year or of two. */
export function Standings({
  search,
  year,
  go,
}: {
  search: DutiesSearch
  year: number
  go: (to: DutiesSearch) => void
}) {
  const { t } = useTranslation('dutyCompare')
  const { now, before } = standingsOf(search, year)
  return (
    <span className="standings">
      <StandingSelect
        name={t('now')}
        standing={now}
        onChoose={(chosen) => go(comparing(chosen, before, search.change))}
      />
      <span className="note">{t('against')}</span>
      <StandingSelect
        name={t('before')}
        standing={before}
        onChoose={(chosen) => go(comparing(now, chosen, search.change))}
      />
      <Button
        type="text"
        icon={<SwapOutlined />}
        aria-label={t('swap')}
        title={t('swap')}
        onClick={() => go(comparing(before, now, search.change))}
      />
    </span>
  )
}

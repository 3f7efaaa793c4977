import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { listLists } from '../../../src/modules/duties/list.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import type { YearList } from './year-list.ts'

/** How a list or version is named: 2026年 第2版（4月1日印发）. */
export function useVersionName() {
  const { t } = useTranslation('duties')
  const formats = useFormats()
  return (list: { year: number; versionNo: number; issuedOn: string | null }) =>
    list.versionNo > 0 && list.issuedOn
      ? t('version.issued', { year: list.year, no: list.versionNo, day: formats.day(list.issuedOn) })
      : t('version.draft', { year: list.year })
}

/** Chooses the year of the list, or one of its frozen versions. */
export function VersionSelect({
  year,
  version,
  list,
  onChoose,
}: {
  year: number
  version: number | undefined
  list: YearList | undefined
  onChoose: (year: number, version: number | undefined) => void
}) {
  const { t } = useTranslation('duties')
  const formats = useFormats()
  const nameOf = useVersionName()
  const { data } = useQueryOf(listLists, { limit: 50 })
  const lists = data?.items ?? []
  const years = lists.map((one) => ({ value: String(one.year), label: nameOf(one) }))
  if (!lists.some((one) => one.year === year))
    years.unshift({ value: String(year), label: t('version.none', { year }) })
  const versions = [...(list?.versions ?? [])].reverse().map(({ no, issuedOn }) => ({
    value: `${year}/${no}`,
    label: t('version.older', { no, day: formats.day(issuedOn) }),
  }))
  return (
    <Select
      variant="borderless"
      className="version-select"
      aria-label={t('version.label')}
      popupMatchSelectWidth={300}
      value={version ? `${year}/${version}` : String(year)}
      options={[
        { label: t('version.label'), options: years },
        ...(versions.length > 0 ? [{ label: t('year', { year }), options: versions }] : []),
      ]}
      onChange={(value) => {
        const [chosen, no] = value.split('/')
        onChoose(Number(chosen), no ? Number(no) : undefined)
      }}
    />
  )
}

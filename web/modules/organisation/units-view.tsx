import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { importRoster, rosterBook, rosterTemplate } from '../../../src/modules/organisation/roster.contract.ts'
import { unitTree } from '../../../src/modules/organisation/unit.contract.ts'
import { fileAddress } from '../../lib/client.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { EmptyState, ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { Panel } from '../../ui/page.tsx'
import { type Act, ActDialog } from './act-dialog.tsx'
import type { OrganisationSearch } from './search.ts'
import { SheetImport } from './sheet-import.tsx'
import { type Unit, useUnitActs } from './unit-acts.ts'
import { PostsPanel, RosterPanel, UnitPanel } from './unit-panels.tsx'

type ViewProps = { search: OrganisationSearch; keeps: boolean; onSearch: (search: OrganisationSearch) => void }

/** The branches of the tree below a parent, in the order of the organisation. */
function Branches({
  parent,
  units,
  chosen,
  onChoose,
}: {
  parent: string | null
  units: readonly Unit[]
  chosen: string | undefined
  onChoose: (unitId: string) => void
}) {
  const children = units.filter(({ parentId }) => parentId === parent)
  if (children.length === 0) return null
  return (
    <ul className="unit-branches">
      {children.map(({ unitId, name }) => (
        <li key={unitId}>
          <button
            type="button"
            className="unit-one"
            aria-current={unitId === chosen ? 'true' : undefined}
            onClick={() => onChoose(unitId)}
          >
            {name}
          </button>
          <Branches parent={unitId} units={units} chosen={chosen} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  )
}

/** Takes a filled roster sheet in. */
function RosterImport({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('organisation')
  const take = useVerb(importRoster)
  return (
    <SheetImport
      open={open}
      title={t('importRoster')}
      template={fileAddress(rosterTemplate, {})}
      onClose={onClose}
      check={(file) => take.mutateAsync({ file, check: true })}
      take={(file) => take.mutateAsync({ file })}
      summary={(counts) => t('imports.counts', counts)}
    />
  )
}

/** The tree of units as of a day; of the chosen one what it is, its posts and its roster. */
export function UnitsView({ search, keeps, onSearch }: ViewProps) {
  const { t } = useTranslation('organisation')
  const { today } = useFormats()
  const [act, ask] = useState<Act>()
  const [importing, showImport] = useState(false)
  const on = search.on ?? today
  const { data, error, refetch } = useQueryOf(unitTree, { on })
  const units = data?.items ?? []
  const acts = useUnitActs(units, on)
  const chosen = units.find(({ unitId }) => unitId === search.unitId) ?? units[0]
  const onDay = (day: string) => {
    const { on: _, ...rest } = search
    onSearch(day && day !== today ? { ...rest, on: day } : rest)
  }
  const shared = chosen && { unit: chosen, units, on, keeps, onAct: ask }
  return (
    <>
      <div className="filter-bar">
        <label className="note" htmlFor="organisation-on">
          {t('on')}
        </label>
        <span className="field-day">
          <DayField id="organisation-on" value={on} onChange={onDay} />
        </span>
        {on !== today && (
          <button type="button" className="link" onClick={() => onDay('')}>
            {t('today')}
          </button>
        )}
        <span className="bar-space" />
        {keeps && (
          <>
            <Button onClick={() => ask(acts.register())}>{t('recordPerson')}</Button>
            <Button onClick={() => showImport(true)}>{t('importRoster')}</Button>
            <Button icon={<DownloadOutlined />} href={fileAddress(rosterBook, {})} download>
              {t('rosterBook')}
            </Button>
          </>
        )}
      </div>
      {error && <ErrorHere error={error} retry={() => void refetch()} />}
      <div className="unit-split">
        <Panel title={t('tree')} count={data && units.length}>
          {!data && !error && <LoadingRows rows={8} height={28} />}
          {data && units.length === 0 && (
            <EmptyState
              title={t('noUnits')}
              why={t('noUnitsWhy')}
              verb={keeps && <Button onClick={() => ask(acts.openBelow(null))}>{t('unit.openRoot')}</Button>}
            />
          )}
          <Branches
            parent={null}
            units={units}
            chosen={chosen?.unitId}
            onChoose={(unitId) => onSearch({ ...search, unitId })}
          />
        </Panel>
        <div className="unit-main">
          {shared && (
            <>
              <UnitPanel {...shared} />
              <PostsPanel {...shared} />
              <RosterPanel {...shared} />
            </>
          )}
        </div>
      </div>
      {act && <ActDialog key={act.title} act={act} onClose={() => ask(undefined)} />}
      <RosterImport open={importing} onClose={() => showImport(false)} />
    </>
  )
}

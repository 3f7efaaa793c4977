import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input, Segmented } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../lib/session.tsx'

/** A saved view: its name and how many rows it holds. */
export type CountedTab<K extends string = string> = { key: K; label: string; count?: number }

/** Saved views as tabs, each with its number. */
export function TabsWithCounts<K extends string>({
  name,
  tabs,
  value,
  onChange,
  extra,
}: {
  /** What the tabs choose, spoken. */
  name: string
  tabs: readonly CountedTab<K>[]
  value: K
  onChange: (key: K) => void
  extra?: ReactNode
}) {
  const { count } = useFormats()
  return (
    <div className="tabs">
      <nav aria-label={name} className="tabs-list">
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            className="tabs-one"
            aria-current={tab.key === value ? 'true' : undefined}
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
            {tab.count !== undefined && <span className="tabs-count">{count(tab.count)}</span>}
          </button>
        ))}
      </nav>
      {extra && <div className="tabs-extra">{extra}</div>}
    </div>
  )
}

/** One filter of the bar; an empty value means everything. */
export type Filter = {
  key: string
  label: string
  value: string
  choices: readonly { value: string; label: string }[]
  /** The word for everything when it is not 全部. */
  every?: string
}

function FilterButton({ filter, onChange }: { filter: Filter; onChange: (value: string) => void }) {
  const { t } = useTranslation('ui')
  const every = filter.every ?? t('all')
  const chosen = filter.choices.find((choice) => choice.value === filter.value)
  const items = [{ value: '', label: every }, ...filter.choices].map(({ value, label }) => ({
    key: value || '*',
    label,
  }))
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectable: true,
        selectedKeys: [filter.value || '*'],
        onClick: ({ key }) => onChange(key === '*' ? '' : key),
        style: { maxHeight: 340, overflow: 'auto' },
      }}
    >
      <Button className={chosen ? 'filter-on' : ''}>
        {t('filter.value', { name: filter.label, value: chosen?.label ?? every })}
        <DownOutlined className="filter-down" />
      </Button>
    </Dropdown>
  )
}

/** Text that reaches the filter 250 ms after the last key, so that each letter asks the server nothing. */
function FilterText({ value, hint, onChange }: { value: string; hint: string; onChange: (text: string) => void }) {
  const [text, write] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => write(value), [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <Input
      className="filter-text"
      placeholder={hint}
      aria-label={hint}
      value={text}
      onChange={({ target }) => {
        write(target.value)
        clearTimeout(timer.current)
        timer.current = setTimeout(() => onChange(target.value), 250)
      }}
      onPressEnter={() => {
        clearTimeout(timer.current)
        onChange(text)
      }}
    />
  )
}

type BarProps = {
  text?: { value: string; hint: string; onChange: (text: string) => void }
  filters?: readonly Filter[]
  onFilter?: (key: string, value: string) => void
  onClear?: () => void
  /** Switch of grouping at the right. */
  group?: { value: string; choices: readonly { value: string; label: string }[]; onChange: (value: string) => void }
  extra?: ReactNode
}

/** The bar above a table: text, filters that show their value, clear when something is filtered, grouping. */
export function FilterBar({ text, filters = [], onFilter, onClear, group, extra }: BarProps) {
  const { t } = useTranslation('ui')
  const filtered = Boolean(text?.value) || filters.some((filter) => filter.value !== '')
  return (
    <search className="filter-bar" aria-label={t('filter.bar')}>
      {text && <FilterText {...text} />}
      {filters.map((filter) => (
        <FilterButton key={filter.key} filter={filter} onChange={(value) => onFilter?.(filter.key, value)} />
      ))}
      {filtered && onClear && (
        <button type="button" className="link filter-clear" onClick={onClear}>
          {t('filter.clear')}
        </button>
      )}
      <span className="bar-space" />
      {extra}
      {group && (
        <span className="filter-group">
          <span className="note">{t('filter.group')}</span>
          <Segmented
            size="small"
            aria-label={t('filter.group')}
            value={group.value}
            options={group.choices.map(({ value, label }) => ({ value, label }))}
            onChange={group.onChange}
          />
        </span>
      )}
    </search>
  )
}

import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { dutyMarks } from '../../../src/core/duties/status.ts'
import type { Group } from '../../ui/table.tsx'
import type { DutyRow } from './marks.tsx'
import { layerIds, type Order, useKindNames } from './names.ts'
import type { Grouping } from './search.ts'

/** The order in which the marks of a group are counted: what is finished first. */
const counted = [
  'done',
  'made-good-late',
  ...dutyMarks.filter((mark) => mark !== 'done' && mark !== 'made-good-late'),
] as const

type Key = { key: string; name: string; place: number }

/** Rows gathered by layer, leader or unit, in the order of the organisation, with their counts in words. */
export function useDutyGroups<R extends DutyRow>(rows: readonly R[], by: Grouping, order: Order): Group<R>[] {
  const { t } = useTranslation('duties')
  const names = useKindNames()
  return useMemo(() => {
    const layers = layerIds()
    const keyOf = (row: R): Key => {
      if (by === 'leader') {
        const { leader } = row
        if (!leader) return { key: '', name: t('group.noLeader'), place: Number.MAX_SAFE_INTEGER }
        const name = leader.holder ? `${leader.holder}　${leader.title}` : t('vacant', { title: leader.title })
        return { key: leader.postId, name, place: order.placeOfPost(leader.postId) }
      }
      if (by === 'unit') {
        const { leadUnit } = row
        if (!leadUnit) return { key: '', name: t('group.noUnit'), place: Number.MAX_SAFE_INTEGER }
        return { key: leadUnit.id, name: leadUnit.name, place: order.placeOfUnit(leadUnit.id) }
      }
      const place = layers.indexOf(row.layer)
      return { key: row.layer, name: names.layer(row.layer), place: place === -1 ? layers.length : place }
    }
    const found = new Map<string, Key & { rows: R[] }>()
    for (const row of rows) {
      const key = keyOf(row)
      const group = found.get(key.key) ?? { ...key, rows: [] }
      group.rows.push(row)
      found.set(key.key, group)
    }
    const words = (group: readonly R[]) => {
      const parts = counted.flatMap((mark) => {
        const many = group.filter((row) => row.mark === mark).length
        return many > 0 ? `${t(`mark.${mark}`)} ${many}` : []
      })
      return t('group.words', { count: group.length, parts: parts.join(t('group.comma')) })
    }
    return [...found.values()]
      .sort((a, b) => a.place - b.place)
      .map((group) => ({ key: group.key, name: group.name, words: words(group.rows), rows: group.rows }))
  }, [rows, by, order, names, t])
}

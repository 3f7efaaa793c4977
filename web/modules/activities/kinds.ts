import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type ActivityKind, activityKinds } from './kind-rows.ts'

export { type ActivityKind, activityKinds, type KindField } from './kind-rows.ts'

/** How somebody stood to an activity; the first is presence, the others are reasons of absence. */
export const attendanceStatuses = ['present', 'excused-unstated', 'excused-duty', 'excused-leave', 'absent'] as const

/** The status of whoever came. */
export const PRESENT = 'present'

/** Finds a kind by its id. */
export function activityKind(id: string): ActivityKind | undefined {
  return activityKinds.find((kind) => kind.id === id)
}

/** Names of catalogue rows in the language of the screen; an id that the page does not know stands for itself. */
export function useKindWords() {
  const { t, i18n } = useTranslation('kinds')
  const language = i18n.language
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language
  return useMemo(() => {
    const word = (group: string) => (id: string) =>
      String(t(`${group}.${id}` as 'activity.other', { defaultValue: id.replace(/^.*_/, '') }))
    return {
      activity: word('activity'),
      status: word('status'),
      audience: word('audience'),
      topic: word('topic'),
      talk: word('talk'),
      post: word('post'),
      unit: word('unit'),
      field: (kind: string, field: string) => word('field')(`${kind}_${field}`),
      choice: (kind: string, field: string, choice: string) => word('choice')(`${kind}_${field}_${choice}`),
    }
  }, [t, language])
}

/** The names of catalogue rows. */
export type KindWords = ReturnType<typeof useKindWords>

import { useMemo } from 'react'
import type { listKinds } from '../../src/modules/organisation/kind.contract.ts'
import type { OutputOf } from './client.ts'
import { useLanguage } from './language.ts'

/** The rows of the bureau's catalogue. */
export type Kinds = OutputOf<typeof listKinds>
type Row = Kinds['topics'][number]

const none: Kinds = {
  activities: [],
  talks: [],
  duties: [],
  layers: [],
  units: [],
  posts: [],
  statuses: [],
  audiences: [],
  topics: [],
}
let held: Kinds = none

/** The kinds of the bureau; they are read once, before the first page behind signing in shows. */
export function kindsHeld(): Kinds {
  return held
}

/** Takes the answer of `kind.list` for all pages. */
export function holdKinds(kinds: Kinds): void {
  held = kinds
}

/** Names of catalogue rows in the language of the screen; an id that the bureau does not know stands for itself. */
export function useKindWords() {
  const language = useLanguage()
  return useMemo(() => {
    const among = (rows: readonly Row[], id: string) => rows.find((row) => row.id === id)?.words[language] ?? id
    const word = (group: keyof Kinds) => (id: string) => among(held[group], id)
    const fieldOf = (kind: string, field: string) =>
      held.activities.find(({ id }) => id === kind)?.fields.find(({ id }) => id === field)
    return {
      activity: word('activities'),
      status: word('statuses'),
      audience: word('audiences'),
      topic: word('topics'),
      talk: word('talks'),
      post: word('posts'),
      unit: word('units'),
      duty: word('duties'),
      layer: word('layers'),
      field: (kind: string, field: string) => fieldOf(kind, field)?.words[language] ?? field,
      choice: (kind: string, field: string, choice: string) => {
        const row = fieldOf(kind, field)
        return row?.type === 'choice' ? among(row.choices ?? held.audiences, choice) : choice
      },
    }
  }, [language])
}

/** The names of catalogue rows. */
export type KindWords = ReturnType<typeof useKindWords>

import { kindsHeld } from '../../lib/kinds.ts'
import type { Language } from '../../ui/states.ts'

type Words = Readonly<Record<string, string>>

/** The words that a limit of a definition may take; any others are typed. */
export function limitWords(name: string, language: Language): Words {
  const { topics, audiences } = kindsHeld()
  const rows = name === 'topic' ? topics : name === 'audience' ? audiences : []
  return Object.fromEntries(rows.map(({ id, words }) => [id, words[language]]))
}

/** A limit as people say it: a topic or audience by its name, else the word itself. */
export function limitWord(name: string, value: string, language: Language): string {
  return limitWords(name, language)[value] ?? value
}

import type { Language } from '../../ui/states.ts'
import { en } from '../../words/en.ts'
import { zh } from '../../words/zh.ts'

type Words = Readonly<Record<string, string>>
const tables = { zh: zh.kinds, en: en.kinds }

/** The words that a limit of a definition may take; any others are typed. */
export function limitWords(name: string, language: Language): Words {
  if (name === 'topic') return tables[language].topic
  return name === 'audience' ? tables[language].audience : {}
}

/** A limit as people say it: a topic or audience by its name, else the word itself. */
export function limitWord(name: string, value: string, language: Language): string {
  return limitWords(name, language)[value] ?? value
}

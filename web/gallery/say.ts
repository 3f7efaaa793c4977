import { useLanguage } from '../lib/language.ts'

/** The day on which the invented samples are seen. */
export const demoDay = '2026-06-16'

/** A sample text in Chinese and English. */
export type Pair = readonly [zh: string, en: string]

/** Picks the sample text of the present language. */
export type Say = (zh: string, en: string) => string

/** Picks the sample text of the present language, as a hook. */
export function useSay(): Say {
  const language = useLanguage()
  return (zh, en) => (language === 'zh' ? zh : en)
}

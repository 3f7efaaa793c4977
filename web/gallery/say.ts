import { useLanguage } from '../lib/language.ts'

/** The day on which the invented samples are seen. */
export const demoDay = '2026-06-16'

/** Picks the sample text of the present language. */
export function useSay(): (zh: string, en: string) => string {
  const language = useLanguage()
  return (zh, en) => (language === 'zh' ? zh : en)
}

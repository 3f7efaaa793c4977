import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { beforeLanguage, currentLanguage, onLanguage } from '../lib/language.ts'
import type { Language } from '../ui/states.ts'
import type { Words } from './zh.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui'
    resources: Words
  }
}

/** The words of the screen; follows the language switch. */
export const i18n = createInstance()

void i18n.use(initReactI18next).init({
  lng: currentLanguage(),
  fallbackLng: 'zh',
  defaultNS: 'ui',
  resources: {},
  interpolation: { escapeValue: false },
  initAsync: false,
  // Said outright, so that no key is first looked at for being a sentence.
  keySeparator: '.',
  nsSeparator: ':',
})

// A page brings the words of its own language only; those of the other come when they are asked for.
const books: Record<Language, () => Promise<object>> = {
  zh: async () => (await import('./zh.ts')).zh,
  en: async () => (await import('./en.ts')).en,
}

/** Brings the words of a language, once. */
export async function loadWords(language: Language): Promise<void> {
  if (i18n.hasResourceBundle(language, 'ui')) return
  // As they are: the store's own way copies every word and tells of each part, which costs a tenth of a second.
  i18n.store.data[language] = { ...(await books[language]()) }
}

beforeLanguage(loadWords)
onLanguage(() => void i18n.changeLanguage(currentLanguage()))

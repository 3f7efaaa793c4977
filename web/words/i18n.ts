import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { currentLanguage, onLanguage } from '../lib/language.ts'
import { en } from './en.ts'
import { type Words, zh } from './zh.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui'
    resources: Words
  }
}

/** The words of the screen; follows the language switch at once. */
export const i18n = createInstance()

void i18n.use(initReactI18next).init({
  lng: currentLanguage(),
  fallbackLng: 'zh',
  defaultNS: 'ui',
  ns: Object.keys(zh),
  resources: { zh, en },
  interpolation: { escapeValue: false },
  initAsync: false,
})

onLanguage(() => void i18n.changeLanguage(currentLanguage()))

import { useSyncExternalStore } from 'react'
import type { Language } from '../ui/states.ts'

const key = 'luze.language'
const heard = new Set<() => void>()

function remembered(): Language {
  try {
    return localStorage.getItem(key) === 'en' ? 'en' : 'zh'
  } catch {
    return 'zh'
  }
}

let current: Language = remembered()

/** The tag of a language for `lang` attributes and for Accept-Language. */
export const languageTag: Record<Language, string> = { zh: 'zh-CN', en: 'en' }

/** The language of the screen. */
export function currentLanguage(): Language {
  return current
}

let bring: (language: Language) => Promise<void> = () => Promise.resolve()

/** Names what a language needs before the screen may show it: its words. */
export function beforeLanguage(load: typeof bring): void {
  bring = load
}

/** Switches the screen to a language as soon as its words are there, and keeps the choice for the next visit. */
export async function switchLanguage(language: Language): Promise<void> {
  await bring(language)
  current = language
  try {
    localStorage.setItem(key, language)
  } catch {
    // A browser that keeps nothing still switches for this visit.
  }
  document.documentElement.lang = languageTag[language]
  for (const tell of heard) tell()
}

/** Calls back after each switch of language; the returned function ends it. */
export function onLanguage(tell: () => void): () => void {
  heard.add(tell)
  return () => heard.delete(tell)
}

/** The language of the screen, as a hook. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, currentLanguage)
}

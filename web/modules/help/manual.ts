import type { Language } from '../../ui/states.ts'

const folder = '../../../docs/user/'
const pages = import.meta.glob<string>('../../../docs/user/**/*.md', { query: '?raw', import: 'default' })
const pictures = import.meta.glob<string>('../../../docs/user/pictures/*', {
  query: '?url',
  import: 'default',
  eager: true,
})

/** A page of the manual: its text, where it stands below the folder of the manual, and in which language it is. */
export type ManualPage = { path: string; text: string; language: Language }

const pathOf = (name: string, language: Language) => `${language === 'en' ? 'en/' : ''}${name || 'README'}.md`

/** Reads a page in a language, in Chinese where there is no other; null when there is none at all. */
export async function readManual(name: string, language: Language): Promise<ManualPage | null> {
  for (const one of [language, 'zh'] as const) {
    const path = pathOf(name, one)
    const load = pages[`${folder}${path}`]
    if (load) return { path, text: await load(), language: one }
  }
  return null
}

// The path that a link means, below the folder of the manual; without one, the page itself.
function besides(from: string, to: string): string {
  if (to === '') return from
  const steps = from.split('/').slice(0, -1)
  for (const step of to.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}

/** Where a link of a page leads: a page of the manual, by name, and a heading of it. */
export function linkOf(from: string, to: string): { name: string; hash: string } {
  const [file = '', hash = ''] = to.split('#')
  const name = besides(from, file).replace(/^en\//, '').replace(/\.md$/, '')
  return { name: name === 'README' ? '' : name, hash: decodeURIComponent(hash) }
}

/** Whether the manual has a page; a link may lead to a paper beside it, which only the repository has. */
export const isPage = (name: string): boolean => `${folder}${pathOf(name, 'zh')}` in pages

/** The address of a picture of a page; undefined for one that is not there. */
export function pictureOf(from: string, to: string): string | undefined {
  return pictures[`${folder}${besides(from, to)}`]
}

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Glossary } from '../../core/catalogue/papers.ts'

const glossaryFile = join(import.meta.dirname, '../../../docs/glossary.md')

const cell = (text: string): string => text.replaceAll('|', '\\|')
const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The glossary page as Markdown, the same bytes for the same rows: terms as filed, then verbs by name. */
export function glossaryMarkdown(glossary: Glossary): string {
  const terms = glossary.terms.map((term) => {
    const identifier = term.identifier === null ? 'never stored' : `\`${term.identifier}\``
    return `| ${cell(term.zh)} | ${cell(term.en)} | ${term.mark} | ${identifier} | ${cell(term.line)} |`
  })
  const verbs = [...glossary.verbs]
    .sort((a, b) => byCode(a.id, b.id))
    .map((verb) => `| \`${verb.id}\` | ${cell(verb.zh)} | ${cell(verb.line)} |`)
  return [
    '# Glossary 词汇',
    '',
    'Generated from `catalogue/glossary.yaml`; change it there. One word per idea, in the texts, the screens and the code.',
    'Mark: official, seen in official English; common, usual in English writing; ours, a rendering of this project.',
    '',
    '## Terms 术语',
    '',
    '| Chinese | English | mark | identifier | what it is |',
    '|---|---|---|---|---|',
    ...terms,
    '',
    '## Verbs 动作',
    '',
    'An action is called `noun.verb`, and the verb is one of these.',
    '',
    '| verb | Chinese | what it does |',
    '|---|---|---|',
    ...verbs,
    '',
  ].join('\n')
}

/** Whether docs/glossary.md holds what the rows say. */
export function glossaryIsCurrent(glossary: Glossary): boolean {
  try {
    return readFileSync(glossaryFile, 'utf8') === glossaryMarkdown(glossary)
  } catch {
    return false
  }
}

/** Writes docs/glossary.md. */
export function writeGlossary(glossary: Glossary): void {
  writeFileSync(glossaryFile, glossaryMarkdown(glossary))
}

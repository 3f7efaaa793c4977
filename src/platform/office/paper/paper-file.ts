import { dayWords, type Paper, type Say } from '../../../core/papers/paper.ts'
import type { FileAnswer } from '../../action/action.ts'
import { fill, type Words } from '../../i18n/words.ts'
import type { Fixed } from './closing.ts'
import { DOCX, writePaper } from './write.ts'

/** Says the words of papers; papers are written in Chinese. */
export function sayer(words: Words): Say {
  return (key, facts = {}) => {
    const found = words.messages.get(`paper/${key}`)
    if (found === undefined) throw new Error(`catalogue/words has no paper/${key}`)
    return fill(found.zh, facts)
  }
}

/** The words that the standard puts into every paper. */
export function fixedWords(say: Say): Fixed {
  return {
    attachment: say('attachment'),
    copiesTo: say('copies-to'),
    printed: say('printed'),
    signer: say('signer'),
    day: (day) => dayWords(say, day),
  }
}

// Signs that some file system or other refuses in a name.
const UNFIT = /[\\/:*?"<>|\p{Cc}]/gu

/** A paper as a .docx file of that name. */
export function paperFile(words: Words, paper: Paper, name: string): FileAnswer {
  const bytes = writePaper(paper, fixedWords(sayer(words)))
  return { bytes, mediaType: DOCX, fileName: `${name.replace(UNFIT, '')}.docx` }
}

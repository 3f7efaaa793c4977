import { nameEnd } from './name.ts'
import { type Owners, unitsOf } from './owners.ts'
import type { Vocabulary } from './vocabulary.ts'

const leads = /(?:由|请)([^，。；：由对将把]{2,24}?)(?:负责)?牵头/
const leadsBare = /(?:^|[，；])([^，。；：由对将把]{2,24}?)牵头/
const supports =
  /(?:牵头(?:负责)?[，、；]?(?:会同)?)([^，。；：]{2,40}?)(?:等)?(?:积极|全力|密切|做好|协同)*(?:配合|协助|参与|参加|协办)/

const together = /由([^，。；：由对将把]{2,14})会同/
const jointly = /(?:共同|具体|牵头)?负责$/
/** 由纪委负责、各支部配合: whoever has the task is told by who helps. */
const helped =
  /由([^，。；：由对将把]{2,16}?)(?:具体|牵头|总体)?负责[，、]([^，。；：]{2,40}?)(?:等)?(?:积极|全力|密切|做好|协同)*(?:配合|协助|参与|协办)/

/** Reads who leads and who supports from a sentence: 由水政科牵头、财务科和办公室配合. Null unless it says 由…牵头 or names who supports. */
export function leadersIn(passage: string, vocabulary: Vocabulary): Owners | null {
  const first = passage.includes('会同') ? together.exec(passage) : null
  if (first) {
    const supportUnits = namesAt(passage, first.index + first[0].length, vocabulary)
    if (supportUnits.length > 0) return { leadUnit: first[1]!, supportUnits, term: null }
  }
  const helps = passage.includes('负责') && passage.includes('由') ? helped.exec(passage) : null
  if (helps) return { leadUnit: helps[1]!, supportUnits: unitsOf(helps[2]!), term: null }
  if (!passage.includes('牵头')) return null
  const support = supports.exec(passage)?.[1]
  const lead = (leads.exec(passage) ?? (support === undefined ? null : leadsBare.exec(passage)))?.[1]
  if (lead === undefined) return null
  const split = (words: string) =>
    words
      .split(/[、，]|和(?=.{2})|及/)
      .map((name) => name.trim())
      .filter((name) => name !== '')
  const [leadUnit = null, ...others] = split(
    lead.replace(/^.*[，；]|^(?:[①-⑳⒈-⒛]|（[0-9一二三四五六七八九十]+）)/u, ''),
  )
  return { leadUnit, supportUnits: [...others, ...split(support ?? '')], term: null }
}

const longestAlone = 8

/** The names that stand one beside the other from `at` on, up to what they do: 会同财务科、各站所修订. */
function namesAt(passage: string, at: number, vocabulary: Vocabulary): string[] {
  const stop = /[，。；：]|$/u.exec(passage.slice(at))!.index + at
  const pieces = passage.slice(at, stop).replace(jointly, '').split('、')
  const last = pieces.pop()!
  const end = nameEnd(last, 0, last.length, 'acts', vocabulary)
  // Before a comma the names are the whole clause.
  const alone = passage.charAt(stop) === '，' && last.length <= longestAlone
  return end < 0 && !alone ? [] : unitsOf([...pieces, end < 0 ? last : last.slice(0, end)].join('、'))
}

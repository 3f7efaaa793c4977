import { Chars, Opening } from '../text/chars.ts'
import { deadlineIn } from './cadence.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Who leads, who supports and until when, as stated in a bracket or line behind a task. */
export type Owners = Unfinished & { bare?: true }
/** Owners while they are being read. */
export type Unfinished = { leadUnit: string | null; supportUnits: string[]; term: string | null }

/** What encloses a passage that names owners, or the bracketed label before it: 【责任落实】牵头：…. */
export const ownerBracket = new Opening(
  /^(?:[—－]+|[（［【〔][^（）［］【】〔〕：；，。]{2,8}[）］】〕](?=[^。]{2,8}：)|[（［【〔])/,
  '—－（［【〔',
)

/** What stands behind every label. */
const labelling = new Chars('：为')
const closers = new Chars('）］】〕')
/** What ends the value of a label, what stands between its parts and between names, and what may hang at the end of a part. */
const ends = new Chars('）。】］〕\n')
const [partMarks, nameMarks] = [new Chars('；｜|'), new Chars('、，；\n/／ ')]
const hanging = new Chars('／/|')

/** Whether a passage ends with a bracket. */
function endsInBracket(passage: string): boolean {
  const last = passage.length - (passage.endsWith('。') ? 2 : 1)
  return closers.at(passage, last)
}

/**
 * Reads labelled owners (责任单位：… 配合单位：… 完成时限：…) from a folded passage, and in brackets those that say it without labels
 * (人事科负责；各支部落实；6月底前完成); null when it holds neither.
 */
export function ownersIn(said: string, vocabulary: Vocabulary): Owners | null {
  const passage = said.includes('——') || said.includes('头）') ? plainly(said) : said
  if (!labelling.in(passage, 0, passage.length) && !endsInBracket(passage)) return null
  const labels = vocabulary.owners.all(passage).filter((hit) => isLabel(passage, hit))
  if (labels.length === 0) return unlabelled(passage, vocabulary)
  const owners: Owners = { leadUnit: null, supportUnits: [], term: null }
  const unitNamed = labels.some((label) => label.value === 'lead')
  for (const [index, label] of labels.entries()) {
    const stop = ends.next(passage, label.end + 1, labels[index + 1]?.start ?? passage.length)
    const [value = '', ...more] = partMarks.split(passage.slice(label.end + 1, stop)).map(withoutHanging)
    for (const piece of more) takeBare(owners, piece, vocabulary)
    if (label.value === 'lead' && phrase.test(value)) {
      if (value.split(phraseParts).every((piece) => takeBare(owners, piece.trim(), vocabulary))) continue
    }
    const names = unitsOf(value)
    if (label.value === 'term') owners.term ??= termOf(value)
    else if (label.value === 'person' && unitNamed) continue
    else if (label.value === 'support') owners.supportUnits.push(...names)
    else {
      owners.leadUnit ??= names[0] ?? null
      owners.supportUnits.push(...names.slice(owners.leadUnit === names[0] ? 1 : 0))
    }
  }
  return tidied(owners)
}

/** A part without the marks at its end. */
function withoutHanging(part: string): string {
  let piece = part
  while (hanging.at(piece, piece.length - 1)) piece = piece.slice(0, -1).trimEnd()
  return piece
}

/** 牵头科室——办公室 is 牵头科室：办公室, and 人事科、办公室（牵头） is 办公室、人事科. */
function plainly(passage: string): string {
  return passage
    .replace(/(?<=[位室门股人导处科限间部])—— */gu, '：')
    .replace(/((?:[^、：；，（）［］【】〔〕]{2,14}、)*)([^、：；，（）［］【】〔〕]{2,14})（牵头）/gu, '$2、$1')
    .replaceAll(/、(?=[；，）］】〕。]|、|$)/gu, '')
}

function isLabel(passage: string, { word, end }: { word: string; end: number }): boolean {
  return passage.charAt(end) === '：' || (word.length > 3 && passage.charAt(end) === '为')
}

/** Owners in which nobody stands twice. */
export function tidied(owners: Owners): Owners {
  const supportUnits = [...new Set(owners.supportUnits)].filter((name) => name !== owners.leadUnit)
  return { ...owners, supportUnits }
}

const verbs = '负责|牵头|主办|承办|落实|配合|协助|协办|参与|参加|协同'
const ways = '等|分别|共同|具体|各自|按照?(?:各自)?职责(?:分工)?|按分工|抓好|做好|组织|积极|协同|牵头'
const does = new RegExp(`(?:${verbs})$`)
const doer = new RegExp(`^([^，。：]{2,40}?)(?:${ways})*(${verbs})(?:负责|落实|组织实施|实施|跟进|工作)?$`)
const joined = /^会同([^，。：]{2,30}?)(?:于(.{2,16}?))?(?:共同)?(?:完成|落实|实施|办理)?$/
/** Where one part of a bracket ends and the next begins: 机关党委牵头、信息中心协助. */
const parted = new RegExp(`[；，｜|]|(?<=${verbs})、`)

/** 责任单位：办公室牵头，人事科配合: a label with a phrase behind it. */
const phrase = new RegExp(`(?:${verbs})(?:[，、；]|$)`)
const phraseParts = new RegExp(`[；，]|(?<=${verbs})、`)

/** A part of a bracket without a label: who leads, who helps, or until when. */
export function takeBare(owners: Unfinished, piece: string, vocabulary: Vocabulary): boolean {
  const [, names, done] = doer.exec(piece) ?? []
  if (names !== undefined) {
    const units = unitsOf(names.replace(/^由/, '').replace('会同', '、'))
    // 风险台账由机关纪委负责 says of what part of the task.
    if (units.some((unit) => unit.includes('由'))) return false
    if (/^[负牵主承]/.test(done!)) {
      const [first = null, ...others] = units
      owners.supportUnits.push(...(owners.leadUnit === null ? others : units))
      owners.leadUnit ??= first
    } else owners.supportUnits.push(...units)
    return true
  }
  const [, others, until] = joined.exec(piece) ?? []
  if (others !== undefined && owners.leadUnit !== null) {
    owners.supportUnits.push(...unitsOf(others))
    owners.term ??= until ?? null
    return true
  }
  const term = /^(?:限)?(.{1,20}?)(?:完成|办结)?$/.exec(piece)?.[1] ?? ''
  if (term === '全年' || lasting.test(term) || deadlineIn(term, vocabulary, true)) {
    owners.term ??= termOf(term)
    return true
  }
  return false
}

/** A bracket that is made of such parts and of nothing else. */
function unlabelled(passage: string, vocabulary: Vocabulary): Owners | null {
  const words = passage.trim()
  const found = /[［【〔（]([^［【〔（］】〕）]{2,80})[］】〕）]。?$/.exec(words)
  const inner = found?.[1]
  if (!found || inner === undefined) return null
  const owners: Unfinished = { leadUnit: null, supportUnits: [], term: null }
  const pieces = inner.split(parted).map((piece) => piece.trim())
  const listed = mayList(words.slice(0, found.index), pieces, vocabulary)
  const all = pieces.every(
    (piece) => takeBare(owners, piece, vocabulary) || (listed && takeNames(owners, piece, vocabulary)),
  )
  if (!all || owners.leadUnit === null) return null
  return owners.term !== null || pieces.some((piece) => does.test(piece))
    ? tidied(owners)
    : { ...tidied(owners), bare: true }
}

/** The owners that `text[start, end)` names, as `ownersIn` reads them; bare names in a bracket only where the text has the habit. */
export function ownersOf(text: string, start: number, end: number, vocabulary: Vocabulary): Owners | null {
  const owners = ownersIn(text.slice(start, end), vocabulary)
  return owners?.bare && !namesInBrackets(text, vocabulary) ? null : owners
}

/** Whether a text names owners in brackets at the ends of its paragraphs again and again: once, names in a bracket may be anything. */
function namesInBrackets(text: string, vocabulary: Vocabulary): boolean {
  if (/括号[内中里](?:的)?[^，。]{0,6}(?:单位|部门|科室|处室)/.test(text)) return true
  let found = 0
  for (const match of text.matchAll(/[（【［〔][^（）【】［］〔〕\n]{2,80}[）】］〕](?=。?[ ]*(?:\n|$))/g))
    if (ownersIn(match[0], vocabulary)) found++
  return found > 2
}

/** Whether a bracket may name units by their bare names: it stands alone, or holds several behind what is no name that they explain. */
function mayList(before: string, pieces: readonly string[], vocabulary: Vocabulary): boolean {
  if (before === '') return true
  const explains = vocabulary.nameEnds.all(before.slice(-6)).some((end) => end.end === Math.min(6, before.length))
  return !explains && (pieces.length > 1 || unitsOf(pieces[0] ?? '').length > 1)
}

/** 办公室、机关纪委: units one beside the other, the first of which leads. */
function takeNames(owners: Unfinished, piece: string, vocabulary: Vocabulary): boolean {
  const names = unitsOf(piece)
  const isUnit = (name: string) =>
    name.length > 1 &&
    name.length < 16 &&
    !/[的0-9“”：]|^(?:此|请|抄|发|送|报|见|含|包括|其中|如|即|原|附)/.test(name) &&
    !vocabulary.nameStops.in(name, name.length - 2) &&
    vocabulary.nameEnds.all(name).some((end) => end.end === name.length)
  if (names.length === 0 || !names.every(isUnit)) return false
  if (owners.leadUnit === null) [owners.leadUnit = null, ...owners.supportUnits] = names
  else owners.supportUnits.push(...names)
  return true
}

/** The end of a term in a label's words: what was done already has none. */
function termOf(value: string): string | null {
  const terms = value.split(/[，；、\s]+/).filter((term) => term !== '' && !/^(?:已|均已|基本)/.test(term))
  return terms.join('，') || null
}

/** Words of a term that goes on for good. */
export const lasting = /^(?:并)?(?:长期坚持|持续推进|长期|持续坚持|常态化推进|常态化坚持|常态长效)$/

const leads = /(?:由|请)([^，。；：由对将把]{2,24}?)(?:负责)?牵头/
const leadsBare = /(?:^|[，；])([^，。；：由对将把]{2,24}?)牵头/
const supports =
  /(?:牵头(?:负责)?[，、；]?(?:会同)?)([^，。；：]{2,40}?)(?:等)?(?:积极|全力|密切|做好|协同)*(?:配合|协助|参与|协办)/

const together = /由([^，。；：由对将把]{2,14})会同([^，。；：由对将把]{2,24}?)(?:共同|具体|牵头)?负责(?=[，。；]|$)/

/** Reads who leads and who supports from a sentence: 由水政科牵头、财务科和办公室配合. Null unless it says 由…牵头 or names who supports. */
export function leadersIn(passage: string): Owners | null {
  const jointly = passage.includes('会同') ? together.exec(passage) : null
  if (jointly) return { leadUnit: jointly[1]!, supportUnits: unitsOf(jointly[2]!), term: null }
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

/** Splits a cell or bracket of units at the marks that separate names. */
export function unitsOf(value: string): string[] {
  return nameMarks
    .split(value)
    .flatMap((name) => (joints.in(name, 0, name.length) ? pairOf.exec(name)?.slice(1) : undefined) ?? [name])
    .filter((name) => name !== '')
}

const joints = new Chars('和及')

/** 司法所和税务分局: two names without a mark between them. */
const pairOf =
  /^([^和及]{1,10}(?:[局科处室股办所站组队部院厅]|中心|党委|支部|纪委|单位|工会))(?:和|以?及)([^和及]{2,12})$/u

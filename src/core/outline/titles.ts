import { cadenceIn, deadlineIn } from '../drafts/cadence.ts'
import { sharesIn } from '../drafts/division.ts'
import { nameEnd } from '../drafts/name.ts'
import { forAll } from '../drafts/owners.ts'
import { actorAt } from '../drafts/subject.ts'
import type { Vocabulary } from '../drafts/vocabulary.ts'
import type { OutlineNode } from './outline.ts'
import { orderOf, withoutNumber } from './signs.ts'

const bracketOnly = /^[\s，。；]*(?:（[^（）]{2,120}）[。；\s]*)*$/
/** A row of a table: three cells and more in one line. */
const cells = /[^ ] +[^ ]+ +[^ ]/
/** （见人见事，不得以部署代替问题）: what is to be written under the title. */
const explains = /^\n（(?![^）]*(?:责任|牵头|配合|负责|完成|单位|时限|[科处室股]))[^）]{12,}）\s*$/
const longest = 44
/** A paragraph of so many characters is text under a title. */
const paragraph = 60
const label = /^(?:整改|落实|反馈|存在)?(?:情况|进展|意见|问题|表现|措施|成效|结果|下一步|下步|下一步打算|下一步措施)$/

/**
 * Keeps the items that have a title of their own: a line, or a short sentence that says neither who nor when nor how much, with text or
 * items under it. An item without a title is text. Levels and parents are those among the items that stay.
 */
export function titledOf(text: string, items: readonly OutlineNode[], vocabulary: Vocabulary): OutlineNode[] {
  const kept = asMostSiblings(
    text,
    items,
    items.map((item, index) => isTitled(text, items, item, index, vocabulary)),
  )
  const places = new Map<number, number>()
  const titled: OutlineNode[] = []
  for (const [index, item] of items.entries()) {
    if (!kept[index]) continue
    let above = item.parent
    while (above !== null && !kept[above]) above = items[above]!.parent
    const parent = above === null ? null : places.get(above)!
    places.set(index, titled.length)
    titled.push({ ...withoutOwners(item), parent, level: parent === null ? 1 : titled[parent]!.level + 1 })
  }
  return titled
}

const owners =
  /[（【〔［](?:[^（）【】〔〕［］]*(?:责任|牵头|负责|配合|承办|主办|协办|落实|单位：|领导：|时限：)[^（）【】〔〕［］]*|(?:[^（）、，；]{1,12}(?:[科处室部股组办局队委会院站所场园馆校]|中心|支部|公司|单位|部门)[、，；]?)+)[）】〕］]$/

/** 坚定政治方向（责任股室：办公室）: the bracket says whose the item is and is no part of the title; a period in brackets is. */
function withoutOwners(item: OutlineNode): OutlineNode {
  const bracket = owners.exec(item.title)
  if (bracket === null || bracket.index < 2) return item
  const end = item.titleStart + bracket.index
  return { ...item, title: item.title.slice(0, bracket.index).trimEnd(), titleEnd: end, end }
}

/** A short sentence of its own before more text, in its line or below it. */
function isShort(text: string, { title, end, bodyEnd }: OutlineNode): boolean {
  if (title.length > 32 || text.charAt(end - 1) !== '。' || end >= text.length) return false
  if (!/^ *\n/.test(text.slice(end, end + 20))) return title.length <= 16
  return text.slice(end, bodyEnd).trim().length >= (title.length > 16 ? paragraph : 12)
}

/**
 * Items of one list are alike: where fewer than half have a title, those without items under them have none; where most have one,
 * a short sentence is one too.
 */
function asMostSiblings(text: string, items: readonly OutlineNode[], titled: readonly boolean[]): boolean[] {
  const lists = new Map<string, number[]>()
  let list = 0
  for (const [index, item] of items.entries()) {
    if (orderOf(item.marker) === 1 || isNoted(text, item)) list++
    const key = `${item.parent} ${withoutNumber(item.marker)} ${item.parent === null ? '' : list}`
    lists.set(key, [...(lists.get(key) ?? []), index])
  }
  const bySign = Map.groupBy(items.keys(), (index) => withoutNumber(items[index]!.marker))
  const kept = [...titled]
  for (const members of joinedOf(items, [...lists.values()])) {
    const share = shareOf(members, titled)
    if (share >= 0.5) {
      for (const index of members) if (!titled[index] && isShort(text, items[index]!)) kept[index] = true
      continue
    }
    const { marker } = items[members[0]!]!
    const others = bySign.get(withoutNumber(marker))!
    // A sentence among the lists of one sign that are titled elsewhere leaves the others as they are.
    if (runsIn(text, items[members[0]!]!) && others.length >= members.length * 2 && shareOf(others, titled) >= 0.5)
      continue
    for (const index of members) if (items[index + 1]?.parent !== index) kept[index] = false
  }
  return kept
}

function runsIn(text: string, { start }: OutlineNode): boolean {
  return text
    .slice(Math.max(0, start - 4), start)
    .trimEnd()
    .endsWith('。')
}

function shareOf(members: readonly number[], titled: readonly boolean[]): number {
  return members.filter((index) => titled[index]).length / members.length
}

/** An item that stands alone under its heading (第十一条) belongs to the list before it whose numbers it goes on with. */
function joinedOf(items: readonly OutlineNode[], lists: readonly number[][]): number[][] {
  const joined: number[][] = []
  /** The list that ends with a sign and its number, the latest of several. */
  const ending = new Map<string, number[]>()
  for (const members of lists) {
    const [{ marker }, last] = [items[members[0]!]!, items[members.at(-1)!]!]
    const [sign, number] = [withoutNumber(marker), orderOf(marker)]
    const before = members.length > 1 || number < 2 ? undefined : ending.get(`${sign} ${number - 1}`)
    if (before) {
      ending.delete(`${sign} ${number - 1}`)
      before.push(...members)
    } else joined.push([...members])
    ending.set(`${withoutNumber(last.marker)} ${orderOf(last.marker)}`, before ?? joined.at(-1)!)
  }
  return joined
}

/** The first item of a list of remarks: 备注： stands in the line above. */
function isNoted(text: string, { start }: OutlineNode): boolean {
  return /\n[ ]*(?:备注|注|说明|填表说明|附注)[：]?[ ]*\n\s*$/.test(text.slice(Math.max(0, start - 24), start))
}

function isTitled(
  text: string,
  items: readonly OutlineNode[],
  item: OutlineNode,
  index: number,
  vocabulary: Vocabulary,
): boolean {
  const stop = text.charAt(item.end - 1)
  const next = items[index + 1]
  const children = next?.parent === index
  if (stop === '，' || asks(item)) return false
  const bodyEnd = Math.min(item.bodyEnd, next?.start ?? item.bodyEnd)
  const body = text.slice(item.end, Math.max(item.end, bodyEnd))
  if (
    !children &&
    ((bracketOnly.test(body) && !explains.test(body)) || (item.marker !== '' && isOwners(body, vocabulary)))
  )
    return false
  const over = children && text.slice(item.end, next.start).trim() === ''
  const ownLine =
    stop !== '。' &&
    stop !== '；' &&
    stop !== '：' &&
    (over || /^[ ]*(?:\n|$)/.test(text.slice(item.end, item.end + 40)))
  if (ownLine) return item.title.length <= longest + 16 && !cells.test(item.title)
  // 集团党委承担下列责任： tells of the list below.
  if (stop === '：' && /(?:下列|以下|如下|之一的)/.test(item.title)) return false
  // 下一步： opens the text behind it.
  if (stop === '：' && label.test(item.title) && !children) return false
  const alone = stop === '。' && /^[ ]*(?:\n|$)/.test(text.slice(item.end))
  const within = /。 *$/.test(text.slice(Math.max(0, item.start - 4), item.start))
  if (alone && !children && item.title.length > (within ? 16 : 20) && (within || body.trim().length < paragraph))
    return false
  if (stop === '；' || item.title.length > longest) return false
  if (stop === '：' && isName(item.title, vocabulary)) return false
  return saysNothingOfItsOwn(item.title, vocabulary)
}

/** 首先，要充分认识…。 asks for something at length: a sentence of running text. */
function asks({ marker, title }: OutlineNode): boolean {
  if (/^第.，$/.test(marker)) return title.length > 20 && /^要[^，、]*$/.test(title)
  if (!/^(?:首先|其次|再次|最后)/.test(marker)) return false
  return title.length > (title.startsWith('要看到') ? 6 : 16) && /^(?:要|应|必须|我们|大家)/.test(title)
}

/** A body that only names owners is part of the item. */
function isOwners(body: string, vocabulary: Vocabulary): boolean {
  const said = body.trim().split('\n')
  // Below the last task may stand who has all of them.
  const words = said
    .filter((line) => !forAll.at(line.trim(), 0, line.trim().length))
    .join('\n')
    .trim()
    .replace(/。$/, '')
  if (words === '' && said.length > 0 && body.trim() !== '') return true
  if (words === '' || words.length > 160 || words.includes('。')) return false
  return words.split('\n').every((one) => {
    const line = one.trim()
    return vocabulary.owners.at(line.replace(/^（/, ''), 0) !== null || sharesIn(line, vocabulary) !== null
  })
}

/** A name and nothing else: it says whose the text behind it is. */
function isName(title: string, vocabulary: Vocabulary): boolean {
  return nameEnd(title, 0, title.length, 'acts', vocabulary) === title.length
}

/** A title of so few characters is hardly a sentence that tells who does what. */
const terse = 10

/** A title says neither who acts nor when nor how much. */
function saysNothingOfItsOwn(whole: string, vocabulary: Vocabulary): boolean {
  if (/[0-9*×□○]+(?:次|人|个|项|场|件|%|份|名|期)/.test(whole) || /[一-鿿]某(?!些|种|个)/u.test(whole)) return false
  // 开展警示教育（纪检组负责，每半年一次）: who and when stand apart from the title.
  const title = whole.replace(/（[^（）]{2,40}）$/u, '')
  if (deadlineIn(title, vocabulary) !== null) return false
  const rule = cadenceIn(title, vocabulary)?.rule
  if (rule && rule.period !== null) return false
  if (title.length <= terse) return true
  const actor = actorAt(title, 0, title.length, vocabulary)
  return actor === null || actor.end >= title.length - 1
}

import { Chars, Opening } from '../text/chars.ts'
import { cadenceIn, deadlineIn } from './cadence.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Who leads, who supports and until when, as stated in a bracket or line behind a task. */
export type Owners = Unfinished & { bare?: true }
/** Owners while they are being read. */
export type Unfinished = { leadUnit: string | null; supportUnits: string[]; term: string | null }

/** What encloses a passage that names owners, or the bracketed label before it: 【责任落实】牵头：…. */
export const ownerBracket = new Opening(
  /^(?:[—－▲△※★☆◆◇●○■□►▶•·▪→⇒]+ *|[（［【〔][^（）［］【】〔〕：；，。]{2,8}[）］】〕](?=[^。]{2,8}：)|[（［【〔〈])/,
  '—－▲△※★☆◆◇●○■□►▶•·▪→⇒（［【〔〈',
)

/** What a line of owners begins with that is for all tasks of its section. */
export const forAll = new Opening(/^(?:以上|上述|[本该](?:部分|类|节|阶段|方案|通知|清单|要点|计划))/, '以上本该')
/** What one begins with that is for all tasks of the paper. */
export const forPaper = new Opening(/^[本该](?:方案|通知|清单|要点|计划)/, '本该')

/** What stands behind every label. */
const labelling = new Chars('：为】］')
const closers = new Chars('）］】〕〉')
const stops = new Chars('。；，')
/** What ends the value of a label, what stands between its parts and between names, and what may hang at the end of a part. */
const ends = new Chars('）。】］〕〉\n')
const [partMarks, nameMarks] = [new Chars('；｜|'), new Chars('、，；\n/／ ')]
const hanging = new Chars('／/|（【［')

/** Whether a passage ends with a bracket. */
function endsInBracket(passage: string): boolean {
  const last = passage.length - (stops.at(passage, passage.length - 1) ? 2 : 1)
  return closers.at(passage, last)
}

/**
 * Reads labelled owners (责任单位：… 配合单位：… 完成时限：…) from a folded passage, and in brackets those that say it without labels
 * (人事科负责；各支部落实；6月底前完成); null when it holds neither.
 */
export function ownersIn(said: string, vocabulary: Vocabulary): Owners | null {
  const passage = unusual.test(said) ? plainly(said) : said
  const bare = !labelling.in(passage, 0, passage.length) && !endsInBracket(passage)
  if (bare && blankLabel(passage, 0, passage.length, vocabulary) === 0) return null
  const labels = vocabulary.owners.all(passage).filter((hit) => isLabel(passage, hit))
  if (labels.length === 0) return unlabelled(passage, vocabulary)
  const owners: Owners = { leadUnit: null, supportUnits: [], term: null }
  const unitNamed = labels.some((label) => label.value === 'lead')
  // （运行科负责；各管理所落实；完成时限：持续推进）: what stands before the first label.
  const opened = opening.exec(passage.slice(0, labels[0]!.start))?.[1] ?? ''
  for (const piece of opened.split('；')) takeBare(owners, piece.trim(), vocabulary)
  for (const [index, label] of labels.entries()) {
    const from = label.end + (closers.at(passage, label.end) && passage.charAt(label.end + 1) === '：' ? 2 : 1)
    const stop = endOf(passage, from, labels[index + 1]?.start ?? passage.length)
    const [value = '', ...more] = partMarks.split(passage.slice(from, stop)).map(withoutHanging)
    for (const piece of more) takeBare(owners, piece, vocabulary)
    if (label.value === 'lead' && phrase.test(value)) {
      if (value.split(phraseParts).every((piece) => takeBare(owners, piece.trim(), vocabulary))) continue
    }
    const named = unitsOf(value)
    const said = label.value === 'term' ? named : named.filter((name) => !isTerm(name, vocabulary))
    // 责任单位：镇纪委、财政所，9月底前完成.
    if (said.length > 0 && said.length < named.length) owners.term ??= named.find((name) => isTerm(name, vocabulary))!
    const names =
      label.value === 'person' ? said.filter((name) => name === '本人' || endsAsName(name, vocabulary)) : said
    if (label.value === 'term') owners.term ??= termOf(value)
    else if (label.value === 'person' && unitNamed) continue
    else if (label.value === 'support') owners.supportUnits.push(...names)
    else {
      owners.leadUnit ??= names[0] ?? null
      owners.supportUnits.push(...names.slice(owners.leadUnit === names[0] ? 1 : 0))
    }
  }
  // 【主办：采访部】【6月底前】: a bracket beside those with labels may say until when.
  for (const match of passage.matchAll(besides)) if (isTerm(match[1]!, vocabulary)) owners.term ??= termOf(match[1]!)
  return tidied(owners)
}

const opening = /[（［【〔〈]([^（）［］【】〔〕〈〉：]{2,60})；$/u
const besides = /[（［【〔〈]([^（）［］【】〔〕〈〉：]{2,16})[）］】〕〉]/gu

/** Where the value of a label ends; the bracket inside a name (各村（社区）) ends nothing. */
function endOf(passage: string, from: number, limit: number): number {
  let stop = ends.next(passage, from, limit)
  while (stop < limit && passage.charAt(stop) === '）' && inner.test(passage.slice(from, stop + 1)))
    stop = ends.next(passage, stop + 1, limit)
  return stop
}

const inner = /（[^（）]{1,12}）$/u

/** A part without the marks at its end. */
function withoutHanging(part: string): string {
  let piece = part
  while (hanging.at(piece, piece.length - 1)) piece = piece.slice(0, -1).trimEnd()
  return piece
}

const helping = '配合|协助|参与|协办|协同|落实'
const unusual = new RegExp(`——|（(?:牵头|主责|主办|[^（）：]{0,24}(?:${helping}))）|时间：|除[^，]{2,12}外，`)

/**
 * 牵头科室——办公室 is 牵头科室：办公室, 人事科、办公室（牵头） is 办公室、人事科, 财务科（人事科配合） is 财务科；人事科配合, and 时间 beside other labels
 * is a label too.
 */
function plainly(passage: string): string {
  return passage
    .replace(/(?<=[位室门股人导处科限间部])—— */gu, '：')
    .replace(
      /((?:[^、：；，（）［］【】〔〕]{2,14}、)*)([^、：；，（）［］【】〔〕]{2,14})（(?:牵头|主责|主办)）/gu,
      '$2、$1',
    )
    .replace(/、?([^、：；，（）［］【】〔〕]{2,14})（(配合|协助|参与|协办|协同)）/gu, '；$1$2')
    .replace(new RegExp(`(?<=[：（【［〔][^（）：；，]{2,30})（([^（）：]{2,24}(?:${helping}))）`, 'gu'), '；$1')
    .replaceAll(/、(?=[；，）］】〕。]|、|$)/gu, '')
    .replace(/(?<=(?:牵头|责任|主办|承办|主责|协同|配合)[^\n]*[ ；，])时间：/gu, '时限：')
    .replace(/除[^，；]{0,6}(?:注明|明确|另有|单独)[^，；]{0,8}外，/gu, '')
}

function isLabel(passage: string, { word, start, end }: { word: string; start: number; end: number }): boolean {
  const next = passage.charAt(end)
  if (next === '：') return true
  if (next === '】' || next === '］') return passage.charAt(start - 1) === (next === '】' ? '【' : '［')
  return word.length > 3 && (next === '为' || (next === ' ' && (start === 0 || passage.charAt(start - 1) === ' ')))
}

/** How long a label is that begins a line with nothing but names behind a blank: 责任单位 办公室 人事科; else 0. */
export function blankLabel(text: string, start: number, end: number, vocabulary: Vocabulary): number {
  const label = vocabulary.owners.at(text, start)
  const alone = label !== null && label.word.length > 3 && text.charAt(label.end) === ' ' && end - start < longestLine
  return alone && !/[，。：]/.test(text.slice(start, end)) ? label.word.length : 0
}

const longestLine = 60

/** Owners in which nobody stands twice. */
export function tidied(owners: Owners): Owners {
  const supportUnits = [...new Set(owners.supportUnits)].filter((name) => name !== owners.leadUnit)
  return { ...owners, supportUnits }
}

const verbs = '负责|牵头|主办|承办|主责|落实|配合|协助|协办|参与|参加|协同|指导'
const ways = '等|分别|共同|具体|各自|按照?(?:各自)?职责(?:分工)?|按分工|抓好|做好|(?<!党)组织|积极|协同|牵头'
const does = new RegExp(`(?:${verbs})$`)
const doer = new RegExp(`^([^，。：]{2,40}?)(?:${ways})*(${verbs})(?:负责|落实|组织实施|实施|跟进|工作)?$`)
const joined = /^会同([^，。：]{2,30}?)(?:于(.{2,16}?))?(?:共同)?(?:完成|落实|实施|办理)?$/
/** Where one part of a bracket ends and the next begins: 机关党委牵头、信息中心协助. */
export const parted = new RegExp(`[；，｜|]|(?<=${verbs})、`)

/** 责任单位：办公室牵头，人事科配合: a label with a phrase behind it. */
const phrase = new RegExp(`(?:${verbs})(?:[，、；]|$)`)
const phraseParts = new RegExp(`[；，]|(?<=${verbs})、`)

const thisTask = /^(?:以上|[此本该这](?:项|条))(?:工作|任务)?(?=由)/u

/** A part of a bracket without a label: who leads, who helps, or until when. */
export function takeBare(owners: Unfinished, piece: string, vocabulary: Vocabulary): boolean {
  const [, names, done] = doer.exec(piece.replace(thisTask, '')) ?? []
  if (names !== undefined) {
    const units = unitsOf(names.replace(/^由/, '').replace('会同', '、')).filter((name) => !person.test(name))
    // 风险台账由机关纪委负责 says of what part of the task.
    if (units.some((unit) => unit.includes('由'))) return false
    // 组织人事科牵头落实 leads, 各支部落实 helps.
    if (/^[负牵主承]/.test(done!) || /牵头|负责/.test(piece.slice(names.length))) {
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
  const term = /^(?:限|(?:完成)?(?:时间|日期|节点)：)?(.{1,20}?)(?:完成|办结)?$/.exec(piece)?.[1] ?? ''
  if (isTerm(term, vocabulary)) {
    owners.term ??= termOf(term)
    return true
  }
  return false
}

/** Whether words name a day, a part of the year or a rhythm and nothing else. */
export function isTerm(words: string, vocabulary: Vocabulary): boolean {
  return (
    words === '全年' ||
    lasting.test(words) ||
    dayAlone.test(words) ||
    span.test(words) ||
    (recurs.test(words) && cadenceIn(words, vocabulary) !== null) ||
    (!/[：，；]|负责|牵头|配合/.test(words) && deadlineIn(words, vocabulary, true) !== null)
  )
}

/** A day or a part of the year: 8/31前, 2024-03-31, 十月中旬, 校庆日前. */
const dayAlone =
  /^(?:限|于|最迟)?(?:(?:20[0-9]{2}[-./])?[0-9]{1,2}[-./][0-9]{1,2}|(?:20[0-9]{2}年|今年|明年|次年|翌年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|初|末|上旬|中旬|下旬|[0-9]{1,2}[日号])?|第?[一二三四]季度[末底]?|[上下]半年|年[底中内]|[一-鿿]{2,6}[节日季期汛])(?:以前|之前|前后|前|内)?(?:完成|办结)?$/u
/** 7月至8月, 3—6月, 9月1日至20日; 6月、12月: from when to when, or several months. */
const span =
  /^(?:20[0-9]{2}年)?(?:[0-9×xX*]{1,2}|[一二三四五六七八九十]{1,2})月?(?:[0-9]{1,2}日|份|底|初)?(?:至|到|—+|－|-|~)(?:20[0-9]{2}年)?(?:[0-9×xX*]{1,2}|[一二三四五六七八九十]{1,2})(?:月(?:[0-9]{1,2}日|份|底|中旬|上旬)?|日)(?:完成)?$|^[0-9]{1,2}月(?:、[0-9]{1,2}月)+$/u
/** What the words of a term that comes again begin with. */
export const recurs = /^每|^按|^定期|^经常|^不定期|^随时|^上、?下半年各|^重要节点/

/** A bracket at the end, in which a name may have one of its own: 【各村（社区）党组织负责】. */
export const inBracket =
  /[［【〔（〈]((?:[^［【〔（〈］】〕）〉]|(?<=[^［【〔（〈])（[^（）]{1,12}）){2,80})[］】〕）〉][。；，]?$/u
/** A passage that is such a bracket and nothing else. */
export const bracketAlone = new RegExp(`^ *${inBracket.source}`, 'u')

const counted = /(?:[0-9一二两三四五六七八九十几多]|各)[个家名位所支][^，。；、]{1,8}$/u

/** A bracket that is made of such parts and of nothing else. */
function unlabelled(passage: string, vocabulary: Vocabulary): Owners | null {
  const words = passage.trim()
  const found = inBracket.exec(words)
  const inner = found?.[1]
  if (!found || inner === undefined) return null
  const owners: Unfinished = { leadUnit: null, supportUnits: [], term: null }
  const pieces = inner.split(parted).flatMap((piece) => piece.trim().split('：'))
  const persons = pieces.filter((piece) => unitsOf(piece).every((name) => person.test(name)))
  // 三个科室（水政科、财务科）says which three.
  const explains = counted.test(words.slice(0, found.index)) && !pieces.some((piece) => isTerm(piece, vocabulary))
  const all = pieces.every(
    (piece) =>
      persons.includes(piece) ||
      takeBare(owners, piece, vocabulary) ||
      (!explains && takeNames(owners, piece, vocabulary)),
  )
  // Whoever is named by his name is no unit, but the term beside him counts: （李某某，8月31日前）.
  if (!all || (owners.leadUnit === null && (persons.length === 0 || owners.term === null))) return null
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
  for (const match of text.matchAll(/[（【［〔〈][^（）【】［］〔〕〈〉\n]{2,80}[）】］〕〉](?=；|。?[ ]*(?:\n|$))/g))
    if (ownersIn(match[0], vocabulary)) found++
  return found > 2
}

/** Whether words end as names of bodies, posts or people do. */
function endsAsName(words: string, vocabulary: Vocabulary): boolean {
  return vocabulary.nameEnds.all(words).some((end) => end.end === words.length)
}

/** A person's name, whole or masked. */
const person =
  /^(?:[一-鿿][某×X*○]{1,2}|[×X*]{2,3}|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆范廖贾夏韦邹孟熊秦邱江尹薛闫段雷侯陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤][一-鿿]{1,2}(?<![区县市村镇乡店场园厂馆校班岗线办科处室股部局站所组队团委院庭厅社]))(?:同志)?$/u

/** 办公室、机关纪委: units one beside the other, the first of which leads. */
function takeNames(owners: Unfinished, piece: string, vocabulary: Vocabulary): boolean {
  const names = unitsOf(piece)
  const isUnit = (name: string) =>
    name.length > 1 &&
    name.length < 16 &&
    !/[的0-9“”：]|^以|为单位|^(?:此|请|抄|发|送|报|见|含|包括|其中|如|即|原|附)/.test(name) &&
    !vocabulary.nameStops.in(name, name.length - 2) &&
    (endsAsName(name, vocabulary) || every.test(name))
  if (names.length === 0 || !names.every(isUnit)) return false
  if (owners.leadUnit === null) [owners.leadUnit = null, ...owners.supportUnits] = names
  else owners.supportUnits.push(...names)
  return true
}

/** 各镇街, 各村农家书屋: each of a sort that no row may know. */
const every = /^各(?![项类种自级方面])[一-鿿]{1,7}$/u

/** The end of a term in a label's words: what was done already has none. */
function termOf(value: string): string | null {
  const terms = value.split(/[，；、\s]+/).filter((term) => term !== '' && !/^(?:已|均已|基本)/.test(term))
  // Days are read as they stand: 5月、10月底前各1次.
  return terms.join(value.includes('、') ? '、' : '，') || null
}

/** Words of a term that goes on for good. */
export const lasting =
  /^(?:并)?(?:(?:长期|持续|常态化?|经常)(?:性|长效)?(?:坚持|推进|进行|开展|落实|抓好|实施|巩固|用力|执行|保持|整改)?(?:工作)?|常抓不懈|持之以恒)$/

/** Splits a cell or bracket of units at the marks that separate names. */
export function unitsOf(value: string): string[] {
  return nameMarks
    .split(value)
    .flatMap((name) => (joints.in(name, 0, name.length) ? pairOf.exec(name)?.slice(1) : undefined) ?? [name])
    .map((name) => name.replace(others, '').replace(/(?<=.{2})(?:配合|协助|参与|落实)$/u, ''))
    .filter((name) => name !== '' && !nobody.test(name))
}

const joints = new Chars('和及')

/** 司法所和税务分局: two names without a mark between them. */
const pairOf =
  /^([^和及]{1,10}(?:[局科处室股办所站组队部院厅委团社校镇乡村]|中心|单位|工会))(?:和|以?及)([^和及]{2,12})$/u
/** 工会、女工委等部门: that there are more says nothing of whom. */
const others = /等(?:[相有]关)?(?:部门|单位|科室|处室|股室)?$/u
/** What stands in a cell that names nobody. */
const nobody = /^(?:无|[—－-]+)$/u

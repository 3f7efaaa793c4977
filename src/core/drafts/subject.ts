import { Chars, Opening, unitAt } from '../text/chars.ts'
import type { Hit } from '../text/words.ts'
import { nameEnd } from './name.ts'
import type { Vocabulary } from './vocabulary.ts'

/** How the owner of a draft is known. */
export type SubjectSource = 'explicit' | 'heading' | 'inherited' | 'default'

/** The actor that a clause names at its head, and where the naming ends. */
export type Actor = { names: string[]; end: number }

const lead = new Opening(
  /^(?:作为|由|对于|我们?的?|本?市|全?[市县区局]|[*×X]+|各位|广大|同志们，|机关|我局|本局|每[一]?[名位个]|凡是?|所有)*/u,
  '作由对我本市全县区局*×X各广同机每凡所',
)
const after =
  /^(?:[*×X]+)?(?:来说|而言|会议|会|带队|及其班子成员|（[^）]{1,20}）)?(?:，就是)?(?:，(?:我|要))?(?=$|要|必须|应|务必|须|将|把|第一时间|重新|批评|如实|20[0-9]{2}年|[0-9*]+次(?=专题|集体|研究|听取)|带头|先后|又|重要|重大节|[今明]年|一对一|据此|定期|经常|负责|坚持|每|认真|严格|切实|始终|共|率先|主动|至少|对|与|召开|组织|履行|，|落实|承担|牵头|全体|集体|专题|也|都|会同|负|制定|开展|听取|及时|应当|参加|作|实行|讲|为|在|按|逐|统一|书记|向|不得|全面|抓|到|围绕|深入|进一步|研究|和|及|、)/u

const timeLead = new Opening(
  /^(?:(?:[今去明本当]年(?:以来)?|上半年|下半年|全年|近期|年内|年底前?|年中|月底|平时|会后|会前|(?:20[0-9]{2}年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:[0-9]{1,2}[日号])?(?:底|末|初|上旬|中旬|下旬)?(?:以?前|之前|前后)?|每(?:半年|季度|年|月|周|学期|旬)(?:末|底|初)?(?:[一二三四五六日](?:上午|下午)?)?|每[日天](?:[早晚]|上午|下午)?|[一二三四]季度(?:末前|内|前)?|据汇报|其中|同时|往年|去年|前年|近年来?|以往|过去|会上|年初|年末|特别是|尤其是|(?:共?有)?[0-9*×X]+余?(?:个|名|位|家)(?=[^，。；0-9]{2,10}(?:书记|负责人|干部|机构|单位|企业|学校|街道|乡镇|社区|支部|党员|教师))|[一二三四五]年内|“?(?:七一|八一|五四)”?前|截至目前|会前|日常监督中|下一步|(?:重要|重大|关键)*(?:节假日|节日|节点|节)(?:期间|前后|前)|(?:元旦|春节|五一|端午|中秋|国庆)+(?:期间|前后|前))，?)+/u,
  '今去明本当上下全近年平会往前以过0123456789每一二三四五六七八九十据其同截日特尤*×X“重关元春端中国共有',
)

/** 【整改举措】（1）: what names the passage, and a numbering sign behind it. */
const label = new Opening(/^【[^】]{2,12}】(?:[①-⑳⒈-⒛]|（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.、．])?/u, '【')

/** What may stand before the preposition of an agent. */
const agent = new Opening(
  /^(?:再|先|则|都|一律|统一|现)?(?:[由请]|责成|责令|要求|委托|交由)/,
  '再先则都一统现由请责要委交',
)
/** Those who are meant without a name: 有的支部, 个别同志. */
export const somebody = new Opening(/^(?:有的|有些|个别|少数|部分|一些)/, '有个少部一')
/** 有的连流程都说不清: what follows 有的 and is no name. */
const nobody = new Chars('连把对在还一不没拖只以靠')
const selfNamed = new Opening(/^本人(?![及的自])/, '本')
const listComma = new Chars('、')
const speaker = '我'.charCodeAt(0)

/** Reads the actor at the head of a clause: known names, or words that end as names of bodies and people do, followed by what makes them act. */
export function actorAt(text: string, start: number, end: number, vocabulary: Vocabulary): Actor | null {
  // 乙方发生违纪案件的，says when somebody else acts.
  if (text.startsWith('的，', end - 1)) return null
  const opened = start + label.length(text, start, end)
  const from = opened + timeLead.length(text, opened, end)
  const speaks = unitAt(text, from) === speaker
  const own = speaks || selfNamed.at(text, from, end) ? speakerAt(text, from, end, speaks ? '我' : '') : null
  if (own) return own
  const known = knownActor(text, from, end, vocabulary)
  const by = from + agent.length(text, from, from + 5)
  const some = someActor(text, from, end, vocabulary)
  if (some) return some
  const named = namedActor(text, by, end, vocabulary)
  // 请参保群众打分: who is asked to judge owes nothing.
  const guest = named !== null && by > from && text.charAt(by - 1) === '请' && guests.test(text.slice(by, named.end))
  const found = guest ? known : knownOrNamed(known, named)
  return found && (idle.at(text, found.end, end) || meant(text, from, found.end, end)) ? null : found
}

/** 新提拔人员任职前一律开展廉政谈话: those who are new are talked to and taught. */
function meant(text: string, start: number, stop: number, end: number): boolean {
  return /^(?:[新拟]|转任|受处分)/.test(text.slice(start, stop)) && taught.test(text.slice(stop, end))
}
const taught = /^[^，。；]{0,8}(?:开展|进行|实行|集中|组织|必|一律)[^，。；]{0,8}(?:谈|训|教育|测试|考)/

const guests = /(?:群众|代表|家属|专家|教授|老师|委员|骨干|党员|患者|同志|法官|职工|企业|基层|居民|村民|师生)$/

/** What stands behind a name that is only counted or given a post: 党委书记任组长, 村民代表到会不足三分之二. */
const idle = new Opening(
  /^(?:[任为](?:副?组长|成员)|到会|设在|(?:至少|不少于)[一两三0-9x×*]+[名人次](?:[，。；]|$))/,
  '任为到设至不',
)

/** The longer of two readings of a name. */
function knownOrNamed(known: Actor | null, named: Actor | null): Actor | null {
  if (!named || (known && known.end >= named.end)) return known ?? named
  return named
}

/** 有的单位, 个别班子成员: those who fall short. */
function someActor(text: string, start: number, end: number, vocabulary: Vocabulary): Actor | null {
  if (!somebody.at(text, start, start + 2) || nobody.at(text, start + 2)) return null
  for (let at = start + 2; at < Math.min(end, start + 14); at++) {
    const hit = vocabulary.nameEnds.at(text, at)
    if (!hit || hit.end > end || (hit.value === 'short' && (at === start + 2 || hit.word === '办'))) continue
    let stop = hit.end
    for (
      let gap = stop;
      gap <= Math.min(stop + 2, end) && !/[的对把将与和向、，在是没未不“]/.test(text.charAt(gap));
      gap++
    ) {
      const longer = vocabulary.nameEnds.at(text, gap)
      const verb = longer?.word === '组' && /[建织成]/.test(text.charAt(longer.end))
      if (!longer || verb || longer.end > end || (gap > stop && longer.value === 'short')) continue
      stop = longer.end
      break
    }
    return { names: [text.slice(start, stop)], end: stop }
  }
  return null
}

/** 13个示范柜台: how many of those fall short. */
const counted = new Opening(
  /^(?:[0-9]+|[*×X□○]+|[一二三四五六七八九十两]{1,3})[余多]?[个家名位所处]/u,
  '0123456789*×X□○一二三四五六七八九十两',
)

/** Who falls short, where nothing says that he acts: the name at the head of a shortcoming. */
export function shortAt(text: string, start: number, end: number, vocabulary: Vocabulary): string[] | null {
  const opened = start + label.length(text, start, end)
  const sign =
    /^(?:[一二三四五六七八九十]是|[①-⑳]|（[0-9一二三四五六七八九十]{1,2}）|[0-9]{1,2}[.、．]|从[^，。]{2,6}看，)/u
  const timed = opened + (sign.exec(text.slice(opened, end))?.[0].length ?? 0)
  const after = timed + timeLead.length(text, timed, end)
  const some = someActor(text, after, end, vocabulary)
  if (some) return null
  const number = counted.length(text, after, end)
  const from = after + number
  const stop = bareEnd(text, from, Math.min(end, from + 12), vocabulary)
  return stop < 0 || (number === 0 && text.charAt(stop) === '的') ? null : [nameOf(text.slice(from, stop), vocabulary)]
}

const numberedTeam = /^[一二三四五六七八九十]队$/u

/** Where the longest run of words without a verb or joint ends in a noun for a body or people. */
function bareEnd(text: string, from: number, limit: number, vocabulary: Vocabulary): number {
  let best = -1
  if (/^[对把将向以按由被为让使从就与和]|^在(?!职)/.test(text.slice(from, limit))) return -1
  for (let at = from; at < limit; at++) {
    if (
      /[，。；：、的对把将向以按由被与和多在没未无有不大去今近只到]/.test(text.charAt(at)) &&
      !/^有企/.test(text.slice(at, at + 2))
    )
      break
    const act = vocabulary.acts.at(text, at)
    const hit = vocabulary.nameEnds.at(text, at)
    if (act && act.word.length > 1 && !hit && !vocabulary.nameEnds.at(text, act.end)) break
    if (
      !hit ||
      hit.end > limit ||
      vocabulary.nameStops.at(text, at) ||
      (hit.value === 'short' && hit.end - from < 3 && !numberedTeam.test(text.slice(from, hit.end)))
    )
      continue
    best = hit.end
    at = hit.end - 1
  }
  return best
}

const departments =
  /^((?:[\u4e00-\u9fff]{2,5}、){1,5}[\u4e00-\u9fff]{2,6}(?:部门|科室|处室|股室|岗位))(?=联合|要|应|须|每|按|各|共同|分别|定期|负责|对|，)/u

/** 党委书记卢启昌：…: a post and who holds it, before a colon. */
const holder =
  /^[一-鿿]{0,8}(?:书记|主任|局长|院长|校长|处长|科长|站长|所长|镇长|经理|董事长|主席|厂长|队长)[一-鿿]{2,3}(?=：)/u

/** 各县（区）公司, 各村（社区）: each of two sorts. */
const grouped = new Opening(/^各[一-鿿]{1,3}（[一-鿿、]{1,6}）/u, '各')
const asked = /^(?:要|须|应|每|于|将|在|对|负责)/

const colon = new Chars('：')
const longestHolder = 18

/** An actor by the shape of its words: 青年理论学习小组每月…, 人事股、机关党委要…. */
function namedActor(text: string, start: number, end: number, vocabulary: Vocabulary, rounds = 0): Actor | null {
  const comma = rounds === 0 && listComma.in(text, start, start + 7)
  const listed = comma ? departments.exec(text.slice(start, end))?.[1] : undefined
  if (listed) return { names: listed.split('、'), end: start + listed.length }
  const before = colon.in(text, start, Math.min(text.length, start + longestHolder))
  const held = before ? holder.exec(text.slice(start, start + longestHolder))?.[0] : undefined
  if (held !== undefined) return { names: [held], end: start + held.length }
  const every = grouped.length(text, start, end)
  if (every > 0) {
    const from = start + every
    const named = nameEnd(text, from, end, 'acts', vocabulary)
    const stop = named < 0 && asked.test(text.slice(from, from + 3)) ? from : named
    if (stop >= 0) return { names: [text.slice(start, stop)], end: stop }
  }
  const joint = jointIn(text, start, Math.min(end, start + 16))
  if (joint >= start + 2 && rounds < 6) {
    const width = text.startsWith('以及', joint) ? 2 : 1
    const first = nameEnd(text, start, joint, 'acts', vocabulary) === joint
    const rest = first ? namedActor(text, joint + width, end, vocabulary, rounds + 1) : null
    if (rest)
      return { names: [...new Set([nameOf(text.slice(start, joint), vocabulary), ...rest.names])], end: rest.end }
  }
  const found = nameEnd(text, start, end, 'acts', vocabulary)
  const stop = found < 0 && rounds === 0 ? everyOf(text, start, end, vocabulary) : found
  return stop < 0 ? null : { names: [nameOf(text.slice(start, stop), vocabulary)], end: stop }
}

const joints = new Chars('、和及')
const [together, soon, early] = ['及', '时', '早'].map((char) => char.charCodeAt(0))

/** Where the first joint of names stands in `[start, end)`, or -1; 及时 and 及早 are none. */
function jointIn(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (!joints.has(unit)) continue
    const next = at + 1 < end ? text.charCodeAt(at + 1) : 0
    if (unit !== together || (next !== soon && next !== early)) return at
  }
  return -1
}

/** 各测区要, 各班组每周: each of a sort of bodies that no row knows. */
function everyOf(text: string, start: number, end: number, vocabulary: Vocabulary): number {
  if (text.charAt(start) !== '各' || /^各(?:项|类|种|自|级|方面|环节|地|界)/.test(text.slice(start, start + 3)))
    return -1
  for (let at = start + 2; at <= Math.min(end, start + 5) && !/[、，]/.test(text.charAt(at - 1)); at++)
    if (
      (/^(?:要|须|应|将|每|把|对|分别|负责|按照|[0-9]{1,2}月)/.test(text.slice(at, end)) &&
        !/^(?:重要|主要|必要|需要)/.test(text.slice(at - 1, at + 1))) ||
      vocabulary.needs.at(text, at)
    )
      return at
  return -1
}

/** The usual name of words that a row knows, else the words themselves. */
export function nameOf(words: string, vocabulary: Vocabulary): string {
  return vocabulary.subjectNames.get(words) ?? words
}

const linked = new Opening(/^(?:和|及|、|以及)/, '和及、以')

/** Reads one or more names that rows know. */
function knownActor(text: string, start: number, end: number, vocabulary: Vocabulary): Actor | null {
  let at = start + lead.length(text, start, end)
  const prefix = text.slice(start, at)
  const names: string[] = []
  let hit = subjectAt(text, at, start, vocabulary)
  while (hit) {
    names.push(hit.value)
    at = hit.end
    const width = linked.length(text, at, end)
    hit = width > 0 ? vocabulary.subjects.at(text, at + width) : null
    if (!hit) break
  }
  if (names.length === 0) return speakerAt(text, start, end, prefix)
  if (text.slice(at, at + 2) === '书记' || /^[的内活工]/.test(text.slice(at, at + 1))) return null
  const reached = names[0] === '全局上下' && wholly.test(text.slice(at, end))
  if (at > end || (at < end && !reached && !acts(text, at, end, vocabulary))) return null
  return { names: [...new Set(names)], end: Math.min(at, end) }
}

/** 全系统商品销售额达到: what the whole of an office has come to. */
const wholly = /^[^，。；的]{2,12}(?:达到|达|完成|实现|突破|增长|超过)/

/** Whether the words after a name make it act: a known verb, need or manner, or one of the usual joints. */
function acts(text: string, at: number, end: number, vocabulary: Vocabulary): boolean {
  const { acts: verbs, needs, manners } = vocabulary
  return verbs.stands(text, at) || needs.stands(text, at) || manners.stands(text, at) || after.test(text.slice(at, end))
}

/** The name that starts at `at`, or one that began inside the words of address before it (各 + 党支部). */
function subjectAt(text: string, at: number, start: number, vocabulary: Vocabulary): Hit<string> | null {
  for (let from = start; from <= at; from++) {
    const hit = vocabulary.subjects.at(text, from)
    if (hit && hit.end > at) return hit
  }
  return null
}

/** Who speaks of himself: 我, 本人; the bodies 我局 and 我们 are somebody else. */
function speakerAt(text: string, start: number, end: number, prefix: string): Actor | null {
  if (selfNamed.at(text, start, Math.min(end, start + 3))) return { names: ['主要负责同志'], end: start + 2 }
  if (!prefix.endsWith('我')) return null
  const at = start + prefix.length
  const self =
    at < end &&
    !/^(?:[们局委院校厅市县区镇乡国省队站科部处室馆所社行园厂办街村司党]|公司|集团|中心|支部|机关|单位|的)/.test(
      text.slice(at, end),
    )
  return self ? { names: ['主要负责同志'], end: at } : null
}

const bearing = new Chars('落履压扛')

/** Owners named as bearers of a duty (落实…职责, 履行…责任): each name directly before a quoted or named duty. */
export function bearersIn(passage: string, vocabulary: Vocabulary): string[] {
  if (!bearing.in(passage, 0, passage.length) || !/落实|履行|压实|扛起/.test(passage)) return []
  const names = vocabulary.subjects
    .all(passage)
    .filter((hit) => !/[对向]$|督促$|(?:听取|制定|调整|修订|完善)[^，。；]*$/.test(passage.slice(0, hit.start)))
    // 各级院检察长要履行第一责任人责任: there it is the name of the duty, not of whose it is.
    .filter(
      (hit) =>
        hit.word !== '第一责任人' ||
        !/(?:书记|长|负责人|主任|领导)(?:同志)?要?[^，。；]{0,4}履行$/.test(passage.slice(0, hit.start)),
    )
    .filter((hit) =>
      /^(?:的)?“[^”]{2,8}”(?:的)?(?:职责|责任|要求)?|^(?:的)?(?:职责|第一责任|领导责任)/.test(passage.slice(hit.end)),
    )
    .map((hit) => hit.value)
  return [...new Set(names)]
}

/** Who acts in the middle of a passage: 对苗头性问题由监督科及时提醒; of 由甲会同乙 the first. */
export function agentsIn(passage: string, vocabulary: Vocabulary): string[] {
  if (!passage.includes('由')) return []
  for (const match of passage.matchAll(/由(?!于|此|衷|来)/g)) {
    const start = match.index + 1
    const end = nameEnd(passage, start, passage.length, 'acts', vocabulary)
    if (end < 0) continue
    return [nameOf(passage.slice(start, end), vocabulary)]
  }
  return []
}

/** The owner where the text names none: each person for reflexive acts, else the leading group. */
export function defaultOwner(passage: string, vocabulary: Vocabulary): string[] {
  const row = vocabulary.defaults.find((entry) => entry.any || entry.finder.in(passage))
  return row ? [row.name] : []
}

/** One text for a set of actors, so that two clauses can be compared. */
export function actorKey(actor: Actor | null): string {
  return actor ? [...actor.names].sort().join(' ') : ''
}

const bodyPrefix =
  /^(?:全系统|全局|全市|所属|局属|直属|机关)?(?:本|我|各|全|该)?(?:分局|局|院|校|委|厅|集团|公司|中心|县局|市局|区局|镇|乡|街道|所|站)?/u

/** 市博物馆党支部, 中心党总支: the branch that speaks, by the name of its office. */
const ownBranch = /^(?![各机基所下全])[一-鿿x×*]{1,10}党(支部|总支)$/u

/** The leading group of any body: 关党委, 学院党委会. */
const leading = /^[^各机基]{0,12}(?:党组|党委|党工委)(?:会|会议|班子)?$/u

/** The usual name of whom a text names: 院党委 and 局党组 are both the leading group of the body that speaks. */
export function usualName(name: string, vocabulary: Vocabulary): string {
  const bare = bareName(name)
  if (/党[组委工]/.test(bare) && leading.test(bare) && !/^(?:机关|基层|下级|各级|上级|县|市|区|省)党/.test(bare))
    return '局党组'
  const { subjectNames } = vocabulary
  const branch = ownBranch.exec(bare)?.[1]
  if (branch !== undefined) return usualName(`党${branch}`, vocabulary)
  const known =
    subjectNames.get(bare) ??
    subjectNames.get(bare.replace(bodyPrefix, '')) ??
    subjectNames.get(`各${bare}`) ??
    subjectNames.get(bare.replace(/^(?:[局院厅校委]?机关|全局)/u, ''))
  return known ?? (bare.startsWith('各') ? bare.slice(1) : bare)
}

/** A name without brackets, quotation marks and the polite word behind a person's. */
function bareName(name: string): string {
  // 驻局纪检监察组: where it is stationed is not whose it is.
  const words = name
    .replace(/[\s“”]|（[^）]*）/g, '')
    .replace(/[xX×*]委$/u, '党委')
    .replace(/^派?驻[一-鿿]{0,8}?(?=纪检监察组|纪检组)/, '')
  if (words.endsWith('领导')) return words.replace(/^分管.{1,3}领导$/, '分管领导')
  const bare = words.endsWith('同志')
    ? words.replace(/^(?!全体|各位|负责|有的|个别|机关|老)([一-鿿]{2,3})同志$/, '$1')
    : words
  return bare === '我' || bare === '我本人' ? '本人' : bare
}

/** Whether two namings mean the same body or people. */
export function sameName(a: string, b: string, vocabulary: Vocabulary): boolean {
  return a === b || usualName(a, vocabulary) === usualName(b, vocabulary)
}

/** Whether two lists of namings mean the same. */
export function sameNames(a: readonly string[], b: readonly string[], vocabulary: Vocabulary): boolean {
  const key = (names: readonly string[]) => [...new Set(names.map((name) => usualName(name, vocabulary)))].sort().join()
  return key(a) === key(b)
}

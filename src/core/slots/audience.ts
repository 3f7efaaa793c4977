import type { Lexicon } from '../reading/lexicon.ts'
import { WordFinder } from '../text/words.ts'
import type { Figure } from './figures.ts'

type Range = { readonly start: number; readonly end: number }
const cache = new WeakMap<Lexicon, WordFinder<boolean>>()

/** The nouns that end the name of people or a body; `true` where the noun is long enough to tell by itself. */
function endsOf(lexicon: Lexicon): WordFinder<boolean> {
  const known = cache.get(lexicon)
  if (known) return known
  const made = new WordFinder(
    lexicon.name_ends.flatMap((row) => row.words.map((word) => [word, word.length > 1] as const)),
  )
  cache.set(lexicon, made)
  return made
}

/** The words without what only counts, orders or joins them. */
export function trimName(name: string): string {
  return name
    .replace(
      /^(?:（|其中|含|包括|包含|[一二三两]期|了|好|各类|对|的|全体|关于|相关|组织|开展|举办|学习|会(?!计)|先后|分别|班(?![子组长主])|集中|分批)+/,
      '',
    )
    .replace(/(?:：|共|共计|累计|近|约|达|超过|先后|的|等|各|为|达到|人数|及|参加|全部|不少于|不低于|至少|力争)+$/, '')
    .trim()
}

/** 处级干部政治能力: as much of some words as names people, or nothing. */
function peopleIn(words: string, lexicon: Lexicon): string {
  const last = endsOf(lexicon)
    .all(words)
    .findLast((hit) => hit.value || hit.end >= 3)
  return last ? trimName(words.slice(0, last.end)) : ''
}

/** Whether some words end in a noun for people. */
export function namesPeople(words: string, lexicon: Lexicon): boolean {
  const name = trimName(words)
  return name.length >= 2 && peopleIn(name, lexicon) === name
}

/** What a course teaches; words that end so name nobody. */
const taught = /(?:等各类|业务|专题|素质|能力|技能|从业|履职|政治|廉洁|廉政|融合|纪律|知识)$/
const course =
  /(?:举办|组织|开展|开办|抓好|抓实|办好|办|对|分批|集中|举行)+([^，。；0-9*]{2,18}?)(?:各类|业务|专题|集中|分级|全员)?(?:培训|轮训|夜校|讲堂|研修班|提升班|训练班|实训班)/
/** 社区党务干部培训两期: a course that no verb leads to. */
const bare =
  /^(?:面向|针对|对)?([^，。；：、0-9*]{2,10}?)(?:业务|专题|履职|能力提升|集中)*(?:培训|轮训|研修|提升)班?(?=（?[0-9*])/
/** Those for whom a course is by what is done with them, nearest sense first. */
const led: readonly RegExp[] = [
  /(?:面向|针对)([^，。；：0-9*]{2,16}?)(?=举办|开展|办好|办|组织|开设|进行|实施|集中|推出)/,
  /(?:^|[^，。；]?)对(?:全体|所有)?(?:[0-9*×xX○□]+名)?([^，。；：0-9*]{2,14}?)(?:分批|集中|全员|普遍|都|再)*(?=开展|进行|实施|轮训|培训)/,
  /把(?:全体|所有)?([^，。；：0-9*]{2,14}?)(?=全部|分批|集中|都|普遍|统一|轮训|培训|送[到进])/,
  /(?:组织|选派|选送|安排)([^，。；：0-9*]{2,14}?)(?:\*+[余多]?(?:人次|人|名))?(?=参加|赴|到|去|集中)/,
  /(?:培训|轮训)([^，。；：0-9*]{2,12})(?=[0-9*])/,
  /^([^，。；：、0-9*]{2,12}?)(?:业务|专题|履职|能力提升|集中)*(?:培训|轮训)(?:班|会)?(?:只|仅|共|已|累计)*(?:举办|开办|办|开展|开)了?(?=[0-9*])/,
]

/** Who was trained: as the words of one range say. */
function inRange(said: string, lexicon: Lexicon): string {
  for (const pattern of led) {
    const name = pattern.exec(said)?.[1]
    // Only a noun for people at the end shows that somebody is led and nothing is used.
    if (name && peopleIn(name, lexicon).length >= 2 && peopleIn(name, lexicon) === trimName(name)) return trimName(name)
  }
  const before = course.exec(said)?.[1] ?? bare.exec(said)?.[1]
  if (!before) return ''
  const name = trimName(before.replace(/^.*、/, (all) => (all.length > 9 ? '' : all)))
  const people = peopleIn(name, lexicon)
  if (people.length >= 2) return people
  if (/[一-鿿]{2}者$/.test(name)) return name
  return course.test(said) && !taught.test(name) && name.length >= 2 ? name : ''
}

/** 对整改滞后的科室负责人约谈: with whom one talks stands before the word. */
function talkedWith(said: string): string {
  const name = /(?:对|与|同)([^，。；：0-9*]{2,20}?)(?:开展|进行|逐一|分别|集中|个别|廉政|提醒)*(?:约谈|谈话)/.exec(
    said,
  )?.[1]
  return name ? trimName(name.replace(/^.*的/, '')) : ''
}

/** Those who talk with others, where their post stands before the word. */
const talkers = /(?:书记|成员|领导|[组局厅处院校]长|正职|主官|委员|班子|[党纪]委|党组|支部|一把手”?)$/

/** 年轻干部提醒谈话, 支行行长被约谈: with whom one talks stands right before the word. */
function calledIn(said: string, lexicon: Lexicon): string {
  const called = said.endsWith('被')
  const name = trimName(called ? said.slice(0, -1) : said)
  if (name.length < 2 || (peopleIn(name, lexicon) !== name && !/[一-鿿]{2}[人者商户]$/.test(name))) return ''
  return called || !talkers.test(name) ? name : ''
}

/** Who was trained or talked with: between the word and the number, right behind the unit, before the word, or as earlier clauses say. */
export function audienceOf(
  text: string,
  hit: { start: number; end: number; word?: string },
  figure: Figure,
  around: { segment: Range; clause: Range; before: readonly Range[] },
  lexicon: Lexicon,
): string {
  const talk = /约谈|谈话/.test(hit.word ?? '')
  if (hit.end < figure.numStart && hit.start >= around.clause.start) {
    const after = trimName(text.slice(hit.end, figure.numStart).replace(/^.*[，；]/, '')).replace(
      /^(?:只|仅|已|才)?(?:举办|开办|办|开|搞)了?$|(?:约谈|谈话)$/,
      '',
    )
    if (/[\u4e00-\u9fff]{2}/.test(after) && !/[0-9*，。；：]|班(?![子组长])|会(?![计员])/.test(after))
      return talk ? after : after.replace(/^.*的/, '')
  }
  const between =
    figure.end < hit.start ? trimName(text.slice(figure.end, hit.start).replace(/(?:进行|开展)$/, '')) : ''
  if (between.length >= 2 && peopleIn(between, lexicon) === between) return between
  // 教师参训*人次: who came stands right before the word.
  if (/^(?:参训|受训|参培|轮训)/.test(hit.word ?? '') && hit.start > around.segment.start) {
    const came = calledIn(text.slice(around.segment.start, hit.start), lexicon)
    if (came) return came
  }
  const gone = /^([^，。；、0-9*]{2,10}?)(?:参加|送|走进|走上|进入|分赴|奔赴|赴|到|去|进)/.exec(
    text.slice(figure.end, figure.end + 14),
  )?.[1]
  if (gone && /^[人名]$/.test(figure.unit) && peopleIn(gone, lexicon) === gone) return gone
  const met = talk ? trimName(text.slice(figure.end, around.segment.end)) : ''
  if (met.length >= 2 && peopleIn(met, lexicon) === met) return met
  if (talk)
    return (
      talkedWith(text.slice(around.segment.start, figure.numStart)) ||
      (hit.start > around.segment.start ? calledIn(text.slice(around.segment.start, hit.start), lexicon) : '')
    )
  if (/^[人名]$/.test(figure.unit) && figure.end < hit.start) {
    const behind = /^([^，。；、0-9]{2,10}?)(?:参加|接受|参训|完成|进行|到|赴)/.exec(
      text.slice(figure.end, hit.start + 2),
    )?.[1]
    if (behind) return trimName(behind)
    const last = /^([^，。；、0-9（）]{2,8})$/.exec(text.slice(figure.end, around.segment.end))?.[1]
    if (last && !/参加|轮训|培训|^了|[到赴去]/.test(last)) return trimName(last)
  }
  for (const range of [
    around.segment,
    { start: around.clause.start, end: figure.numStart },
    ...around.before.toReversed().slice(0, 2),
  ]) {
    const name = inRange(text.slice(range.start, range.end), lexicon)
    if (name) return name
  }
  return ''
}

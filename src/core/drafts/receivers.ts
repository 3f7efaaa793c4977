import { Chars, Opening } from '../text/chars.ts'
import { Hints, mayStand } from '../text/hints.ts'
import type { Hit } from '../text/words.ts'
import { nameEnd } from './name.ts'
import type { Vocabulary } from './vocabulary.ts'

/** 将甲和乙报丙: only 丙 hears of it; 对新任的3名所长: those who are counted. */
function receiver(words: string): string {
  return (
    words
      .replace(/^.{2,}(?:报送|报|提交)(?=.{2})/u, '')
      .replace(/^.{0,12}?(?:[0-9]+|[xX*×□○]+)[余多]?[名位个](?=.{2})/u, '')
      .replace(/^(?:所有|全体(?!党员|干部|职工|教师|教职)|全局(?=.{3}))/u, '')
      .replace(/^.*给(?=.{2})/u, '')
      // 书面报送机关党委: 送 is what is done.
      .replace(/^送(?=[^变检电]{2})/u, '')
      .replace(/(?<![受得收达遭找调遇])[到来](?!.*的.).{2,}$/u, '')
  )
}

/** What stands in no name of people who receive. */
const nobody =
  /^[告成月次办号日志]|^一次|亲自|挂牌|坚决|查处|实行|召开|举办|开办|合并|即|[底月]前|、进|成为|作为|走进|共签|干事|充盈|全程|插遍/

/** 同步, 同时, 组织人事科: words that begin as one that hands something over. */
const notPrepositions = new Opening(/^(?:同[志步时意比样级等]|组织(?:人事|[部处科股室])|教育身边)/, '同组教')

/** Adds a name that no other name already says more of. */
function add(names: string[], name: string): void {
  const shorter = names.findIndex((other) => name.endsWith(other))
  if (names.some((other) => other.endsWith(name) && other !== name)) return
  if (shorter >= 0) names[shorter] = name
  else names.push(name)
}

/** Whether a verb or preposition is a part of another word: 同志, 倾向, 会同, 面向. */
function isWithin(passage: string, { start, word }: Hit<string>): boolean {
  if (notPrepositions.at(passage, start, start + 4)) return true
  if (start === 0) return false
  // 作为党员学习的必修课: what something serves as.
  if (word === '为' && roles.at(passage, start - 1)) return true
  if (passage.startsWith('组织', start)) return parts.at(passage, start - 1)
  const before = passage.slice(Math.max(0, start - 2), start)
  // 主动向, 逐一与: the word before ends there.
  if (before === '主动' || before === '自动' || before === '逐一' || before === '统一') return false
  if (word === '向' && directions.at(passage, start - 1)) return true
  if (word === '同' && passage.charAt(start - 1) === '会') return true
  return word.length === 1 && faces.at(passage, start - 1)
}

const roles = new Chars('作成视列')
const parts = new Chars('党志')
const directions = new Chars('倾趋导志偏动')
const faces = new Chars('面相绝应针方一')
/** How those who receive are addressed. */
const addressed = new Opening(/^(?:各位|[0-9]+[名位]|广大|全市|全局|[*×]+|我局|所有)+/u, '各广全*×我所0123456789')

/** Those acted upon: names right after a verb or preposition that takes a person or a body. */
export function recipientsIn(passage: string, vocabulary: Vocabulary): string[] {
  const names: string[] = []
  let taken = 0
  for (const hit of vocabulary.recipients.all(passage)) {
    if (hit.start < taken || isWithin(passage, hit)) continue
    const near = addressed.length(passage, hit.end, passage.length)
    const name = vocabulary.subjects.at(passage, hit.end + near) ?? vocabulary.subjects.at(passage, hit.end)
    const stop = nameEnd(passage, hit.end, passage.length, 'receives', vocabulary)
    const known = name ? name.end : -1
    if (stop > known && stop > hit.end) {
      const words = passage.slice(hit.end, stop)
      // 以“审计为谁而审”为题给党员讲课: what only closes or opens a quotation is no name.
      if (words.includes('”') !== words.includes('“') || nobody.test(words)) continue
      names.push(receiver(words))
      taken = stop
    } else if (name) names.push(name.word)
  }
  const may = trainedHints.in(passage)
  for (let index = 0; index < trained.length; index++) {
    const found = mayStand(may, index) ? trained[index]![0].exec(passage) : null
    if (!found?.[1]) continue
    const at = found.index + found[0].indexOf(found[1])
    const words = found[1]
    const end = vocabulary.nameEnds.all(words).findLast((hit) => hit.end === words.length)
    const person = end !== undefined && !nobody.test(words) && (end.value === 'long' || words.length > 2)
    // 采购、药剂岗位人员: a list of posts may begin with a verb.
    const listed = words.includes('、')
    if (person && (listed || nameEnd(passage, at, at + words.length, 'receives', vocabulary) > 0))
      add(names, receiver(words))
  }
  if (passage.includes('向组织') && /向组织(?=书面|报告|如实|说明|请示|汇报)/.test(passage)) add(names, '组织')
  return names.length > 1 ? [...new Set(names)] : names
}

/** 举办某某培训班, 选派某某参加, 某某被约谈: those whom a course or a talk is for stand without a preposition; each with characters of which it needs one. */
const trained: readonly (readonly [RegExp, string])[] = [
  [
    /(?:举办|开办|开展|办好|组织|轮训|再办一期|办)(?:一期|[0-9*]+期)?([^，。；：、“”0-9*一]{2,12}?)(?:专题|集中|能力提升|(?:[一-鿿]{2,4})?能力|任职|业务|示范|岗前|读书|研修|实训|进修|企业研修)?(?:培训|轮训|班|讲堂|夜校)/u,
    '训班堂校',
  ],
  [/(?:轮训|培训|约谈|提醒)(?:一[遍次])?([^，。；：、“”0-9*一]{2,12}?)(?:一遍|一次|[，。；]|$)/u, '训谈醒'],
  [
    /(?:^|[，、要须前内底])把([^，。；：、“”0-9*一把]{2,12}?)(?:全部|分批|集中|普遍|逐[个一]|都)?(?:轮训|培训|谈|轮谈|走访)/u,
    '把',
  ],
  [/(?:组织|安排|带领|带|分批)([^，。；：“”0-9*]{2,16}?)(?:旁听|参观|观看|接受|走进|警示教育|参加)/u, '织排带批'],
  [/(?:^|[，对与同向])([^，。；：“”0-9*对与同向]{3,14}?)(?:任职前|任前|提任前)[^，。；]{0,6}(?:谈话|考)/u, '任'],
  [
    /(?:走访慰问|慰问|看望|走访|接待|回访|告知)(?:一次)?([^，。；：“”0-9*一]{2,12}?)(?=一次|[0-9*×]|[，。；]|$)/u,
    '慰看访待知',
  ],
  [/(?:邀请|请)([^，。；：“”0-9*]{2,12}?)(?:来馆|来校|来一次|参加|坐下来)/u, '请'],
  [
    /(?:抓好|抓实|加强|做好|强化)([^，。；：“”0-9*、的]{2,10}?)(?:政治|业务|党性|理论|专业|履职|廉政|廉洁|能力)+(?:训练|培训|教育|轮训)/u,
    '训教',
  ],
  [/(?:选派|选送|安排)([^，。；：“”0-9*]{2,12}?)(?:参加|赴|到|去)/u, '选排'],
  [
    /(?:^|[^上提转移递相])(?:移?交|传|抄?送|报(?!告|表|名)送?|提交|呈)(?:到|给|至)?([^，。；：“”0-9和一]{2,12}?)(?:存档|备案|备查|审阅|审定|审核|阅|汇总|归档|研究|[，。；]|$)/u,
    '交传送报提呈',
  ],
  [
    /(?:跟|找|(?<!会)同|与|约|约见|请)(?:[0-9*×Xx一二两三四五六七八九十]+名)?([^，。；：“”0-9*]{2,16}?)(?:面对面|当面|促膝|交心|谈|聊|拉家常|签|挨家|一一|每|逐[个人一]|来)/u,
    '谈聊签心家来',
  ],
  [/督促([^，。；：“”0-9*]{2,12}?)(?:推出|出具|拿出|把|认领|填报|落实|整改|完成|报|按)/u, '督'],
  [/(?:给|向)([^，。；：“”0-9*]{2,14}?)(?:寄|发|送|推送|印发|致)/u, '寄发送致'],
  [
    /(?:举办|开办|办|再办)?(?:[0-9*×Xx]+期)?([^，。；：“”0-9*×一]{2,10}?)(?:廉政|业务|能力|实训|专题|集中)*(?:班|培训)(?:[上下0-9*×Xx一两]|$|[，。；])/u,
    '班训',
  ],
  [/(?:^|[，；])(?:人事[处科]|组织[部科])?[^，。；]{0,8}把([^，。；：“”0-9*把]{2,14}?)(?:分批)?送[到进]/u, '送'],
  [/(?:^|[，；])([^，。；：“”0-9*]{2,16})被(?:当场|依规|及时)?(?:约谈|提醒|诫勉|问责)/u, '被'],
]

const trainedHints = new Hints(
  trained.map(([, chars]) => chars),
  trained.map(([pattern]) => pattern.source),
)

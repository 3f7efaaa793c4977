import { Hints, mayStand } from '../text/hints.ts'
import { nameEnd } from './name.ts'
import type { Vocabulary } from './vocabulary.ts'

/** 将甲和乙报丙: only 丙 hears of it; 对新任的3名所长: those who are counted. */
function receiver(words: string): string {
  return words
    .replace(/^.{2,}(?:报送|报|提交)(?=.{2})/u, '')
    .replace(/^.{0,12}?(?:[0-9]+|[xX*×□○]+)[余多]?[名位个](?=.{2})/u, '')
    .replace(/^(?:每[一]?[名位个]|所有|全体(?!党员|干部|职工|教师|教职)|全局(?=.{3}))/u, '')
    .replace(/^.*给(?=.{2})/u, '')
    .replace(/[到来].{2,}$/u, '')
}

/** Those acted upon: names right after a verb or preposition that takes a person or a body. */
export function recipientsIn(passage: string, vocabulary: Vocabulary): string[] {
  const names: string[] = []
  let taken = 0
  for (const hit of vocabulary.recipients.all(passage)) {
    if (
      hit.start < taken ||
      (/^(?:同志|组织)/.test(passage.slice(hit.start, hit.start + 2)) &&
        /[党志]/.test(passage.charAt(hit.start - 1) + passage.charAt(hit.start + 1)))
    )
      continue
    if (hit.start > 0 && /[面相绝应针方一]/.test(passage.charAt(hit.start - 1)) && hit.word.length === 1) continue
    const near = /^(?:各位|广大|全市|全局|[*×]+|我局|所有)*/u.exec(passage.slice(hit.end))?.[0].length ?? 0
    const name = vocabulary.subjects.at(passage, hit.end + near) ?? vocabulary.subjects.at(passage, hit.end)
    const stop = nameEnd(passage, hit.end, passage.length, 'receives', vocabulary)
    const known = name ? name.end : -1
    if (stop > known && stop > hit.end) {
      const words = passage.slice(hit.end, stop)
      // 以“审计为谁而审”为题给党员讲课: what only closes a quotation is no name.
      if (words.includes('”') && !words.includes('“')) continue
      names.push(receiver(words))
      taken = stop
    } else if (name) names.push(name.word)
  }
  const may = trainedHints.in(passage)
  for (let index = 0; index < trained.length; index++) {
    const found = mayStand(may, index) ? trained[index]![0].exec(passage) : null
    if (!found?.[1]) continue
    const at = found.index + found[0].indexOf(found[1])
    const person = vocabulary.nameEnds.all(found[1]).some((end) => end.end === found[1]!.length && end.value === 'long')
    if (person && nameEnd(passage, at, at + found[1].length, 'receives', vocabulary) > 0) names.push(found[1])
  }
  return [...new Set(names)]
}

/** 举办某某培训班, 选派某某参加, 某某被约谈: those whom a course or a talk is for stand without a preposition; each with characters of which it needs one. */
const trained: readonly (readonly [RegExp, string])[] = [
  [
    /(?:举办|开办|开展|办好|组织|轮训|再办一期|办)(?:一期|[0-9*]+期)?([^，。；：、“”0-9*一]{2,12}?)(?:专题|集中|能力提升|能力|任职|业务|示范|岗前)?(?:培训|轮训|班|讲堂)/u,
    '训班堂',
  ],
  [/(?:轮训|培训|约谈|提醒)([^，。；：、“”0-9*一]{2,12}?)(?:一遍|一次|$)/u, '训谈醒'],
  [/(?:^|[，、要须])把([^，。；：、“”0-9*一把]{2,12}?)(?:轮训|培训|谈|轮谈|走访)/u, '把'],
  [/(?:选派|选送|安排)([^，。；：“”0-9*]{2,12}?)(?:参加|赴|到|去)/u, '选排'],
  [/(?:^|[，；])([^，。；：“”0-9*]{2,16})被(?:当场|依规|及时)?(?:约谈|提醒|诫勉|问责)/u, '被'],
]

const trainedHints = new Hints(trained.map(([, chars]) => chars))

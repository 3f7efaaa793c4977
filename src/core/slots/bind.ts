import type { BindingRow, Lexicon } from '../reading/lexicon.ts'
import { audienceOf, namesPeople, trimName } from './audience.ts'
import { attending, bareTopic, type Counted, chained, inOrder, ownWords, wholeOf } from './chains.ts'
import type { Figure } from './figures.ts'
import { bar, behindOf, indicatorOf, measureOf, stayOf } from './indicators.ts'
import { type RowHit, rowHits, type SlotWords, slotWordsOf } from './vocabulary.ts'

/** What stands around a figure: its own segment of the clause, the clause, and the clauses before it in the sentence. */
export type Surroundings = {
  segment: { start: number; end: number }
  clause: { start: number; end: number }
  before: readonly { start: number; end: number }[]
  mode: 'done' | 'do'
  /** The figures before it in the sentence, and where the next one of its clause begins. */
  earlier: readonly Counted[]
  next: number | null
}

/** The metric of a figure, its parameters and role, and in plain Chinese why it stays unbound. */
export type Bound = {
  role: 'result' | 'target' | 'threshold' | 'duration'
  metric: string | null
  params: Record<string, string>
  why: string | null
}

const measures = new Set(['share', 'money', 'rank', 'measure'])

/** Binds one figure to a metric by the nearest telling words; a figure that no row explains stays unbound with a reason. */
export function bind(text: string, figure: Figure, around: Surroundings, lexicon: Lexicon): Bound {
  const words = slotWordsOf(lexicon)
  const stay = figure.unitClass === 'span' ? stayOf(text, figure, around, words) : null
  if (stay) return stay
  if (figure.unitClass === 'span') return { role: 'duration', metric: null, params: {}, why: '这是时长，不从记录取数' }
  if (text.startsWith('半数', figure.numStart)) return { role: 'threshold', metric: null, params: {}, why: bar }
  // 支部大会3个月召开1次: how often it is asked.
  if (figure.unit === '次' && within.test(text.slice(Math.max(0, figure.numStart - 16), figure.numStart)))
    return { role: 'threshold', metric: null, params: {}, why: bar }
  const measured = measures.has(figure.unitClass)
  if (!measured && words.bars.in(text, around.clause.start, around.segment.end)) {
    const asked = countOf(text, figure, around, words, ownWords(text.slice(around.segment.start, figure.numStart)))
    return asked
      ? { role: 'threshold', ...asked, why: null }
      : { role: 'threshold', metric: null, params: {}, why: bar }
  }
  if (around.mode === 'do' && measured && qualifies(text, figure))
    return { role: 'threshold', metric: null, params: {}, why: bar }
  if (lacks(text, figure, around)) {
    return { role: 'result', metric: null, params: {}, why: '这说的是不足，不是统计数' }
  }
  const said = text.slice(around.segment.start, figure.numStart)
  const own = ownWords(said)
  if (differs.test(own)) return { role: 'result', metric: null, params: {}, why: '这说的是增减，不是统计数' }
  const counted =
    chained(text, figure, around, words) ??
    countOf(text, figure, around, words, own) ??
    attending(figure, around, own, words)
  if (counted) return { role: around.mode === 'done' ? 'result' : 'target', ...counted, why: null }
  // 经营主体总量达到3万户: a stock of the trade, whatever it is counted in.
  const stock =
    /(?:达到|突破|新增就业)(?:了|约)?$/.test(said) ||
    (figure.unitClass === 'person' && /[一-鿿]{2}量(?:完成|达到?|实现|突破|约|近|为)*$/.test(said))
  if (measured || behindOf(text, figure, words) || (stock && indicatorOf(text, figure, around, words)))
    return measureOf(text, figure, around, words)
  const role = around.mode === 'done' ? 'result' : 'target'
  return { role, metric: null, params: {}, why: `没有按“${figure.unit}”统计这类内容的口径，请人工填写或先登记口径` }
}

const within = /[*一二两三四五六]个(?:月|季度|周|星期|学期)[^，。；*]{0,8}$/

/** 比去年多*次, 增加*场: how far a count moved. */
const differs = /(?:^|同比|环比)(?:同比|环比|[比较][^，。；*]{1,8}?)?(?:增加|减少|净增|多出?|少)了?$/

/** 50万元以上的采购, 超过5万元的: the figure says which things are meant. */
function qualifies(text: string, figure: Figure): boolean {
  return (
    /^(?:以上|以下|以内)?的/.test(text.slice(figure.end, figure.end + 4)) ||
    /(?:以上|以下)的/.test(text.slice(figure.numEnd, figure.end + 1))
  )
}

/** 有3次主题党日凑不齐人: what went wrong with some is no count of what was done. */
function lacks(text: string, figure: Figure, around: Surroundings): boolean {
  const said = text.slice(around.segment.start, figure.numStart)
  if (
    said === '' &&
    /^[^，。；]{0,8}(?:没有下文|还没|未能|无责任|不齐|拖到|尚未)/.test(text.slice(figure.end, figure.end + 16))
  )
    return true
  if (!/(?<![共设现所])有$/.test(text.slice(figure.numStart - 2, figure.numStart))) return false
  return /[没未不]|反弹|滞后|逾期|缺/.test(text.slice(figure.end, around.segment.end))
}

/** 全年举办3期: a clause that says only that something was held; what was held stands in the clause before. */
const held =
  /^(?:全年|一年|今年|年内|上半年|下半年|共计?|累计|先后|已|再|拟|计划|分批|集中|统一)*(?:举办|开办|组织|开展|召开|办|办班|举行|发送|推送|发出|发)?了?$/

/** The nearest row whose words stand before a figure; `said` is what its segment says of its own before the number. */
function countOf(text: string, figure: Figure, around: Surroundings, words: SlotWords, said: string) {
  const named = inOrder(text, figure, around)
  const ranges = [...(named ? [named] : []), around.segment, { start: around.clause.start, end: figure.numStart }]
  if (figure.unitClass === 'person' || figure.unitClass === 'share') ranges.push(...around.before.slice(-1))
  const last = around.before.at(-1)
  const bare = last !== undefined && held.test(text.slice(around.clause.start, figure.numStart))
  if (bare && figure.unitClass === 'count' && !/[0-9*×□○]/.test(text.slice(last.start, last.end))) ranges.push(last)
  const sentence = text.slice(around.before[0]?.start ?? around.clause.start, around.clause.end)
  // A figure with a verb of its own does not count what its neighbour counts.
  const own = words.acts.in(text, around.segment.start, figure.numStart)
  const segment = text.slice(around.segment.start, around.segment.end)
  const tail = figure.unitClass === 'person' ? text.slice(figure.end, around.segment.end) : ''
  for (const range of ranges) {
    const near = range === named || range === around.segment
    // A name of an enumeration stands for itself: what its neighbours are is not counted here.
    if (named && !near && rowHits(words, text, named.end, figure.numStart, figure.unit).length === 0) break
    if (!near && own && !bare && figure.unitClass !== 'share') break
    let best: RowHit | null = null
    for (const hit of rowHits(words, text, range.start, range.end, figure.unit)) {
      if (best !== null && !tellsMore(hit, best, figure)) continue
      if ((near || bare || carries(hit.row, said, tail, words)) && fits(hit.row, sentence, segment)) best = hit
    }
    if (!best) continue
    // 集体约谈*次，约谈*人: those who sat together are not counted one by one.
    const together = around.earlier.at(-1)?.metric === 'talks.group.sessions' && /^(?:共|累计|集体)?约谈了?$/.test(said)
    if (together && best.row.metric === 'talks.summons.attendances') return null
    const params = paramsOf(text, best.row, best, figure, around, words)
    if (!near && best.row.params?.audience && namesPeople(said, words.lexicon)) params['audience'] = trimName(said)
    if (best.row.metric === 'study.topic.sessions' && !params['topic']) {
      return ofCentral(text, figure, around) ? { metric: 'study.central-group.sessions', params: {} } : null
    }
    return { metric: best.row.metric, params }
  }
  return null
}

/** 中心组集体学习*次，专题研讨*次: a study without a topic that the central group held. */
function ofCentral(text: string, figure: Figure, around: Surroundings): boolean {
  const metric = wholeOf(text, figure, around)?.metric ?? around.earlier.at(-1)?.metric
  return /中心组/.test(text.slice(around.clause.start, around.segment.end)) || !!metric?.startsWith('study.central')
}

/** Whether a figure with words of its own may count what its neighbour counts: other people or another topic of the same. */
function carries(row: BindingRow, said: string, tail: string, words: SlotWords): boolean {
  if (tail !== '' && !/参|训|到|接受|聆听|教育|覆盖|听/.test(tail) && !namesPeople(tail, words.lexicon)) return false
  if (said.length < 2) return true
  // 培训*人，发展党员*名: people with whom something else is done.
  if (namesPeople(said, words.lexicon) && words.takes.at(said, 0)) return false
  if (row.params?.audience && namesPeople(said, words.lexicon)) return true
  return row.params?.topic !== undefined && !/会议?$/.test(said)
}

/** A row that needs its surroundings says more than one that does not. */
function telling({ word, row }: RowHit): number {
  return word.length + (row.context || row.near ? 2 : 0)
}

/** Whether a hit tells more of a figure than one before it, or as much and stands nearer. */
function tellsMore(hit: RowHit, best: RowHit, figure: Figure): boolean {
  const more = telling(hit) - telling(best)
  return more > 0 || (more === 0 && distance(hit, figure) < distance(best, figure))
}

function fits(row: BindingRow, sentence: string, segment: string): boolean {
  if (row.context && !row.context.some((word) => sentence.includes(word))) return false
  if (row.apart?.some((word) => sentence.includes(word))) return false
  if (row.near && !row.near.some((word) => segment.includes(word))) return false
  return !row.unless?.some((word) => segment.includes(word))
}

function distance(hit: { start: number; end: number }, figure: Figure): number {
  return hit.end <= figure.numStart ? figure.numStart - hit.end : hit.start - figure.end
}

function paramsOf(
  text: string,
  row: BindingRow,
  hit: { start: number; end: number; word: string },
  figure: Figure,
  around: Surroundings,
  words: SlotWords,
): Record<string, string> {
  const params: Record<string, string> = {}
  const topic = topicOf(text, row, hit, figure, around, words)
  if (topic) params['topic'] = topic
  const audience = row.params?.audience ? audienceOf(text, hit, figure, around, words.lexicon) : ''
  if (audience) params['audience'] = audience
  return params
}

function topicOf(
  text: string,
  row: BindingRow,
  hit: { start: number; end: number },
  figure: Figure,
  around: Surroundings,
  words: SlotWords,
): string {
  const kind = row.params?.topic
  if (kind === undefined) return ''
  const { segment } = around
  const inside = hit.start >= segment.start
  if (kind === 'object') {
    const known = words.topics.first(text, inside ? segment.start : figure.start, inside ? hit.end : segment.end)
    if (known) return known.value
    const from = words.acts
      .all(text, segment.start, hit.start)
      .findLast((act) => act.end < hit.start && !/[和与、]/.test(text.charAt(act.end)))?.end
    const name = trimName(text.slice(from ?? segment.start, hit.start))
      .replace(/^\*+[次场期]/, '')
      .replace(/^(?:教师|党员|干部|职工|干警|员工|师生)+(?=.{4})/, '')
    return name !== '' && !/中心组$/.test(name) ? name : knownBefore(text, around, words)
  }
  if (kind !== 'known') return kind
  const known = words.topics.first(text, segment.start, segment.end)
  if (known) return known.value
  const [from, to] =
    hit.end <= figure.numStart ? [inside ? hit.end : segment.start, figure.numStart] : [figure.end, segment.end]
  const named = bareTopic(text.slice(from, to))
  return named.length >= 2 ? named : knownBefore(text, around, words)
}

function knownBefore(text: string, { before }: Surroundings, words: SlotWords): string {
  const found = before.findLast((range) => words.topics.in(text, range.start, range.end))
  return found ? words.topics.first(text, found.start, found.end)!.value : ''
}

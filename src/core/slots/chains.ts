import { namesPeople, trimName } from './audience.ts'
import type { Surroundings } from './bind.ts'
import type { Figure } from './figures.ts'
import { rowHits, type SlotWords } from './vocabulary.ts'

/** A figure that was bound before another one of its sentence. */
export type Counted = {
  readonly numStart: number
  readonly numEnd: number
  readonly unit: string
  readonly metric: string | null
  readonly params: Record<string, string>
}
type Told = { metric: string; params: Record<string, string> }

/** What a figure counts because of the figures before it: the next topic, part, body or total of the same, or the same turn of words again. */
export function chained(text: string, figure: Figure, around: Surroundings, words: SlotWords): Told | null {
  if (figure.unitClass !== 'count' && figure.unitClass !== 'person') return null
  return (
    nextTopic(text, figure, around, words) ??
    partOf(text, figure, around, words) ??
    again(text, figure, around, words) ??
    nextBody(text, figure, around, words) ??
    labelled(text, figure, around, words) ??
    totalOf(text, figure, around)
  )
}

const filler =
  /^(?:其中|(?:[0-9]{1,2}月)?(?:[上中下]旬|底|末)?\s*前|共计?|累计|合计|总计|先后|分别|全年|今年|年内|已|再|另外?|各|近|约(?!谈|见|请)|达到?|超过?|有|为|不少于|不低于|至少|每期|每场|每次|覆盖|惠及|参训|参加|到会|受训|人员|选送|选派|选调|推荐|组织|安排|[*\s、，“”（）])+/

/** What a segment says of its own before its number. */
export function ownWords(said: string): string {
  return said.replace(filler, '').replace(/(?:共计?|累计|合计|近|约|达到?|超过?|各|了|为|有)+$/, '')
}

/** 保密工作, 重点任务落实情况: the topic without the words for dealing with it. */
export function bareTopic(said: string): string {
  return trimName(said.replace(/^(?:专题|部署|研究|推进|落实|关于|了)+/, '').replace(/[*]+次?$/, '')).replace(
    /(?:工作|任务)?(?:汇报|报告|情况|会议)*$/,
    '',
  )
}

/** The figure right before one, if it has the same unit. */
function lastOf(figure: Figure, { earlier }: Surroundings): Counted | null {
  const last = earlier.at(-1)
  return last?.unit === figure.unit ? last : null
}

/** Whether a segment has words of a row of its own that its figure may wear. */
function tells(said: string, unit: string, words: SlotWords): boolean {
  return rowHits(words, said, 0, said.length, unit).length > 0
}

const topical = new Set(['leading-group.topic-studies', 'study.topic.sessions'])

/** 专题研究党建工作*次、保密工作*次: a topic alone goes on with what the figure before it counts. */
function nextTopic(text: string, figure: Figure, around: Surroundings, words: SlotWords): Told | null {
  const last = lastOf(figure, around)
  if (!last?.metric || !topical.has(last.metric) || figure.end < around.segment.end) return null
  const said = text.slice(around.segment.start, figure.numStart)
  const name = bareTopic(said)
  if (name.length < 2 || name.length > 12 || /会议?$|会$|[：（）]/.test(name)) return null
  if (/^[向与对同到赴在为给把被约]|报告/.test(said)) return null
  if (words.acts.at(name, 0) || tells(said, figure.unit, words)) return null
  return { metric: last.metric, params: { topic: words.topics.first(said)?.value ?? name } }
}

/** The figure of the same unit of which a clause that begins with 其中, or a bracket right behind it, counts parts. */
export function wholeOf(text: string, figure: Figure, around: Surroundings): Counted | null {
  const { clause, segment, earlier } = around
  const within = text.slice(segment.start, figure.numStart)
  const open = text.lastIndexOf('（', figure.numStart)
  // 党课9堂（书记4堂、委员5堂）: what stands before the bracket has its parts in it.
  if (open >= segment.start - 40 && open > text.lastIndexOf('）', figure.numStart)) {
    const before = earlier.findLast((slot) => slot.numEnd <= open && open - slot.numEnd <= slot.unit.length + 2)
    if (before?.unit === figure.unit) return before
  }
  if (within.startsWith('（') || /其中的?(?:有|共)?$/.test(within)) return lastOf(figure, around)
  if (!text.startsWith('其中', clause.start) && !within.startsWith('其中')) return null
  const from = within.startsWith('其中') ? segment.start : clause.start
  return earlier.findLast((slot) => slot.numEnd <= from && slot.unit === figure.unit) ?? null
}

/** 其中科室负责人9人次: a part counts what the whole before it counts; its words say whose part or which topic. */
function partOf(text: string, figure: Figure, around: Surroundings, words: SlotWords): Told | null {
  const whole = wholeOf(text, figure, around)
  if (!whole?.metric) return null
  const said = text.slice(around.segment.start, figure.numStart).replace(/^（/, '')
  const behind = text.slice(figure.end, around.next ?? around.segment.end)
  // 其中党建类*项办结*项: the first is what there was to do.
  const split = /^(?:已|已经|均)?(?:办结|完成|销号|整改|改)/.test(behind) && around.next !== null
  if (split && whole.metric in asked) return { metric: asked[whole.metric]!, params: {} }
  if (goesOn(text, figure, around)) {
    const told =
      figure.unitClass === 'count' && /^其中$/.test(said) && /^(?:获|被|转化|得到|入选|刊发|评为|受到)/.test(behind)
    return told ? { metric: whole.metric, params: whole.params } : null
  }
  if (whole.metric === 'leading-group.meetings' && /研究|听取|部署|研判|审议|学习/.test(said)) return null
  if (/其中的(?:有|共)?$/.test(said)) return { metric: whole.metric, params: whole.params }
  const listed = inOrder(text, figure, around)
  const name = trimName(listed && /^[*、和]*$/.test(said) ? text.slice(listed.start, listed.end) : said)
  if (name.length < 2 || words.acts.at(name, 0) || /^(?:给予|否决|不)/.test(name)) return null
  if (whole.metric === 'study.central-group.sessions') {
    const topic = words.topics.first(said)
    return topic && /学|专题|研讨/.test(said)
      ? { metric: 'study.topic.sessions', params: { topic: topic.value } }
      : null
  }
  if (topical.has(whole.metric))
    return { metric: whole.metric, params: { topic: words.topics.first(said)?.value ?? bareTopic(name) } }
  const people = /^(?:training\.|talks\.(?:summons|reminder))/.test(whole.metric)
  return { metric: whole.metric, params: people ? { ...whole.params, audience: peopleOf(name) } : whole.params }
}

/** Whether words stand behind a figure in its segment; the bracket that closes its parts is none. */
function goesOn(text: string, figure: Figure, { segment }: Surroundings): boolean {
  return figure.end < segment.end && text.slice(figure.end, segment.end) !== '）'
}

/** What was asked of which something was closed. */
const asked: Record<string, string> = { 'duties.closed': 'duties.total', 'problems.closed': 'problems.found' }

/** 年轻干部班: those for whom the course is. */
function peopleOf(name: string): string {
  return name.replace(/(?<=[一-鿿]{2})(?:专题|示范|提升|轮训|进修|培训|研修|主体|能力提升|任职|集中)*班$/u, '')
}

/** 甲*项办结*项，乙*项办结*项: the same turn of words again counts the same again. */
function again(text: string, figure: Figure, around: Surroundings, words: SlotWords): Told | null {
  const [two, one] = [around.earlier.at(-2), around.earlier.at(-1)]
  if (!two?.metric || !one || around.next === null || two.unit !== figure.unit) return null
  const turn = text.slice(figure.numEnd, around.next)
  if (turn.length < 3 || turn !== text.slice(two.numEnd, one.numStart)) return null
  const said = text.slice(around.segment.start, figure.numStart)
  return tells(said, figure.unit, words) ? null : { metric: two.metric, params: {} }
}

/** 办公室整改*个、人事科*个: a body alone goes on with what the figure before it counts. */
function nextBody(text: string, figure: Figure, around: Surroundings, words: SlotWords): Told | null {
  const last = lastOf(figure, around)
  if (!last?.metric || figure.unitClass !== 'count' || goesOn(text, figure, around)) return null
  if (last.numStart < around.clause.start || text.charAt(around.segment.start - 1) !== '、') return null
  const said = text.slice(around.segment.start, figure.numStart)
  if (/会$/.test(said) || !namesPeople(said, words.lexicon) || tells(said, figure.unit, words)) return null
  return { metric: last.metric, params: last.params }
}

/** 谈心谈话：班子成员之间*人次，科室负责人与职工*人次: a label over a colon says what bodies and people alone count. */
function labelled(text: string, figure: Figure, around: Surroundings, words: SlotWords): Told | null {
  const label = around.before.findLast((clause) => text.charAt(clause.end - 1) === '：')
  if (!label || label.end - label.start > 13 || goesOn(text, figure, around)) return null
  const hit = rowHits(words, text, label.start, label.end, figure.unit)[0]
  const said = text.slice(around.segment.start, figure.numStart).replace(/(?:之间|互谈|的)$/, '')
  if (!hit?.row.metric.startsWith('talks.') || !namesPeople(said, words.lexicon) || tells(said, figure.unit, words))
    return null
  return { metric: hit.row.metric, params: {} }
}

/** 新出台制度*项，累计已达*项: the total of what the figure before it counts. */
function totalOf(text: string, figure: Figure, around: Surroundings): Told | null {
  const said = text.slice(around.segment.start, figure.numStart)
  const last = lastOf(figure, around)
  if (!last?.metric || figure.end < around.segment.end || !/累计|总数|合计/.test(said)) return null
  return /^(?:全年|今年|目前|至今|累计|总数|合计|已|达到?|共|为)+$/.test(said)
    ? { metric: last.metric, params: last.params }
    : null
}

const attended: Record<string, Record<string, string>> = {
  'training.sessions': { 人次: 'training.attendances', 人: 'training.persons' },
  'warning.sessions': { 人次: 'warning.attendances', 人: 'warning.attendances' },
}
const attends =
  /^(?:职工|干部|党员|学员|员工|师生|群众|参会|参训|参学|参加|参与|出席|到场|到会|到课|到班|听课|听讲|受教育|受训|覆盖|惠及|人员|人数|教育|观众|听众|观看|的|有|共|累计)*$/

/** 办泵工培训班*期，参加*人次: those who came to what the figure before it counts. */
export function attending(figure: Figure, { earlier }: Surroundings, own: string, words: SlotWords): Told | null {
  const last = earlier.at(-1)
  const metric = attended[last?.metric ?? '']?.[figure.unit]
  if (!last || !metric || words.acts.at(own, 0) || !attends.test(own)) return null
  return { metric, params: last.params['audience'] ? { audience: last.params['audience'] } : {} }
}

/** Of 甲、乙分别为*次、*次 or 甲、乙…，依次为*次、*次 the name that belongs to the figure. */
export function inOrder(
  text: string,
  figure: Figure,
  { clause, before }: Surroundings,
): { start: number; end: number } | null {
  const said = text.slice(clause.start, figure.numStart)
  const at = Math.max(said.lastIndexOf('分别'), said.lastIndexOf('依次'))
  if (at < 0) return null
  const place = said.slice(at).match(numbers)?.length ?? 0
  const size = place + 1 + (text.slice(figure.numEnd, clause.end).match(numbers)?.length ?? 0)
  const own = { start: clause.start, end: clause.start + at }
  const ranges = [own, ...before.toReversed().slice(0, 2)]
  for (const range of ranges) {
    const names = partsOf(text, range)
    if (names.length === size) return names[place]!
  }
  return null
}

const numbers = /\*+/g

/** The parts of an enumeration. */
function partsOf(text: string, { start, end }: { start: number; end: number }): { start: number; end: number }[] {
  const parts: { start: number; end: number }[] = []
  let from = start
  for (const { 0: mark, index } of text.slice(start, end).matchAll(/[、和]|以及/g)) {
    parts.push({ start: from, end: start + index })
    from = start + index + mark.length
  }
  return parts.length === 0 ? [] : [...parts, { start: from, end }]
}

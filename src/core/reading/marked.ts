import { type Gold, goldParts } from './gold.ts'

/** A gold document that was written as text with marks: the bare text, and what the marks say about it. */
export interface Marked {
  readonly text: string
  readonly gold: Gold
}

/** A mark that cannot be read; `line` counts from 1. */
export class MarkFault extends Error {
  override name = 'MarkFault'
  readonly line: number
  constructor(line: number, says: string) {
    super(`第 ${line} 行：${says} / line ${line}: ${says}`)
    this.line = line
  }
}

type Duty = Gold['duties'][number]
type Slot = Gold['slots'][number]
type Open = { head: string; start: number; line: number }

const metric = /^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+$/
const modes = ['do', 'done', 'problem'] as const

/** Reads a marked text (docs/annotation.md). Offsets are those of the bare text. Throws MarkFault with the line. */
export function readMarked(marked: string, doc: string): Marked {
  const found: { open: Open; end: number }[] = []
  const opened: Open[] = []
  let text = ''
  const note = noteLine.exec(marked)
  let line = note === null ? 1 : 2
  for (let at = note?.[0].length ?? 0; at < marked.length; at++) {
    const sign = marked[at]!
    if (sign === '⟦') {
      const bar = marked.indexOf('|', at)
      const head = bar < 0 ? '' : marked.slice(at + 1, bar)
      if (bar < 0 || /[⟦⟧\n]/.test(head)) throw new MarkFault(line, '⟦ without | on the line')
      opened.push({ head, start: text.length, line })
      at = bar
    } else if (sign === '⟧') {
      const open = opened.pop()
      if (open === undefined) throw new MarkFault(line, '⟧ without ⟦')
      if (open.start === text.length) throw new MarkFault(line, 'a mark around nothing')
      found.push({ open, end: text.length })
    } else {
      text += sign
      if (sign === '\n') line++
    }
  }
  const left = opened.pop()
  if (left !== undefined) throw new MarkFault(left.line, '⟦ is never closed')
  const gold = goldOf(text, doc, found)
  return { text, gold: note === null ? gold : { ...gold, ...judgedBy(note[1]!) } }
}

const noteLine = /^⟦#([^⟦⟧|\n]*)⟧\r?\n/

/** What the note in the first line says was judged; the rest of it is for people. */
function judgedBy(note: string): Pick<Gold, 'judges'> {
  const said = /(?:^|\s)judges=(\S+)/.exec(note)?.[1]
  if (said === undefined) return {}
  const judges = said.split('+').map((word) => {
    const part = goldParts.find((one) => one === word)
    if (part === undefined) throw new MarkFault(1, `judges=${goldParts.join('+')}`)
    return part
  })
  return { judges }
}

function goldOf(text: string, doc: string, found: readonly { open: Open; end: number }[]): Gold {
  const gold: Gold = { doc, outline: [], duties: [], principles: [], slots: [] }
  const inOrder = [...found].sort((a, b) => a.open.start - b.open.start || b.end - a.end)
  for (const { open, end } of inOrder) {
    const [kind = '', ...values] = open.head.trim().split(/\s+/)
    const span = { start: open.start, end }
    const level = /^h([1-5])$/.exec(kind)?.[1]
    if (level !== undefined)
      gold.outline.push({ level: Number(level), ...headingOf(text, span), ...span, parent: null })
    else if (kind === 'd') gold.duties.push(dutyOf(values, span, open.line))
    else if (kind === 's') gold.slots.push(slotOf(values, span, text, open.line))
    else if (kind === 'p') gold.principles.push(span)
    else if (kind === 'u') gold.unjudged = [...(gold.unjudged ?? []), span]
    else throw new MarkFault(open.line, `no mark ${kind}`)
  }
  for (const [index, node] of gold.outline.entries()) {
    const above = gold.outline.slice(0, index).findLastIndex(({ level }) => level < node.level)
    node.parent = above < 0 ? null : above
  }
  return gold
}

const marker =
  /^(?:第 ?(?:[一二三四五六七八九十]+|[0-9]+) ?(?:[，、：]|是|部分|篇章?|单元|板块|[章节条项步点类]|个?方面|件事)[：、，]?|[一二三四五六七八九十]+(?:是|要|则|来，|\/|(?=抓))|[［【〔〖〈「『[（(] ?(?:[一二三四五六七八九十]+|[0-9０-９]+|[A-Za-z]|[甲乙丙丁戊己庚辛壬癸]) ?[］】〕〗〉」』\]）)][、.．]?|(?:[0-9０-９]+|[一二三四五六七八九十]+|[A-Za-z])[）)]|[一二三四五六七八九十]+ ?(?:[、.．：:]|[ \u3000]|[—–－-]+(?![一二三四五六七八九十]+月))|[0-9０-９]+[.．](?=[0-9０-９]{1,2}月)|[0-9０-９]+(?:[.．—–－-][0-9０-９]+)+[.、．]?[ \u3000]*|(?:0?[1-9]|PART *[0-9]+)\s*\n\s*|[0-9０-９]+ ?(?:[.、．：:/]|[ \u3000]|[—–－-]+)\s*|[壹贰叁肆伍陆柒捌玖拾]、|[甲乙丙丁戊己庚辛壬癸][、.．：]|(?:[IVX]+|[A-Za-z])(?:[、.．：:]| )|[Ⅰ-Ⅻⅰ-ⅻ][、.．：:]?|[①-⑳⑴-⒇⒈-⒛❶-❿㈠-㈩㊀-㊉⒜-⒵Ⓐ-Ⓩ][、.]?|之[一二三四五六七八九十]+[：、，]|其[一二三四五六七八九十]+[，：、]|[一-鿿]{0,4}(?:任务|举措|措施|工作|问题|目标|重点|行动|项目|专题|议题|事项|环节|步骤|阶段|板块|抓手|工程)(?:[一二三四五六七八九十]+|[0-9]+)[：:、. ]|[■●◆◇▲△★☆►▶•·▪※√✓➢◎§◉✦❖»#▌▍✓]+|——|-(?= )|(?:首先|其次|再次|此外|最后)[，：])\s*/u

/** The title of a heading is what follows its numbering sign, without the stop at its end. */
function headingOf(text: string, { start, end }: { start: number; end: number }): { title: string; marker: string } {
  const whole = text.slice(start, end)
  const sign = marker.exec(whole)?.[0] ?? ''
  const title = whole.slice(sign.length).replace(/[。；：，！？]?\s*$/, '')
  // A title over two lines is one.
  return { title: title.replace(/\s*\n\s*/g, ''), marker: sign.trim() }
}

const blank = (value: string) => value.replaceAll('_', ' ')
const list = (value: string) =>
  value
    .split('+')
    .filter((one) => one !== '')
    .map(blank)

function dutyOf(values: readonly string[], span: { start: number; end: number }, line: number): Duty {
  const [kind, mode, ...rest] = values
  if (kind === undefined || !/^[a-z]+$/.test(kind)) throw new MarkFault(line, 'd without a kind')
  if (!modes.includes(mode as Duty['mode'])) throw new MarkFault(line, 'a mode is do, done or problem')
  const duty: Duty = { ...span, kind, mode: mode as Duty['mode'], subject: [], cadence: null, deadline: null }
  duty.leadUnit = null
  duty.supportUnits = []
  for (const value of rest) setField(duty, value.charAt(0), value.slice(1), line)
  return duty
}

function setField(duty: Duty, sign: string, value: string, line: number): void {
  if (value === '') throw new MarkFault(line, `${sign} without a value`)
  if (value === '?' && (sign === '!' || sign === '^')) leaveOpen(duty, sign)
  else if (sign === '@') {
    const [names = '', source = ''] = value.split('=')
    if (!/^(explicit|heading|inherited|default)$/.test(source))
      throw new MarkFault(line, '@ says names=explicit|heading|inherited|default')
    duty.subject = list(names)
    duty.subjectSource = source
  } else if (sign === '>') duty.recipient = blank(value)
  else if (sign === '~') duty.cadence = blank(value)
  else if (sign === '!') duty.deadline = blank(value)
  else if (sign === '^') {
    // Of several that lead the first answers for the task; the others stand beside it.
    const [lead = '', support = ''] = value.split('/')
    const [first = null, ...beside] = list(lead)
    duty.leadUnit = first
    duty.supportUnits = [...beside, ...list(support)]
  } else if (sign === '%') duty.targets = [...(duty.targets ?? []), targetOf(value, line)]
  else throw new MarkFault(line, `no sign ${sign}`)
}

/** A value that nobody judged is neither stated nor absent. */
function leaveOpen(duty: Duty, sign: '!' | '^'): void {
  if (sign === '!') delete duty.deadline
  else {
    delete duty.leadUnit
    delete duty.supportUnits
  }
}

function targetOf(value: string, line: number): NonNullable<Duty['targets']>[number] {
  const [indicator = '', role = '', op = '', number = '', unit = ''] = value.split(':')
  if (!/^(baseline|stretch|rank)$/.test(role) || !/^(>=|<=|=|top)$/.test(op) || !/^-?\d+(\.\d+)?$/.test(number))
    throw new MarkFault(line, '% says indicator:role:op:value:unit')
  return { indicator: blank(indicator), role, op, value: Number(number), unit: blank(unit) }
}

function slotOf(values: readonly string[], span: { start: number; end: number }, text: string, line: number): Slot {
  const [id, ...rest] = values
  if (id === undefined || (id !== '-' && !metric.test(id))) throw new MarkFault(line, 's without a metric id or -')
  const pairs = rest.map((value) => {
    const [name, words] = value.split('=')
    if (name === undefined || words === undefined) throw new MarkFault(line, `${value} is no name=value`)
    return [name, blank(words)] as const
  })
  const role = pairs.find(([name]) => name === 'role')?.[1] ?? 'result'
  const params = Object.fromEntries(
    pairs.filter(([name]) => name !== 'role').map(([name, words]) => [name.replace(/^param-/, ''), words]),
  )
  return { ...span, phrase: text.slice(span.start, span.end), metric: id === '-' ? null : id, params, role }
}

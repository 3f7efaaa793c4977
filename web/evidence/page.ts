import { shanghaiClock } from '../../src/core/calendar/days.ts'
import type { Figure, Packet } from '../../src/core/ledger/packet.ts'
import type { PacketVerdict } from '../../src/core/ledger/packet-check.ts'
import { button, make, mark, pairs } from './dom.ts'
import { stubList } from './stubs.ts'
import { dayInWords, type Language, words } from './words.ts'

/** The page of a packet with the verdict on it. A packet that is not even in form comes as null and shows the verdict alone. */
export function pageOf(packet: Packet | null, verdict: PacketVerdict, language: Language, turn: () => void): Node[] {
  const w = words[language]
  const head = make(
    'header',
    {},
    make('span', { class: 'seal', 'aria-hidden': 'true' }, '责'),
    make('strong', {}, w.product),
    make('span', { class: 'note' }, w.page),
    button(w.other, 'plain language', turn),
  )
  head.querySelector('.language')?.setAttribute('lang', w.otherLang)
  const body = packet
    ? [
        title(packet, language),
        restrictedMark(packet, language),
        verdictPanel(verdict, language),
        basis(packet, language),
        make('h2', {}, `${w.figures} `, make('span', { class: 'count' }, String(packet.figures.length))),
        ...packet.figures.map((figure) => figurePanel(packet, figure, verdict, language)),
        remarks(w.unbound, packet.unbound, language),
        remarks(w.dated, packet.dated, language),
      ]
    : [verdictPanel(verdict, language)]
  return [head, make('main', {}, ...body, limits(verdict, language))]
}

function title(packet: Packet, language: Language): HTMLElement {
  return make(
    'div',
    { class: 'title' },
    make('h1', { lang: 'zh-CN' }, packet.title),
    make('p', {}, make('span', { lang: 'zh-CN' }, packet.bureau), ` · ${range(packet.period, language)}`),
  )
}

/** Who exported a file that opens titles and names, and that it stays inside. */
function restrictedMark({ restricted }: Packet, language: Language): HTMLElement | null {
  if (restricted === undefined) return null
  const sentence = words[language].restricted(restricted.by, momentInWords(restricted.at, language))
  return make('p', { class: 'panel restricted', role: 'note' }, sentence)
}

function range(period: { from: string; to: string }, language: Language): string {
  const [from, to] = [
    dayInWords(period.from, language, ''),
    dayInWords(period.to, language, language === 'zh' ? period.from.slice(0, 4) : ''),
  ]
  return language === 'zh' ? `${from}至${to}` : `${from} to ${to}`
}

function verdictPanel(verdict: PacketVerdict, language: Language): HTMLElement {
  const w = words[language]
  const { figures, stubs } = verdict.checked
  const sentence = verdict.ok ? w.allRight(figures, stubs) : w.wrong(verdict.findings.length)
  const general = verdict.findings.filter((found) => found.figure === undefined)
  return make(
    'section',
    { class: 'panel verdict', role: verdict.ok ? 'status' : 'alert' },
    make('p', { class: verdict.ok ? 'right' : 'fault' }, mark(verdict.ok), sentence),
    general.length > 0 && make('ul', {}, ...general.map((found) => make('li', {}, found.message[language]))),
    make('p', { class: 'note' }, w.offline),
  )
}

function basis(packet: Packet, language: Language): HTMLElement {
  const w = words[language]
  const { checkpoint, freeze } = packet
  const at = momentInWords(checkpoint.at, language)
  return make(
    'section',
    { class: 'panel' },
    make('h2', {}, w.basis),
    pairs([
      [w.period, range(packet.period, language)],
      [w.organisation, dayInWords(packet.organisationDay, language, '')],
      [w.asOf, w.asOfText(packet.asOf)],
      [w.checkpoint, w.checkpointText(checkpoint.size, at)],
      [w.root, make('code', {}, checkpoint.root)],
      [w.suite, checkpoint.suite === 'sm3' ? 'SM3' : 'SHA-256'],
      [w.origin, make('code', {}, checkpoint.origin)],
      [w.catalogue, make('code', {}, packet.catalogueHash)],
      [w.frozen, freeze ? w.frozenText(freeze.idx) : w.notFrozen],
    ]),
  )
}

function figurePanel(packet: Packet, figure: Figure, verdict: PacketVerdict, language: Language): HTMLElement {
  const w = words[language]
  const findings = verdict.findings.filter((found) => found.figure === figure.no)
  const isRight = findings.length === 0
  const { approx, value } = figure
  const sign = approx?.word === '以上' ? '≥' : '>'
  return make(
    'article',
    { class: 'panel figure' },
    make(
      'div',
      { class: 'head' },
      make(
        'h3',
        {},
        make('span', { class: 'no' }, w.figureNo(figure.no)),
        ' ',
        make('span', { lang: 'zh-CN', class: 'doc' }, figure.phrase),
      ),
      make(
        'span',
        { class: isRight ? 'state right' : 'state fault' },
        mark(isRight),
        isRight ? w.right : w.notRight(findings.length),
      ),
    ),
    make(
      'p',
      { class: 'value' },
      make('b', { lang: 'zh-CN' }, figure.printed),
      make('span', { class: 'note' }, `${w.exact} ${value === null ? w.noValue : `${value}${figure.unit}`}`),
      approx &&
        value !== null &&
        isRight &&
        make('span', { class: 'note' }, w.approx(approx.word, value, approx.base, sign)),
    ),
    findings.length > 0 &&
      make('ul', { class: 'findings' }, ...findings.map((found) => make('li', {}, found.message[language]))),
    pairs([
      [w.definition, figure.definition[language]],
      [w.counted, figure.counted[language]],
      [w.period, range(figure.period, language)],
      [w.filter, filterInWords(packet, figure, language)],
    ]),
    stubList(packet, figure, language),
  )
}

/** Day and time in Shanghai, as an office clock shows them. */
function momentInWords(at: string, language: Language): string {
  const shifted = shanghaiClock(new Date(`${at.slice(0, 19)}Z`))
  return `${dayInWords(shifted.slice(0, 10), language, '')} ${shifted.slice(11, 16)}`
}

/** The filter part by part; ids without a name in the packet stand as they are. */
function filterInWords(packet: Packet, { where }: Figure, language: Language): string {
  const w = words[language]
  const comma = language === 'zh' ? '、' : ', '
  const colon = language === 'zh' ? '：' : ': '
  const kinds = where.kind?.map((kind) => packet.names?.kinds[kind]?.[language] ?? kind)
  const units = where.unit?.map((unit) => packet.names?.units[unit] ?? unit.slice(0, 8))
  const fields = Object.entries(where.equals ?? {}).map(([field, value]) => `${field} = ${[value].flat().join(comma)}`)
  return [
    w.types[where.type as keyof typeof w.types] ?? where.type,
    kinds && `${w.kind}${colon}${kinds.join(comma)}`,
    units && `${w.unit}${colon}${units.join(comma)}`,
    where.topic !== undefined && `${w.topic}${colon}${where.topic}`,
    ...fields,
  ]
    .filter(Boolean)
    .join(language === 'zh' ? '；' : '; ')
}

function remarks(heading: string, rows: Packet['unbound'], language: Language): HTMLElement | null {
  if (rows.length === 0) return null
  const items = rows.map((row) =>
    make(
      'li',
      {},
      make('span', { lang: 'zh-CN', class: 'doc' }, row.phrase),
      make('span', { class: 'note' }, row.reason[language]),
    ),
  )
  return make('section', { class: 'panel' }, make('h2', {}, heading), make('ul', { class: 'remarks' }, ...items))
}

function limits(verdict: PacketVerdict, language: Language): HTMLElement {
  const w = words[language]
  return make(
    'section',
    { class: 'panel' },
    make('h2', {}, w.notProven),
    make('ul', {}, ...verdict.notProven.map((one) => make('li', {}, one[language]))),
    make('p', { class: 'note' }, w.names),
    make('p', { class: 'note' }, w.foot),
  )
}

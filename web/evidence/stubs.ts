import { fromBase64url, toBase64url } from '../../src/core/ledger/base64url.ts'
import { type Env, leafHash, parseEnv } from '../../src/core/ledger/entry.ts'
import { matches } from '../../src/core/ledger/filter.ts'
import { hashes } from '../../src/core/ledger/hash.ts'
import { microsOf, shanghaiDayOf } from '../../src/core/ledger/instant.ts'
import type { Figure, Packet, Stub } from '../../src/core/ledger/packet.ts'
import { button, make } from './dom.ts'
import { dayInWords, type Language, words } from './words.ts'

const PAGE = 200

/** The list of a figure's records; its rows are made when it is opened, 200 at a time, so that thousands do not slow the page. */
export function stubList(packet: Packet, figure: Figure, language: Language): HTMLElement {
  const w = words[language]
  if (figure.stubs.length === 0) return make('p', { class: 'note' }, w.noRecords)
  const marks = w.lateShare(
    figure.stubs.filter((stub) => stub.late).length,
    figure.stubs.filter((stub) => stub.opening).length,
  )
  const list = make(
    'details',
    {},
    make('summary', {}, w.records(figure.stubs.length), marks && make('span', { class: 'note' }, marks)),
  )
  list.addEventListener('toggle', () => {
    if (list.open && !list.querySelector('table')) list.append(stubTable(packet, figure, language))
  })
  return list
}

function stubTable(packet: Packet, figure: Figure, language: Language): HTMLElement {
  const w = words[language]
  const heads = [w.happened, w.kind, w.unit, w.number, w.entered, w.index, w.marks, w.proof]
  const body = make('tbody')
  const table = make(
    'table',
    {},
    make('caption', { class: 'unseen' }, `${w.figureNo(figure.no)} ${figure.phrase}`),
    make('thead', {}, make('tr', {}, ...heads.map((head) => make('th', { scope: 'col' }, head)))),
    body,
  )
  const frame = make('div', { class: 'scroll' }, table)
  let shown = 0
  const showMore = (): void => {
    const next = figure.stubs.slice(shown, shown + PAGE)
    body.append(...next.map((stub) => stubRow(packet, figure, stub, language)))
    shown += next.length
    frame.querySelector('.more')?.remove()
    const left = figure.stubs.length - shown
    if (left > 0) frame.append(button(w.more(Math.min(left, PAGE)), 'more', showMore))
  }
  showMore()
  return frame
}

function stubRow(packet: Packet, figure: Figure, stub: Stub, language: Language): HTMLElement {
  const w = words[language]
  const year = packet.period.from.slice(0, 4)
  const env = envOf(stub)
  const happened = env?.d.on ?? env?.d.month
  const kind = typeof env?.d.kind === 'string' ? env.d.kind : (env?.t ?? '')
  const unit = typeof env?.d.unit === 'string' ? env.d.unit : ''
  const open = button(w.proof, 'plain', () => toggleProof(row, open, packet, stub, env, language))
  open.setAttribute('aria-expanded', 'false')
  open.setAttribute('aria-label', w.proofOf(stub.idx))
  const row = make(
    'tr',
    {},
    make('td', {}, typeof happened === 'string' ? dayInWords(happened, language, year) : ''),
    make('td', {}, packet.names?.kinds[kind]?.[language] ?? kind, openedOf(packet, stub)),
    make('td', {}, packet.names?.units[unit] ?? unit.slice(0, 8)),
    make('td', { class: 'number' }, env ? contributionOf(figure, env, language) : ''),
    make('td', {}, dayInWords(shanghaiDayOf(stub.at), language, year)),
    make('td', { class: 'number' }, String(stub.idx)),
    make(
      'td',
      {},
      stub.late && make('span', { class: 'tag' }, w.late),
      stub.opening && make('span', { class: 'tag' }, w.opening),
    ),
    make('td', {}, open),
  )
  return row
}

/** The title that a restricted file opens, and who led. */
function openedOf(packet: Packet, { opened }: Stub): HTMLElement | null {
  if (opened === undefined) return null
  const pid = opened['host_pid']?.value
  const host = opened['host_name']?.value ?? (pid === undefined ? undefined : packet.restricted?.persons[pid])
  const words = [opened['title']?.value, host].filter(Boolean).join(' · ')
  return words === '' ? null : make('div', { class: 'note', lang: 'zh-CN' }, words)
}

/** What a record adds to its figure. */
function contributionOf(figure: Figure, env: Env, language: Language): string {
  const how = figure.aggregate
  if (how.op === 'sum' || how.op === 'only' || how.op === 'values') return String(env.d[how.field] ?? '–')
  if (how.op === 'parts' || how.op === 'distinct') {
    return String((env.p?.[how.part] ?? []).filter((row) => how.status.includes(row[1])).length)
  }
  if (how.op === 'ratio') return matches(how.met, env.d, env.t) ? words[language].yes : words[language].no
  return '1'
}

function toggleProof(
  row: HTMLElement,
  open: HTMLElement,
  packet: Packet,
  stub: Stub,
  env: Env | null,
  language: Language,
): void {
  const isOpen = open.getAttribute('aria-expanded') === 'true'
  open.setAttribute('aria-expanded', String(!isOpen))
  if (isOpen) row.nextElementSibling?.remove()
  else row.after(make('tr', { class: 'proof' }, make('td', { colspan: '8' }, proofOf(packet, stub, env, language))))
}

function proofOf(packet: Packet, stub: Stub, env: Env | null, language: Language): HTMLElement {
  const w = words[language]
  const hash = hashes[packet.checkpoint.suite]
  const leaf = env ? toBase64url(leafHash(hash, stub.idx, microsOf(stub.at), fromBase64url(stub.env))) : '–'
  const clear = env ? { ...env, c: undefined } : stub.env
  return make(
    'div',
    {},
    make('p', {}, `${w.content}${env ? ` · ${env.t} ${env.id} · ${w.version(env.v)}` : ''}`),
    make('pre', {}, JSON.stringify(clear, null, 1)),
    make('p', {}, `${w.leaf} `, make('code', {}, leaf)),
    make('p', {}, w.path),
    make('ol', {}, ...stub.proof.map((step) => make('li', {}, make('code', {}, step)))),
  )
}

function envOf(stub: Stub): Env | null {
  try {
    return parseEnv(fromBase64url(stub.env))
  } catch {
    return null
  }
}

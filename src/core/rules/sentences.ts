import type { Words } from '../catalogue/words.ts'
import { numberOf } from '../outline/signs.ts'
import type { TraceStep } from './obligation.ts'

/** What a value of a step may be the id of; a `choice` is `field/value`. */
export type NameSort = 'unit' | 'post' | 'person' | 'record' | 'kind' | 'topic' | 'field' | 'choice'

/** The name of an id in both languages (one string where they do not differ); undefined where the reader may not see it. */
export type NameOf = (sort: NameSort, id: string) => Words | string | undefined

type Messages = ReadonlyMap<string, Words>
type Value = TraceStep['values'][string]
type Language = keyof Words

/**
 * Each step as a sentence in both languages, by `messages` of the catalogue. Days are written out, ids named by `nameOf`; a
 * name that is not given is shown as the sort of thing that it is (a record) or as the id. Throws where a code has no words.
 */
export function traceSentences(
  trace: readonly TraceStep[],
  messages: Messages,
  nameOf: NameOf = () => undefined,
): Words[] {
  return trace.map((step) => ({
    zh: sentence(step, messages, nameOf, 'zh'),
    en: sentence(step, messages, nameOf, 'en'),
  }))
}

/** The words of a code under a heading, such as `obligation-why/topic`. Throws where there are none. */
export function wordsOf(messages: Messages, heading: string, code: string): Words {
  const words = messages.get(`${heading}/${code}`)
  if (words === undefined) throw new Error(`no words for ${heading}/${code}`)
  return words
}

function sentence({ code, values }: TraceStep, messages: Messages, nameOf: NameOf, language: Language): string {
  const template = wordsOf(messages, 'obligation-trace', code)[language]
  const filled = template.replace(/\{(\w+)\}/g, (whole, key: string) => {
    if (key === 'articleEn') return articleInEnglish(String(values['article']))
    const value = values[key]
    return value === undefined || value === null ? whole : valueWords(key, value, values, messages, nameOf, language)
  })
  return language === 'en' ? filled.charAt(0).toUpperCase() + filled.slice(1) : filled
}

function valueWords(
  key: string,
  value: NonNullable<Value>,
  values: TraceStep['values'],
  messages: Messages,
  nameOf: NameOf,
  language: Language,
): string {
  if (typeof value === 'number') return String(value)
  const named = (sort: NameSort, id: string) => inLanguage(nameOf(sort, id), language)
  const worded = (heading: string, code: string) => wordsOf(messages, heading, code)[language]
  if (key === 'unit' || key === 'post' || key === 'person' || key === 'field') return named(key, value) ?? value
  if (key === 'record') return named('record', value) ?? worded('obligation-record', String(values['type']))
  if (key === 'why') return whyWords(value, values['field'], messages, nameOf)[language]
  if (key === 'every') return worded('obligation-every', value)
  if (key === 'span') return worded('obligation-span', value).replace('{number}', String(values['number']))
  if (key === 'festivals') return listed(value, (id) => worded('festival', id), language)
  if (key === 'kinds') return listed(value, (id) => kindWords(id, named, worded), language)
  if (key === 'topics') return listed(value, (id) => named('topic', id) ?? id, language)
  if (key === 'values') return listed(value, (id) => choiceWords(id, named, worded), language)
  if (key === 'ranges') return listed(value, (range) => rangeWords(range, language), language)
  return /^\d{4}-\d\d-\d\d$/.test(value) ? dayWords(value, language) : value
}

/** Why a record did not count; where something of it is not stated, what that is. */
export function whyWords(
  why: string,
  field: string | number | null | undefined,
  messages: Messages,
  nameOf: NameOf,
): Words {
  if (field === null || field === undefined) return wordsOf(messages, 'obligation-why', why)
  return fieldWords('near', String(field), messages, nameOf)
}

/** What is said of a field that is not stated (`near` of its record, `missing` of an obligation), by the field's own name. */
export function fieldWords(of: 'near' | 'missing', field: string, messages: Messages, nameOf: NameOf): Words {
  const template = wordsOf(messages, 'obligation-field', of)
  const own = nameOf('field', field) ?? messages.get(`obligation-column/${field}`) ?? field
  const say = (language: Language) => template[language].replace('{field}', inLanguage(own, language)!)
  return { zh: say('zh'), en: say('en') }
}

function inLanguage(name: Words | string | undefined, language: Language): string | undefined {
  return typeof name === 'object' ? name[language] : name
}

function listed(value: string, each: (id: string) => string, language: Language): string {
  return value
    .split(',')
    .map(each)
    .join(language === 'zh' ? '、' : ', ')
}

/** Statements and lists have no rows in the catalogue; every other kind has. */
function kindWords(
  id: string,
  named: (sort: NameSort, id: string) => string | undefined,
  worded: (heading: string, code: string) => string,
): string {
  if (id === 'list' || id.startsWith('statement:')) return worded('obligation-record', id.split(':')[0]!)
  return named('kind', id) ?? id
}

/** A value of a field by its own name; yes and no have none. */
function choiceWords(
  id: string,
  named: (sort: NameSort, id: string) => string | undefined,
  worded: (heading: string, code: string) => string,
): string {
  const value = id.slice(id.indexOf('/') + 1)
  return named('choice', id) ?? (value === 'true' || value === 'false' ? worded('obligation-value', value) : value)
}

function rangeWords(range: string, language: Language): string {
  const [from, to] = range.split('/').map((day) => dayWords(day, language))
  return from === to ? from! : `${from}${language === 'zh' ? '至' : ' to '}${to}`
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** A civil day as it is said: 2026年3月5日, 5 March 2026. */
export function dayWords(day: string, language: Language): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return language === 'zh' ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1]} ${year}`
}

/** An article as English says it (article 12 for 第十二条); as it stands where it is written otherwise. */
export function articleInEnglish(article: string): string {
  return article
    .replace(/第([一二三四五六七八九十]+)条/g, (whole, sign: string) => {
      const number = numberOf(sign, 'number')
      return number > 0 ? `article ${number}` : whole
    })
    .replaceAll('、', ', ')
    .replaceAll('至', ' to ')
}

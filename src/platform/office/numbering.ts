import { walkXml } from './xml.ts'

interface Level {
  format: string
  text: string
  start: number
}

/** What a paragraph says about its automatic number: the list and the level in it, counted from 0. */
export interface NumberRef {
  readonly list: string
  readonly level: number
}

/** The automatic numbers of a document, as its own program would print them in front of the paragraphs. */
export interface Numbering {
  /** The number of the next paragraph of this list, and ''; where the list has no visible number. Counts on. */
  next(ref: NumberRef): string
}

const chinese = '零一二三四五六七八九'

/** A count in Chinese numerals, 1 to 99; above that in digits. */
export function inChinese(n: number): string {
  if (n < 1 || n > 99) return String(n)
  const tens = Math.floor(n / 10)
  const ones = n % 10
  if (tens === 0) return chinese[ones]!
  return `${tens === 1 ? '' : chinese[tens]}十${ones === 0 ? '' : chinese[ones]}`
}

function inLetters(n: number, first: string): string {
  return n < 1 ? '' : String.fromCharCode(first.charCodeAt(0) + ((n - 1) % 26)).repeat(Math.min(Math.ceil(n / 26), 4))
}

function inRoman(n: number): string {
  const steps: readonly (readonly [number, string])[] = [
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ]
  let left = Math.min(Math.max(n, 0), 89)
  let out = ''
  for (const [value, sign] of steps) for (; left >= value; left -= value) out += sign
  return out
}

function printNumber(n: number, format: string): string {
  switch (format) {
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'chineseLegalSimplified':
    case 'japaneseCounting':
    case 'taiwaneseCountingThousand':
    case 'ideographDigital':
      return inChinese(n)
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return n >= 1 && n <= 20 ? String.fromCodePoint(0x245f + n) : String(n)
    case 'lowerLetter':
      return inLetters(n, 'a')
    case 'upperLetter':
      return inLetters(n, 'A')
    case 'lowerRoman':
      return inRoman(n).toLowerCase()
    case 'upperRoman':
      return inRoman(n)
    case 'none':
    case 'bullet':
      return ''
    default:
      return String(n)
  }
}

/** Reads `word/numbering.xml`; without that part nothing is numbered. Numbers that only a picture or symbol shows stay out. */
export function readNumbering(xml: string | undefined): Numbering {
  const { abstracts, lists } = readLists(xml)
  const counters = new Map<string, number[]>()
  return {
    next: ({ list, level }) => {
      const target = lists.get(list)
      const levels = target === undefined ? undefined : abstracts.get(target)
      const own = levels?.[level]
      if (target === undefined || levels === undefined || own === undefined || own.format === 'bullet') return ''
      const counts = counters.get(target) ?? []
      counters.set(target, counts)
      counts[level] = (counts[level] ?? own.start - 1) + 1
      counts.length = level + 1
      return own.text.replace(/%([1-9])/g, (_, digit: string) => {
        const index = Number(digit) - 1
        return printNumber(counts[index] ?? levels[index]?.start ?? 1, levels[index]?.format ?? 'decimal')
      })
    },
  }
}

function readLists(xml: string | undefined): { abstracts: Map<string, Level[]>; lists: Map<string, string> } {
  const abstracts = new Map<string, Level[]>()
  const lists = new Map<string, string>()
  let levels: Level[] | undefined
  let level: Level | undefined
  let list = ''
  walkXml(xml ?? '', {
    open: (name, attribute) => {
      const value = attribute('w:val')
      if (name === 'w:abstractNum') {
        levels = []
        abstracts.set(attribute('w:abstractNumId') ?? '', levels)
      } else if (name === 'w:lvl' && levels !== undefined) {
        const at = Number(attribute('w:ilvl'))
        if (!(at >= 0 && at <= 8)) return
        level = { format: 'decimal', text: '', start: 1 }
        levels[at] = level
      } else if (name === 'w:num') list = attribute('w:numId') ?? ''
      else if (name === 'w:abstractNumId' && value !== undefined && list !== '') lists.set(list, value)
      else if (level !== undefined && value !== undefined) {
        if (name === 'w:numFmt') level.format = value
        else if (name === 'w:lvlText') level.text = value
        else if (name === 'w:start') level.start = Number(value) || 1
      }
    },
    close: (name) => {
      if (name === 'w:lvl') level = undefined
      else if (name === 'w:abstractNum') levels = undefined
      else if (name === 'w:num') list = ''
    },
    text: () => {},
  })
  return { abstracts, lists }
}

/** Automatic numbers that paragraph styles carry: style id → list and level. */
export function readStyleNumbers(xml: string | undefined): ReadonlyMap<string, NumberRef> {
  const numbers = new Map<string, NumberRef>()
  let style = ''
  let list: string | undefined
  let level = 0
  walkXml(xml ?? '', {
    open: (name, attribute) => {
      if (name === 'w:style') {
        style = attribute('w:styleId') ?? ''
        list = undefined
        level = 0
      } else if (name === 'w:numId') list = attribute('w:val')
      else if (name === 'w:ilvl') level = Number(attribute('w:val')) || 0
    },
    close: (name) => {
      if (name === 'w:style' && list !== undefined && list !== '0') numbers.set(style, { list, level })
    },
    text: () => {},
  })
  return numbers
}

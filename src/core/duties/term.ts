const numerals = '零一二三四五六七八九十'

/** A Chinese or Arabic number from 0 to 99, or null. */
function numberOf(text: string): number | null {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const parts = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text)
  if (parts === null || text === '') return null
  const [, tens, ten, ones] = parts
  if (ten === undefined) return tens === undefined || ones !== undefined ? null : numerals.indexOf(tens)
  return (tens === undefined ? 1 : numerals.indexOf(tens)) * 10 + (ones === undefined ? 0 : numerals.indexOf(ones))
}

function lastDay(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

function dayOf(year: number, month: number, day: number): string | null {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return month >= 1 && month <= 12 && day >= 1 && text <= lastDay(year, month) ? text : null
}

/**
 * The civil day on which a term in words ends, read as of the list's year (八月底前 → 08-31, 上半年 → 06-30, 年内 →
 * 12-31); null where the words name no day (10 个工作日内, 汛期前) or hold a redaction.
 */
export function dayOfTerm(words: string, listYear: number): string | null {
  const text = words.replace(/\s/g, '')
  if (/[*×]/.test(text)) return null
  const stated = /(20\d{2})年/.exec(text)?.[1]
  const year = stated === undefined ? listYear : Number(stated)
  const month = /(\d{1,2}|[一二三四五六七八九十]{1,3})月(?!内)/.exec(text)
  if (month) return dayInMonth(text.slice(month.index + month[0].length), year, numberOf(month[1]!))
  const quarter = /第?([一二三四1-4])季度/.exec(text)?.[1]
  if (quarter !== undefined) return lastDay(year, (numberOf(quarter) ?? 4) * 3)
  if (/上半年|年中/.test(text)) return `${year}-06-30`
  if (/下半年|年底|年末|年内|全年|本年度|20\d{2}年(?:底|末|内)/.test(text)) return `${year}-12-31`
  return null
}

function dayInMonth(rest: string, year: number, month: number | null): string | null {
  if (month === null || month < 1 || month > 12) return null
  const day = /^(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]/.exec(rest)?.[1]
  if (day !== undefined) return dayOf(year, month, numberOf(day) ?? 0)
  if (/^初|^上旬/.test(rest)) return dayOf(year, month, 10)
  if (/^中旬/.test(rest)) return dayOf(year, month, 20)
  return lastDay(year, month)
}

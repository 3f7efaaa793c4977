const digits = '零一二三四五六七八九'
const places: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

/** The number that Chinese numerals write (十四, 六百八十二, 一千零五, 两万), or null where they write none or one that is vague (三四). */
export function numberOf(token: string): number | null {
  const parts = token.split(/(?<=[万亿])/)
  let total = 0
  for (const part of parts) {
    const myriad = /[万亿]$/.test(part)
    const below = sectionOf(myriad ? part.slice(0, -1) : part)
    if (below === null) return null
    total += below * (part.endsWith('万') ? 1e4 : part.endsWith('亿') ? 1e8 : 1)
  }
  return total
}

/** A number below ten thousand; tens may stand without a one. */
function sectionOf(part: string): number | null {
  const tokens = part.match(/[二两三四五六七八九一]?[十百千]|[零一二两三四五六七八九]/g)
  if (!tokens || tokens.join('') !== part) return null
  let [total, least] = [0, Number.POSITIVE_INFINITY]
  for (const one of tokens) {
    const place = places[one.at(-1)!]
    const digit = digits.indexOf(one.charAt(0) === '两' ? '二' : one.charAt(0))
    if (place === undefined) {
      if (least === 1) return null
      total += digit
      if (digit > 0) least = 1
    } else {
      if (place >= least || (digit < 0 && place > 10)) return null
      total += Math.max(1, digit) * place
      least = place
    }
  }
  return total
}

/** How a text writes its numbers: 某 or 几 in their place, or Chinese numerals. */
export type Habits = { readonly some: boolean; readonly several: boolean; readonly numerals: boolean }

const unit = '(?:人次|场次|个次|批次|次|场|期|篇|堂|条|名|位|份|轮|节|项|个|件|处)'
const ends = '(?=[，；。、）]|其中)'
const shapes = {
  printed: new RegExp(`[0-9*×○□_）]+[余多]?${unit}${ends}`, 'g'),
  some: /[^在过有这那]某(?:人次|场次|次|场|期|%|％|篇|堂)(?=[，；。、）]|其中)/g,
  several: new RegExp(`[^这那哪好第]几[十百千万]*${unit}${ends}`, 'g'),
  numerals: new RegExp(
    `(?<![第每一二两三四五六七八九十百千几])(?:[两三四五六七八九]|[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九][百千][零一二两三四五六七八九十百]*)[余多来]?${unit}${ends}`,
    'g',
  ),
}

/** How a text writes its numbers: as most of those that a mark follows are written, if there are three. */
export function habitsOf(text: string): Habits {
  const count = (shape: RegExp) => text.match(shape)?.length ?? 0
  const printed = count(shapes.printed)
  const mostly = (shape: RegExp) => {
    const found = count(shape)
    return found > 2 && found > printed
  }
  return {
    some: text.includes('某') && count(shapes.some) > 2,
    several: text.includes('几') && mostly(shapes.several),
    numerals: mostly(shapes.numerals),
  }
}

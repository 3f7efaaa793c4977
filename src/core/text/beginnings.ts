/** The units that a match may begin with (null: any), and whether it may hold none. */
type First = { readonly units: string | null; readonly empty: boolean }

const nothing: First = { units: '', empty: true }
const anything: First = { units: null, empty: false }
/** Ranges of more units than this may as well be any. */
const widest = 0x100

/** The units of which one begins whatever a regular expression matches; null where any may, or where it matches nothing at all. */
export function beginnings(pattern: string): string | null {
  const { units, empty } = new Source(pattern).either()
  return empty ? null : units
}

function joined(a: string | null, b: string | null): string | null {
  return a === null || b === null ? null : a + b
}

/** A pattern that is read from left to right. */
class Source {
  readonly #pattern: string
  #at = 0

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  /** Alternatives, up to the end of their group. */
  either(): First {
    let first = this.#sequence()
    while (this.#takes('|')) {
      const other = this.#sequence()
      first = { units: joined(first.units, other.units), empty: first.empty || other.empty }
    }
    this.#takes(')')
    return first
  }

  #takes(words: string): boolean {
    const here = this.#pattern.startsWith(words, this.#at)
    if (here) this.#at += words.length
    return here
  }

  #sequence(): First {
    let first = nothing
    while (this.#at < this.#pattern.length && !/[|)]/.test(this.#pattern.charAt(this.#at))) {
      const atom = this.#atom()
      const term = { units: atom.units, empty: this.#mayBeLeftOut() || atom.empty }
      if (first.empty) first = { units: joined(first.units, term.units), empty: term.empty }
    }
    return first
  }

  /** Reads what says how often the part before it stands. */
  #mayBeLeftOut(): boolean {
    const times = /^(?:[?*+]|\{[0-9,]+\})\??/.exec(this.#pattern.slice(this.#at))?.[0] ?? ''
    this.#at += times.length
    return /^(?:[?*]|\{0)/.test(times)
  }

  #atom(): First {
    const around = /^(?:\(\?<?[=!]|\^|\$|\\[bB])/.exec(this.#pattern.slice(this.#at))?.[0]
    if (around !== undefined) {
      this.#at += around.length
      if (around.startsWith('(')) this.either()
      return nothing
    }
    const group = /^\((?:\?:|\?<[^>]+>)?/.exec(this.#pattern.slice(this.#at))?.[0]
    if (group !== undefined) {
      this.#at += group.length
      return this.either()
    }
    if (this.#takes('.')) return anything
    return this.#takes('[') ? this.#set() : { units: this.#unit(), empty: false }
  }

  /** One unit as it is written; null for a sort of them, as a digit. */
  #unit(): string | null {
    if (!this.#takes('\\')) return this.#pattern.charAt(this.#at++)
    const unit = this.#pattern.charAt(this.#at++)
    return /[0-9A-Za-z]/.test(unit) ? null : unit
  }

  #set(): First {
    const others = this.#takes('^')
    let units: string | null = others ? null : ''
    while (!this.#takes(']')) {
      const from = this.#unit()
      const ranges = /^-[^\]]/.test(this.#pattern.slice(this.#at)) && this.#takes('-')
      units = joined(units, ranges ? unitsBetween(from, this.#unit()) : from)
    }
    return { units, empty: false }
  }
}

function unitsBetween(from: string | null, to: string | null): string | null {
  if (from === null || to === null) return null
  const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)]
  if (last - first > widest) return null
  return String.fromCharCode(...Array.from({ length: last - first + 1 }, (_, at) => first + at))
}

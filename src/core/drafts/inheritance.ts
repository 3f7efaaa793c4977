import { headingOwner } from './heading-owner.ts'
import type { Judged } from './judge.ts'
import { bodyOf, speakerOf, speaksOfSelf } from './speaker.ts'
import { agentsIn, bearersIn, defaultOwner, type SubjectSource, shortAt, somebody } from './subject.ts'
import type { Vocabulary } from './vocabulary.ts'

type Page = { readonly text: string; readonly outline: readonly { title: string; parent: number | null }[] }

/** The owner named last, valid until another is named or the node changes. */
export class Inheritance {
  readonly #page: Page
  readonly #vocabulary: Vocabulary
  readonly #headings = new Map<number, string[] | null>()
  #names: string[] | null = null
  #node: number | null = null
  #paragraph = -1
  #sentence = -1

  /** Whether the text is one person's report on himself. */
  readonly #self: boolean

  /** The body below the leading group that a plan or report is of, by its title. */
  readonly #speaker: string | null

  /** The leading group or the office, as the text calls it. */
  readonly #group: string

  constructor(page: Page, vocabulary: Vocabulary) {
    this.#self = speaksOfSelf(page.text)
    this.#speaker = speakerOf(page.text)
    this.#group = bodyOf(page.text)
    this.#page = page
    this.#vocabulary = vocabulary
  }

  /** Remembers the actor that a sentence names; forgets the former one when paragraph or node changes. */
  notice(members: readonly Judged[], node: number | null): string[] | null {
    const paragraph = members[0]?.clause.paragraph ?? -1
    const sentence = members[0]?.clause.sentence ?? -1
    // Behind the full stop an act without a name belongs to whoever speaks.
    const goesOn = sentence === this.#sentence
    if (node !== this.#node || paragraph !== this.#paragraph || !goesOn) this.#names = null
    this.#sentence = sentence
    this.#node = node
    this.#paragraph = paragraph
    const actor = members.find((member) => member.actor)?.actor
    if (actor) this.#names = actor.names
    return actor?.names ?? null
  }

  /** Whom a heading names as bearers; asked for every row below it, read once. */
  #bearers(node: number): string[] | null {
    const known = this.#headings.get(node)
    if (known !== undefined) return known
    const names = headingOwner(this.#page.outline[node]?.title ?? '', this.#vocabulary)
    this.#headings.set(node, names)
    return names
  }

  /** The owner of a row and how it is known; `inherits` says whether a former sentence may lend its actor. */
  owner(
    members: readonly Judged[],
    node: number | null,
    passage: string,
    inherits: boolean,
    short = false,
  ): { names: string[]; source: SubjectSource } {
    const noticed = this.notice(members, node)
    // 有的支部, 个别同志: whoever falls short without a name owes nothing by name (docs/annotation.md 51).
    const unnamed = short && noticed !== null && somebody.at(noticed[0]!, 0, 2)
    if (unnamed) this.#names = null
    const actor = unnamed ? null : noticed
    const bearers = bearersIn(passage, this.#vocabulary)
    if (bearers.length > 0) return { names: bearers, source: 'explicit' }
    const agents = actor === null ? agentsIn(passage, this.#vocabulary) : []
    if (agents.length > 0) {
      this.#names = agents
      return { names: agents, source: 'explicit' }
    }
    if (actor) return { names: actor, source: 'explicit' }
    const first = members[0]?.clause
    const fails = short && first && !unnamed ? shortAt(this.#page.text, first.start, first.end, this.#vocabulary) : null
    if (fails) {
      this.#names = fails
      return { names: fails, source: 'explicit' }
    }
    if (this.#names && inherits) return { names: this.#names, source: 'inherited' }
    for (let at = node; at !== null; at = this.#page.outline[at]?.parent ?? null) {
      const names = this.#bearers(at)
      if (names) return { names, source: 'heading' }
    }
    const own = this.#self ? '本人' : this.#speaker
    const usual = defaultOwner(passage, this.#vocabulary)
    const group = usual[0] === '局党组'
    if (own === '本人' || (own !== null && group)) return { names: [own], source: 'default' }
    return { names: group ? [this.#group] : usual, source: 'default' }
  }
}

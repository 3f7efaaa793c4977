import type { Judged } from './judge.ts'
import { bearersIn, defaultOwner, headingOwner, type SubjectSource } from './subject.ts'
import type { Vocabulary } from './vocabulary.ts'

type Page = { readonly text: string; readonly outline: readonly { title: string; parent: number | null }[] }

/** Whether a text is a report of one person on himself: its head says so and 我 begins clauses of it. */
export function speaksOfSelf(text: string): boolean {
  if (!/述[责职廉]|履职|个人|对照检查/.test(text.slice(0, 120))) return false
  const self = text.match(/(?:^|[，。；：\n ])(?:我(?![们局委院校厅市县区镇乡国省队站科部处])|本人)/g)
  return (self?.length ?? 0) >= 3
}

/** The owner named last, valid until another is named or the node changes. */
export class Inheritance {
  readonly #page: Page
  readonly #vocabulary: Vocabulary
  #names: string[] | null = null
  #node: number | null = null
  #paragraph = -1
  #sentence = -1

  /** Whether the text is one person's report on himself. */
  readonly #self: boolean

  constructor(page: Page, vocabulary: Vocabulary) {
    this.#self = speaksOfSelf(page.text)
    this.#page = page
    this.#vocabulary = vocabulary
  }

  /** Remembers the actor that a sentence names; forgets the former one when paragraph or node changes. */
  notice(members: readonly Judged[], node: number | null): string[] | null {
    const paragraph = members[0]?.clause.paragraph ?? -1
    const sentence = members[0]?.clause.sentence ?? -1
    // A new sentence goes on with the same actor only when it asks on (要…, 还要…).
    const goesOn = sentence === this.#sentence || members[0]?.need === true
    if (node !== this.#node || paragraph !== this.#paragraph || !goesOn) this.#names = null
    this.#sentence = sentence
    this.#node = node
    this.#paragraph = paragraph
    const actor = members.find((member) => member.actor)?.actor
    if (actor) this.#names = actor.names
    return actor?.names ?? null
  }

  /** The owner of a row and how it is known; `inherits` says whether a former sentence may lend its actor. */
  owner(
    members: readonly Judged[],
    node: number | null,
    passage: string,
    inherits: boolean,
  ): { names: string[]; source: SubjectSource } {
    const actor = this.notice(members, node)
    const bearers = bearersIn(passage, this.#vocabulary)
    if (bearers.length > 0) return { names: bearers, source: 'explicit' }
    if (actor) return { names: actor, source: 'explicit' }
    if (this.#names && inherits) return { names: this.#names, source: 'inherited' }
    for (let at = node; at !== null; at = this.#page.outline[at]?.parent ?? null) {
      const names = headingOwner(this.#page.outline[at]?.title ?? '', this.#vocabulary)
      if (names) return { names, source: 'heading' }
    }
    return { names: this.#self ? ['本人'] : defaultOwner(passage, this.#vocabulary), source: 'default' }
  }
}

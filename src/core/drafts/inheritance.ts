import type { Judged } from './judge.ts'
import { agentsIn, bearersIn, defaultOwner, headingOwner, type SubjectSource } from './subject.ts'
import type { Vocabulary } from './vocabulary.ts'

type Page = { readonly text: string; readonly outline: readonly { title: string; parent: number | null }[] }

/** Whether a text is a report of one person on himself: its head says so and 我 begins clauses of it. */
export function speaksOfSelf(text: string): boolean {
  if (!/述[责职廉]|履职|个人|对照检查/.test(text.slice(0, 120))) return false
  const self = text.match(/(?:^|[，。；：\n ])(?:我(?![们局委院校厅市县区镇乡国省队站科部处])|本人)/g)
  return (self?.length ?? 0) >= 3
}

/** The branch or mass organisation whose plan or report a text is: its title names it before the year or the paper. */
export function speakerOf(text: string): string | null {
  const [first = '', second = ''] = text.trimStart().split('\n', 2)
  const head = (/[0-9*×]{2,}年/.test(first) ? first : first.trim() + second.trim()).slice(0, 60)
  const match =
    /(党支部|支部|工会|团委|团支部|妇联)(?:委员会)?(?=20[0-9*×]{2}年|年度|关于|[0-9一二三四五六七八九十]{1,3}月|工作(?:计划|总结|要点|报告))/.exec(
      head,
    )
  return match ? match[1]!.replace(/^党支部/, '支部') : null
}

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

  constructor(page: Page, vocabulary: Vocabulary) {
    this.#self = speaksOfSelf(page.text)
    this.#speaker = speakerOf(page.text)
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
  ): { names: string[]; source: SubjectSource } {
    const actor = this.notice(members, node)
    const bearers = bearersIn(passage, this.#vocabulary)
    if (bearers.length > 0) return { names: bearers, source: 'explicit' }
    const agents = actor === null || passage.includes('会同') ? agentsIn(passage, this.#vocabulary) : []
    if (agents.length > (actor?.length ?? 0)) {
      this.#names = agents
      return { names: agents, source: 'explicit' }
    }
    if (actor) return { names: actor, source: 'explicit' }
    if (this.#names && inherits) return { names: this.#names, source: 'inherited' }
    for (let at = node; at !== null; at = this.#page.outline[at]?.parent ?? null) {
      const names = this.#bearers(at)
      if (names) return { names, source: 'heading' }
    }
    const own = this.#self ? '本人' : this.#speaker
    const usual = defaultOwner(passage, this.#vocabulary)
    return { names: own === null || (own !== '本人' && usual[0] !== '局党组') ? usual : [own], source: 'default' }
  }
}

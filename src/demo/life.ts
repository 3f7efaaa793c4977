import { type Company, holdersOn } from './company.ts'

/** What happens to a duty, in order: day, act, words, and what else the act says. */
export type Life = readonly {
  readonly on: string
  readonly act: string
  readonly words: string | null
  readonly more: Readonly<Record<string, string | number>>
}[]

/** A duty by the words of the plan. */
export interface Living {
  readonly id: string
  readonly lead: string
  readonly leader: string | null
  readonly measures: readonly string[]
  /** What whoever accepts says where the plan has no words, and by what each measure is shown. */
  readonly words: { readonly accepted: string; readonly shownBy: string }
}

const ACCEPTED: ReadonlySet<string> = new Set(['verify', 'return', 'extend'])
const DIRECTED: ReadonlySet<string> = new Set(['transfer', 'suspend', 'resume', 'reopen'])

/** Lets a duty live up to today: whoever owes it acts, somebody else accepts. */
export async function live(company: Company, duty: Living, life: Life): Promise<void> {
  let { lead, leader } = duty
  let last = ''
  for (const { on, act, words, more } of life) {
    if (on > company.today || on < last) return
    last = on
    const owner = ownerOf(company, lead)
    const by = ACCEPTED.has(act) ? acceptorOf(company, owner, leader) : DIRECTED.has(act) ? company.clerk : owner
    const hand = await company.as(by)
    if (act === 'transfer') {
      lead = String(more['lead'])
      leader = String(more['leader'])
    }
    await hand.act(`duty.${act}`, inputOf(company, { ...duty, lead, leader }, { on, act, words, more }))
  }
}

function inputOf(company: Company, duty: Living, { on, act, words, more }: Life[number]): Record<string, unknown> {
  const { id } = duty
  switch (act) {
    case 'take-on':
      return { ids: [id], onDay: on }
    case 'report':
      return { id, onDay: on, text: words, ...more }
    case 'submit': {
      const shownBy = duty.measures.map(() => duty.words.shownBy)
      return { id, onDay: on, text: words, ...(shownBy.length > 0 ? { shownBy } : {}) }
    }
    case 'verify':
      return { id, onDay: on, text: words ?? duty.words.accepted }
    case 'extend':
      return { id, onDay: on, approve: true, reason: words }
    case 'transfer':
      return {
        id,
        onDay: on,
        reason: words,
        leadUnitId: company.unit(duty.lead),
        leaderPostId: company.post(duty.leader!),
      }
    default:
      return { id, onDay: on, reason: words, ...more }
  }
}

/** Who acts for a lead unit: its head, of the Party's own bodies whoever keeps their work. */
function ownerOf(company: Company, lead: string): string {
  const heads = ['department-head', 'subordinate-head', 'organ-secretary', 'discipline-secretary', 'branch-secretary']
  const post = company.demo.posts.find((one) => one.unit === lead && heads.includes(one.kind))
  return (post === undefined ? [] : holdersOn(post, company.today))[0] ?? company.clerk
}

/** Who accepts: the responsible leader, or the secretary where the leader himself is the one who submitted. */
function acceptorOf(company: Company, owner: string, leader: string | null): string {
  const [secretary] = company.demo.posts.flatMap((post) =>
    post.kind === 'secretary' ? holdersOn(post, company.today) : [],
  )
  return leader === null || leader === owner ? secretary! : leader
}

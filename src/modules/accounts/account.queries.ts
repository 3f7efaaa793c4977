import { sql } from 'kysely'
import type { Actor, Holding } from '../../core/access/actor.ts'
import type { Org } from '../../platform/action/action.ts'
import type { Catalogues } from '../../platform/action/catalogues.ts'
import type { Reads } from '../../platform/db/pool.ts'
import type { RecordType, Stored } from '../../platform/journal/record.ts'
import { inForce, knownAt, nameJoin } from '../organisation/organisation.facts.ts'
import type { Session } from './session.contract.ts'

/** Who may sign in: a person of the bureau, or one of the three administrators. Passwords and sessions stand elsewhere. */
export const accountRecord: RecordType = {
  type: 'account',
  table: 'accounts',
  clear: ['status', 'administrator'],
  sealed: ['pid', 'user_name', 'user_key'],
  personal: [{ of: 'pid', by: 'pid', fields: ['user_name', 'user_key'] }],
}

/** A stored account with the person's name. */
export type AccountRow = Stored & {
  status: 'open' | 'closed'
  administrator: 'system-admin' | 'security-admin' | 'audit-admin' | null
  pid: string | null
  user_name: string | null
  user_key: string | null
  person: string | null
  password_hash: string | null
}

/** Selects current accounts with person and password hash. */
export function accountsWhere(orgId: number, condition: ReturnType<typeof sql>) {
  return sql<AccountRow>`select a.id, a.version, a.status, a.administrator, a.pid, a.user_name, a.user_key, p.name person, s.password_hash
    from accounts a ${nameJoin('a.pid')}
    left join account_secrets s on s.org_id = a.org_id and s.account_id = a.id
    where a.org_id = ${orgId} and ${knownAt('a')} and ${condition}`
}

/** Who a session shows: the account, its person, and what he holds today. */
export interface Who {
  readonly accountId: string
  readonly accountName: string
  readonly pid: string | null
  readonly name: string
  readonly holdings: readonly Holding[]
  readonly onBehalfOf: Actor['onBehalfOf']
}

interface PostLine {
  postId: string
  title: string | null
  kind: string
  unitId: string
  unit: string | null
}

/** Puts a session into words. */
export async function sessionOf(
  tx: Reads,
  org: Org,
  catalogues: Catalogues,
  today: string,
  who: Who,
): Promise<Session> {
  const held = who.holdings.flatMap(({ postId }) => (postId === null ? [] : [postId]))
  const [posts, mandates] = await Promise.all([
    tx.all(sql<PostLine>`select s.id "postId", s.title, s.kind, s.unit_id "unitId", u.name unit from posts s
      left join unit_facts u on u.org_id = s.org_id and u.unit_id = s.unit_id and ${knownAt('u')} and ${inForce('u', today)}
      where s.org_id = ${org.orgId} and s.id = any(${held}::uuid[]) and ${knownAt('s')}`),
    tx.all(sql<{ mandateId: string; principalId: string; principal: string | null; to: string }>`
      select m.id "mandateId", m.principal_pid "principalId", p.name principal, m.valid_to "to" from mandates m ${nameJoin('m.principal_pid')}
      where m.org_id = ${org.orgId} and m.agent_pid = ${who.pid}::uuid and not m.revoked and ${knownAt('m')} and ${inForce('m', today)}
      order by p.name, m.id`),
  ])
  const byId = new Map(posts.map((post) => [post.postId, post]))
  const shown = ({ role, postId }: Holding): Session['holdings'][number] => {
    const post = postId === null ? undefined : byId.get(postId)
    const title = post && (post.title ?? catalogues.catalogue.postKinds.find(post.kind)?.words.zh ?? null)
    const words = catalogues.words.messages.get(`role/${role}`) ?? { zh: role, en: role }
    return { role, words, postId, title: title ?? null, unitId: post?.unitId ?? null, unit: post?.unit ?? null }
  }
  const holdings = who.holdings.map(shown)
  const theirs = who.onBehalfOf?.holdings ?? []
  const principal = who.onBehalfOf && mandates.find(({ mandateId }) => mandateId === who.onBehalfOf?.mandateId)
  return {
    account: { id: who.accountId, name: who.accountName },
    person: { id: who.pid ?? who.accountId, name: who.name },
    personId: who.pid,
    bureau: { id: org.code, code: org.code, name: org.name, goLiveOn: org.goLiveOn, demo: org.demo },
    today,
    post: besideName(holdings),
    roles: [...new Set(who.holdings.map(({ role }) => role))],
    holdings,
    mandates,
    onBehalfOf: who.onBehalfOf && {
      personId: who.onBehalfOf.pid,
      name: principal?.principal ?? null,
      mandateId: who.onBehalfOf.mandateId,
      roles: [...new Set(theirs.map(({ role }) => role))],
      holdings: theirs.map(shown),
    },
  }
}

/** A clerk or member is known by the unit, anybody else by the title; an administrator by the role. */
function besideName(holdings: Session['holdings']): string {
  const first = holdings.find(({ role, postId }) => postId !== null && role !== 'member') ?? holdings[0]
  if (first === undefined) return ''
  const byUnit = first.role === 'office' || first.role === 'member'
  return (byUnit ? first.unit : first.title) ?? first.unit ?? first.words.zh
}

import { randomInt } from 'node:crypto'
import type pg from 'pg'
import * as z from 'zod'
import { authenticate, createBureau, guestOf, openFirstAdministrator } from '../modules/accounts/accounts.ts'
import {
  type Demonstration,
  type Entered,
  enterDemonstration,
  readDemonstration,
} from '../modules/organisation/demonstration.ts'
import type { Org, Registry } from '../platform/action/action.ts'
import { civilDay } from '../platform/action/clock.ts'
import { ask, perform, type Stage } from '../platform/action/perform.ts'
import type { DemoNote } from '../platform/cli/connect.ts'
import { monthBefore } from './days.ts'
import { readDemoFile } from './year.ts'

const Accounts = z.strictObject({
  clerk: z.string(),
  shown: z.array(z.strictObject({ person: z.string(), zh: z.string(), en: z.string() })),
  administrator: z.string(),
  names: z.record(z.string(), z.string()),
})

/** The program that the demonstration is entered into. */
export interface Ground {
  readonly stage: Stage
  readonly registry: Pick<Registry, 'actions' | 'queries'>
}

/** What one person does in the demonstration, through the same verbs and rights as everybody. */
export interface Hand {
  // biome-ignore lint/suspicious/noExplicitAny: answers differ from verb to verb and are taken by name.
  act(verb: string, input: unknown): Promise<any>
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  ask(query: string, input: unknown): Promise<any>
}

/** The bureau with its people: ids by the words of the roster, and a hand for each person that has an account. */
export interface Company extends Entered {
  readonly ground: Ground
  readonly org: Org
  readonly today: string
  readonly demo: Demonstration
  readonly clerk: string
  readonly note: DemoNote
  /** How to sign in, to be printed once: who, with which user name. */
  readonly shown: readonly { zh: string; en: string; person: string; name: string }[]
  unit(name: string): string
  person(key: string): string
  /** The post in the leading group that a person holds, or the post by `unit/kind`. */
  post(key: string): string
  /** Acts as a person; `principal` is whom he acts for by mandate, where one is in force today. */
  as(key: string, principal?: string): Promise<Hand>
  /** Ends the sessions that the demonstration was entered in. */
  leave(): Promise<void>
}

type Slip = { name: string; token: string }
type Accounts = z.output<typeof Accounts>

/** Makes the bureau, enters its roster and opens its accounts, all with one password that nobody knew before. */
export async function gather(ground: Ground, owner: pg.ClientBase): Promise<Company> {
  const today = civilDay(ground.stage.clock.now())
  const demo = readDemonstration()
  const accounts = readDemoFile('accounts.yaml', Accounts)
  const { code, name } = demo.bureau
  // A month of use is over and one runs, so that windows of rules have closed since the records began.
  const goLiveOn = `${monthBefore(today, 1)}-01`
  const org = await createBureau(owner, { code, name, goLiveOn, demo: true })
  const door = openDoor(ground, org)
  const first = await openFirstAdministrator(ground.stage, org, accounts.administrator)
  await door.redeem(first!)
  const keeper = await door.handOf(accounts.administrator, null)
  // A mandate is given by whoever is stood in for, so it waits for his account.
  const entered = await enterDemonstration((verb, input) => keeper.act(verb, input), { ...demo, mandates: [] })
  const unit = (key: string) => idOf(entered.units, key)
  const person = (key: string) => idOf(entered.persons, key)
  const persons = Object.entries(accounts.names).map(([key, user]) => ({ personId: person(key), name: user }))
  const { slips } = (await keeper.act('account.open', { persons })) as { slips: Slip[] }
  await byFours(slips, door.redeem)
  const userOf = (key: string) => idOf(new Map(Object.entries(accounts.names)), key)
  for (const { principal, agent, ...mandate } of demo.mandates) {
    const hand = await door.handOf(userOf(principal), null)
    await hand.act('mandate.grant', { principalId: person(principal), agentId: person(agent), ...mandate })
  }
  const principalOf = (agent: string, principal: string | undefined) =>
    demo.mandates.some(
      (one) => one.agent === agent && one.principal === principal && one.from <= today && today <= one.to,
    )
      ? person(principal!)
      : null
  return {
    ...entered,
    ground,
    org,
    today,
    demo,
    clerk: accounts.clerk,
    note: { password: door.password, clerk: userOf(accounts.clerk), accounts: postsOf(ground, demo, accounts, today) },
    shown: accounts.shown.map((one) => ({ ...one, name: userOf(one.person) })),
    unit,
    person,
    post: (key) => idOf(entered.posts, leaderPosts(demo, today).get(key) ?? key),
    as: (key, principal) => door.handOf(userOf(key), principalOf(key, principal)),
    leave: door.leave,
  }
}

/** Hashing a password holds a connection and a core, so only a few run at once. */
async function byFours<T>(list: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < list.length; at += 4) await Promise.all(list.slice(at, at + 4).map(work))
}

/** Takes accounts into use and keeps their sessions while the demonstration is entered. */
function openDoor(ground: Ground, org: Org) {
  const password = newPassword()
  const tokens = new Map<string, string>()
  const hands = new Map<string, Promise<Hand>>()
  const handOf = (user: string, principal: string | null) => {
    const key = `${user} ${principal ?? ''}`
    const hand = hands.get(key) ?? openHand(ground, idOf(tokens, user), principal)
    hands.set(key, hand)
    return hand
  }
  const redeem = async (slip: Slip) => {
    const asked = { org, actor: guestOf(org), input: { token: slip.token, password } }
    const session = await perform(ground.stage, actionOf(ground, 'account.redeem'), asked)
    tokens.set(slip.name, (session as { token: string }).token)
  }
  const leave = async () => {
    const hand = async (user: string) => (await handOf(user, null)).act('session.close', { everywhere: true })
    await byFours([...tokens.keys()], hand)
  }
  return { password, handOf, redeem, leave }
}

function idOf(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`the demonstration bureau has no ${key}`)
  return id
}

function actionOf(ground: Ground, verb: string) {
  const action = ground.registry.actions.get(verb)
  if (action === undefined) throw new Error(`the program has no verb ${verb}`)
  return action
}

/** Acts as whoever holds the session. */
async function openHand(ground: Ground, token: string, principal: string | null): Promise<Hand> {
  const known = await authenticate(ground.stage, token, principal)
  if (known === null) throw new Error('a session of the demonstration is gone')
  return {
    act: (verb, input) => perform(ground.stage, actionOf(ground, verb), { ...known, input: withoutAbsent(input) }),
    ask: (query, input) => {
      const read = ground.registry.queries.get(query)
      if (read === undefined) throw new Error(`the program has no query ${query}`)
      return ask(ground.stage, read, { ...known, input })
    },
  }
}

/** Leaves out what is null or absent, as a form does that sends only what was filled in. */
function withoutAbsent(input: unknown): unknown {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return input
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}

/** Posts of the leading group by their holder today, so that a leader can be named by his name. */
function leaderPosts(demo: Demonstration, today: string): Map<string, string> {
  const [group] = demo.units.filter((unit) => unit.kind === 'leading-group')
  const posts = demo.posts.filter((post) => post.unit === group?.name)
  return new Map(
    posts.flatMap((post) =>
      holdersOn(post, today).map((who) => [who, `${post.unit}/${post.kind}/${post.title ?? ''}`] as const),
    ),
  )
}

/** Whoever holds a post of the roster on a day, by key. */
export function holdersOn(post: Demonstration['posts'][number], day: string): string[] {
  return post.holders.filter(([, from, to]) => (from ?? '0000') <= day && day <= (to ?? '9999')).map(([who]) => who!)
}

/** Who signs in with which user name, each with the posts that he holds. */
function postsOf(ground: Ground, demo: Demonstration, accounts: Accounts, today: string): DemoNote['accounts'] {
  const { postKinds } = ground.stage.catalogues.catalogue
  const titleOf = ({ unit, kind, title }: Demonstration['posts'][number]) =>
    title ?? `${unit} ${postKinds.get(kind).words.zh}`
  const lineOf = (key: string) => {
    const held = demo.posts.filter((post) => holdersOn(post, today).includes(key))
    return [key.split('#')[0], ...held.map(titleOf)].join('，')
  }
  const persons = Object.entries(accounts.names).map(([key, name]) => ({ name, post: lineOf(key) }))
  return [...persons, { name: accounts.administrator, post: 'system administrator' }]
}

const LOWER = 'abcdefghjkmnpqrstuvwxyz'
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const DIGITS = '23456789'

/** Three groups of four letters and digits that are hard to mistake, with a small, a capital and a digit in each (60 bits). */
function newPassword(): string {
  const from = (letters: string) => letters[randomInt(letters.length)]!
  const group = () => `${from(UPPER)}${from(LOWER)}${from(LOWER + UPPER + DIGITS)}${from(DIGITS)}`
  return [group(), group(), group()].join('-')
}

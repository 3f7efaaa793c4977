import { cpuOf, databaseCpu } from './machine.ts'
import type { Asked, LoadAnswer } from './orders.ts'
import { type Running, runLoad } from './processes.ts'
import type { Case } from './sessions.ts'

/** How one program did on one case with so many clients; CPU in microseconds per request. */
export interface Round {
  readonly clients: number
  readonly answer: LoadAnswer
  readonly perSecond: number
  readonly nodeMicros: number
  readonly databaseMicros: number
}

/** The product and the floor on one case with the same number of clients, one after the other. */
export interface Pair {
  readonly of: Case
  readonly product: Round
  readonly floor: Round
}

const SECONDS_MAX = 8

async function round(
  program: Running,
  postmaster: number,
  asked: readonly Asked[],
  clients: number,
  requests: number,
): Promise<Round> {
  const marks: { node: number; database: number }[] = []
  const mark = () => marks.push({ node: cpuOf(program.pid), database: databaseCpu(postmaster) })
  const warmUp = Math.max(clients * 4, Math.round(requests / 5))
  const orders = { host: program.host, port: program.port, clients, warmUp, requests, secondsMax: SECONDS_MAX, asked }
  const answer = await runLoad(orders, mark)
  const [before, after] = marks as [{ node: number; database: number }, { node: number; database: number }]
  const perRequest = (ms: number) => (ms * 1000) / answer.requests
  return {
    clients,
    answer,
    perSecond: answer.requests / answer.seconds,
    nodeMicros: perRequest(after.node - before.node),
    databaseMicros: perRequest(after.database - before.database),
  }
}

const TURNS = 4

/** Several rounds as one: work and time added up, the middle one of the medians, the worst of the 95th percentiles. */
function together(rounds: readonly Round[]): Round {
  const sum = (of: (one: Round) => number) => rounds.reduce((total, one) => total + of(one), 0)
  const requests = sum((one) => one.answer.requests)
  const seconds = sum((one) => one.answer.seconds)
  const medians = rounds.map((one) => one.answer.medianMs).sort((a, b) => a - b)
  const answer: LoadAnswer = {
    requests,
    failed: sum((one) => one.answer.failed),
    bytes: sum((one) => one.answer.bytes),
    seconds,
    medianMs: medians[Math.floor(medians.length / 2)]!,
    p95Ms: Math.max(...rounds.map((one) => one.answer.p95Ms)),
    refusal: rounds.find((one) => one.answer.refusal !== '')?.answer.refusal ?? '',
  }
  return {
    clients: rounds[0]!.clients,
    answer,
    perSecond: requests / seconds,
    nodeMicros: sum((one) => one.nodeMicros * one.answer.requests) / requests,
    databaseMicros: sum((one) => one.databaseMicros * one.answer.requests) / requests,
  }
}

/** Measures product and floor in short turns, so that both meet the same states of the machine. */
export async function pairOf(
  programs: { product: Running; floor: Running; postmaster: number },
  one: Case,
  clients: number,
  share: number,
): Promise<Pair> {
  const requests = Math.max(clients * 2, Math.round((one.requests * share * (clients === 1 ? 1 : 2)) / TURNS))
  const floor: Round[] = []
  const product: Round[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    floor.push(await round(programs.floor, programs.postmaster, one.floor, clients, requests))
    product.push(await round(programs.product, programs.postmaster, one.product, clients, requests))
  }
  const pair = { of: one, product: together(product), floor: together(floor) }
  for (const { answer } of [pair.floor, pair.product]) {
    // Under a load that the machine cannot carry some are refused for the time being; that is told, not hidden.
    if (answer.failed > answer.requests / 5)
      throw new Error(`${one.name}: ${answer.failed} of ${answer.requests} failed: ${answer.refusal}`)
  }
  return pair
}

/** What one request costs in CPU, server and database together, in microseconds. */
export const cost = (round: Round) => round.nodeMicros + round.databaseMicros

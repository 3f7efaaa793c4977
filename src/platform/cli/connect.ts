import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { folderHolder } from '../db/data-folder.ts'
import { socketPath } from '../http/listen.ts'
import { type CommandLine, one, UsageError } from './arguments.ts'
import { type CliAnswer, CliSession, keptToken, type Send, sendInto, sendOverSocket } from './session.ts'

/** What a demonstration data folder keeps for whoever tries it out: the accounts' one password and the office's account. */
export interface DemoNote {
  readonly password: string
  readonly clerk: string
  readonly accounts: readonly { readonly name: string; readonly post: string }[]
}

/** The note of a demonstration data folder, or null: elsewhere nobody has a known password. */
export function demoNote(dataDir: string): DemoNote | null {
  const path = join(dataDir, 'demo.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as DemoNote) : null
}

/** Opens the program in this process for the time of a command. */
export type OpenProgram = (line: CommandLine) => Promise<{ http: FastifyInstance; stop(): Promise<void> }>

/** Answers of the program in the words of its refusals, exit code 1. */
export class Declined extends Error {
  readonly code: string

  constructor(answer: CliAnswer) {
    super(answer.body?.title ?? `HTTP ${answer.status}`)
    this.code = answer.body?.code ?? ''
  }
}

/** The socket at which the server of a data folder answers the command line. */
export function socketOf(dataDir: string): string {
  return socketPath(dataDir, tmpdir(), createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
}

/**
 * Runs `work` as the user of the command line: of the running server where one holds the data folder, else of the program
 * opened for the time of the command (decision 15).
 */
export async function withSession<T>(
  line: CommandLine,
  open: OpenProgram,
  work: (session: CliSession) => Promise<T>,
): Promise<T> {
  const dataDir = resolve(one(line, 'data') ?? process.env['LUZE_DATA'] ?? './data')
  const holder = folderHolder(dataDir)
  if (holder !== null && existsSync(socketOf(dataDir)))
    return work(await signIn(line, dataDir, sendOverSocket(socketOf(dataDir))))
  const program = await open(line)
  try {
    return await work(await signIn(line, dataDir, sendInto(program.http)))
  } finally {
    await program.stop()
  }
}

async function signIn(line: CommandLine, dataDir: string, send: Send): Promise<CliSession> {
  const session = new CliSession(send, one(line, 'onBehalfOf'))
  const user = one(line, 'as')
  const demo = demoNote(dataDir)
  const kept = user === undefined ? keptToken(dataDir) : null
  if (kept !== null) return session.withToken(kept)
  if (user === undefined && demo === null) {
    throw new UsageError(
      '请先 luze login，或用 --as 用户名（口令取自 LUZE_PASSWORD） / Run luze login first, or give --as USER with LUZE_PASSWORD set',
    )
  }
  const password = process.env['LUZE_PASSWORD'] ?? demo?.password
  if (password === undefined)
    throw new UsageError('口令取自环境变量 LUZE_PASSWORD / The password is read from LUZE_PASSWORD')
  const org = one(line, 'org')
  const answer = await session.verb('session.open', {
    name: user ?? demo!.clerk,
    password,
    ...(org === undefined ? {} : { org }),
  })
  if (answer.status !== 200) throw new Declined(answer)
  return session.withToken(answer.body.token as string)
}

/** The answer's body, or the refusal thrown. */
// biome-ignore lint/suspicious/noExplicitAny: commands read answers by name.
export function bodyOf(answer: CliAnswer): any {
  if (answer.status !== 200) throw new Declined(answer)
  return answer.body
}

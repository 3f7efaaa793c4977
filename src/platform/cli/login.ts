import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { folderHolder } from '../db/data-folder.ts'
import { type CommandLine, must, one } from './arguments.ts'
import { bodyOf, type OpenProgram, socketOf } from './connect.ts'
import { CliSession, keepToken, sendInto, sendOverSocket } from './session.ts'

/** `luze login --as USER`: keeps a session for this data folder; the password comes from LUZE_PASSWORD or is asked for. */
export async function loginCommand(line: CommandLine, open: OpenProgram, say: (text: string) => void): Promise<number> {
  const dataDir = resolve(one(line, 'data') ?? process.env['LUZE_DATA'] ?? './data')
  const name = must(line, 'as')
  const password = process.env['LUZE_PASSWORD'] ?? (await askPassword())
  const org = one(line, 'org')
  const program = folderHolder(dataDir) === null ? await open(line) : null
  try {
    const session = new CliSession(program ? sendInto(program.http) : sendOverSocket(socketOf(dataDir)))
    const body = bodyOf(await session.verb('session.open', { name, password, ...(org === undefined ? {} : { org }) }))
    keepToken(dataDir, body.token as string)
    say(`已登录 / signed in: ${name}`)
    return 0
  } finally {
    await program?.stop()
  }
}

async function askPassword(): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question('口令 / password: ')
  terminal.close()
  return answer
}

import { assemble } from './assemble.ts'
import { prepareFirstStart } from './first-start.ts'
import { type CommandLine, one } from './platform/cli/arguments.ts'
import { socketOf } from './platform/cli/connect.ts'
import { readConfig } from './platform/config/config.ts'
import { stopOnSignals } from './platform/db/process.ts'
import { listenOnSocket } from './platform/http/listen.ts'
import { openLog } from './platform/log/log.ts'
import { startWorking } from './worker.ts'

/** `luze serve`: starts the server and says where it answers and how to sign in. */
export async function serveCommand(line: CommandLine): Promise<undefined> {
  const config = readConfig({
    data: one(line, 'data'),
    host: one(line, 'host'),
    port: one(line, 'port'),
    tlsCert: one(line, 'tlsCert'),
    tlsKey: one(line, 'tlsKey'),
    behindProxy: line.options['behindProxy'] === true,
    databaseUrl: one(line, 'databaseUrl'),
    modelUrl: one(line, 'modelUrl'),
    modelName: one(line, 'modelName'),
    modelSeconds: one(line, 'modelSeconds'),
    demo: line.options['demo'] === true,
  })
  const log = openLog()
  const program = await assemble(config, log, 'serve')
  const first = await orStop(program, async () => {
    const lines = await prepareFirstStart(program, config, { code: one(line, 'org'), name: one(line, 'name') })
    await program.http.listen({ host: config.host, port: config.port })
    return lines
  })
  const closeSocket = await listenOnSocket(program.http, socketOf(program.database.lock.dir))
  const address = `${config.tls ? 'https' : 'http'}://${config.host.includes(':') ? `[${config.host}]` : config.host}:${portOf(program.http)}`
  program.database.lock.announce(address)
  const stopWorking = await orStop(program, () => startWorking(program, log))
  stopOnSignals(async () => {
    await stopWorking()
    await closeSocket()
    await program.stop()
  })
  process.stdout.write(
    `履责已启动 / Luze is ready: ${address}\n${first.map((text) => `${text.replaceAll('{address}', address)}\n`).join('')}`,
  )
}

function portOf(http: { server: { address(): unknown } }): number {
  return (http.server.address() as { port: number }).port
}

/** Runs a step of the start; where it fails, nothing is left running. */
async function orStop<T>(program: { stop(): Promise<void> }, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    await program.stop()
    throw error
  }
}

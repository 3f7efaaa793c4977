import { chmodSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'

/** Lets the command line on this machine reach the server: a socket in the data folder that only its owner may open. */
export async function listenOnSocket(http: FastifyInstance, path: string): Promise<() => Promise<void>> {
  rmSync(path, { force: true })
  const server = createServer((request, response) => http.routing(request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  chmodSync(path, 0o600)
  return async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
    rmSync(path, { force: true })
  }
}

/** Where the socket of a data folder lies; a path too long for a socket (107 bytes) goes to the temporary folder. */
export function socketPath(dataDir: string, tmp: string, digest: string): string {
  const inside = join(dataDir, 'luze.sock')
  return Buffer.byteLength(inside) <= 100 ? inside : join(tmp, `luze-${digest}.sock`)
}

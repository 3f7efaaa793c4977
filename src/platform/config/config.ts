import { accessSync, constants } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import * as z from 'zod'
import { Refusal } from '../errors/refusal.ts'
import type { OfficeModel } from '../outward/chat.ts'

/** How a server was asked to run; paths are absolute. */
export interface Config {
  dataDir: string
  host: string
  /** 0 takes any free port. */
  port: number
  /** Paths of the certificate chain and its key, or null where the server speaks plain HTTP. */
  tls: { cert: string; key: string } | null
  /** True when a proxy before the server does TLS and its forwarding headers are to be believed. */
  behindProxy: boolean
  /** Address of the owner's login on a server database, or null for the embedded server. */
  databaseUrl: string | null
  /** The office model that gives second opinions, or null: none is asked, and none has an address by default. */
  model: OfficeModel | null
  demo: boolean
}

const Options = z.object({
  data: z.string().min(1).default('./data'),
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65535).default(8620),
  tlsCert: z.string().min(1).optional(),
  tlsKey: z.string().min(1).optional(),
  behindProxy: z.boolean().default(false),
  databaseUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional(),
  modelUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    // A key or a password in an address would stand in logs and in the list of processes.
    .refine((url) => !/[?#@]/.test(url))
    .optional(),
  modelName: z.string().trim().min(1).max(200).optional(),
  modelKey: z.string().trim().min(1).max(500).optional(),
  modelSeconds: z.coerce.number().int().min(1).max(600).default(60),
  demo: z.boolean().default(false),
})

/** Options as the command line gives them, in camel case. */
export type ConfigOptions = z.input<typeof Options>

/** True for names and addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost') return true
  if (isIP(host) === 4) return host.startsWith('127.')
  return host === '::1' || host === '[::1]'
}

function assertReadable(path: string): string {
  try {
    accessSync(path, constants.R_OK)
    return path
  } catch {
    throw new Refusal('config/unreadable', { path })
  }
}

/**
 * Completes options with PORT, LUZE_DATA, LUZE_DATABASE_URL and LUZE_MODEL_… of the environment and the defaults. The
 * model's key is read from the environment alone. Refusals: `config/value`, `config/half-tls`, `config/half-model`, `config/unreadable`, and `config/open-host` for a host beyond loopback without TLS
 * or a proxy that does it (decision 25).
 */
export function readConfig(options: Record<string, unknown> = {}, env: NodeJS.ProcessEnv = process.env): Config {
  const given: Record<string, unknown> = {}
  for (const [name, value] of [
    ['port', env.PORT],
    ['data', env.LUZE_DATA],
    ['databaseUrl', env.LUZE_DATABASE_URL],
    ['modelUrl', env.LUZE_MODEL_URL],
    ['modelName', env.LUZE_MODEL_NAME],
    ...Object.entries(options),
    ['modelKey', env.LUZE_MODEL_KEY],
  ] as [string, unknown][])
    if (value !== undefined && value !== '') given[name] = value
  // A key on the command line would stand in the list of processes.
  if (!env.LUZE_MODEL_KEY) delete given['modelKey']
  const parsed = Options.safeParse(given)
  if (!parsed.success) throw new Refusal('config/value', { option: parsed.error.issues[0]?.path.join('.') })
  const { data, host, port, tlsCert, tlsKey, behindProxy, databaseUrl, demo } = parsed.data
  const model = modelOf(parsed.data)
  if ((tlsCert === undefined) !== (tlsKey === undefined)) throw new Refusal('config/half-tls')
  if (!isLoopback(host) && tlsCert === undefined && !behindProxy) throw new Refusal('config/open-host', { host })
  const tls =
    tlsCert === undefined || tlsKey === undefined
      ? null
      : { cert: assertReadable(resolve(tlsCert)), key: assertReadable(resolve(tlsKey)) }
  return { dataDir: resolve(data), host, port, tls, behindProxy, databaseUrl: databaseUrl ?? null, model, demo }
}

function modelOf({ modelUrl, modelName, modelKey, modelSeconds }: z.output<typeof Options>): OfficeModel | null {
  if ((modelUrl === undefined) !== (modelName === undefined)) throw new Refusal('config/half-model')
  if (modelUrl === undefined || modelName === undefined) return null
  return { url: modelUrl, name: modelName, key: modelKey ?? null, seconds: modelSeconds }
}

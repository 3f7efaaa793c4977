import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { OfficeRefusal } from './office-refusal.ts'

/** Formats of older programs that a converter turns into what is read here. */
export const oldFormats = ['doc', 'wps', 'rtf', 'pdf', 'xls', 'et'] as const
/** One of the older formats. */
export type OldFormat = (typeof oldFormats)[number]

/** What a conversion may take. */
export interface ConvertLimits {
  readonly seconds: number
  readonly memoryBytes: number
  readonly fileBytes: number
}

/** A minute, some gigabytes of address space, and no file over 100 MB. */
export const convertLimits: ConvertLimits = { seconds: 60, memoryBytes: 4_000_000_000, fileBytes: 100_000_000 }

/** True where the format holds a table document, so that it becomes a .xlsx; the others become a .docx. */
export const isSheetFormat = (format: OldFormat): boolean => format === 'xls' || format === 'et'

/**
 * The program of LibreOffice on this machine: the path in LUZE_SOFFICE, else the first one found in the usual places;
 * null where there is none, or where LUZE_SOFFICE says `off`.
 */
export function findOffice(env: NodeJS.ProcessEnv = process.env): string | null {
  const said = env['LUZE_SOFFICE']
  if (said === 'off') return null
  const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/lib/libreoffice/program', '/opt/libreoffice/program']
  const paths = said
    ? [said]
    : folders.filter((one) => one !== '').flatMap((one) => [join(one, 'soffice'), join(one, 'libreoffice')])
  return paths.find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

// One at a time: the program takes a core and some hundred megabytes.
let turn: Promise<unknown> = Promise.resolve()

/**
 * Turns a file of an older format into the bytes of a .docx or .xlsx with LibreOffice, in a process of its own: a folder
 * and profile that are thrown away, no macros, no links, no network where the system lets it, bounds of time and memory.
 * @throws OfficeRefusal office/no-converter, office/macro, office/unreadable, office/too-heavy
 */
export function convertOld(
  bytes: Uint8Array,
  format: OldFormat,
  program: string | null = findOffice(),
  limits: ConvertLimits = convertLimits,
): Promise<Uint8Array> {
  if (holdsMacros(bytes)) return Promise.reject(new OfficeRefusal('office/macro'))
  if (program === null) return Promise.reject(new OfficeRefusal('office/no-converter', { format }))
  const mine = turn.then(() => convert(bytes, format, program, limits))
  turn = mine.catch(() => undefined)
  return mine
}

/** Macros of an older file stand in a storage of this name. */
function holdsMacros(bytes: Uint8Array): boolean {
  const held = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return held.readUInt32BE(0) === 0xd0cf11e0 && held.includes(Buffer.from('_VBA_PROJECT', 'utf16le'))
}

async function convert(
  bytes: Uint8Array,
  format: OldFormat,
  program: string,
  limits: ConvertLimits,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'luze-office-'))
  try {
    const source = join(folder, `source.${format === 'wps' ? 'doc' : format === 'et' ? 'xls' : format}`)
    const out = join(folder, 'out')
    await mkdir(join(folder, 'profile/user'), { recursive: true })
    await mkdir(out)
    await writeFile(join(folder, 'profile/user/registrymodifications.xcu'), profile)
    await writeFile(source, bytes)
    await run(program, argumentsFor(format, folder, out, source), folder, limits)
    const [made] = await readdir(out)
    if (made === undefined || (await stat(join(out, made))).size >= limits.fileBytes)
      throw new OfficeRefusal('office/unreadable', { reason: 'conversion' })
    return new Uint8Array(await readFile(join(out, made)))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function argumentsFor(format: OldFormat, folder: string, out: string, source: string): string[] {
  return [
    `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
    '--headless',
    '--norestore',
    '--nologo',
    '--nolockcheck',
    '--nodefault',
    ...(format === 'pdf' ? ['--infilter=writer_pdf_import'] : []),
    '--convert-to',
    isSheetFormat(format) ? 'xlsx:Calc MS Excel 2007 XML' : 'docx:MS Word 2007 XML',
    '--outdir',
    out,
    source,
  ]
}

const setting = (path: string, name: string, value: string) =>
  `<item oor:path="/org.openoffice.Office.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`

const profile = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${setting('Common/Security/Scripting', 'MacroSecurityLevel', '3')}
${setting('Common/Security/Scripting', 'DisableMacrosExecution', 'true')}
${setting('Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true')}
${setting('Common/Security/Scripting', 'DisableActiveContent', 'true')}
${setting('Writer/Content/Update', 'Link', '0')}
${setting('Calc/Content/Update', 'Link', '2')}
${setting('Common/Misc', 'FirstRun', 'false')}
</oor:items>
`

/** Programs that bound another one, as far as this machine has them and lets them. */
function bounded(program: string, limits: ConvertLimits): string[] {
  const apart = works('unshare', ['--net', 'true'])
    ? ['unshare', '--net', '--']
    : works('unshare', ['--user', '--map-root-user', '--net', 'true'])
      ? ['unshare', '--user', '--map-root-user', '--net', '--']
      : []
  const measured = works('prlimit', ['--version'])
    ? [
        'prlimit',
        `--cpu=${limits.seconds}`,
        `--as=${limits.memoryBytes}`,
        `--fsize=${limits.fileBytes}`,
        '--core=0',
        '--',
      ]
    : []
  return [...apart, ...measured, program]
}

function works(program: string, given: string[]): boolean {
  return spawnSync(program, given, { stdio: 'ignore', timeout: 5000 }).status === 0
}

function run(program: string, given: string[], folder: string, limits: ConvertLimits): Promise<void> {
  const [first, ...rest] = bounded(program, limits) as [string, ...string[]]
  return new Promise((resolve, reject) => {
    const child = spawn(first, [...rest, ...given], {
      cwd: folder,
      env: { HOME: folder, TMPDIR: folder, PATH: process.env['PATH'] ?? '/usr/bin:/bin', LANG: 'C.UTF-8' },
      stdio: 'ignore',
      detached: true,
    })
    const timer = setTimeout(() => {
      endGroup(child.pid)
      reject(new OfficeRefusal('office/too-heavy', { secondsMax: limits.seconds }))
    }, limits.seconds * 1000)
    child.once('error', () => {
      clearTimeout(timer)
      reject(new OfficeRefusal('office/no-converter', {}))
    })
    child.once('exit', () => {
      clearTimeout(timer)
      endGroup(child.pid)
      resolve()
    })
  })
}

/** Ends the process that was started here and all that it started. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is gone already.
  }
}

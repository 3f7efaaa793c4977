import { crc32, inflateRawSync } from 'node:zlib'
import { OfficeRefusal } from './office-refusal.ts'

/** Bounds of an archive. `ratio` is real bytes out per byte in, judged per entry above 64 KiB. */
export interface UnzipLimits {
  readonly fileBytes: number
  readonly totalBytes: number
  readonly entries: number
  readonly ratio: number
}

/** Bounds for a document or workbook that a person uploads (OWASP ASVS 5.0, 5.2.3). */
export const officeLimits: UnzipLimits = { fileBytes: 20_000_000, totalBytes: 100_000_000, entries: 2000, ratio: 100 }

interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: Uint8Array
}

const smallEntry = 65_536
const endMark = 0x06054b50
const centralMark = 0x02014b50
const localMark = 0x04034b50

const broken = (reason: string): OfficeRefusal => new OfficeRefusal('office/unreadable', { reason })

/**
 * Unpacks the entries that `wanted` names, counting real bytes while inflating and trusting no header. An archive inside is never opened.
 * @throws OfficeRefusal office/too-large, office/bomb, office/unreadable
 */
export function unzipBounded(
  bytes: Uint8Array,
  limits: UnzipLimits = officeLimits,
  wanted: (name: string) => boolean = () => true,
): Map<string, Uint8Array> {
  if (bytes.length > limits.fileBytes) {
    throw new OfficeRefusal('office/too-large', { bytes: bytes.length, bytesMax: limits.fileBytes })
  }
  const parts = new Map<string, Uint8Array>()
  let total = 0
  for (const entry of readDirectory(bytes, limits)) {
    if (!wanted(entry.name)) continue
    const part = inflate(entry, limits, limits.totalBytes - total)
    total += part.length
    parts.set(entry.name, part)
  }
  return parts
}

/** Names of all entries, in the order of the directory. @throws OfficeRefusal as `unzipBounded` */
export function entryNames(bytes: Uint8Array, limits: UnzipLimits = officeLimits): readonly string[] {
  return readDirectory(bytes, limits).map((entry) => entry.name)
}

function inflate(entry: Entry, limits: UnzipLimits, left: number): Uint8Array {
  const byRatio = Math.max(entry.packed.length * limits.ratio, smallEntry)
  const bound = Math.min(left, byRatio)
  const bomb = (): OfficeRefusal =>
    left <= byRatio
      ? new OfficeRefusal('office/too-large', { bytesMax: limits.totalBytes })
      : new OfficeRefusal('office/bomb', { ratioMax: limits.ratio })
  if (entry.method === 0) {
    if (entry.packed.length > bound) throw bomb()
    return checked(entry, entry.packed)
  }
  if (entry.method !== 8) throw broken('method')
  if (bound < 1) throw bomb()
  let out: Uint8Array
  try {
    out = inflateRawSync(entry.packed, { maxOutputLength: bound })
  } catch (error) {
    if (error instanceof RangeError && (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw bomb()
    throw broken('deflate')
  }
  return checked(entry, out)
}

function checked(entry: Entry, out: Uint8Array): Uint8Array {
  if (crc32(out) !== entry.crc) throw broken('checksum')
  return out
}

function readDirectory(bytes: Uint8Array, limits: UnzipLimits): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  if (view.getUint16(end + 8, true) !== count || view.getUint32(end + 4, true) !== 0) throw broken('disks')
  if (count > limits.entries) throw new OfficeRefusal('office/bomb', { entries: count, entriesMax: limits.entries })
  const names = new Set<string>()
  const ranges: (readonly [number, number])[] = []
  const entries: Entry[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== centralMark) throw broken('directory')
    const nameLength = view.getUint16(at + 28, true)
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > end) throw broken('directory')
    const rawName = bytes.subarray(at + 46, at + 46 + nameLength)
    const name = nameOf(rawName, view.getUint32(at + 38, true))
    if (names.has(name.toLowerCase())) throw broken('twice')
    names.add(name.toLowerCase())
    if ((view.getUint16(at + 8, true) & 1) === 1) throw broken('encrypted')
    const [start, stop] = dataRange(view, bytes, rawName, view.getUint32(at + 42, true), view.getUint32(at + 20, true))
    ranges.push([view.getUint32(at + 42, true), stop])
    const packed = bytes.subarray(start, stop)
    if (!name.endsWith('/')) {
      entries.push({ name, method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true), packed })
    }
    at = next
  }
  ranges.sort((a, b) => a[0] - b[0])
  if (ranges.some((range, i) => i > 0 && range[0] < ranges[i - 1]![1]))
    throw new OfficeRefusal('office/bomb', { reason: 'overlap' })
  return entries
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= 0 && at >= view.byteLength - 65_557; at--) {
    if (view.getUint32(at, true) === endMark && at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at
  }
  const compound = view.byteLength > 8 && view.getUint32(0) === 0xd0cf11e0
  throw broken(compound ? 'old-format' : 'not-an-archive')
}

function dataRange(
  view: DataView,
  bytes: Uint8Array,
  rawName: Uint8Array,
  local: number,
  length: number,
): readonly [number, number] {
  if (local + 30 > view.byteLength || view.getUint32(local, true) !== localMark) throw broken('entry')
  const nameLength = view.getUint16(local + 26, true)
  const start = local + 30 + nameLength + view.getUint16(local + 28, true)
  const localName = bytes.subarray(local + 30, local + 30 + nameLength)
  if (localName.length !== rawName.length || localName.some((byte, i) => byte !== rawName[i])) throw broken('entry')
  if (start + length > view.byteLength) throw broken('entry')
  return [start, start + length]
}

const symbolicLink = 0xa000

/** Names are never used as paths on disk; those that would be dangerous there mark a file that nobody's office made. */
function nameOf(raw: Uint8Array, attributes: number): string {
  let name: string
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    throw broken('name')
  }
  const parts = name.split('/')
  const strange =
    name === '' ||
    name.length > 260 ||
    name.startsWith('/') ||
    parts.includes('..') ||
    parts.includes('.') ||
    /[\\:\p{Cc}\p{Cf}]/u.test(name) ||
    ((attributes >>> 16) & 0xf000) === symbolicLink
  if (strange) throw broken('name')
  return name
}

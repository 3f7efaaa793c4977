import { createHash } from 'node:crypto'
import { admit } from '../../core/text/admit.ts'
import { decode, maxDocumentBytes } from '../../core/text/decode.ts'
import { ReadingRefusal } from '../../core/text/refusal.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { readDocx } from '../../platform/office/docx.ts'
import { OfficeRefusal } from '../../platform/office/office-refusal.ts'

/** A file turned into text: which decoding fitted, and the SHA-256 (hex) of the bytes as they came. */
export interface Intake {
  readonly text: string
  readonly encoding: string
  readonly sha256: string
}

/** Formats that are told from their first bytes and cannot be read here; the wording tells how to save as docx or txt. */
const foreign: readonly { readonly magic: string; readonly format: string }[] = [
  { magic: 'd0cf11e0', format: 'doc / xls / wps' },
  { magic: '25504446', format: 'pdf' },
  { magic: '7b5c7274', format: 'rtf' },
]

const officeRefusals: Readonly<Record<string, string>> = {
  'office/too-large': 'document/too-long',
  'office/bomb': 'document/too-long',
  'office/macro': 'document/active-content',
  'office/external': 'document/active-content',
}

/**
 * Turns the bytes of a file into the text that is read, by magic first and extension second. Refuses what the reader
 * would misread: empty, binary, too long, traditional, pinyin injected, marked secret, other formats.
 */
export function takeIn(fileName: string, bytes: Uint8Array): Intake {
  if (bytes.length === 0) throw new Refusal('document/empty')
  if (bytes.length > maxDocumentBytes)
    throw new Refusal('document/too-long', { megabytes: maxDocumentBytes / 1024 / 1024 })
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? ''
  const head = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  const other = foreign.find((row) => head === row.magic)
  if (other !== undefined) throw new Refusal('document/unsupported-format', { format: other.format })
  const zipped = head === '504b0304'
  if (zipped && extension !== 'docx') throw new Refusal('document/unsupported-format', { format: extension || 'zip' })
  if (!zipped && extension === 'docx') throw new Refusal('document/binary')
  try {
    const { text, encoding } = zipped ? { text: readDocx(bytes).text, encoding: 'docx' } : decode(bytes)
    admit(text)
    return { text, encoding, sha256: createHash('sha256').update(bytes).digest('hex') }
  } catch (error) {
    if (error instanceof ReadingRefusal) throw new Refusal(error.code, { megabytes: 5, ...error.details })
    if (error instanceof OfficeRefusal)
      throw new Refusal(officeRefusals[error.code] ?? 'document/unreadable', { megabytes: 5 })
    throw error
  }
}

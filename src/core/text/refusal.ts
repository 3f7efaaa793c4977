/** Why a document is not read. */
export type ReadingRefusalCode =
  | 'document/empty'
  | 'document/binary'
  | 'document/too-long'
  | 'document/traditional'
  | 'document/pinyin-injected'
  | 'document/secret-marked'

/** A document that the reader declines, with its code and the facts that the wording needs. */
export class ReadingRefusal extends Error {
  readonly code: ReadingRefusalCode
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: ReadingRefusalCode, details: Record<string, string | number> = {}) {
    super(code)
    this.name = 'ReadingRefusal'
    this.code = code
    this.details = details
  }
}

/** Why an office file is not taken in. */
export type OfficeRefusalCode =
  | 'office/too-large'
  | 'office/too-heavy'
  | 'office/bomb'
  | 'office/doctype'
  | 'office/macro'
  | 'office/external'
  | 'office/unreadable'
  | 'office/no-converter'

/** An office file that is refused before or while it is read; `details` hold plain facts for the wording, never content. */
export class OfficeRefusal extends Error {
  readonly code: OfficeRefusalCode
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: OfficeRefusalCode, details: Record<string, string | number> = {}) {
    super(`${code} ${JSON.stringify(details)}`)
    this.name = 'OfficeRefusal'
    this.code = code
    this.details = details
  }
}

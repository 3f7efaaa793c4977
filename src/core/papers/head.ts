import { Line } from '../contract.ts'
import type { Head } from './paper.ts'

/** What a person enters for the head of an issued paper; nothing of it is made up or counted on. */
export const headFields = {
  mark: Line(40).optional().describe('the red name at the head, as it is printed'),
  number: Line(40).optional().describe('the document number, as 某发〔2026〕5号'),
  signer: Line(20).optional().describe('who signs it off, for a paper that goes up'),
}

/** The fields as they were entered. */
export interface HeadGiven {
  readonly mark?: string | undefined
  readonly number?: string | undefined
  readonly signer?: string | undefined
}

/**
 * A document number (发文字号) as the standard writes it: the word for the body, the whole year in 〔〕, the number without
 * 第 and without leading zeros. Null for what is none.
 */
export function documentNumber(said: string): string | null {
  const plain = said
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[[【(﹝〔]/g, '〔')
    .replace(/[\]】)﹞〕]/g, '〕')
  const found = /^([^〔〕\d]{1,20})〔((?:19|20)\d{2})〕第?0*([1-9]\d{0,4})号$/.exec(plain)
  return found === null ? null : `${found[1]}〔${found[2]}〕${found[3]}号`
}

/** Why a head cannot be printed as it was entered. */
export type HeadFault = 'number-unfit' | 'mark-missing'

/** The head of a paper from what a person entered: null where he entered nothing, a fault where it is no head. */
export function headOf({ mark, number, signer }: HeadGiven, form: Head['form']): Head | HeadFault | null {
  if (mark === undefined) return number === undefined && signer === undefined ? null : 'mark-missing'
  const written = number === undefined ? null : documentNumber(number)
  if (number !== undefined && written === null) return 'number-unfit'
  return {
    form,
    mark,
    ...(written === null ? {} : { number: written }),
    ...(signer === undefined || form === 'letter' ? {} : { signer }),
  }
}

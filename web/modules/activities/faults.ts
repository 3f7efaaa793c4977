import { ApiError } from '../../lib/client.ts'
import type { Draft } from './draft.ts'

/** A fault that the form shows: its sentence or the server's refusal, and the field that takes the focus. */
export type Fault = { field: string | undefined; said: unknown }

const fields: Record<string, string> = {
  'activity/unknown-kind': 'kind',
  'activity/also-same-kind': 'also',
  'activity/future-day': 'day',
  'activity/unknown-unit': 'unit',
  'activity/wrong-body': 'unit',
  'activity/present-over-expected': 'present',
  'activity/voters-over-expected': 'present',
}

/** What keeps a draft from being a record: the word for it and its field. */
export function missingIn(draft: Draft): 'kind' | 'day' | 'unit' | undefined {
  if (!draft.kind) return 'kind'
  if (!draft.happenedOn) return 'day'
  return draft.unitId ? undefined : 'unit'
}

/** The fault of a refused call. */
export function faultOf(error: unknown): Fault {
  return { field: error instanceof ApiError ? fields[error.code] : undefined, said: error }
}

/** Puts the focus on the field at fault. */
export function focusField(field: string | undefined): void {
  if (field) document.getElementById(`activity-${field}`)?.focus()
}

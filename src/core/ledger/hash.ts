import { sha256 } from './sha256.ts'
import { sm3 } from './sm3.ts'

/** A hash function: any bytes in, 32 bytes out. Platform may hand in a native one wherever core asks for it. */
export type Hash = (bytes: Uint8Array) => Uint8Array

/** The hash suites a journal may be kept in; a journal keeps one suite for its whole life. */
export const suites = ['sha256', 'sm3'] as const

/** Tag of a hash suite. */
export type Suite = (typeof suites)[number]

/** One hash function per suite. */
export type Hashes = Readonly<Record<Suite, Hash>>

/** The hash functions in plain TypeScript, which need nothing from the machine. */
export const hashes: Hashes = { sha256, sm3 }

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDocx } from '../../src/platform/office/docx.ts'
import { openOoxml } from '../../src/platform/office/ooxml.ts'
import type { Caller } from './app.ts'

/** A paper as somebody is given it: its lines that are not empty, and the XML of its document part. */
export interface Given {
  readonly lines: readonly string[]
  readonly xml: string
}

/** Asks for a paper over HTTP and reads it back; fails unless it is given. With `LUZE_PAPERS` it is kept in that folder. */
export async function paperOf(caller: Caller, name: string, input: Record<string, unknown>): Promise<Given> {
  const answer = await caller.query(name, input)
  assert.equal(answer.status, 200, `${name}: ${answer.raw.toString('utf8').slice(0, 300)}`)
  const kept = process.env['LUZE_PAPERS']
  if (kept) writeFileSync(join(kept, `${name}-${answer.raw.length}.docx`), answer.raw)
  const lines = readDocx(answer.raw).paragraphs.filter((line) => line.trim() !== '')
  return { lines, xml: openOoxml(answer.raw, 'word').get('word/document.xml')! }
}

/** The code with which a paper is refused. */
export async function refusalOf(caller: Caller, name: string, input: Record<string, unknown>): Promise<string> {
  const { status, body } = await caller.query(name, input)
  assert.notEqual(status, 200, `${name} was given`)
  assert.doesNotMatch(body.title, /\{\w+\}/, 'every fact of the wording is given')
  return body.code
}

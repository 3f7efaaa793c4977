import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { makeJournal, makePacket } from '../../core/ledger/make.ts'
import type { Packet } from '../../core/ledger/packet.ts'
import { evidenceHtml, packetTextIn } from './evidence-html.ts'

let folder: string
let page: string
const { packet } = makePacket(makeJournal(1, 20), 20, true)

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'luze-evidence-'))
  page = join(folder, 'page.html')
  const build = fileURLToPath(new URL('../../../web/evidence/build.mjs', import.meta.url))
  await (await import(pathToFileURL(build).href)).buildEvidence({ outFile: page })
})
after(() => rm(folder, { recursive: true }))

test('an evidence file holds the packet and gives it back', async () => {
  const html = await evidenceHtml(packet, page)
  assert.deepEqual(JSON.parse(packetTextIn(html)!), JSON.parse(JSON.stringify(packet)))
})

test('nothing in a packet can end its element or open another', async () => {
  const hostile: Packet = { ...packet, title: '</script><script>x</script><!--\u2028$&$`&amp;' }
  const html = await evidenceHtml(hostile, page)
  assert.equal(html.split('<script').length, (await readFile(page, 'utf8')).split('<script').length)
  assert.ok(!html.includes('\u2028') && !html.includes('</script><script>x'))
  assert.equal(JSON.parse(packetTextIn(html)!).title, hostile.title)
})

test('the page allows its own script and style by their hash and nothing else', async () => {
  const html = await readFile(page, 'utf8')
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!
  assert.match(
    policy,
    /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/,
  )
  assert.ok(!/(?:src|href)\s*=\s*["']?(?:https?:)?\/\//i.test(html.replaceAll(/<script>[\s\S]*?<\/script>/g, '')))
  assert.ok(Buffer.byteLength(html) < 200_000)
})

test('a page without a place for a packet is refused', async () => {
  const other = join(folder, 'other.html')
  await writeFile(other, '<!doctype html>')
  await assert.rejects(evidenceHtml(packet, other), /no place for a packet/)
  assert.equal(packetTextIn('<!doctype html>'), null)
})

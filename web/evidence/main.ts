import '../lib/older.ts'
import './jitless.ts'
import { type Packet, packetSchema } from '../../src/core/ledger/packet.ts'
import { verifyPacket } from '../../src/core/ledger/packet-check.ts'
import './evidence.css'
import { make } from './dom.ts'
import { pageOf } from './page.ts'
import { type Language, words } from './words.ts'

function readInput(): unknown {
  try {
    return JSON.parse(document.getElementById('luze-packet')?.textContent ?? '')
  } catch {
    return null
  }
}

function start(): void {
  const root = document.getElementById('root')!
  const input = readInput()
  if (input === null) {
    root.replaceChildren(make('main', {}, make('p', { role: 'alert' }, words.zh.noPacket, ' ', words.en.noPacket)))
    return
  }
  const verdict = verifyPacket(input)
  const parsed = packetSchema.safeParse(input)
  const packet: Packet | null = parsed.success ? parsed.data : null
  if (packet) document.title = `${packet.title} · ${words.zh.page}`
  let language: Language = 'zh'
  const show = (): void => {
    document.documentElement.lang = words[language].lang
    root.replaceChildren(
      ...pageOf(packet, verdict, language, () => {
        language = language === 'zh' ? 'en' : 'zh'
        show()
        root.querySelector<HTMLElement>('.language')?.focus()
      }),
    )
  }
  show()
}

// The words "checking" are painted before the page is busy with it.
setTimeout(start, 0)

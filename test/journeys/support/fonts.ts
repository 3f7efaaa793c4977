import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inflateSync } from 'node:zlib'

/** The bytes of a WOFF file as the font it packs; browsers on Linux take no packed fonts from fontconfig. */
export function unpackFont(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const font = Buffer.alloc(woff.readUInt32BE(16))
  const range = 2 ** Math.floor(Math.log2(count)) * 16
  woff.copy(font, 0, 4, 8)
  font.writeUInt16BE(count, 4)
  font.writeUInt16BE(range, 6)
  font.writeUInt16BE(Math.log2(range / 16), 8)
  font.writeUInt16BE(count * 16 - range, 10)
  let end = 12 + count * 16
  for (let at = 0; at < count; at++) {
    const entry = 44 + at * 20
    const [offset, packed, length] = [4, 8, 12].map((part) => woff.readUInt32BE(entry + part)) as [
      number,
      number,
      number,
    ]
    const bytes = woff.subarray(offset, offset + packed)
    const table = packed < length ? inflateSync(bytes) : bytes
    const row = 12 + at * 16
    woff.copy(font, row, entry, entry + 4)
    woff.copy(font, row + 4, entry + 16, entry + 20)
    font.writeUInt32BE(end, row + 8)
    font.writeUInt32BE(length, row + 12)
    table.copy(font, end)
    end += (length + 3) & ~3
  }
  return font
}

/** True where an installed font has Chinese glyphs. */
function hasChinese(): boolean {
  const { stdout, status } = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' })
  return status === 0 && stdout.trim() !== ''
}

/**
 * What the browser's environment needs so that Chinese shows: nothing where a font is installed, else a fontconfig file
 * under `folder` over the regular weight of Noto Sans SC.
 */
export function fontEnvironment(folder: string): Record<string, string> {
  if (hasChinese()) return {}
  const from = join(dirname(new URL(import.meta.resolve('@fontsource/noto-sans-sc/package.json')).pathname), 'files')
  const fonts = join(folder, 'fonts')
  mkdirSync(fonts, { recursive: true })
  for (const name of readdirSync(from).filter((file) => file.endsWith('-400-normal.woff')))
    writeFileSync(join(fonts, name.replace(/woff$/, 'ttf')), unpackFont(readFileSync(join(from, name))))
  const file = join(folder, 'fonts.conf')
  const dirs = [fonts, '/usr/share/fonts', '/usr/local/share/fonts'].map((dir) => `<dir>${dir}</dir>`).join('')
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">` +
      `<fontconfig>${dirs}<cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>\n`,
  )
  return { FONTCONFIG_FILE: file }
}

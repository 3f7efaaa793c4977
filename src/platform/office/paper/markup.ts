/** Attributes of an element; what is undefined or false is left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

// What XML 1.0 cannot hold: control characters, halves of surrogate pairs, the two non-characters.
const FORBIDDEN = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** Words as XML text; characters that XML cannot hold are dropped. */
export function escaped(text: string): string {
  return text.replace(FORBIDDEN, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** One element with its attributes and what stands in it, already XML. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const said = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined || value === false ? [] : [` ${key}="${escaped(String(value)).replaceAll('"', '&quot;')}"`],
  )
  const content = inside.join('')
  return content === '' ? `<${name}${said.join('')}/>` : `<${name}${said.join('')}>${content}</${name}>`
}

/** An element of which the one attribute `w:val` says everything. */
export const value = (name: string, val: string | number): string => element(name, { 'w:val': val })

/** A part of the file: the declaration and its root. */
export const part = (root: string): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${root}`

/** The name spaces of the parts. */
export const SPACES = {
  'xmlns:w': 'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'xmlns:r': 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
} as const

import { OfficeRefusal } from './office-refusal.ts'
import { entryNames, officeLimits, type UnzipLimits, unzipBounded } from './unzip.ts'
import { walkXml, xmlText } from './xml.ts'

/** The XML parts of an Office Open XML file, checked. */
export type Parts = ReadonlyMap<string, string>

const isXml = (name: string): boolean => /\.(xml|rels|vml)$/i.test(name)

/**
 * Opens an Office Open XML file of the family (`word` or `xl`): bounded unzip, then refusal of macros, of DOCTYPE in any part, and of
 * relationships that fetch something from elsewhere. A hyperlink that a person may click is not such a one; Luze follows none.
 * @throws OfficeRefusal
 */
export function openOoxml(bytes: Uint8Array, family: 'word' | 'xl', limits: UnzipLimits = officeLimits): Parts {
  const names = entryNames(bytes, limits)
  if (names.some((name) => /(^|\/)(vbaProject[^/]*\.bin|vbaData\.xml|activeX\/.*|macrosheets\/.*)$/i.test(name))) {
    throw new OfficeRefusal('office/macro')
  }
  if (!names.includes('[Content_Types].xml') || !names.some((name) => name.startsWith(`${family}/`))) {
    throw new OfficeRefusal('office/unreadable', { reason: 'other-format' })
  }
  const parts = new Map<string, string>()
  for (const [name, part] of unzipBounded(bytes, limits, isXml)) parts.set(name, xmlText(part))
  if (/macroEnabled|vbaProject/i.test(parts.get('[Content_Types].xml') ?? '')) throw new OfficeRefusal('office/macro')
  for (const [name, xml] of parts) if (name.endsWith('.rels')) refuseExternal(xml)
  return parts
}

function refuseExternal(rels: string): void {
  walkXml(rels, {
    open: (name, attribute) => {
      if (!name.endsWith('Relationship')) return
      const elsewhere =
        attribute('TargetMode')?.toLowerCase() === 'external' ||
        /^([a-z][a-z0-9+.-]*:|\\\\|\/\/)/i.test(attribute('Target') ?? '')
      if (elsewhere && !(attribute('Type') ?? '').endsWith('/hyperlink')) throw new OfficeRefusal('office/external')
    },
    close: () => {},
    text: () => {},
  })
}

/** The path of the part that the file's root relationship of a type (its last word) names, or the usual one. */
export function rootPart(parts: Parts, type: string, usual: string): string {
  let found = usual
  walkXml(parts.get('_rels/.rels') ?? '', {
    open: (_, attribute) => {
      if ((attribute('Type') ?? '').endsWith(`/${type}`)) found = (attribute('Target') ?? usual).replace(/^\//, '')
    },
    close: () => {},
    text: () => {},
  })
  return parts.has(found) ? found : usual
}

import { element, part, SPACES, value } from './markup.ts'

/** Names of faces, never the faces: the office's machine supplies them. */
export const faces = {
  body: '仿宋_GB2312',
  heading: '黑体',
  subheading: '楷体_GB2312',
  title: '方正小标宋简体',
  number: '宋体',
} as const

/** The face of body text and of the four levels of headings. */
export const faceOfLevel = [faces.body, faces.heading, faces.subheading, faces.body, faces.body] as const

/** What a machine without a face may take instead, by name. */
const instead: Readonly<Record<string, string>> = {
  [faces.body]: '仿宋',
  [faces.heading]: 'SimHei',
  [faces.subheading]: '楷体',
  [faces.title]: '宋体',
  [faces.number]: 'SimSun',
}

/** The one face of a run for all its signs; quotation marks and dashes count as Chinese. */
export function face(name: string): string {
  return element('w:rFonts', {
    'w:hint': 'eastAsia',
    'w:ascii': name,
    'w:eastAsia': name,
    'w:hAnsi': name,
    'w:cs': name,
  })
}

/** The table of faces: their names and what stands in for them. */
export function fontTable(): string {
  const fonts = Object.values(faces).map((name) =>
    element(
      'w:font',
      { 'w:name': name },
      value('w:altName', instead[name]!),
      value('w:charset', '86'),
      value('w:family', 'auto'),
      value('w:pitch', 'default'),
    ),
  )
  return part(element('w:fonts', SPACES, ...fonts))
}

import { face, faceOfLevel, faces } from './faces.ts'
import { element, part, SPACES, value } from './markup.ts'
import { CHARACTER, LINE, NARROWER, size } from './page.ts'

const exactly = (line: number) =>
  element('w:spacing', { 'w:before': 0, 'w:after': 0, 'w:line': line, 'w:lineRule': 'exact' })
const off = (name: string) => value(name, 0)

interface Style {
  readonly id: string
  readonly name: string
  readonly basedOn?: string
  /** Properties of the paragraph and of its letters, already XML. */
  readonly paragraph?: string
  readonly letters?: string
}

function style({ id, name, basedOn, paragraph, letters }: Style): string {
  return element(
    'w:style',
    { 'w:type': 'paragraph', 'w:styleId': id, 'w:default': basedOn === undefined && '1' },
    value('w:name', name),
    basedOn === undefined ? '' : value('w:basedOn', basedOn),
    element('w:qFormat', {}),
    paragraph === undefined ? '' : element('w:pPr', {}, paragraph),
    letters === undefined ? '' : element('w:rPr', {}, letters),
  )
}

const sized = (half: number, spacing: number) =>
  value('w:spacing', spacing) + value('w:sz', half) + value('w:szCs', half)
const indented = element('w:ind', { 'w:firstLine': 2 * CHARACTER })

/** What holds where no style says otherwise. */
function defaults(): string {
  return element(
    'w:docDefaults',
    {},
    element(
      'w:rPrDefault',
      {},
      element(
        'w:rPr',
        {},
        face(faces.body),
        value('w:sz', size.body),
        value('w:szCs', size.body),
        element('w:lang', { 'w:val': 'en-US', 'w:eastAsia': 'zh-CN', 'w:bidi': 'ar-SA' }),
      ),
    ),
    element('w:pPrDefault', {}),
  )
}

/**
 * The styles of a paper: body text of 22 lines by 28 characters, title, four levels of headings, lines apart, cells. Space
 * between Chinese and figures is off, single lines may end a page and no sign hangs over the edge, or no count would hold.
 */
export function styles(): string {
  const headings = ([1, 2, 3, 4] as const).map((level) =>
    style({
      id: `Heading${level}`,
      name: `heading ${level}`,
      basedOn: 'Normal',
      paragraph: (level < 3 ? element('w:keepNext', {}) : '') + indented + value('w:outlineLvl', level - 1),
      letters: face(faceOfLevel[level]),
    }),
  )
  const normal = style({
    id: 'Normal',
    name: 'Normal',
    paragraph: [
      off('w:widowControl'),
      off('w:overflowPunct'),
      off('w:autoSpaceDE'),
      off('w:autoSpaceDN'),
      exactly(LINE),
    ].join(''),
    letters: face(faces.body) + sized(size.body, NARROWER),
  })
  return part(
    element(
      'w:styles',
      SPACES,
      defaults(),
      normal,
      style({ id: 'BodyText', name: 'Body Text', basedOn: 'Normal', paragraph: indented + value('w:jc', 'both') }),
      style({
        id: 'Title',
        name: 'Title',
        basedOn: 'Normal',
        paragraph: element('w:keepNext', {}) + value('w:jc', 'center'),
        letters: face(faces.title) + sized(size.title, 0),
      }),
      style({
        id: 'Subtitle',
        name: 'Subtitle',
        basedOn: 'Normal',
        paragraph: value('w:jc', 'center'),
        letters: face(faces.subheading),
      }),
      ...headings,
      style({
        id: 'TableText',
        name: 'Table Text',
        basedOn: 'Normal',
        paragraph: off('w:snapToGrid') + exactly(340),
        letters: face(faces.body) + sized(size.table, 0),
      }),
      style({ id: 'Footer', name: 'footer', basedOn: 'Normal', paragraph: off('w:snapToGrid') }),
      style({ id: 'Header', name: 'header', basedOn: 'Normal', paragraph: off('w:snapToGrid') }),
    ),
  )
}

/** What holds for the whole document: odd and even pages differ, and signs keep their full width. */
export function settings(): string {
  const compatible = element('w:compatSetting', {
    'w:name': 'compatibilityMode',
    'w:uri': 'http://schemas.microsoft.com/office/word',
    'w:val': 15,
  })
  return part(
    element(
      'w:settings',
      SPACES,
      element('w:zoom', { 'w:percent': 100 }),
      value('w:defaultTabStop', 420),
      element('w:evenAndOddHeaders', {}),
      value('w:drawingGridVerticalSpacing', LINE / 3),
      value('w:characterSpacingControl', 'doNotCompress'),
      element(
        'w:compat',
        {},
        element('w:spaceForUL', {}),
        element('w:balanceSingleByteDoubleByteWidth', {}),
        compatible,
      ),
      element('w:themeFontLang', { 'w:val': 'en-US', 'w:eastAsia': 'zh-CN' }),
    ),
  )
}

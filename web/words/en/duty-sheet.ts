import type { Shape } from '../shape.ts'
import type { dutySheet as zh } from '../zh/duty-sheet.ts'

export const dutySheet: Shape<typeof zh> = {
  name: 'Quarterly sheet',
  title: 'Sheet of {{name}}, quarter {{quarter}} of {{year}}',
  quarter: 'Quarter',
  paper: 'Download',
  counts: '{{owed}} owed this quarter, {{closed}} closed, {{late}} late, {{madeGoodLate}} made good late',
  duties: 'Duties',
  dutyCount: '{{count}} in all',
  none: 'No duty of this post this quarter',
  noneWhy: 'Once the list is issued, the duties of the responsible leader are listed here.',
  instructions: 'Instructions',
  noInstructions: 'No instruction this quarter.',
  no: 'No. {{no}}',
  cell: { value: 'New content', reason: 'After issue: the reason; Enter saves' },
}

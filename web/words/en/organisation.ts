import type { Shape } from '../shape.ts'
import type { organisation as zh } from '../zh/organisation.ts'

export const organisation: Shape<typeof zh> = {
  title: 'Organisation',
  import: {
    fill: 'Get the empty sheet and fill it in.',
    template: 'Get the sheet',
    choose: 'Choose the filled sheet (xlsx); it is checked first, nothing is written.',
    file: 'Choose a file',
    other: 'Another file',
    rule: 'If one row needs a change, no row is written.',
    take: 'Import',
    close: 'Done',
    clean: 'Checked',
    done: 'Imported',
    row: 'row {{row}}',
  },
}

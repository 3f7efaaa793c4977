import type { Shape } from '../shape.ts'
import type { help as zh } from '../zh/help.ts'

export const help: Shape<typeof zh> = {
  title: 'Manual',
  contents: 'Contents',
  none: 'The manual has no such page',
  noneWhy: 'Look in the contents at the left.',
  onlyChinese: 'This page exists in Chinese only.',
  thisPage: 'About this page',
  all: 'Manual',
}

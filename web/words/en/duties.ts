import type { Shape } from '../shape.ts'
import type { duties as zh } from '../zh/duties.ts'

export const duties: Shape<typeof zh> = { title: 'Responsibility list' }

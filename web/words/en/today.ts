import type { Shape } from '../shape.ts'
import type { today as zh } from '../zh/today.ts'

export const today: Shape<typeof zh> = {
  empty: 'Nothing needs you today',
  emptyNote: 'What is due, waiting for you or off track is listed here.',
}

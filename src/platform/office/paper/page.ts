/** Twentieths of a point, the measure of Word, from millimetres. */
export const twips = (mm: number): number => Math.round((mm * 1440) / 25.4)

/** Half points, by the Chinese names of sizes: 2号 3号 4号 小4号 5号. */
export const size = { title: 44, body: 32, small: 28, table: 24, fine: 21 } as const

/** 225 mm in 22 lines: exactly this much from line to line. */
export const LINE = 579
/** 28 characters in 156 mm: each a little narrower than its own 16 points. */
export const NARROWER = -5
/** One character of the body text as it is set, in twips. */
export const CHARACTER = 20 * 16 + NARROWER
/** One character of size 4, by which page number and imprint stand in from the edge. */
export const SMALL_CHARACTER = 280

/** A sheet as it lies: its size, its margins, and where header and footer begin, in twips. */
export interface Sheet {
  readonly width: number
  readonly height: number
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
  readonly across: boolean
}

/** The page of GB/T 9704-2012: A4, 37 mm above, 28 mm at the binding, 156 × 225 mm of type. */
export const UPRIGHT: Sheet = {
  width: twips(210),
  height: twips(297),
  top: twips(37),
  bottom: twips(35),
  left: twips(28),
  right: twips(26),
  across: false,
}

/** The same sheet turned for a wide table: its head lies at the binding, so that the type area stays where it was. */
export const ACROSS: Sheet = {
  width: UPRIGHT.height,
  height: UPRIGHT.width,
  top: UPRIGHT.left,
  bottom: UPRIGHT.right,
  left: UPRIGHT.bottom,
  right: UPRIGHT.top,
  across: true,
}

/** The line of the page number: its height, and its distance from the type area, so that the dash lies 7 mm below that. */
export const NUMBER = { height: 400, below: twips(7) - 200 } as const

/** The width of the type area of a sheet, in twips. */
export const widthOf = (sheet: Sheet): number => sheet.width - sheet.left - sheet.right
/** The height of the type area of a sheet, in twips. */
export const heightOf = (sheet: Sheet): number => sheet.height - sheet.top - sheet.bottom

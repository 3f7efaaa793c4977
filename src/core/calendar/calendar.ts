/** Where the arrangement of a year comes from: the notice itself, two lists that agree (badge 待核对), or not announced yet. */
export type YearState = 'announced' | 'unverified' | 'not-announced'

/** A festival as a reminder knows it: its own day, and the days off that were announced around it. */
export interface Festival {
  readonly id: string
  readonly day: string
  readonly from: string
  readonly to: string
}

/** One year of the mainland's civil calendar; days are `YYYY-MM-DD` in Asia/Shanghai. */
export interface CalendarYear {
  readonly year: number
  readonly state: YearState
  readonly source: string
  readonly festivals: readonly Festival[]
  /** Days off that would else be workdays or weekends, by festival span. */
  readonly off: ReadonlySet<string>
  /** Weekend days that are worked. */
  readonly worked: ReadonlySet<string>
}

/** Years by number; a year that is not there counts as not announced. */
export interface Calendar {
  readonly years: ReadonlyMap<number, CalendarYear>
}

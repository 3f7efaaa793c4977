/** Calendar days after which an entry counts as late (补记): three working days and the weekend between. */
export const LATE_AFTER_DAYS = 5

const DAY_MS = 86_400_000

/**
 * Claims that a record of civil day `happenedOn`, first entered on civil day `enteredOn`, came late. What happened before
 * the go-live day is an opening import and never late (decision 7).
 */
export function isLate(happenedOn: string, enteredOn: string, goLiveOn: string): boolean {
  return happenedOn >= goLiveOn && (Date.parse(enteredOn) - Date.parse(happenedOn)) / DAY_MS > LATE_AFTER_DAYS
}

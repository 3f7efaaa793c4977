const joints = /^(.+?)[（(](.+?)[）)]$/

/**
 * The units that a unit as printed may mean: `人（次）` is 人 or 人次, `场（次）` is 场 or 场次, `次/场` is 次 or 场; any other is itself.
 * A text keeps its own spelling.
 */
export function unitMeanings(printed: string): readonly string[] {
  const unit = printed.trim()
  if (unit.includes('/') || unit.includes('／')) return unit.split(/[/／]/).filter((part) => part !== '')
  const joint = joints.exec(unit)
  return joint === null ? [unit] : [joint[1]!, joint[1]! + joint[2]!]
}

/** Whether a figure counted in one of `units` may be printed in the unit of the text. A slot without a unit takes any. */
export function unitFits(units: readonly string[], printed: string | null): boolean {
  return printed === null || printed === '' || unitMeanings(printed).some((unit) => units.includes(unit))
}

import type { Plan } from './plan-words.ts'

/** What the address of the record form holds for a planned activity: everything that the plan knows. */
export function draftOfPlan({ planId, kind, unitId, plannedOn, title, topics }: Plan, today: string) {
  return {
    plan: planId,
    unitId,
    day: plannedOn && plannedOn <= today ? plannedOn : today,
    ...(kind ? { kind } : {}),
    ...(title ? { title } : {}),
    ...(topics.length > 0 ? { topics } : {}),
  }
}

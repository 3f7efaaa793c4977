import { Refusal } from '../../platform/errors/refusal.ts'

const FAILURES_MAX = 5
const LOCK_MS = 15 * 60_000
const KEPT_MAX = 20_000

interface Failures {
  count: number
  lastAt: number
}

/**
 * Counts failed sign-ins per account and source: from the second on, the next try has to wait (1, 2, 4 s); after five
 * the pair is locked for 15 minutes. Kept in memory: a restart forgets it.
 */
export class SignInGuard {
  private readonly failures = new Map<string, Failures>()

  /** Refuses a try that comes too early. */
  check(who: string, at: number): void {
    const failed = this.failures.get(who)
    if (failed === undefined) return
    const wait = failed.count >= FAILURES_MAX ? LOCK_MS : failed.count < 2 ? 0 : 1000 * 2 ** (failed.count - 2)
    const left = failed.lastAt + wait - at
    if (left > 0 && failed.count >= FAILURES_MAX)
      throw new Refusal('session/locked', { minutes: Math.ceil(left / 60_000) })
    if (left > 0) throw new Refusal('request/too-many', { seconds: Math.ceil(left / 1000) })
    if (failed.count >= FAILURES_MAX) this.failures.delete(who)
  }

  /** Counts a failure and answers how many tries are left. */
  failed(who: string, at: number): number {
    const before = this.failures.get(who)
    const count = before === undefined || at - before.lastAt >= LOCK_MS ? 1 : before.count + 1
    // The oldest goes first, so that a flood of invented names cannot fill the memory.
    if (this.failures.size >= KEPT_MAX) this.failures.delete(this.failures.keys().next().value!)
    this.failures.delete(who)
    this.failures.set(who, { count, lastAt: at })
    return Math.max(0, FAILURES_MAX - count)
  }

  /** Forgets what failed before a success. */
  succeeded(who: string): void {
    this.failures.delete(who)
  }
}

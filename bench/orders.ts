/** One request of a run; `$uuid` in the body becomes a fresh id, which is the Idempotency-Key too. */
export interface Asked {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What the load generator is told; requests are taken in turn. */
export interface Orders {
  readonly host: string
  readonly port: number
  readonly clients: number
  readonly warmUp: number
  readonly requests: number
  readonly secondsMax: number
  readonly asked: readonly Asked[]
}

/** What the load generator counted; times in milliseconds as the client saw them. */
export interface LoadAnswer {
  readonly requests: number
  readonly failed: number
  readonly bytes: number
  readonly seconds: number
  readonly medianMs: number
  readonly p95Ms: number
  readonly refusal: string
}

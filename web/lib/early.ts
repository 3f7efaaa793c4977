type Answers = Record<string, Promise<Response | undefined>>

// The first page asks before the program is there, by address; see index.html.
const asked = (globalThis as { luzeEarly?: Answers }).luzeEarly ?? {}

/** Takes the answer that was asked for ahead of the program, once; undefined where there is none. */
export function takeEarly(address: string): Promise<Response | undefined> | undefined {
  const answer = asked[address]
  delete asked[address]
  return answer
}

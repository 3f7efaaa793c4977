type Named = { personId: string; name: string | null }

/** Names of a pasted text: cut at anything that is no part of a name; `张 三` stays one name. */
export function namesIn(text: string): string[] {
  const joined = text
    .normalize('NFKC')
    .replace(/(?<![\p{Script=Han}·])(\p{Script=Han}) (\p{Script=Han})(?![\p{Script=Han}·])/gu, '$1$2')
  return [...new Set(joined.split(/[^\p{L}\p{M}·]+/u).filter((part) => part.length > 1))]
}

/** Matches pasted names with a roster: whom they name, names that it has not, names that two of it have. */
export function matchNames(
  text: string,
  roster: readonly Named[],
): { matched: Set<string>; unmatched: string[]; twice: string[] } {
  const matched = new Set<string>()
  const unmatched: string[] = []
  const twice: string[] = []
  for (const name of namesIn(text)) {
    const found = roster.filter((person) => person.name === name)
    if (found.length > 1) twice.push(name)
    else if (found[0]) matched.add(found[0].personId)
    else unmatched.push(name)
  }
  return { matched, unmatched, twice }
}

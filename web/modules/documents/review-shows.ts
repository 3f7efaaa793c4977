/** Classes of clauses that are listed; those left on purpose stand with the undecided. */
export const clauseClasses = ['principle', 'background', 'quotation', 'undecided'] as const
/** One of the classes. */
export type ClauseClass = (typeof clauseClasses)[number]

/** What the list at the right of a review shows: drafts by what became of them, or the clauses of a class. */
export const reviewShows = ['open', 'confirmed', 'rejected', 'all', ...clauseClasses] as const
/** One of these. */
export type ReviewShow = (typeof reviewShows)[number]

import { anyOf, businessRoles, role } from '../../core/access/actor.ts'

/** The Party office alone takes documents in and keeps the register. */
export const mayKeepDocuments = anyOf(role('office'))

/** What a file holds that somebody has in his hand is told to those who import it and to those who write a report from it. */
export const mayExplainDocuments = anyOf(role('office', 'secretary'))

/** Whole texts are read where they are worked on, and by the reader for supervision. */
export const mayReadDocuments = anyOf(role('office', 'supervision-reader'))

/** Titles of cited documents are open to every business role; the three administrators have no business page. */
export const mayReadCites = anyOf(role(...businessRoles))

import type { Shape } from '../shape.ts'
import type { person as zh } from '../zh/person.ts'

export const person: Shape<typeof zh> = {
  organisation: 'Organisation',
  erased: 'erased',
  posts: 'Posts',
  noPosts: 'No post',
  branches: 'Branch memberships',
  noBranches: 'No membership that you may see',
  noBranchesWhy: 'The branch itself and those who keep the roster see it.',
  standing: { full: 'full member', probationary: 'probationary member' },
  since: 'since {{day}}',
  between: '{{from}} to {{to}}',
  duties: 'Duties led',
  hours: 'Hours in {{year}}',
  hoursNote: 'added up from records; for the person, the branch secretary and the handler',
  of: '{{counted}} of {{needed}}',
  records: 'From {{count}} records',
  limits: 'What is not here',
  limitsWhy:
    'No content of talks, no appraisal, rank or score, and no count of what was late. How much you see follows from your post.',
}

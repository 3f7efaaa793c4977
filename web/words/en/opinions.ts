import type { Shape } from '../shape.ts'
import type { opinions as zh } from '../zh/opinions.ts'

/** The office model's second opinion beside the drafts of a review. */
export const opinions: Shape<typeof zh> = {
  region: 'Second opinion',
  ask: 'Ask it',
  again: 'Ask again',
  agreed_one: '{{count}} draft seen alike',
  agreed_other: '{{count}} drafts seen alike',
  differs_one: '{{count}} difference',
  differs_other: '{{count}} differences',
  none: 'no difference',
  show: 'List the differences',
  hide: 'Close',
  take: 'Take over',
  go: 'Go to this draft',
  why: '{{why}} ({{count}})',
  note: 'For comparison only; taking one over changes that one, and can be taken back.',
  what: {
    missing: 'It sees a duty here too',
    extra: 'It sees no duty here',
    merge: 'It makes one of these',
    split: 'It makes several of this',
    border: 'It begins or ends elsewhere',
    kind: 'It calls this “{{kind}}”',
    mode: 'It takes this for {{mode}}',
    subject: 'It names “{{subject}}” as owner',
  },
  mode: { do: 'work to do', done: 'work done', problem: 'a shortcoming' },
}

import type { Shape } from '../shape.ts'
import type { accounts as zh } from '../zh/accounts.ts'

export const accounts: Shape<typeof zh> = {
  signIn: {
    title: 'Sign in',
    name: 'Account',
    password: 'Password',
    verb: 'Sign in',
    empty: 'Not signed in: account or password is empty. Fill in both.',
    again: 'Your session has ended, please sign in again',
    againNote: 'Everything on this page is still here; carry on after signing in.',
    leave: 'Someone else',
    other: 'This is another account; what was on the page is not kept.',
    show: 'Show password',
    hide: 'Hide password',
    lost: 'Password forgotten: ask the Party office for a one-time slip.',
  },
  firstUse: {
    title: 'First use',
    sentence: 'Set your account name and password. This link works once.',
    name: 'Account',
    nameNote: 'Used to sign in: your name in letters or your staff number.',
    password: 'Password',
    passwordNote: 'At least 12 characters; a sentence you remember is best.',
    repeat: 'Once more',
    verb: 'Set and sign in',
    short: 'Not set: the password has {{count}} characters and needs at least 12. Make it longer.',
    differ: 'Not set: the two passwords differ. Type the second again.',
    empty: 'Not set: the account name is empty. Fill it in.',
    noToken:
      'Not opened: this link is incomplete. Type the address on the slip again, or ask the Party office for another.',
  },
}

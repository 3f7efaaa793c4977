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
    first: 'First use: sign in with a slip',
    lost: 'Password forgotten: ask the Party office for a one-time slip.',
  },
  firstUse: {
    title: 'First use',
    sentence: 'Enter the code on your slip and set your own password. The code works once.',
    token: 'Code on the slip',
    name: 'Account',
    nameNote: 'Used to sign in; left empty, the account on the slip stays.',
    password: 'Password',
    passwordNote: 'At least 10 characters, three of capitals, small letters, digits and signs; no names.',
    repeat: 'Once more',
    verb: 'Set and sign in',
    noCode: 'Not set: the code is missing. Enter it as it stands on the slip.',
    empty: 'Not set: the password is missing. Set one.',
    short: 'Not set: the password has fewer than 10 characters. Make it longer.',
    classes: 'Not set: too few kinds of character. Use three of upper case, lower case, digits, signs.',
    differ: 'Not set: the two passwords differ. Type the second again.',
  },
}

import type { Module } from '../../platform/action/action.ts'
import { accountRecord } from './account.queries.ts'
import * as account from './account.ts'
import * as session from './session.ts'

export { guestOf } from '../../platform/http/server.ts'
export { bureausOf } from './bureaus.ts'
export { authenticate, bureauOf, openDoorkeeper } from './doorkeeper.ts'
export { createBureau, type NewBureau, openFirstAdministrator, operatorOf } from './first-administrator.ts'

/** Who may sign in, and by what: accounts, one-time slips, passwords, sessions. */
export const accounts: Module = {
  name: 'accounts',
  actions: [
    session.open,
    session.close,
    session.redeem,
    session.amend,
    account.open,
    account.openAdmin,
    account.reset,
    account.close,
    account.print,
  ],
  queries: [session.current, account.list],
  records: [accountRecord],
}

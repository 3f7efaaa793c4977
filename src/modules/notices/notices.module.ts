import type { Module } from '../../platform/action/action.ts'
import { addressRecord, closeAddressAction, ownAddressAnswer, recordAddressAction } from './address.ts'
import { channelRecord, closeChannelAction, listChannelsAnswer, openChannelAction, sendTestAction } from './channel.ts'
import { feedActions, feedQueries, feedSettingRecord } from './feed.ts'
import { digestOfDayAnswer, digestPaperAnswer, listNoticesAnswer } from './notice.queries.ts'
import { announceDigestsAction, hourRecord, planDigestAction } from './notice.ts'
import { getOrderAnswer, listOrdersAnswer, refoldOrders } from './order.queries.ts'
import {
  answerOrderAction,
  closeOrderAction,
  confirmOrderAction,
  openOrderAction,
  orderEventRecord,
  orderRecord,
  withdrawOrderAction,
} from './order.ts'
import { orderPaperAnswer } from './order-paper.ts'
import {
  draftRemindersAnswer,
  getReminderAnswer,
  listRemindersAnswer,
  reminderRecord,
  sendReminderAction,
} from './reminder.ts'

/** Inbox and morning digest, reminders before festivals, follow-up orders, channels and feeds out of the product, addresses. */
export const notices: Module = {
  name: 'notices',
  actions: [
    planDigestAction,
    announceDigestsAction,
    sendReminderAction,
    openOrderAction,
    confirmOrderAction,
    answerOrderAction,
    closeOrderAction,
    withdrawOrderAction,
    openChannelAction,
    closeChannelAction,
    sendTestAction,
    recordAddressAction,
    closeAddressAction,
    ...feedActions,
  ],
  queries: [
    listNoticesAnswer,
    digestOfDayAnswer,
    digestPaperAnswer,
    draftRemindersAnswer,
    getReminderAnswer,
    listRemindersAnswer,
    listOrdersAnswer,
    getOrderAnswer,
    orderPaperAnswer,
    listChannelsAnswer,
    ownAddressAnswer,
    ...feedQueries,
  ],
  records: [hourRecord, reminderRecord, orderRecord, orderEventRecord, channelRecord, addressRecord, feedSettingRecord],
  refolds: [refoldOrders],
}

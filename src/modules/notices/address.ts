import { sql } from 'kysely'
import { action, answer, type Context, type Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { eraseFields } from '../../platform/journal/erase.ts'
import { CURRENT, type RecordType, type Row, type Stored } from '../../platform/journal/record.ts'
import { closeAddress, ownAddress, recordAddress } from './address.contract.ts'
import { openChannels } from './delivery.ts'
import { mayGiveAddress } from './notice.access.ts'

/** A person's own mail address; the entry says neither whose nor which. */
export const addressRecord: RecordType = {
  type: 'mail-address',
  table: 'mail_addresses',
  clear: ['status'],
  sealed: ['pid', 'address'],
  personal: [{ of: 'pid', by: 'pid', fields: ['address'] }],
}

type Kept = Stored & { address: string | null }

const own = (ctx: Context): Promise<Kept | null> =>
  ctx.tx.first(sql<Kept>`select id, version, status, pid, address from mail_addresses where org_id = ${ctx.org.orgId}
    and pid = ${ctx.actor.pid}::uuid and superseded_idx = ${sql.raw(CURRENT)} and status = 'open' for no key update`)

/** Writes the next version; what the versions before it said is emptied, since nothing needs an old address. */
async function replace(ctx: Writing, kept: Kept, changes: Row): Promise<void> {
  await eraseFields(ctx, 'taken-back', [{ record: addressRecord, id: kept.id, fields: ['address'] }])
  ctx.revise(addressRecord, kept, changes)
}

export const recordAddressAction = action(recordAddress, {
  may: mayGiveAddress,
  run: async (ctx, input) => {
    const kept = await own(ctx)
    if (kept?.address === input.address) throw new Refusal('address/nothing-changed')
    if (kept !== null) {
      await replace(ctx, kept, { address: input.address })
      return { addressId: kept.id }
    }
    return { addressId: ctx.add(addressRecord, { status: 'open', pid: ctx.actor.pid, address: input.address }) }
  },
})

export const closeAddressAction = action(closeAddress, {
  may: mayGiveAddress,
  run: async (ctx) => {
    const kept = await own(ctx)
    if (kept === null) throw new Refusal('address/none')
    await replace(ctx, kept, { status: 'closed', address: null })
    return { closed: true }
  },
})

export const ownAddressAnswer = answer(ownAddress, {
  may: mayGiveAddress,
  run: async (ctx) => {
    const [kept, channels] = await Promise.all([
      ctx.tx.first(sql<{
        address: string | null
      }>`select m.address from mail_addresses m where m.org_id = ${ctx.org.orgId}
        and m.pid = ${ctx.actor.pid}::uuid and m.superseded_idx = ${sql.raw(CURRENT)} and m.status = 'open'
        and ${ctx.within({ people: ['m.pid'] })}`),
      openChannels(ctx),
    ])
    return { address: kept?.address ?? null, used: channels.some(({ kind }) => kind === 'mail') }
  },
})

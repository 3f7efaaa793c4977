import { isIP } from 'node:net'
import { createTransport } from 'nodemailer'
import type { ChannelSettings } from './delivery.ts'
import { addressOf, Undelivered } from './reach.ts'

const CONNECT_MS = 10_000
const ANSWER_MS = 20_000

/** A mail without content: to one person, with the words that everybody gets. */
export interface Mail {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Hands a mail to the one server that was configured. The same message has the same Message-ID each time it is tried. */
export async function sendMail(settings: ChannelSettings, password: string | null, mail: Mail): Promise<void> {
  const { host = '', port = 465, security = 'tls', user, sender = '' } = settings
  // A relay on this very machine is usual for mail.
  const address = await addressOf(host, { ownMachine: true })
  const transport = createTransport({
    host: address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(isIP(host) ? {} : { servername: host }) },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({
      from: sender,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      messageId: `<${mail.id}@${sender.split('@')[1]}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  } catch (error) {
    throw new Undelivered(reasonOf(error as { code?: string }))
  } finally {
    transport.close()
  }
}

function reasonOf({ code = '' }: { code?: string }): Undelivered['reason'] {
  if (code === 'EAUTH') return 'login'
  if (code === 'ETIMEDOUT') return 'timeout'
  if (code === 'ETLS' || /CERT|SSL/.test(code)) return 'security'
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return 'answer'
  if (code === 'ECONNECTION' || code === 'ESOCKET' || code === 'EDNS' || /^ECONN/.test(code)) return 'no-connection'
  return 'other'
}

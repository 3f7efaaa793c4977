import pg from 'pg'
import { pgTypes } from './parsers.ts'
import { Packet } from './wire.ts'

/** Text and parameters, as sent. `name`: parse once per connection; figures go unnamed (decision 9). */
export interface Statement {
  text: string
  values: unknown[]
  name?: string
}

/** What a statement answered: its rows, how many it read or changed, and its command, as in `INSERT`. */
export interface Answer {
  readonly rows: Record<string, unknown>[]
  readonly rowCount: number | null
  readonly command: string
}

/** The columns of a statement and how their texts are read; null: it answers no rows. */
type Shape = { readonly names: readonly string[]; readonly read: readonly ((text: string) => unknown)[] } | null

/** What one connection knows of a parsed statement; in doubt after a failure that may have come before the parse. */
interface Known {
  readonly text: string
  shape: Shape
  doubtful: boolean
}

interface Waiting {
  readonly statement: Statement
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
  known: Known
  /** Parsed with this packet. */
  fresh: boolean
  answer: { rows: Record<string, unknown>[]; rowCount: number | null; command: string }
}

interface Connection {
  readonly stream: { write(bytes: Uint8Array): unknown }
}

const parsed = new WeakMap<Connection, Map<string, Known>>()

/**
 * Statements that go to the database in one packet and are answered in one: with a packet and an answer for each, most of
 * the time of a short statement is spent on the way. Statements are parsed and their columns described once per connection.
 * The first failure ends the batch: everything behind it is passed over by the server and fails with it.
 */
export class Batch extends pg.Query {
  private readonly waiting: Waiting[] = []
  /** The statement that is being answered. */
  private at = 0
  private unreadable: unknown = null

  constructor() {
    super('')
  }

  /** Puts a statement behind the others; answered once the whole batch is. */
  add(statement: Statement): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const known = { text: statement.text, shape: null, doubtful: false }
      const answer = { rows: [], rowCount: null, command: '' }
      this.waiting.push({ statement, resolve, reject, known, fresh: true, answer })
    })
  }

  /** Called by the connection when the batch's turn to be sent has come; an error fails it unsent. */
  override submit = (connection: unknown): Error | null => {
    const statements = parsed.get(connection as Connection) ?? new Map<string, Known>()
    parsed.set(connection as Connection, statements)
    try {
      const packet = new Packet()
      for (const one of this.waiting) write(packet, one, statements)
      packet.sync()
      ;(connection as Connection).stream.write(packet.whole())
      return null
    } catch (error) {
      this.doubt(0)
      return error as Error
    }
  }

  handleRowDescription(message: { fields: { name: string; dataTypeID: number }[] }): void {
    this.waiting[this.at]!.known.shape = {
      names: message.fields.map((field) => field.name),
      read: message.fields.map((field) => pgTypes.getTypeParser(field.dataTypeID, 'text')),
    }
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    const { known, answer } = this.waiting[this.at]!
    const { names, read } = known.shape!
    const { fields } = message
    const row: Record<string, unknown> = {}
    try {
      for (let index = 0; index < fields.length; index++) {
        const text = fields[index]!
        row[names[index]!] = text === null ? null : read[index]!(text)
      }
    } catch (error) {
      this.unreadable ??= error
    }
    answer.rows.push(row)
  }

  handleCommandComplete(message: { text: string }): void {
    const { answer } = this.waiting[this.at++]!
    const words = message.text.split(' ')
    answer.command = words[0]!
    if (words.length > 1) answer.rowCount = Number(words.at(-1))
  }

  handleEmptyQuery(): void {
    this.at++
  }

  handleReadyForQuery(): void {
    for (const one of this.waiting) {
      if (this.unreadable === null) one.resolve(one.answer)
      else one.reject(this.unreadable)
    }
  }

  handleError(error: unknown): void {
    this.doubt(this.at)
    for (const [index, one] of this.waiting.entries()) {
      if (index < this.at && this.unreadable === null) one.resolve(one.answer)
      else one.reject(this.unreadable ?? error)
    }
  }

  private doubt(from: number): void {
    for (const one of this.waiting.slice(from)) if (one.fresh) one.known.doubtful = true
  }
}

function write(packet: Packet, one: Waiting, statements: Map<string, Known>): void {
  const { text, values, name = '' } = one.statement
  const before = name === '' ? undefined : statements.get(name)
  if (before && before.text !== text) throw new Error(`the name ${name} stands for another statement`)
  if (before === undefined || before.doubtful) {
    if (before) packet.forget(name)
    packet.parse(name, text)
    if (name !== '') statements.set(name, one.known)
  } else {
    one.known = before
    one.fresh = false
  }
  packet.bind(name, values)
  if (one.fresh) packet.describe()
  packet.execute()
}

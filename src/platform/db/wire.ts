/** A value as PostgreSQL's extended protocol takes it: text, bytes in binary, or null. */
export function wireValue(value: unknown): string | Uint8Array | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (typeof value !== 'object') return String(value)
  if (value instanceof Uint8Array) return value
  if (value instanceof Date) return value.toISOString()
  return Array.isArray(value) ? arrayLiteral(value) : JSON.stringify(value)
}

function arrayLiteral(values: readonly unknown[]): string {
  let text = '{'
  for (const [index, value] of values.entries()) {
    if (index > 0) text += ','
    if (Array.isArray(value)) text += arrayLiteral(value)
    else {
      const wire = wireValue(value)
      if (wire === null) text += 'NULL'
      else if (typeof wire === 'string') text += `"${wire.replace(/["\\]/g, '\\$&')}"`
      else text += `"\\\\x${Buffer.from(wire.buffer, wire.byteOffset, wire.byteLength).toString('hex')}"`
    }
  }
  return `${text}}`
}

/** Writes messages of the extended protocol one behind the other, to be sent as one packet. */
export class Packet {
  private bytes = Buffer.allocUnsafe(4096)
  private at = 0

  parse(name: string, text: string): void {
    const from = this.open('P')
    this.word(name)
    this.word(text)
    this.int16(0)
    this.close(from)
  }

  /** Asks which columns the statement answers that was bound last. */
  describe(): void {
    const from = this.open('D')
    this.byte(0x50)
    this.word('')
    this.close(from)
  }

  /** Forgets a parsed statement; one that is not there is no error. */
  forget(name: string): void {
    const from = this.open('C')
    this.byte(0x53)
    this.word(name)
    this.close(from)
  }

  bind(name: string, values: readonly unknown[]): void {
    const from = this.open('B')
    this.word('')
    this.word(name)
    const wires = values.map(wireValue)
    const binary = wires.some((wire) => wire !== null && typeof wire !== 'string')
    // No format at all says that every value is text.
    this.int16(binary ? wires.length : 0)
    if (binary) for (const wire of wires) this.int16(wire === null || typeof wire === 'string' ? 0 : 1)
    this.int16(wires.length)
    for (const wire of wires) this.value(wire)
    this.int16(0)
    this.close(from)
  }

  /** Runs what was bound last, to its end. */
  execute(): void {
    const from = this.open('E')
    this.word('')
    this.int32(0)
    this.close(from)
  }

  /** The barrier: after a failure everything before it is passed over. */
  sync(): void {
    this.close(this.open('S'))
  }

  /** All messages so far. */
  whole(): Buffer {
    return this.bytes.subarray(0, this.at)
  }

  private value(wire: string | Uint8Array | null): void {
    if (wire === null) {
      this.int32(-1)
      return
    }
    if (typeof wire !== 'string') {
      this.int32(wire.length)
      this.room(wire.length)
      this.bytes.set(wire, this.at)
      this.at += wire.length
      return
    }
    this.room(4 + wire.length * 3)
    const length = this.bytes.write(wire, this.at + 4)
    this.bytes.writeInt32BE(length, this.at)
    this.at += 4 + length
  }

  private open(code: string): number {
    this.byte(code.charCodeAt(0))
    this.int32(0)
    return this.at - 4
  }

  /** Puts the length into an opened message, now that it is known. */
  private close(from: number): void {
    this.bytes.writeInt32BE(this.at - from, from)
  }

  private word(text: string): void {
    this.room(text.length * 3 + 1)
    this.at += this.bytes.write(text, this.at)
    this.bytes[this.at++] = 0
  }

  private byte(value: number): void {
    this.room(1)
    this.bytes[this.at++] = value
  }

  private int16(value: number): void {
    this.room(2)
    this.at = this.bytes.writeUInt16BE(value, this.at)
  }

  private int32(value: number): void {
    this.room(4)
    this.at = this.bytes.writeInt32BE(value, this.at)
  }

  private room(size: number): void {
    if (this.at + size <= this.bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.at + size))
    this.bytes.copy(larger, 0, 0, this.at)
    this.bytes = larger
  }
}

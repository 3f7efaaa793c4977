/** One step of a 256-bit hash: mixes a block of sixteen big-endian words into the eight words of state, in place. */
export type Compression = (state: Int32Array, block: Int32Array) => void

/** Runs a compression over the bytes with the padding that SHA-256 and SM3 share (0x80, zeros, bit length in 8 bytes); 32 bytes. */
export function digestWith(start: readonly number[], compress: Compression, bytes: Uint8Array): Uint8Array {
  const state = Int32Array.from(start)
  const block = new Int32Array(16)
  const whole = bytes.length - (bytes.length % 64)
  for (let at = 0; at < whole; at += 64) mixBlock(state, block, compress, bytes, at)

  const rest = bytes.length - whole
  const tail = new Uint8Array(rest < 56 ? 64 : 128)
  tail.set(bytes.subarray(whole))
  tail[rest] = 0x80
  const view = new DataView(tail.buffer)
  view.setUint32(tail.length - 8, Math.floor(bytes.length / 0x20000000))
  view.setUint32(tail.length - 4, (bytes.length << 3) >>> 0)
  for (let at = 0; at < tail.length; at += 64) mixBlock(state, block, compress, tail, at)

  const out = new Uint8Array(32)
  const words = new DataView(out.buffer)
  for (let i = 0; i < 8; i++) words.setInt32(i * 4, state[i]!)
  return out
}

function mixBlock(state: Int32Array, block: Int32Array, compress: Compression, from: Uint8Array, at: number): void {
  for (let i = 0, p = at; i < 16; i++, p += 4) {
    block[i] = (from[p]! << 24) | (from[p + 1]! << 16) | (from[p + 2]! << 8) | from[p + 3]!
  }
  compress(state, block)
}

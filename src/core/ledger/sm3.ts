import { type Compression, digestWith } from './digest.ts'

const START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]
const rotate = (x: number, n: number): number => (x << n) | (x >>> (32 - n))
const T = Int32Array.from({ length: 64 }, (_, j) => (j < 16 ? rotate(0x79cc4519, j) : rotate(0x7a879d8a, j % 32)))
const W = new Int32Array(68)

const compress: Compression = (state, block) => {
  for (let j = 0; j < 16; j++) W[j] = block[j]!
  for (let j = 16; j < 68; j++) {
    const x = W[j - 16]! ^ W[j - 9]! ^ rotate(W[j - 3]!, 15)
    W[j] = x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(W[j - 13]!, 7) ^ W[j - 6]!
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let j = 0; j < 64; j++) {
    const a12 = rotate(a, 12)
    const ss1 = rotate((((a12 + e) | 0) + T[j]!) | 0, 7)
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g)
    const tt1 = (((ff + d) | 0) + (((ss1 ^ a12) + (W[j]! ^ W[j + 4]!)) | 0)) | 0
    const tt2 = (((gg + h) | 0) + ((ss1 + W[j]!) | 0)) | 0
    d = c
    c = rotate(b, 9)
    b = a
    a = tt1
    h = g
    g = rotate(f, 19)
    f = e
    e = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17)
  }
  state[0]! ^= a
  state[1]! ^= b
  state[2]! ^= c
  state[3]! ^= d
  state[4]! ^= e
  state[5]! ^= f
  state[6]! ^= g
  state[7]! ^= h
}

/** SM3 of the bytes (GB/T 32905-2016), 32 bytes, in plain TypeScript like `sha256`. */
export function sm3(bytes: Uint8Array): Uint8Array {
  return digestWith(START, compress, bytes)
}

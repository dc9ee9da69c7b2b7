'use strict'

// BigInts travel as a bit field (bit 0 is the sign, the rest the number of bytes), then the magnitude in
// little-endian 64-bit digits.

const p = require('../primordials')
const { asUintN, BigInt } = p

const hexDigit = c => c < 58 ? c - 48 : c - 87

/** The number of digit bytes that `value` needs: a multiple of 8, 0 for 0n. */
function bigIntByteLength (value) {
  if (value === 0n) return 0
  const magnitude = value < 0n ? -value : value
  if (asUintN(64, magnitude) === magnitude) return 8
  return (p.bigIntToString(magnitude, 16).length + 15 >> 4) * 8
}

/** Writes the digits to `bytes` at `at`; `length` comes from bigIntByteLength. */
function writeBigIntDigits (value, length, bytes, at) {
  if (length === 0) return
  // Hexadecimal is linear in both engines; shifting a long BigInt is not.
  const hex = p.bigIntToString(value < 0n ? -value : value, 16)
  let i = hex.length
  for (let k = 0; k < length; k++) {
    const low = i > 0 ? hexDigit(p.charCodeOf(hex, --i)) : 0
    const high = i > 0 ? hexDigit(p.charCodeOf(hex, --i)) : 0
    bytes[at + k] = high << 4 | low
  }
}

const HEX = '0123456789abcdef'

/** Reads `length` bytes of digits. Throws the engine's error if the number is too long. */
function readBigInt (negative, bytes, at, length) {
  let end = at + length
  while (end > at && bytes[end - 1] === 0) end--
  if (end === at) return 0n
  let hex = '0x'
  for (let k = end - 1; k >= at; k--) hex += HEX[bytes[k] >> 4] + HEX[bytes[k] & 15]
  const magnitude = BigInt(hex)
  return negative ? -magnitude : magnitude
}

module.exports = { bigIntByteLength, writeBigIntDigits, readBigInt }

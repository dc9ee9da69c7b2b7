// Damages a stream: flips, overwrites, cuts, duplicates and swaps bytes, and falsifies lengths. No node API
// is used.

const tags = [...'"c^oA{$a@IUNDTF0_-ZnszxyR;:\',B~V?rS\\'].map(x => x.charCodeAt(0))
const lengths = [[0], [1], [0x7f], [0x80, 0x01], [0xff, 0x7f], [0xff, 0xff, 0x03],
  [0xff, 0xff, 0xff, 0xff, 0x0f], [0x80, 0x80, 0x80, 0x80, 0x10]]

export function mutate (whole, random) {
  const integer = n => Math.floor(random() * n)
  let list = Array.from(whole)
  for (let n = 1 + integer(4); n > 0 && list.length > 2; n--) {
    const at = 2 + integer(list.length - 2)
    switch (integer(8)) {
      case 0: list[at] ^= 1 << integer(8); break
      case 1: list[at] = integer(256); break
      case 2: list[at] = tags[integer(tags.length)]; break
      case 3: list.splice(at, 1 + integer(4)); break
      case 4: list.splice(at, 0, ...lengths[integer(lengths.length)]); break
      case 5: list.splice(at, lengths.length, ...lengths[integer(lengths.length)]); break
      case 6: list = list.slice(0, at); break
      default: {
        const from = 2 + integer(list.length - 2)
        list.splice(at, 0, ...list.slice(from, from + integer(20)))
      }
    }
  }
  return Uint8Array.from(list)
}

// Node's own codec through its raw classes, which write V8's format. `v8.serialize()` is different: it writes
// typed arrays as node's host objects.
import v8 from 'node:v8'

export function serialize(value) {
  const serializer = new v8.Serializer()
  serializer.writeHeader()
  serializer.writeValue(value)
  return serializer.releaseBuffer()
}

export function deserialize(bytes) {
  const deserializer = new v8.Deserializer(bytes)
  deserializer.readHeader()
  return deserializer.readValue()
}

// Node's own codec: the raw classes, which write what V8 defines. `v8.serialize()` writes typed arrays as
// host objects of Node's and is something else.
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

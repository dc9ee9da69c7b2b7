'use strict'

// Takes away the globals that make objects for all worlds of a page.
//
// - The class of a custom element, and the objects that its constructor makes, are handed to every world.
// - The functions of a trusted-types policy are called by every world, and throw there.
// - The `info` of a navigation is handed to every world's listeners, and the error of a handler to every
//   world that asks how the navigation went.

for (const name of ['customElements', 'trustedTypes', 'navigation']) {
  if (Object.hasOwn(globalThis, name)) Object.defineProperty(globalThis, name, { value: null })
}

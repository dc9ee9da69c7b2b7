'use strict'

// Removes the globals that create objects shared by all worlds of a page.
//
// - The class of a custom element, and the objects that its constructor creates, are visible in every world.
// - The functions of a trusted-types policy are called by every world, and throw there.
// - The `info` of a navigation reaches every world's listeners, and the error of a handler every world that
//   asks for the navigation's result.

for (const name of ['customElements', 'trustedTypes', 'navigation']) {
  if (Object.hasOwn(globalThis, name)) Object.defineProperty(globalThis, name, { value: null })
}

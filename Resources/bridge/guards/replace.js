'use strict'

// Replaces WebKit's functions with functions of this world, keeping the originals' attributes.

const { defineProperty } = Reflect

/** Replaces the method of that name, if it exists. */
const replaceMethod = (holder, name, value) => {
  if (holder === undefined || !(name in holder)) return
  defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true })
}

/** Replaces the getter of a property. */
const replaceGetter = (holder, name, get, enumerable = true) => {
  defineProperty(holder, name, { get, set: undefined, enumerable, configurable: true })
}

module.exports = { replaceMethod, replaceGetter }

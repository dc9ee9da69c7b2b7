'use strict'

// Puts functions of this world in the place of WebKit's own, with the attributes that those have.

const { defineProperty } = Reflect

/** Replaces a method, if there is one of that name. */
const replaceMethod = (holder, name, value) => {
  if (holder === undefined || !(name in holder)) return
  defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true })
}

/** Replaces the getter of a property. */
const replaceGetter = (holder, name, get, enumerable = true) => {
  defineProperty(holder, name, { get, set: undefined, enumerable, configurable: true })
}

module.exports = { replaceMethod, replaceGetter }

// The page's part: before anything of the preload has run in the document, it puts itself where the preload's
// DOM calls run page code. Not in strict mode, where functions have no caller.

const stolen = []
const realms = [globalThis]
const judge = (value, where) => {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return
  let root = value
  try { for (let next; (next = Object.getPrototypeOf(root)) !== null;) root = next } catch {}
  if (!realms.some(realm => root === realm.Object.prototype)) stolen.push(
    `${where}: ${Object.prototype.toString.call(value)}`)
}

/** Every way there is to ask who called a function of the page's. */
const ways = [
  f => f.caller, f => f.arguments, f => f.arguments?.callee?.caller,
  f => Reflect.get(Function.prototype, 'caller', f), f => Reflect.get(Function.prototype, 'arguments', f)
]
/** Another realm has accessors of its own, which work on any function. */
function learnFrom (realm) {
  realms.push(realm)
  for (const name of ['caller', 'arguments']) {
    const accessor = Object.getOwnPropertyDescriptor(realm.Function.prototype, name)
    if (accessor?.get) ways.push(f => realm.Reflect.apply(accessor.get, f, []))
  }
}

let looks = 0
const look = (f, where) => {
  looks++
  for (const way of ways) {
    for (let last = f, step = 0; step < 6; step++) {
      let next
      try { next = way(last) } catch (error) { judge(error, `${where}, thrown`) }
      if (next === undefined || next === null) break
      judge(next, where)
      if (typeof next !== 'function') break
      last = next
    }
  }
}

const spies = {
  connected: function connected () { look(connected, 'connected'); look(arguments.callee, 'callee') },
  disconnected: function disconnected () {
    look(disconnected, 'disconnected'); look(arguments.callee, 'callee') },
  changed: function changed () { look(changed, 'attribute'); look(arguments.callee, 'callee') },
  message: function message () { look(message, 'getter'); return 'x' },
  called: function called () { look(called, 'callback') }
}
class Evil extends HTMLElement {}
Evil.observedAttributes = ['title', 'class', 'style', 'hidden', 'slot', 'data-key', 'data-other']
Evil.prototype.connectedCallback = spies.connected
Evil.prototype.disconnectedCallback = spies.disconnected
Evil.prototype.attributeChangedCallback = spies.changed
customElements.define('evil-element', Evil)

// Runs first, and writes down what the page's policy refuses from then on.
window.ranOwn = true
window.refused = []
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  refused.push(`${effectiveDirective} ${blockedURI}`)
})

/** Tries what a script may try: each true when it worked. */
window.tries = {
  eval: () => { try { return eval('true') } catch { return false } },
  Function: () => { try { return new Function('return true')() } catch { return false } },
  foreignFetch: () => fetch('http://127.0.0.1:8199/').then(() => true, () => false),
  javascriptLink: () => new Promise(resolve => {
    const link = document.body.appendChild(document.createElement('a'))
    link.href = 'javascript:window.ranLink = true'
    link.click()
    setTimeout(() => resolve(window.ranLink === true), 100)
  })
}

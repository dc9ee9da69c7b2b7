// Runs first, and records the violations of the page's policy from then on.
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
    window.ranLink = () => resolve(true)
    addEventListener('securitypolicyviolation', () => resolve(false), { once: true })
    const link = document.body.appendChild(document.createElement('a'))
    link.href = 'javascript:void ranLink()'
    link.click()
  })
}

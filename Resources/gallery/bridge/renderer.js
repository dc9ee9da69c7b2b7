const api = window.electronAPI

const checks = [
  ['What the page has', [
    () => typeof require,
    () => typeof process,
    () => Object.keys(api).join(', ')
  ]],
  ['Copies', [
    () => Object.isFrozen(api),
    () => api.person.name,
    () => typeof api.person.greet
  ]],
  ['Functions', [
    () => api.add(2, 3),
    () => api.later('a promise'),
    () => api.callMe(who => `called by ${who}`)
  ]],
  ['Errors keep their message and no more', [
    () => { try { api.fail() } catch (error) { return error.message } },
    () => { try { api.fail() } catch (error) { return error.secret } }
  ]]
]

async function run () {
  const table = document.getElementById('checks')
  for (const [title, expressions] of checks) {
    const heading = table.insertRow().insertCell()
    heading.colSpan = 2
    heading.innerText = title
    for (const expression of expressions) {
      const row = table.insertRow()
      const code = document.createElement('code')
      code.innerText = String(expression).replace('() => ', '')
      row.insertCell().append(code)
      row.insertCell().innerText = String(await expression())
    }
  }
}

run()

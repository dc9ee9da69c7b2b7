'use strict'

// Floor A's side of the measures.

const { messageHandlers } = window.webkit

let expected = 0
let allPushed

window.pushed = () => {
  if (--expected === 0) allPushed()
}

measureAll({
  invoke: {
    '': value => messageHandlers.echo.postMessage(value),
    '-json': async value => JSON.parse(await messageHandlers.echo.postMessage(JSON.stringify(value)))
  },
  hasBytes: false, // WebKit's own value passing makes other things of them
  sendSync (value) {
    const request = new XMLHttpRequest()
    request.open('POST', 'floor://app/sync', false)
    request.send(JSON.stringify(value))
    return JSON.parse(request.responseText)
  },
  async push (count) {
    expected = count
    const all = new Promise(resolve => { allPushed = resolve })
    messageHandlers.push.postMessage(count)
    await all
    messageHandlers.pushed.postMessage(count)
  },
  begin: name => messageHandlers.begin.postMessage(name),
  // Without the braces: the program adds figures of its own.
  end: figures => messageHandlers.end.postMessage(JSON.stringify(figures).slice(1, -1))
}).catch(error => messageHandlers.end.postMessage(`"error":${JSON.stringify(String(error))}`))
  .finally(() => messageHandlers.finish.postMessage(0))

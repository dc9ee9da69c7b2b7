const counter = document.getElementById('counter')

window.app.onUpdateCounter(step => {
  const value = Number(counter.innerText) + step
  counter.innerText = value
  window.app.counterValue(value)
})

const drawing = document.getElementById('drawing')
const filled = document.getElementById('filled')
const turns = document.getElementById('turns')
const shapes = [...document.querySelectorAll('[name=shape]')]
let angle = 0

const outlines = {
  Circle: 'M -45 0 a 45 45 0 1 0 90 0 a 45 45 0 1 0 -90 0 z',
  Square: 'M -40 -40 h 80 v 80 h -80 z',
  Triangle: 'M 0 -46 L 46 34 H -46 z'
}

function draw () {
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', outlines[shapes.find(shape => shape.checked).value])
  path.setAttribute('fill', filled.checked ? 'var(--accent)' : 'none')
  path.setAttribute('stroke', 'var(--accent)')
  path.setAttribute('stroke-width', 5)
  path.setAttribute('transform', `rotate(${angle})`)
  drawing.replaceChildren(path)
}

function show (state) {
  for (const shape of shapes) shape.checked = shape.value === state.shape
  filled.checked = state.filled
  turns.checked = state.turns
  draw()
}

document.querySelector('.demo').addEventListener('change', () => {
  const shape = shapes.find(shape => shape.checked).value
  window.electronAPI.change({ shape, filled: filled.checked, turns: turns.checked })
})

window.electronAPI.onChanged(show)
window.electronAPI.onTurn(degrees => {
  angle += degrees
  draw()
})
window.electronAPI.state().then(show)

// Fills in an element for each of the preload's setters, and takes the page's animation frames away.
'use strict'

for (const name of narrow.setters) {
  const holder = document.createElement(name === 'options' ? 'select' : 'p')
  holder.id = name === 'options' ? 'select' : name
  const evil = document.createElement('evil-element')
  evil.title = 'a'
  if (name === 'options') {
    const option = document.createElement('option')
    option.append(evil)
    holder.append(option)
  } else {
    holder.append(evil)
  }
  document.body.append(holder)
}
document.addEventListener(
  'DOMContentLoaded', () => { for (let id = 0; id < 10_000; id++) cancelAnimationFrame(id) })

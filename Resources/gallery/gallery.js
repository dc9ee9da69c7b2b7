// The frame around every page: the side bar, in place before the page's own content is parsed, and the code
// panel.
'use strict'

/** An element, its properties set and its children in it. */
function element (tag, properties = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value
    else made.setAttribute(name, value)
  }
  made.append(...children)
  return made
}

// MARK: The side bar

function sideBar () {
  const list = element('nav', { 'aria-label': 'Pages' },
    element('p', { className: 'brand' }, element('img', { src: '../icon.svg', alt: '' }), 'Martlet'))
  let group = ''
  for (const page of gallery.pages) {
    if (page.group !== group) list.append(element('h2', {}, group = page.group))
    const link = element('a', { href: `../${page.id}/index.html` }, page.title)
    if (page.id === gallery.page) link.setAttribute('aria-current', 'page')
    list.append(link)
  }
  list.addEventListener('keydown', event => step(event, [...list.querySelectorAll('a')], 'ArrowUp', 'ArrowDown'))
  return list
}

/** Moves the focus with the arrow keys. */
function step (event, all, back, forward) {
  const move = { [back]: -1, [forward]: 1 }[event.key]
  const next = all[all.indexOf(document.activeElement) + move]
  if (!next) return
  event.preventDefault()
  next.focus()
  return next
}

// MARK: The code

/** Who runs a file, by its name. */
function role (name) {
  if (name.endsWith('.swift')) return 'Main process'
  if (name.endsWith('preload.js')) return 'Preload'
  return name.endsWith('.html') ? 'Page' : 'Renderer'
}

async function codePanel () {
  const files = await gallery.code()
  const text = element('pre', { id: 'code', role: 'tabpanel', tabIndex: 0 })
  const tabs = files.map(file => element('button', { type: 'button', role: 'tab', 'aria-controls': 'code' },
    element('span', {}, role(file.name)), file.name))
  function show (index) {
    tabs.forEach((tab, other) => {
      tab.setAttribute('aria-selected', other === index)
      tab.tabIndex = other === index ? 0 : -1
    })
    text.setAttribute('aria-label', files[index].name)
    text.replaceChildren(highlighted(files[index].name, files[index].text))
    text.scrollTo(0, 0)
  }
  tabs.forEach((tab, index) => tab.addEventListener('click', () => show(index)))
  const bar = element('div', { role: 'tablist', 'aria-label': 'The code of this page' }, ...tabs)
  bar.addEventListener('keydown', event => step(event, tabs, 'ArrowLeft', 'ArrowRight')?.click())
  // A page may have another file than the first that tells most.
  const first = document.querySelector('main').dataset.code
  show(first ? files.findIndex(file => file.name === first) : 0)
  return element('aside', {}, bar, text)
}

// MARK: Colours for the code

const script = /(?<comment>\/\/.*|\/\*[^]*?\*\/)|(?<string>"""[^]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`)|(?<keyword>\b(?:as|async|await|case|class|const|else|enum|extension|false|final|for|func|function|if|import|in|init|is|let|new|nil|null|of|private|return|self|static|struct|switch|throw|throws|true|try|undefined|var|while)\b)|(?<type>\b[A-Z]\w*)|(?<number>\b\d[\w.]*)/g
const markup = /(?<comment><!--[^]*?-->)|(?<keyword><\/?[\w-]+|<!DOCTYPE|\/?>)|(?<type>(?<=\s)[\w-]+(?==))|(?<string>(?<==)"[^"]*")/g

/** The text as spans, one for each piece that has a colour. */
function highlighted (name, text) {
  const pieces = document.createDocumentFragment()
  let end = 0
  for (const found of text.matchAll(name.endsWith('.html') ? markup : script)) {
    const [kind] = Object.entries(found.groups).find(([, part]) => part !== undefined)
    pieces.append(text.slice(end, found.index), element('span', { className: kind }, found[0]))
    end = found.index + found[0].length
  }
  pieces.append(text.slice(end))
  return pieces
}

document.body.prepend(sideBar())
codePanel().then(panel => document.body.append(panel))

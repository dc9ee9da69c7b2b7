'use strict'

// A parser's facts about scripts, as JSON: node --expose-internals facts.cjs < [{ name, source, isModule }].
// The parser is acorn, which is part of node, so nothing needs to be installed.

const acorn = require('internal/deps/acorn/acorn/dist/acorn')
const walk = require('internal/deps/acorn/acorn-walk/dist/walk')

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']

/** The names that a pattern binds. */
function namesIn (pattern, add) {
  if (pattern === null) return
  switch (pattern.type) {
    case 'Identifier': return add(pattern.name)
    case 'ObjectPattern': return pattern.properties.forEach(each => namesIn(each.value ?? each.argument, add))
    case 'ArrayPattern': return pattern.elements.forEach(each => namesIn(each, add))
    case 'AssignmentPattern': return namesIn(pattern.left, add)
    case 'RestElement': return namesIn(pattern.argument, add)
  }
}

/** Top-level bindings that are never read. */
function unusedIn (program) {
  const bound = []
  const add = name => bound.push(name)
  for (const node of program.body) {
    if (node.type === 'VariableDeclaration') node.declarations.forEach(({ id }) => namesIn(id, add))
    if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') add(node.id.name)
    if (node.type === 'ImportDeclaration') node.specifiers.forEach(({ local }) => add(local.name))
  }
  // acorn-walk calls a name that is read an Identifier, and one that is bound a pattern.
  const read = new Set()
  walk.full(program, (node, _, type) => { if (type === 'Identifier') read.add(node.name) })
  const isExported = name => program.body.some(({ type, declaration }) =>
    type === 'ExportNamedDeclaration' && declaration?.id?.name === name)
  return bound.filter(name => !read.has(name) && !isExported(name))
}

/** Functions as [name or '', first line, lines], without a function that wraps a whole module. */
function functionsIn (program) {
  const found = []
  walk.full(program, node => {
    if (FUNCTIONS.includes(node.type)) {
      const { start, end } = node.loc
      found.push([node.id?.name ?? '', start.line, end.line - start.line + 1])
    }
  })
  return found
}

/** Lines that end with a statement's semicolon, not one in a text. */
function semicolonsIn (tokens) {
  return tokens.filter((token, index) =>
    token.type.label === ';' && tokens[index + 1]?.loc.start.line !== token.loc.start.line).map(
      token => token.loc.start.line)
}

/** Lines that end within a text, a template or a pattern, or nearly: they cannot be wrapped. */
function unbreakableIn (tokens) {
  const lines = new Set()
  for (const { type: { label }, loc: { start, end } } of tokens) {
    if (!['string', 'template', 'regexp'].includes(label)) continue
    for (let line = start.line; line <= end.line; line++) {
      if (start.line < end.line || end.column > 100) lines.add(line)
    }
  }
  return [...lines]
}

function factsOf ({ name, source, isModule }) {
  const tokens = []
  const options = {
    ecmaVersion: 'latest', sourceType: isModule ? 'module' : 'script', locations: true, onToken: tokens,
    allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true, allowHashBang: true
  }
  try {
    const program = acorn.parse(source, options)
    return {
      name,
      unused: unusedIn(program),
      functions: functionsIn(program),
      semicolons: semicolonsIn(tokens),
      unbreakable: unbreakableIn(tokens)
    }
  } catch (error) {
    return { name, error: error.message }
  }
}

const scripts = JSON.parse(require('fs').readFileSync(0, 'utf8'))
process.stdout.write(JSON.stringify(scripts.map(factsOf)))

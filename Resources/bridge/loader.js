// Runs the modules of one bundle: the value of this expression is a function that returns the exports of the
// entry module. `sources` has each module as a function, by its file's base name. Base names are unique in
// the bridge, because SwiftPM embeds files by them. So a folder in a `require` is for readers, and the loader
// ignores it. The bundle around it is in strict mode. In a page's world it runs before any page script, and
// nothing of it is reachable afterwards.
(sources, entry) => {
  const loaded = { __proto__: null }
  const require = path => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    let module = loaded[name]
    if (module === undefined) {
      module = loaded[name] = { exports: {} }
      sources[name](require, module, module.exports)
    }
    return module.exports
  }
  return require(entry)
}

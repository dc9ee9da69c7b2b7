'use strict'

// Electron's Menu and MenuItem. The items of a menu are kept here, with the closures of the app.

const { defineClass, BY_NATIVE } = require('./define-class.cjs')

function defineMenus (menuTable, itemTable) {
  const MenuItem = defineClass(itemTable, Native => class extends Native {
    #submenu

    constructor (options) {
      if (options === BY_NATIVE) {
        super(options)
        return
      }
      const { submenu, click, ...rest } = options
      const menu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : submenu
      super({ ...rest, submenu: menu })
      this.#submenu = menu
      this.click = (event, window, contents) => click?.(this, window, event, contents)
    }

    get submenu () { return this.#submenu ?? super.submenu ?? undefined }
  })

  let applicationMenu

  const Menu = defineClass(menuTable, Native => class extends Native {
    #items = []

    get items () { return this.#items.length > 0 ? this.#items : super.items }

    append (item) { this.insert(this.#items.length, item) }

    insert (position, item) {
      super.insert(position, item)
      this.#items.splice(position, 0, item)
    }

    static buildFromTemplate (template) {
      if (!Array.isArray(template)) {
        throw new TypeError('Invalid template for Menu: Menu template must be an array')
      }
      const menu = new Menu()
      for (const item of template) {
        if (typeof item !== 'object' || item === null) {
          throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type')
        }
        menu.append(item instanceof MenuItem ? item : new MenuItem(item))
      }
      return menu
    }

    static setApplicationMenu (menu) {
      if (menu !== null && !(menu instanceof Menu)) throw new TypeError('Invalid menu')
      super.setApplicationMenu(menu)
      applicationMenu = menu
    }

    static getApplicationMenu () {
      return applicationMenu === undefined ? super.getApplicationMenu() : applicationMenu
    }
  })

  return { Menu, MenuItem }
}

/** The user has chosen an item. */
function click (item, window) {
  item.click?.({}, window ?? undefined, window?.webContents)
}

module.exports = { defineMenus, click }

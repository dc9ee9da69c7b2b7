'use strict'
console.log('a line')
console.warn('a warning')
console.error('an error')

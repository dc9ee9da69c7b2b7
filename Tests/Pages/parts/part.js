module.exports = { part: 'found', name: require('./name') }

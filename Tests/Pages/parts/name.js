exports.name = 'a name'

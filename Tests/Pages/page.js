window.fromPage = 'page'
window.atStart = `${document.visibilityState} ${innerWidth}x${innerHeight}`

window.fromPage = 'page'

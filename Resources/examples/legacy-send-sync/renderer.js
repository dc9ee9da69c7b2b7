document.getElementById('answer').innerText = window.electronAPI.ping()

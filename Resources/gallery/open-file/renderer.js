const button = document.getElementById('btn')
const path = document.getElementById('filePath')

button.addEventListener('click', async () => {
  path.innerText = await window.electronAPI.openFile() ?? 'none chosen'
})

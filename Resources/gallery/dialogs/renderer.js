const form = document.getElementById('form')
const control = id => document.getElementById(id)

form.addEventListener('submit', async event => {
  event.preventDefault()
  const paths = await window.electronAPI.open({
    title: control('title').value,
    folders: control('folders').checked,
    several: control('several').checked,
    imagesOnly: control('imagesOnly').checked
  })
  const lines = (paths.length > 0 ? paths : ['Cancelled']).map(path => {
    const line = document.createElement('li')
    line.innerText = path
    return line
  })
  control('paths').replaceChildren(...lines)
})

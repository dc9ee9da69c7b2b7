const sample = document.getElementById('sample')
const output = id => document.getElementById(id)

for (const name of window.electronAPI.names) sample.add(new Option(name))

function show () {
  output('here').innerText = window.electronAPI.text(sample.value)
  output('there').innerText = output('back').innerText = ''
}

sample.addEventListener('change', show)
show()

document.getElementById('send').addEventListener('click', async () => {
  try {
    const { there, back } = await window.electronAPI.send(sample.value)
    output('there').innerText = there
    output('back').innerText = back
  } catch (error) {
    output('there').innerText = 'It did not get there.'
    output('back').innerText = error.message
  }
})

document.getElementById('wrong').addEventListener('click', async () => {
  try {
    await window.electronAPI.area(3, 'four')
  } catch (error) {
    output('error').innerText = error.message
  }
})

// WebKit does not tell a page which GPU there is, only whether it can draw with one or with something like
// it.
const webgl = document.createElement('canvas').getContext('webgl2') ? 'yes' : 'no'

const kinds = {
  h264: 'video/mp4; codecs="avc1.42E01E"',
  vp9: 'video/webm; codecs="vp9"',
  mp3: 'audio/mpeg',
  opus: 'audio/ogg; codecs="opus"'
}

const player = document.createElement('video')
const playable = Object.keys(kinds).filter(name => player.canPlayType(kinds[name]))

window.doctor.report({
  ...window.doctor.versions,
  webgl,
  media: playable.join(' ')
})

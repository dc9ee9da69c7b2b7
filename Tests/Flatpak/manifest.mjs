// `manifest.mjs MANIFEST TOOLCHAIN`: the manifest, for a machine without Flathub: on the local runtime, and
// with the Swift toolchain of this machine where Flathub has an SDK extension. Everything else stays as it
// is.
import { readFileSync } from 'node:fs'

const [, , file, toolchain] = process.argv
const manifest = JSON.parse(readFileSync(file, 'utf8'))

manifest.runtime = 'dev.martlet.local.Platform'
manifest.sdk = 'dev.martlet.local.Sdk'
manifest['runtime-version'] = 'bookworm'
delete manifest['sdk-extensions']
manifest['build-options'] = {
  'append-path': `${toolchain}/usr/bin`,
  'build-args': [`--filesystem=${toolchain}:ro`],
  env: manifest['build-options'].env
}
// It would run a program in the SDK that Debian has under another name.
manifest['appstream-compose'] = false

console.log(JSON.stringify(manifest, null, 2))

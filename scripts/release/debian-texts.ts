import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dropInNames, PROGRAM_NAMES } from './names.ts'
import { ROOT } from './project.ts'
import { ReleaseError } from './tool.ts'

/** Who stands behind the package: Debian's own variables, for those who make it for others. */
function maintainer(): string {
  const { DEBFULLNAME: name = 'hearth maintainers', DEBEMAIL: address = 'maintainers@hearth.invalid' } =
    process.env
  return `${name} <${address}>`
}

/** A text of the checkout. */
export function ours(path: string): string {
  const file = join(ROOT, path)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  throw new ReleaseError(`${path} is missing`)
}

/** A version as Debian orders it: `1.0.0-rc.1` comes before `1.0.0`. */
export function debianVersion(version: string): string {
  return version.replace('-', '~')
}

export function controlText(version: string, architecture: string, installedKilobytes: number): string {
  return `Package: hearth
Version: ${debianVersion(version)}
Architecture: ${architecture}
Maintainer: ${maintainer()}
Installed-Size: ${installedKilobytes}
Depends: libc6 (>= 2.28), libgcc-s1 (>= 3.0), libstdc++6 (>= 5.2), adduser
Suggests: prometheus
Section: net
Priority: optional
Description: readings of heating and metering devices for Prometheus
 Reads a home's heating and metering devices and hands the readings to
 Prometheus and to people. It only ever reads from devices.
 .
 It takes the place of single-device exporters, with the same series, labels,
 flags, variables, ports and paths:
${dropInNames()
  .map(name => `  * ${name}\n`)
  .join('')}`
}

/** The unit of a program, started from the package's own place instead of a link to a checkout. */
export function unitText(name: string): string {
  const text = ours(`packaging/systemd/${name}.service`)
  const own = text.replaceAll(`=/usr/local/bin/${name}`, `=/usr/bin/${name}`)
  if (own === text)
    throw new ReleaseError(`packaging/systemd/${name}.service does not start /usr/local/bin/${name}`)
  // The comment at its top is how to install it from a checkout.
  return `# Part of the package hearth. To change it: systemctl edit ${name}\n\n${own.slice(own.indexOf('[Unit]'))}`
}

/** A script that the package manager runs. */
export function maintainerScript(name: 'postinst' | 'prerm' | 'postrm'): string {
  const text = ours(`packaging/debian/${name}`)
  return text.replaceAll('@UNITS@', PROGRAM_NAMES.map(each => `${each}.service`).join(' '))
}

export function changelogText(version: string, date: number): string {
  const at = new Date(date * 1000).toUTCString().replace('GMT', '+0000')
  return `hearth (${debianVersion(version)}) stable; urgency=medium

  * Changes are in CHANGELOG.md.gz beside this file.

 -- ${maintainer()}  ${at}
`
}

export const COPYRIGHT_TEXT = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: hearth

Files: *
Copyright: hearth contributors
License: Apache-2.0
 On Debian systems the text of the Apache License 2.0 is in
 /usr/share/common-licenses/Apache-2.0.

Files: usr/lib/hearth/*
Copyright: hearth contributors; Node.js contributors; authors of the packages
 named in /usr/share/doc/hearth/NOTICES.gz
License: Apache-2.0 and others
 The program holds Node.js and packages under licences of their own. Each of
 them with its text is in /usr/share/doc/hearth/NOTICES.gz.
`

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The project's folder: where package.json, messages and migrations lie. The same from sources and from the build. */
export const root = (() => {
  let folder = import.meta.dirname
  while (!(existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'migrations')))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('cannot find the folder of the project')
    folder = parent
  }
  return folder
})()

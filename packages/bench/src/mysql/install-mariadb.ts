// MariaDB as Debian packages it, unpacked into a folder: nothing is installed, and nobody has to be root.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

const packages = [
  'mariadb-server-core',
  'mariadb-server',
  'mariadb-client-core',
  'mariadb-client',
  'mariadb-common',
  'libmariadb3',
  'libaio1',
  'libnuma1',
  'liburing2',
]

/** Where MariaDB's files are: the system's own, else unpacked below `folder`, once. */
export async function installMariadb(folder: string): Promise<string> {
  if (existsSync('/usr/sbin/mariadbd')) return '/'
  const root = `${folder}/root`
  if (existsSync(`${root}/usr/sbin/mariadbd`)) return root
  await mkdir(folder, { recursive: true })
  await run('apt-get', ['download', ...packages], { cwd: folder })
  const archives = (await readdir(folder)).filter((name) => name.endsWith('.deb'))
  for (const archive of archives) await run('dpkg-deb', ['-x', archive, root], { cwd: folder })
  return root
}

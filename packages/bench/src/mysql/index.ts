export { installMariadb } from './install-mariadb.ts'
export { startMariadb } from './start-mariadb.ts'
export { startMysql } from './start-mysql.ts'

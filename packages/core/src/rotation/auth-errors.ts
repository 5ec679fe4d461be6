// Ready-made `when`s for `retryOnRotation`. Each takes any error and looks for the one field that tells.

/**
 * MySQL and MariaDB: ER_ACCESS_DENIED_ERROR (1045), as mysql2 and mysql give it.
 * @example await retryOnRotation(context.secrets, 'db', query, { when: isMysqlAuthError })
 */
export function isMysqlAuthError(error: unknown): boolean {
  const { errno, code } = fieldsOf(error)
  return errno === 1045 || code === 'ER_ACCESS_DENIED_ERROR'
}

/**
 * PostgreSQL: invalid_password (28P01) or invalid_authorization_specification (28000), as pg and postgres give it.
 * @example await retryOnRotation(context.secrets, 'db', query, { when: isPostgresAuthError })
 */
export function isPostgresAuthError(error: unknown): boolean {
  const { code } = fieldsOf(error)
  return code === '28P01' || code === '28000'
}

/**
 * HTTP 401, as `status` or `statusCode` on the error or on its `response`.
 * @example await retryOnRotation(context.secrets, 'db', query, { when: isHttpAuthError })
 */
export function isHttpAuthError(error: unknown): boolean {
  const fields = fieldsOf(error)
  return [fields, fieldsOf(fields['response'])].some(
    ({ status, statusCode }) => status === 401 || statusCode === 401,
  )
}

function fieldsOf(error: unknown): Record<string, unknown> {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {}
}

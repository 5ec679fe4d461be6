export const USAGE = `usage: secrets-cache-local [values file] [flags] [-- command ...]
       secrets-cache-local run [function folder] [flags]
       secrets-cache-local --help | --version`

// The only file that imports aws4: it is built into a file of its own, which is loaded with the first request.
import aws4 from 'aws4'

export const { sign } = aws4

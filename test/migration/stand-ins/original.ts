// In place of an original: something that has its port and says so. original.ts PORT
import { createServer } from 'node:http'

const port = Number(process.argv[2])
createServer((_request, response) => response.end('the original answers\n')).listen(port)
process.on('SIGTERM', () => process.exit(0))

export { type ServedHttp, serveHttp } from './serve-http.ts'
export { type ServedPty, servePty } from './serve-pty.ts'
export { type ServedTcp, serveTcp } from './serve-tcp.ts'

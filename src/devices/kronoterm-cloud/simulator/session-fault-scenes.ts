import { makeDemoPlant } from './plant-scenes.ts'
import { htmlReply } from './reply.ts'
import type { Fault, Scene } from './scene.ts'

/** Questions after which the sessions of `session-dies` end: some minutes of a reader, and no multiple of what it asks in a round. */
const SHORT_SESSION_QUESTIONS = 40

/** What is wrong with logins and sessions. */
export const SESSION_FAULT_SCENES: readonly Scene[] = [
  faulty('wrong-password', 'Every login is refused with a reason, and open sessions end.', {
    endsSessions: true,
    onLogin: () =>
      htmlReply(200, 'Login', {
        setCookies: ['PHPSESSID=00000000000000000000000000; path=/', 'AuthReason=Account%20locked; path=/'],
      }),
  }),
  faulty('no-cookie', 'A login gives a page and no session; open sessions end.', {
    endsSessions: true,
    onLogin: () => htmlReply(200, 'Please try again later'),
  }),
  faulty('login-500', 'A login gives status 500; open sessions end.', {
    endsSessions: true,
    onLogin: () => htmlReply(500, 'Internal Server Error'),
  }),
  faulty('deleted-reason', 'Every login deletes the cookie that would tell of a refusal. No fault.', {
    endsSessions: true,
    deletesReason: true,
  }),
  faulty('session-lost-at-once', 'Every login is accepted, and no session lives.', {
    endsSessions: true,
    forgetsSessions: true,
  }),
  faulty('session-dies', 'All sessions end with every fortieth question.', {
    sessionQuestions: SHORT_SESSION_QUESTIONS,
  }),
  faulty('status-401', 'Logins are accepted, questions get status 401.', {
    onData: () => htmlReply(401, 'Unauthorized'),
  }),
  faulty('status-403', 'Logins are accepted, questions get status 403.', {
    onData: () => htmlReply(403, 'Forbidden'),
  }),
  faulty('redirect-to-login', 'Logins are accepted, questions lead back to the login.', {
    onData: () => htmlReply(302, 'Found', { headers: { Location: '/?login=1' } }),
  }),
]

function faulty(name: string, summary: string, fault: Fault): Scene {
  return { name, summary, makePlant: makeDemoPlant, fault }
}

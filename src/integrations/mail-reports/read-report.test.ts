import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readMailReport } from './read-report.ts'

const id = '3f0c8a52-6f0e-4c1e-9a5e-0b6a3f1d2c4e.0123456789abcdef0123456789abcdef'
const dsn = (action: string, status: string) => `From: mailer-daemon@mx.example\r\nMessage-ID: <abc@mx.example>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n\r\nSorry.\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ana@example.com\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 no such\r\n user\r\n\r\n--x\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: practice@heron.example\r\nMessage-ID:\r\n <${id}@heron.example>\r\n--x--\r\n`

test('a bounce is known by our own number, a full inbox and a delay are not one', () => {
  assert.deepEqual(readMailReport(dsn('failed', '5.1.1')), { messageIds: [id], outcome: 'bounced', code: 'STATUS 5.1.1' })
  assert.deepEqual(readMailReport(dsn('failed', '5.2.1')), { messageIds: [id], outcome: 'bounced', code: 'STATUS 5.2.1' })
  assert.deepEqual(readMailReport(dsn('failed', '5.7.1')), { messageIds: [id], outcome: 'refused', code: 'STATUS 5.7.1' })
  assert.deepEqual(readMailReport(dsn('delivered', '2.0.0')), { messageIds: [id], outcome: 'arrived', code: '2.0.0' })
  for (const [action, status] of [['delayed', '4.2.2'], ['failed', '4.2.2'], ['relayed', '2.0.0']] as const) assert.equal(readMailReport(dsn(action, status)), undefined)
})
test('a complaint is known; what is not about one of ours is not', () => {
  assert.deepEqual(readMailReport(`Content-Type: multipart/report; report-type=feedback-report\n\nFeedback-Type: abuse\nUser-Agent: Fbl/1\n\nMessage-ID: <${id}@heron.example>\n`), { messageIds: [id], outcome: 'complained', code: 'COMPLAINT' })
  assert.equal(readMailReport(dsn('failed', '5.1.1').replace(id, 'something-else')), undefined)
})
test('takes any text without falling over', () => { fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), text => { readMailReport(text); return true })) })

import QRCode from 'qrcode'
import type { Say } from '#platform/words.ts'
import { totpAddress } from '../check-second-factor.ts'

/** A QR code drawn here: no picture leaves the house. Black on white, also in the dark, so that every phone reads it. */
export function QrCode({ content, label }: { content: string; label: string }) {
  const { modules } = QRCode.create(content, { errorCorrectionLevel: 'M' })
  const runs: string[] = []
  for (let row = 0; row < modules.size; row++) {
    for (let from = 0; from < modules.size; from++) {
      if (!modules.get(row, from)) continue
      let to = from
      while (to < modules.size && modules.get(row, to)) to++
      runs.push(`M${from + 2} ${row + 2}h${to - from}v1h-${to - from}z`)
      from = to
    }
  }
  const side = modules.size + 4
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges" width="220" height="220">
      <rect width={side} height={side} fill="#fff" /><path d={runs.join('')} fill="#000" />
    </svg>
  )
}

/** What an app that makes codes needs: to scan, or to type; and the secret once more for the form that turns it on. */
export function AppSecret({ secret, name, say }: { secret: string; name: string; say: Say }) {
  return (
    <>
      <p>{say('accounts.app.scan')}</p>
      <QrCode content={totpAddress(secret, { issuer: 'Rapport', label: name })} label={say('accounts.app.qr')} />
      <p>{say('accounts.app.type')} <code className="secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
      <input type="hidden" name="secret" value={secret} />
    </>
  )
}

import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** A key with its certificate, PEM both. `sign` makes another one that this one vouches for. */
export type Certificate = { cert: string; key: string; sign: (name: string) => Certificate }

const tlv = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const list = (...parts: Uint8Array[]) => tlv(0x30, ...parts)
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, 'hex'))
const ecdsaWithSha256 = () => list(oid('2a8648ce3d040302'))
const nameOf = (name: string) => list(tlv(0x31, list(oid('550403'), tlv(0x0c, Buffer.from(name)))))
const pem = (der: Buffer) => `-----BEGIN CERTIFICATE-----\n${der.toString('base64').match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`

/** X.509 v3 for this machine, 2020 to 2049: enough for a test, and no program need be installed. Source: RFC 5280, section 4.1. */
function make(name: string, issuer?: { name: string; key: KeyObject }): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const basic = list(oid('551d13'), tlv(0x04, list(...(issuer ? [] : [tlv(0x01, Buffer.from([0xff]))]))))
  const hosts = list(oid('551d11'), tlv(0x04, list(tlv(0x82, Buffer.from('localhost')), tlv(0x87, Buffer.from([127, 0, 0, 1])))))
  const body = list(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))), tlv(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])), ecdsaWithSha256(), nameOf(issuer?.name ?? name),
    list(tlv(0x17, Buffer.from('200101000000Z')), tlv(0x17, Buffer.from('491231235959Z'))), nameOf(name), publicKey.export({ type: 'spki', format: 'der' }), tlv(0xa3, list(basic, hosts)))
  const signature = sign('sha256', body, issuer?.key ?? privateKey)
  return {
    cert: pem(list(body, ecdsaWithSha256(), tlv(0x03, Buffer.concat([Buffer.from([0]), signature])))), key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    sign: other => make(other, { name, key: privateKey }),
  }
}

/** An authority that vouches for itself. */
export const anAuthority = (name: string): Certificate => make(name)

import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest()

/** The part of CBOR that a passkey's answer is written in. */
function cbor(value: number | string | Buffer | Map<unknown, unknown>): Buffer {
  const head = (major: number, n: number) => (n < 24 ? Buffer.from([major << 5 | n]) : n < 256 ? Buffer.from([major << 5 | 24, n]) : Buffer.from([major << 5 | 25, n >> 8, n & 255]))
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, one]) => [cbor(key as string), cbor(one as string)])])
}

type Options = { challenge: string; rpId?: string; rp?: { id?: string } }
type Answering = { origin: string; rpId?: string; isVerified?: boolean; counter?: number; challenge?: string }

/** A passkey made of software: answers what a page would ask a browser for. */
export class TestPasskey {
  readonly id = randomBytes(24)
  #key: KeyObject
  #public: Map<unknown, unknown>
  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    this.#key = privateKey
    this.#public = new Map<unknown, unknown>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x, 'base64url')], [-3, Buffer.from(y, 'base64url')]])
  }

  #parts(type: 'webauthn.create' | 'webauthn.get', options: Options, { origin, rpId, isVerified = true, counter = 0, challenge }: Answering) {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    const client = Buffer.from(JSON.stringify({ type, challenge: challenge ?? options.challenge, origin, crossOrigin: false }))
    const flags = 1 | (isVerified ? 4 : 0) | (type === 'webauthn.create' ? 0x40 : 0)
    return { client, data: Buffer.concat([sha256(rpId ?? options.rpId ?? options.rp?.id ?? ''), Buffer.from([flags]), count]) }
  }
  #answer(response: Record<string, unknown>): string {
    const id = this.id.toString('base64url')
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })
  }

  make(options: string, how: Answering): string {
    const { client, data } = this.#parts('webauthn.create', JSON.parse(options) as Options, how)
    const authData = Buffer.concat([data, Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, cbor(this.#public)])
    const object = cbor(new Map<unknown, unknown>([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]]))
    return this.#answer({ clientDataJSON: client.toString('base64url'), attestationObject: object.toString('base64url'), transports: ['internal'] })
  }

  show(options: string, how: Answering): string {
    const { client, data } = this.#parts('webauthn.get', JSON.parse(options) as Options, how)
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), this.#key)
    return this.#answer({ clientDataJSON: client.toString('base64url'), authenticatorData: data.toString('base64url'), signature: signature.toString('base64url') })
  }
}

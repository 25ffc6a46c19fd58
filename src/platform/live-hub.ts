import type { ServerResponse } from 'node:http'
import type { Pool } from 'pg'
import type { Ear } from '#platform/keep-hearing.ts'
import { errorFields, type Log } from '#platform/log.ts'
import type { Permission } from '#platform/permission.ts'
import type { Face } from '#platform/session.ts'
import { liveChannel, readTouch, type Touch } from '#platform/touch.ts'

/** Who may hear of a topic: whoever works here and may do this, or the patient whose facts they are. */
export type LiveTopic = { topic: string; for: { staff: Permission } | 'patient' }
type Wish = LiveTopic & { token: Buffer; face: Face; patientId: string | undefined; response: ServerResponse }
type Stream = Wish & { key: string }
type Facts = { pool: Pool; now: () => Date; log: Log; mostStreams?: number }
type Said = 'changed' | 'refresh' | 'ended' | 'elsewhere'
type Row = [place: number, roles: string, isStrong: boolean, actingFor: string | null]
type Live = { roles: readonly string[]; isStrong: boolean; actingFor: string | null }

/** A browser that shows six pages at once has no line left to load a seventh. */
export const mostOfOneSession = 4
/** A session that ended, or may less, hears nothing more, and its streams are closed within a second. What happens meanwhile is gathered so long. */
const [recheckMs, gatherMs, beatMs, mostUnread] = [800, 5, 20_000, 64 * 1024]
const beat = Buffer.from(': still here\n\n')
const write = (event: Said, ids: readonly string[] = []): Buffer => Buffer.from(`${event === 'changed' ? '' : `event: ${event}\n`}data: ${JSON.stringify({ ids })}\n\n`)

/** The open screens of this process: who hears of what. Events carry ids; what they stand for is asked for by the page itself, as its reader. */
export class LiveHub {
  readonly #facts: Facts
  readonly #streams = new Set<Stream>()
  readonly #ofSession = new Map<string, Stream[]>()
  #pending: Touch[] = []
  #isAllStale = false
  #timers: NodeJS.Timeout[] = []
  #gathering: NodeJS.Timeout | undefined
  #isDelivering = false
  #isStopped = false

  constructor(facts: Facts) { this.#facts = facts }

  get count(): number { return this.#streams.size }

  /** Takes a stream in; whose session has too many loses the oldest, which may be one that nobody reads any more. False: the house is full. */
  open(wish: Wish, headers: Record<string, string>): boolean {
    if (this.#isStopped || this.#streams.size >= (this.#facts.mostStreams ?? 5_000)) return false
    const stream: Stream = { ...wish, key: wish.token.toString('base64') }
    const own = this.#ofSession.get(stream.key) ?? []
    if (own.length >= mostOfOneSession) this.#end(own[0]!, 'elsewhere')
    this.#streams.add(stream)
    this.#ofSession.set(stream.key, [...this.#ofSession.get(stream.key) ?? [], stream])
    const { response } = stream
    response.on('close', () => this.#forget(stream))
    response.on('error', () => this.#forget(stream))
    response.writeHead(200, headers)
    // Who loses the house comes back at a time of their own.
    response.write(`retry: ${1_000 + Math.round(Math.random() * 3_000)}\n\n`)
    if (this.#timers.length === 0) this.#timers = [setInterval(() => void this.#deliver(), recheckMs).unref(), setInterval(() => { for (const one of this.#streams) this.#send(one, beat) }, beatMs).unref()]
    return true
  }

  /** For the listener of this process: while it was gone anything may have happened, so all look again. */
  ear(): Ear {
    return {
      channel: liveChannel,
      opened: () => { this.#isAllStale = this.#streams.size > 0; this.#soon() },
      heard: payload => { this.#pending.push(readTouch(payload)); this.#soon() },
      lost: () => {},
    }
  }

  /** Ends every stream; browsers come back by themselves, here or where they find another. */
  stop(): void {
    this.#isStopped = true
    for (const stream of this.#streams) this.#end(stream)
  }

  #soon(): void {
    if (this.#gathering) return
    this.#gathering = setTimeout(() => { this.#gathering = undefined; void this.#deliver() }, gatherMs).unref()
  }

  /** Asks for all at once who is still in, ends the others, and says what changed. What cannot be asked is not said: it waits. */
  async #deliver(): Promise<void> {
    if (this.#streams.size === 0) this.#pending = []
    if (this.#isDelivering || this.#streams.size === 0) return
    this.#isDelivering = true
    const [touches, isAllStale] = [this.#pending, this.#isAllStale]
    ;[this.#pending, this.#isAllStale] = [[], false]
    try {
      const asked = [...this.#streams]
      const live = await this.#stillIn(asked)
      const heard = Map.groupBy(touches, ({ topic, patientId }) => `${topic} ${patientId ?? ''}`)
      const written = new Map([...heard].map(([key, of]) => [key, write('changed', of.some(one => one.ids.length === 0) ? [] : [...new Set(of.flatMap(one => one.ids))])]))
      const refresh = isAllStale ? write('refresh') : undefined
      for (const stream of asked) {
        if (!mayHear(stream, live.get(stream.key))) { this.#end(stream, 'ended'); continue }
        const said = refresh ?? written.get(`${stream.topic} ${stream.for === 'patient' ? stream.patientId : ''}`)
        if (said) this.#send(stream, said)
      }
    } catch (error) {
      this.#facts.log.warn('live streams wait', errorFields(error as Error))
      this.#isAllStale ||= isAllStale || touches.length > 0
    }
    this.#isDelivering = false
    if (this.#pending.length > 0) this.#soon()
  }

  async #stillIn(streams: readonly Stream[]): Promise<Map<string, Live>> {
    const tokens = new Map(streams.map(stream => [stream.key, stream.token]))
    const keys = [...tokens.keys()]
    const { rows } = await this.#facts.pool.query<Row>({ name: 'still-in', rowMode: 'array', text: 'select place, roles, is_strong, acting_for from platform.still_in($1::bytea[], $2)', values: [[...tokens.values()], this.#facts.now()] })
    return new Map(rows.map(([place, roles, isStrong, actingFor]) => [keys[place - 1]!, { roles: roles.split(' '), isStrong, actingFor }]))
  }

  #send(stream: Stream, bytes: Buffer): void {
    const { response } = stream
    if (response.writableLength > mostUnread) { response.destroy(); this.#forget(stream) }   // nobody reads it
    else response.write(bytes)
  }

  #end(stream: Stream, why?: Said): void {
    this.#forget(stream)
    stream.response.end(why && write(why))
  }

  #forget(stream: Stream): void {
    if (!this.#streams.delete(stream)) return
    const rest = (this.#ofSession.get(stream.key) ?? []).filter(one => one !== stream)
    if (rest.length > 0) this.#ofSession.set(stream.key, rest)
    else this.#ofSession.delete(stream.key)
    if (this.#streams.size > 0) return
    for (const timer of this.#timers) clearInterval(timer)
    this.#timers = []
  }
}

/** Looked at anew each time: roles are taken away, and who cares for several turns to another. */
const mayHear = (stream: Stream, live: Live | undefined): boolean =>
  live !== undefined && (stream.for === 'patient'
    ? live.actingFor !== null && live.actingFor === stream.patientId
    : live.isStrong && stream.for.staff.roles.some(role => live.roles.includes(role)))

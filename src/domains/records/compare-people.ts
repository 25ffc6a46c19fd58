import { phoneKeyOf, type Comer, type Person } from './find-people.ts'
import { noName, type Identity } from './read-identity.ts'

/** A person during one batch. */
export type Known = { id: string; who: Identity; plainName: string; phoneKey: string | null; isNew: boolean; isChanged: boolean; isMerged: boolean }
type Sure = { person: Known; why: 'number-and-birth-date' | 'name-birth-date-sex-phone' }
type Doubt = { person: Known; why: 'number-alone' | 'name-and-birth-date' }

const numberOf = (who: Identity) => (who.mrn === null ? null : JSON.stringify([who.mrnSystem, who.mrn]))
/** A name that is missing, or that nothing is left of, is no sign. */
const nameOf = (plainName: string, who: Identity) => (who.birthDate === null || plainName === '' || who.name === noName ? null : JSON.stringify([plainName, who.birthDate]))

/** The people that a batch may mean, found by their signs; kept up to date while those who come are linked one after the other. */
export class KnownPeople {
  readonly #people = new Map<string, Known>()
  readonly #byNumber = new Map<string, Set<Known>>()
  readonly #byName = new Map<string, Set<Known>>()

  constructor(people: readonly Person[]) {
    for (const { id, plainName, phoneKey, isMerged, ...who } of people) this.#enter({ id, who, plainName, phoneKey, isMerged, isNew: false, isChanged: false })
  }

  byId(id: string): Known | undefined { return this.#people.get(id) }
  changed(): Known[] { return [...this.#people.values()].filter(({ isNew, isChanged }) => isNew || isChanged) }

  /** Two strong signs. */
  sureOf({ who, plainName, phoneKey }: Comer): Sure[] {
    if (who.birthDate === null) return []
    const byNumber = this.#of(this.#byNumber, numberOf(who)).filter(person => person.who.birthDate === who.birthDate)
    const byName = phoneKey === null || who.sex === null || who.sex === 'unknown' ? [] : this.#of(this.#byName, nameOf(plainName, who)).filter(person =>
      person.phoneKey === phoneKey && person.who.sex === who.sex && (person.who.mrn === null || who.mrn === null || person.who.mrnSystem !== who.mrnSystem))
    return [...byNumber.map(person => ({ person, why: 'number-and-birth-date' as const })), ...byName.map(person => ({ person, why: 'name-birth-date-sex-phone' as const }))]
  }

  /** One strong sign alone: the same number with another birth date, or the same name and birth date. */
  doubtsOf({ who, plainName }: Comer): Doubt[] {
    const byNumber = this.#of(this.#byNumber, numberOf(who)).slice(0, 5)
    const byName = this.#of(this.#byName, nameOf(plainName, who)).filter(person => !byNumber.includes(person))
    return [...byNumber.map(person => ({ person, why: 'number-alone' as const })), ...byName.map(person => ({ person, why: 'name-and-birth-date' as const }))]
  }

  add(id: string, { who, plainName, phoneKey }: Comer, { hasNumber }: { hasNumber: boolean }): Known {
    return this.#enter({ id, who: hasNumber ? who : { ...who, mrn: null, mrnSystem: null }, plainName, phoneKey, isNew: true, isChanged: false, isMerged: false })
  }

  /** The newest word about somebody. What it leaves out stays, and so does the number they had first. */
  update(person: Known, { who, plainName }: Comer): void {
    const old = person.who
    this.#leave(person)
    person.who = {
      ...who, birthDate: who.birthDate ?? old.birthDate, sex: who.sex ?? old.sex, language: who.language ?? old.language, phone: who.phone ?? old.phone, email: who.email ?? old.email,
      address: who.address ?? old.address, mrn: old.mrn ?? who.mrn, mrnSystem: old.mrnSystem ?? who.mrnSystem,
    }
    Object.assign(person, { plainName, phoneKey: phoneKeyOf(person.who.phone), isChanged: true })
    this.#enter(person)
  }

  #keysOf({ who, plainName }: Known): [Map<string, Set<Known>>, string | null][] { return [[this.#byNumber, numberOf(who)], [this.#byName, nameOf(plainName, who)]] }

  #enter(person: Known): Known {
    this.#people.set(person.id, person)
    if (person.isMerged) return person
    for (const [index, key] of this.#keysOf(person)) {
      if (key === null) continue
      const shared = index.get(key)
      if (shared) shared.add(person)
      else index.set(key, new Set([person]))
    }
    return person
  }

  #leave(person: Known): void {
    for (const [index, key] of this.#keysOf(person)) if (key !== null) index.get(key)?.delete(person)
  }

  #of(index: Map<string, Set<Known>>, key: string | null): Known[] { return key === null ? [] : [...index.get(key) ?? []] }
}

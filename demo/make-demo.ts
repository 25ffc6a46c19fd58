import { randomInt, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bundle } from '@medplum/fhirtypes'
import type { Config } from '#platform/config.ts'
import type { Ctx, Role, SystemActor } from '#platform/ctx.ts'
import { inTransaction, poolDb, sql } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import { addPatientPerson, addStaff, giveTotp, letActForAsSystem } from '#accounts'
import { linkClinician } from '#practice'
import { importBundles } from '#integrations/ehr-fhir/import-bundles.ts'
import { generateOne, generatePatients } from '#demo/generate/generate-records.ts'
import { makeDemoPractice } from '#demo/practice.ts'
import { makeDemoSchedule } from '#demo/schedule.ts'

export type DemoPerson = { role: string; name: string; email: string; password: string; totpSecret?: string }
type Say = (line: string) => void

const plainWords = ['amber', 'birch', 'cedar', 'dune', 'ember', 'fern', 'grove', 'harbor', 'iris', 'juniper', 'kelp', 'lark', 'maple', 'north', 'otter', 'pebble', 'quartz', 'river', 'sage', 'thistle', 'umber', 'violet', 'willow', 'yarrow']
/** Four words and a number: long enough, and readable aloud. */
const newPassword = (): string => [...Array.from({ length: 4 }, () => plainWords[randomInt(plainWords.length)]!), String(randomInt(100, 999))].join('-')

const staff: readonly { role: Role; name: string; email: string }[] = [
  { role: 'clinician', name: 'Dr. Ada Brightmoor', email: 'clinician@demo.example' },
  { role: 'front-desk', name: 'Robin Quillfeather', email: 'frontdesk@demo.example' },
  { role: 'manager', name: 'Imani Foxgrove', email: 'manager@demo.example' },
]

/** The people whose records a visitor of the demo opens: Ana reads her own, Noor her child's. */
function demoBundles(now: Date): { ana: Bundle; child: Bundle; others: Bundle[] } {
  const seed = 'demo'
  const birthDay = (years: number) => `${now.getUTCFullYear() - years}-04-17`
  return {
    ana: generateOne('type-2-diabetes', { seed, now, wish: { given: 'Ana', family: 'Solberry', sex: 'female', birthDate: birthDay(54), email: 'patient@demo.example', recordNumber: 'KFM-200001' } }),
    child: generateOne('childhood-vaccines', { seed: `${seed}-child`, now, wish: { given: 'Teo', family: 'Larkspur', sex: 'male', birthDate: birthDay(6), recordNumber: 'KFM-200002' } }),
    others: [...generatePatients({ patients: 40, seed, now, style: 'mixed' })],
  }
}

/** Ana was asked yesterday to have her thyroid looked at: her results page says what to expect. */
function addOrder(bundle: Bundle, now: Date): void {
  const patient = bundle.entry?.find(({ resource }) => resource?.resourceType === 'Patient')
  const subject = bundle.type === 'transaction' ? patient?.fullUrl : `Patient/${patient?.resource?.id}`
  const authoredOn = new Date(now.getTime() - 86_400_000).toISOString()
  bundle.entry?.push({ fullUrl: 'https://kestrel.example.com/fhir/ServiceRequest/demo-order', resource: {
    resourceType: 'ServiceRequest', id: 'demo-order', meta: { lastUpdated: authoredOn }, status: 'active', intent: 'order', subject: { reference: subject! }, authoredOn, requester: { display: 'Dr. Ada Brightmoor' },
    code: { coding: [{ system: 'http://loinc.org', code: '3016-3' }], text: 'TSH' },
  }, ...(bundle.type === 'transaction' && { request: { method: 'POST' as const, url: 'ServiceRequest' } }) })
}

/** Makes the demo in a fresh demo database: the practice, its people, forty-two patients who do not exist. Once; later starts find it done. */
export async function makeDemo({ house, config, say }: { house: House; config: Config; say: Say }): Promise<void> {
  const file = join(config.dataDir, 'demo.json')
  if (existsSync(file)) return
  say('Making the demo practice and its invented patients …')
  const now = house.now()
  const ctx: Ctx<SystemActor> = { db: poolDb(house.pool), actor: { kind: 'system', job: 'accounts.command' }, now: () => now, log: house.log, requestId: randomUUID(), house }
  const as = (job: string): Ctx<SystemActor> => ({ ...ctx, actor: { kind: 'system', job } })

  const founded = await makeDemoPractice(as('practice.command'))
  const { ana, child, others } = demoBundles(now)
  addOrder(ana, now)
  await importBundles(as('records.import'), { source: 'demo', bundles: [ana, child, ...others] })
  const [anaId, childId] = [await patientByNumber(as('records.import'), 'KFM-200001'), await patientByNumber(as('records.import'), 'KFM-200002')]
  const { anaPerson, ...anaDemo } = await addPatient(ctx, anaId)
  const people: DemoPerson[] = [anaDemo, await addCaregiver(ctx, childId)]
  const workers = await Promise.all(staff.map(one => addWorker(ctx, one)))
  people.push(...workers.map(worker => worker.person))
  await inTransaction(as('practice.command'), tx => linkClinician(tx, { clinicianId: founded.clinicianIds['ada-brightmoor']!, personId: workers.find(one => one.person.role === 'clinician')!.personId }))
  await makeDemoSchedule(as('practice.command'), founded, { ana: anaId, anaPerson, child: childId, desk: workers.find(one => one.person.role === 'front-desk')!.personId })
  mkdirSync(config.dataDir, { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify({ url: config.publicUrl, people }, null, 2), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

async function patientByNumber(ctx: Ctx<SystemActor>, recordNumber: string): Promise<string> {
  const { transactionOn, speakFor } = await import('#platform/db.ts')
  return transactionOn({ pool: ctx.house.pool, begin: speakFor(ctx.actor, ctx.now()) }, async db => {
    const { rows } = await sql<{ id: string }>`select id from records.patient where mrn = ${recordNumber}`.execute(db.kysely)
    if (!rows[0]) throw new Error(`the demo's patient ${recordNumber} was not imported`)
    return rows[0].id
  })
}

async function addPatient(ctx: Ctx<SystemActor>, patientId: string): Promise<DemoPerson & { anaPerson: string }> {
  const [name, email, password] = ['Ana Solberry', 'patient@demo.example', newPassword()]
  return { role: 'patient', name, email, password, anaPerson: await addPatientPerson(ctx, { name, email, password, patientId, locale: 'en' }) }
}

/** Noor signs in for Teo and has no record of her own here. */
async function addCaregiver(ctx: Ctx<SystemActor>, childId: string): Promise<DemoPerson> {
  const [name, email, password] = ['Noor Larkspur', 'caregiver@demo.example', newPassword()]
  const personId = await addPatientPerson(ctx, { name, email, password, patientId: null, locale: 'en' })
  await letActForAsSystem(ctx, { personId, patientId: childId, basis: 'parent-of-child', endsAt: new Date(ctx.now().getTime() + 5 * 365 * 86_400_000) })
  return { role: 'caregiver', name, email, password }
}

async function addWorker(ctx: Ctx<SystemActor>, { role, name, email }: (typeof staff)[number]): Promise<{ person: DemoPerson; personId: string }> {
  const password = newPassword()
  const added = await addStaff(ctx, { name, email, roles: [role] })
  if (!added.ok) throw new Error(`${email} is taken`)
  return { personId: added.personId, person: { role, name, email, password, totpSecret: await giveTotp(ctx, added.personId, password) } }
}

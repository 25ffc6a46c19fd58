// Reports in words: pictures and tissue. `text` is what the radiologist or pathologist dictates, `conclusion` the line at its end.

/** `loinc` only where it is known for certain: imaging systems often send their own names alone. */
export type Study = { loinc?: string; name: string; category: 'RAD' | 'SP' | 'CT' | 'CUS'; by: 'leifQuillstone' | 'noorLarkwell' | 'tomasValdemora'; text: string; conclusion: string; snomed?: string }

export const studies = {
  mammogramClear: { loinc: '24606-6', name: 'MG Breast Screening', category: 'RAD', by: 'leifQuillstone', text: 'EXAM: Screening mammogram with tomosynthesis.\nFINDINGS: Scattered areas of fibroglandular density. No suspicious mass, calcification or distortion.', conclusion: 'BI-RADS 1: Negative. Routine screening in 1 year.' },
  mammogramWorrying: { loinc: '24606-6', name: 'MG Breast Screening', category: 'RAD', by: 'leifQuillstone', text: 'EXAM: Screening mammogram with tomosynthesis.\nCOMPARISON: Prior year.\nFINDINGS: Heterogeneously dense breasts. New 9 mm irregular mass with spiculated margins, left breast, upper outer quadrant, 6 cm from the nipple. No suspicious calcifications. Right breast unremarkable.', conclusion: 'BI-RADS 4B: Suspicious. Ultrasound-guided core biopsy is recommended.' },
  breastBiopsy: { loinc: '60567-5', name: 'Comprehensive pathology report panel', category: 'SP', by: 'noorLarkwell', text: 'SPECIMEN: Left breast, 2 o\'clock, ultrasound-guided core biopsy.\nGROSS: Five cores of tan-yellow tissue, 1.1 to 1.6 cm.\nMICROSCOPIC: Sections show invasive carcinoma of no special type, forming tubules and nests. Nottingham grade 2 (3+2+1). No lymphovascular invasion seen. ER positive (95%), PR positive (80%), HER2 negative (1+).', conclusion: 'LEFT BREAST, CORE BIOPSY: INVASIVE DUCTAL CARCINOMA, GRADE 2.', snomed: '254837009' },
  breastUltrasoundBenign: { name: 'US Breast - left', category: 'RAD', by: 'leifQuillstone', text: 'EXAM: Targeted ultrasound of the left breast.\nFINDINGS: 7 mm simple cyst at 3 o\'clock. No solid mass.', conclusion: 'BI-RADS 2: Benign finding.' },
  colonPathologyLow: { loinc: '60567-5', name: 'Comprehensive pathology report panel', category: 'SP', by: 'noorLarkwell', text: 'SPECIMEN: Polyp, ascending colon, cold snare.\nMICROSCOPIC: Tubular adenoma. No high-grade dysplasia.', conclusion: 'ASCENDING COLON POLYP: TUBULAR ADENOMA.' },
  colonPathologyHigh: { loinc: '60567-5', name: 'Comprehensive pathology report panel', category: 'SP', by: 'noorLarkwell', text: 'SPECIMEN: Polyp, sigmoid colon, 22 mm, piecemeal.\nMICROSCOPIC: Tubulovillous adenoma with focal high-grade dysplasia. The cauterized margin cannot be assessed. No invasion identified.', conclusion: 'SIGMOID COLON POLYP: TUBULOVILLOUS ADENOMA WITH HIGH-GRADE DYSPLASIA. Margin not evaluable.' },
  chestClear: { loinc: '30746-2', name: 'Portable XR Chest Views', category: 'RAD', by: 'leifQuillstone', text: 'EXAM: Chest, two views.\nFINDINGS: Lungs are clear. Cardiomediastinal silhouette is unremarkable. No effusion.', conclusion: 'No acute cardiopulmonary process.' },
  chestNodule: { loinc: '24627-2', name: 'CT Chest', category: 'CT', by: 'leifQuillstone', text: 'EXAM: CT chest without contrast.\nFINDINGS: 6 mm solid nodule, right upper lobe. Mild emphysema. No adenopathy. Occult fracture not seen.', conclusion: 'Incidental 6 mm pulmonary nodule. Follow-up CT in 6-12 months.' },
  obstetricUltrasound: { loinc: '11525-3', name: 'US Pelvis and Fetus for pregnancy', category: 'CUS', by: 'leifQuillstone', text: 'EXAM: Obstetric ultrasound, anatomy survey.\nFINDINGS: Single live intrauterine pregnancy. Four-chamber heart seen. Placenta posterior, not low-lying. Amniotic fluid normal.', conclusion: 'Normal fetal anatomy survey, size equals dates.' },
  boneDensity: { loinc: '38265-5', name: 'DXA [T-score] Bone density', category: 'RAD', by: 'leifQuillstone', text: 'EXAM: DXA, hip and spine.\nFINDINGS: Lumbar spine T-score -2.6. Femoral neck T-score -2.1.', conclusion: 'Osteoporosis by WHO criteria.' },
  heartUltrasound: { loinc: '34552-0', name: '2D echocardiogram panel', category: 'CUS', by: 'tomasValdemora', text: 'FINDINGS: Left ventricular ejection fraction 35-40%. Mild mitral regurgitation. Mild stenosis of the aortic valve.', conclusion: 'Moderately reduced left ventricular function.' },
  kneePicture: { name: 'XR Knee Views', category: 'RAD', by: 'leifQuillstone', text: 'EXAM: Knee, three views.\nFINDINGS: Moderate medial joint space narrowing, osteophytes. No fracture.', conclusion: 'Moderate osteoarthritis.' },
  kidneyPicture: { loinc: '24531-6', name: 'US Retroperitoneum', category: 'CUS', by: 'leifQuillstone', text: 'EXAM: Renal ultrasound.\nFINDINGS: Kidneys 9.1 and 9.4 cm, echogenic. No hydronephrosis. No mass.', conclusion: 'Medical renal disease. No obstruction.' },
  prostateScan: { name: 'MR Pelvis', category: 'RAD', by: 'leifQuillstone', text: 'EXAM: Multiparametric MRI of the prostate.\nFINDINGS: Prostate volume 58 mL. 11 mm lesion, left peripheral zone, PI-RADS 4. No extracapsular extension. Nodes unremarkable.', conclusion: 'PI-RADS 4 lesion. Targeted biopsy advised.' },
} as const satisfies Record<string, Study>

export type StudyKey = keyof typeof studies

/** SNOMED CT, where known, and words. */
export const procedures = {
  colonoscopy: ['73761001', 'Colonoscopy'], polypectomy: [undefined, 'Polypectomy of colon'], coreBiopsy: ['122548005', 'Biopsy of breast'], colposcopy: ['392003006', 'Colposcopy'],
  spirometry: ['127783003', 'Spirometry'], footExam: ['401191002', 'Diabetic foot examination'], eyeExam: ['308110009', 'Direct fundoscopy following mydriatic'], vaginalBirth: ['177184002', 'Normal delivery procedure'],
  electrocardiogram: ['29303009', 'Electrocardiographic procedure'], kneeInjection: [undefined, 'Injection of knee'], appendectomy: ['80146002', 'Appendectomy'],
  depressionScreen: ['171207006', 'Depression screening'], reconciliation: ['430193006', 'Medication reconciliation'], cervicalSmear: ['90226004', 'Cytopathology procedure, preparation of smear, genital source'],
} as const satisfies Record<string, readonly [snomed: string | undefined, words: string]>

export type ProcedureKey = keyof typeof procedures

// Tests answered in words. `usual` is what the laboratory expects and prints as its reference; `found` are the others.

export type Word = { text: string; snomed?: string }

const negative = { text: 'NEGATIVE', snomed: '260385009' }, positive = { text: 'POSITIVE', snomed: '10828004' }
const notDetected = { text: 'Not Detected', snomed: '260415000' }, detected = { text: 'Detected', snomed: '260373001' }
const nonReactive = { text: 'NON-REACTIVE', snomed: '131194007' }, reactive = { text: 'REACTIVE', snomed: '11214006' }

export type WordTest = {
  loinc: string
  name: string
  printed: string
  usual: Word
  found: readonly Word[]
  /** Neither answer is good or bad (blood type, immunity): no flag, no range. */
  isNeutral?: true
}

export const wordTests = {
  strep: { loinc: '78012-2', name: 'Streptococcus pyogenes Ag [Presence] in Throat by Rapid immunoassay', printed: 'RAPID STREP A', usual: negative, found: [positive] },
  fluA: { loinc: '80382-5', name: 'Influenza virus A Ag [Presence] in Upper respiratory specimen by Rapid immunoassay', printed: 'INFLUENZA A, RAPID', usual: notDetected, found: [detected] },
  fluB: { loinc: '80383-3', name: 'Influenza virus B Ag [Presence] in Upper respiratory specimen by Rapid immunoassay', printed: 'INFLUENZA B, RAPID', usual: notDetected, found: [detected] },
  covid: { loinc: '94500-6', name: 'SARS-CoV-2 (COVID-19) RNA [Presence] in Respiratory system specimen by NAA with probe detection', printed: 'SARS CoV 2 RNA, QL REAL TIME RT PCR', usual: notDetected, found: [detected] },
  hiv: { loinc: '56888-1', name: 'HIV 1+2 Ab+HIV1 p24 Ag [Presence] in Serum or Plasma by Immunoassay', printed: 'HIV AG/AB, 4TH GEN', usual: nonReactive, found: [reactive] },
  hepatitisC: { loinc: '13955-0', name: 'Hepatitis C virus Ab [Presence] in Serum or Plasma by Immunoassay', printed: 'HEPATITIS C AB', usual: nonReactive, found: [reactive] },
  hepatitisB: { loinc: '5196-1', name: 'Hepatitis B virus surface Ag [Presence] in Serum or Plasma by Immunoassay', printed: 'HBSAG SCREEN', usual: nonReactive, found: [reactive] },
  hepatitisBShield: { loinc: '22322-2', name: 'Hepatitis B virus surface Ab [Presence] in Serum', printed: 'HEPATITIS B SURFACE ANTIBODY QL', usual: reactive, found: [nonReactive], isNeutral: true },
  syphilis: { loinc: '20507-0', name: 'Reagin Ab [Presence] in Serum by RPR', printed: 'RPR (DX) W/REFL TITER', usual: nonReactive, found: [reactive] },
  chlamydia: { loinc: '43304-5', name: 'Chlamydia trachomatis rRNA [Presence] in Specimen by NAA with probe detection', printed: 'CHLAMYDIA TRACHOMATIS RNA, TMA', usual: notDetected, found: [detected] },
  gonorrhea: { loinc: '43305-2', name: 'Neisseria gonorrhoeae rRNA [Presence] in Specimen by NAA with probe detection', printed: 'NEISSERIA GONORRHOEAE RNA, TMA', usual: notDetected, found: [detected] },
  pregnancyUrine: { loinc: '2106-3', name: 'Choriogonadotropin (pregnancy test) [Presence] in Urine', printed: 'HCG, URINE, QL', usual: negative, found: [positive] },
  stoolBlood: { loinc: '29771-3', name: 'Hemoglobin.gastrointestinal.lower [Presence] in Stool by Immunoassay', printed: 'FECAL GLOBIN BY IMMUNOCHEM. (FIT)', usual: notDetected, found: [detected] },
  ana: { loinc: '8061-4', name: 'Nuclear Ab [Presence] in Serum', printed: 'ANA SCREEN, IFA', usual: negative, found: [positive] },
  rubella: { loinc: '25514-1', name: 'Rubella virus IgG Ab [Presence] in Serum', printed: 'RUBELLA IMMUNE STATUS', usual: { text: 'IMMUNE' }, found: [{ text: 'EQUIVOCAL' }, { text: 'NOT IMMUNE' }], isNeutral: true },
  groupBStrep: { loinc: '48683-3', name: 'Streptococcus agalactiae DNA [Presence] in Specimen by NAA with probe detection', printed: 'STREPTOCOCCUS GROUP B, PCR', usual: negative, found: [positive] },
  bloodGroup: { loinc: '883-9', name: 'ABO group [Type] in Blood', printed: 'ABO GROUP', usual: { text: 'O' }, found: [{ text: 'A' }, { text: 'A' }, { text: 'B' }, { text: 'AB' }], isNeutral: true },
  rhType: { loinc: '10331-7', name: 'Rh [Type] in Blood', printed: 'RH TYPE', usual: { text: 'RH(D) POSITIVE' }, found: [{ text: 'RH(D) NEGATIVE' }], isNeutral: true },
  antibodyScreen: { loinc: '890-4', name: 'Blood group antibody screen [Presence] in Serum or Plasma', printed: 'ANTIBODY SCREEN, RBC', usual: negative, found: [positive] },
  pap: { loinc: '10524-7', name: 'Microscopic observation [Identifier] in Cervix by Cyto stain', printed: 'PAP, IMAGE-GUIDED', usual: { text: 'Negative for intraepithelial lesion or malignancy (NILM)' }, found: [{ text: 'Atypical squamous cells of undetermined significance (ASC-US)' }, { text: 'Low grade squamous intraepithelial lesion (LSIL)' }] },
  hpv: { loinc: '21440-3', name: 'Human papilloma virus 16+18+31+33+35+45+51+52+56 DNA [Presence] in Cervix by Probe', printed: 'HPV, HIGH RISK', usual: notDetected, found: [detected] },
  buprenorphine: { loinc: '3414-0', name: 'Buprenorphine [Presence] in Urine', printed: 'BUPRENORPHINE, URINE', usual: positive, found: [negative], isNeutral: true },
  opiates: { loinc: '3879-4', name: 'Opiates [Presence] in Urine', printed: 'OPIATES, URINE', usual: negative, found: [positive] },
  cocaine: { loinc: '3397-7', name: 'Cocaine [Presence] in Urine', printed: 'COCAINE METABOLITE, URINE', usual: negative, found: [positive] },
  amphetamines: { loinc: '3349-8', name: 'Amphetamines [Presence] in Urine', printed: 'AMPHETAMINES, URINE', usual: negative, found: [positive] },
} as const satisfies Record<string, WordTest>

export type WordTestKey = keyof typeof wordTests

export const wordPanels = {
  strep: { code: '78012-2', name: 'Streptococcus pyogenes Ag [Presence] in Throat by Rapid immunoassay', printed: 'RAPID STREP A', tests: ['strep'] },
  respiratory: { printed: 'FLU A/B AND COVID-19, RAPID', tests: ['fluA', 'fluB', 'covid'] },
  hepatitisC: { code: '13955-0', name: 'Hepatitis C virus Ab [Presence] in Serum or Plasma by Immunoassay', printed: 'HEPATITIS C AB W/REFL TO HCV RNA', tests: ['hepatitisC'] },
  sexualHealth: { printed: 'STI PANEL', tests: ['chlamydia', 'gonorrhea', 'syphilis', 'hiv', 'hepatitisB', 'hepatitisC'] },
  chlamydia: { printed: 'CHLAMYDIA/N. GONORRHOEAE RNA, TMA', tests: ['chlamydia', 'gonorrhea'] },
  obstetric: { printed: 'OBSTETRIC PANEL', tests: ['bloodGroup', 'rhType', 'antibodyScreen', 'rubella', 'hepatitisB', 'hiv', 'syphilis'] },
  groupBStrep: { code: '48683-3', name: 'Streptococcus agalactiae DNA [Presence] in Specimen by NAA with probe detection', printed: 'STREPTOCOCCUS GROUP B, PCR', tests: ['groupBStrep'] },
  pregnancyUrine: { code: '2106-3', name: 'Choriogonadotropin (pregnancy test) [Presence] in Urine', printed: 'HCG, URINE, QL', tests: ['pregnancyUrine'] },
  stoolBlood: { code: '29771-3', name: 'Hemoglobin.gastrointestinal.lower [Presence] in Stool by Immunoassay', printed: 'FECAL GLOBIN BY IMMUNOCHEMISTRY', tests: ['stoolBlood'] },
  cervix: { printed: 'PAP AND HPV CO-TEST', tests: ['pap', 'hpv'] },
  immunity: { printed: 'IMMUNITY TITERS', tests: ['rubella', 'hepatitisBShield'] },
  ana: { code: '8061-4', name: 'Nuclear Ab [Presence] in Serum', printed: 'ANA SCREEN, IFA', tests: ['ana'] },
  drugScreen: { printed: 'DRUG MONITORING, BASE PANEL, URINE', tests: ['buprenorphine', 'opiates', 'cocaine', 'amphetamines'] },
} as const satisfies Record<string, { code?: string; name?: string; printed: string; tests: readonly WordTestKey[] }>

export type WordPanelKey = keyof typeof wordPanels

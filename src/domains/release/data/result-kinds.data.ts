import type { Category, Covered, Tier } from '../shared.ts'

/**
 * What kind of result a code or a name is, for the patient's choices (A4), the tier (R5) and the laws (A2). Codes are LOINC; names are what
 * laboratories call things where there is no code, in English and Spanish. The first that fits counts.
 */
export type ResultKind = { category: Category; tier: Tier; covers: readonly Covered[]; codes: readonly string[]; names: RegExp | null }

export const resultKinds: readonly ResultKind[] = [
  // Tissue: what is found may be cancer.
  { category: 'tissue', tier: 2, covers: ['malignancy'], codes: ['60567-5', '11526-1', '22634-0', '22635-7', '22636-5', '22637-3', '22638-1', '22639-9', '33717-0', '47527-7', '50971-1', '66121-5', '35265-8', '19762-4', '10524-7', '47528-5', '18500-9'], names: /\b(patholog|histolog|cytolog|biops|surgical path|pap smear|cervical cytology|frozen section|bone marrow|tumou?r (marker|cell)|carcinoma|melanoma|lymphoma|leuk[ae]mia|flow cytometry|patolog[ií]a|citolog[ií]a)/i },
  { category: 'genetic', tier: 2, covers: ['genetic'], codes: ['51968-6', '51969-4', '55232-3', '81247-9', '21636-6', '21639-0', '38404-0', '55207-5', '54043-5', '57979-0', '42931-6'], names: /\b(genetic|genom|gene (analysis|panel|test)|brca ?[12]?|karyotyp|chromosom|mutation|carrier screen|cell[- ]free (fetal )?dna|nipt|exome|huntingtin|lynch|gen[eé]tic)/i },
  { category: 'infection', tier: 2, covers: ['hiv'], codes: ['75622-1', '56888-1', '7918-6', '68961-2', '29893-5', '20447-9', '25836-8', '80387-4', '85361-4', '89365-1', '5220-9', '69668-2'], names: /\b(hiv|human immunodeficiency|vih)\b/i },
  { category: 'infection', tier: 2, covers: ['hepatitis'], codes: ['5195-3', '5196-1', '22322-2', '16935-9', '10900-9', '16933-4', '13954-3', '5185-4', '11011-4', '13955-0', '16128-1', '11259-9', '20416-4', '42595-9'], names: /\bhep(atitis)?[ -]?[bc]\b|\bhbs ?ag\b|\bhcv\b|\bhbv\b/i },
  { category: 'infection', tier: 2, covers: [], codes: ['21613-5', '24111-7', '43304-5', '43305-2', '21415-5', '20507-0', '5292-8', '31147-2', '22587-0', '24110-9', '71793-4', '22461-8', '14127-5', '5244-9', '47387-6', '77577-5', '59263-4'], names: /\b(chlamydia|gonorrh|syphilis|treponema|\brpr\b|trichomonas|herpes|hsv|hpv|papillomavirus|sti panel|std panel|clamidia|gonorrea|s[ií]filis)/i },
  { category: 'routine', tier: 1, covers: ['drug-use'], codes: ['19659-2', '19343-3', '3426-4', '14316-4', '3397-7', '19295-5', '3879-4', '18282-4', '19261-7', '77202-0', '65750-2', '72479-9'], names: /\b(drug (screen|of abuse|monitor|test)|toxicology|cannabinoid|opiates?|fentanyl|cocaine|amphetamine|benzodiazepine)/i },
  { category: 'pregnancy', tier: 2, covers: [], codes: ['2106-3', '2118-8', '21198-7', '19080-1', '2110-5', '45194-8', '80384-1', '83098-4'], names: /\b(hcg|gonadotropin|pregnancy test|prueba de embarazo)\b/i },
  { category: 'pregnancy', tier: 1, covers: [], codes: ['48803-1', '1832-6', '11778-8', '11727-5', '14155-6', '18185-9', '12146-7'], names: /\b(obstetric|prenatal|fetal|gestational|quad screen|embarazo)/i },
  { category: 'routine', tier: 2, covers: [], codes: ['33203-1', '41027-4', '72260-3', '101791-2', '105047-5'], names: /\b(amyloid|tau protein|phosphorylated tau|apolipoprotein e|apoe|alzheimer|dementia)/i },
  // Pictures that may show cancer, then all others.
  { category: 'imaging', tier: 2, covers: ['malignancy'], codes: ['24606-6', '24604-1', '26346-7', '26349-1', '36625-2', '37551-9', '24627-2', '24557-1', '30746-2', '44136-0', '81553-0', '26176-8'], names: /\b(mammogra|pet[- ]?ct|pet scan|ct (of )?(the )?(chest|abdomen|pelvis|head|brain)|mri|magnetic resonance|breast (us|ultrasound)|thyroid (us|ultrasound)|low[- ]dose ct|mamograf|resonancia)/i },
  { category: 'imaging', tier: 1, covers: [], codes: ['30745-4', '36643-5', '24558-9', '38269-7', '24725-4', '36554-4', '24638-9', '24601-7', '34552-0', '18745-0', '11522-0'], names: /\b(x[- ]?ray|radiograph|ultrasound|sonogra|\bct\b|tomogra|dexa|bone density|echocardiogra|doppler|fluorosc|scan|imaging|radiolog|radiograf|ecograf)/i },
  { category: 'infection', tier: 0, covers: [], codes: ['630-4', '600-7', '6463-4', '11268-0', '78012-2', '80382-5', '94500-6', '94558-4', '94534-5', '76078-5', '60489-2'], names: /\b(culture|strep|influenza|covid|sars[- ]cov|rsv|urine culture|stool (culture|ova)|cultivo)/i },
]

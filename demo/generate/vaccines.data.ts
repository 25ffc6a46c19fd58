/** CVX code and the words most records carry. */
export const vaccines = {
  hepatitisB: ['08', 'Hep B, adolescent or pediatric'], rotavirus: ['116', 'rotavirus, pentavalent'], dtap: ['20', 'DTaP'], hib: ['49', 'Hib (PRP-OMP)'],
  polio: ['10', 'IPV'], pneumococcal: ['133', 'Pneumococcal conjugate PCV 13'], pneumococcal20: ['216', 'Pneumococcal conjugate vaccine 20-valent (PCV20)'],
  mmr: ['03', 'MMR'], chickenpox: ['21', 'varicella'], hepatitisA: ['83', 'Hep A, ped/adol, 2 dose'], tdap: ['115', 'Tdap'], hpv: ['165', 'HPV9'],
  meningococcal: ['136', 'Meningococcal MCV4O'], flu: ['150', 'Influenza, injectable, quadrivalent, preservative free'], fluHighDose: ['197', 'influenza, high-dose, quadrivalent'],
  covid: ['309', 'COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose'], shingles: ['187', 'zoster recombinant'], rsv: ['305', 'RSV, bivalent, protein subunit RSVpreF'],
} as const satisfies Record<string, readonly [cvx: string, words: string]>

export type VaccineKey = keyof typeof vaccines

/** What is given at which age, in months; the dose's number in its series. */
export const childhoodSchedule: readonly (readonly [months: number, doses: readonly (readonly [VaccineKey, number])[]])[] = [
  [0, [['hepatitisB', 1]]],
  [2, [['hepatitisB', 2], ['rotavirus', 1], ['dtap', 1], ['hib', 1], ['pneumococcal', 1], ['polio', 1]]],
  [4, [['rotavirus', 2], ['dtap', 2], ['hib', 2], ['pneumococcal', 2], ['polio', 2]]],
  [6, [['hepatitisB', 3], ['rotavirus', 3], ['dtap', 3], ['pneumococcal', 3], ['polio', 3]]],
  [12, [['mmr', 1], ['chickenpox', 1], ['hepatitisA', 1], ['hib', 3], ['pneumococcal', 4]]],
  [18, [['dtap', 4], ['hepatitisA', 2]]],
  [50, [['dtap', 5], ['polio', 4], ['mmr', 2], ['chickenpox', 2]]],
  [133, [['tdap', 1], ['hpv', 1], ['meningococcal', 1]]],
  [140, [['hpv', 2]]],
  [194, [['meningococcal', 2]]],
]

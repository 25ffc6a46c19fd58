/**
 * Words of notes that people misread (A6), with what they mean. `pattern` finds the word where it has that meaning; `not` cancels it
 * by what stands around it (40 characters either side). The words of a note are never changed: they only become explainable.
 */
export type MisreadWord = { id: string; pattern: RegExp; not?: RegExp; only?: RegExp; en: string; es: string }

const word = (id: string, pattern: RegExp, en: string, es: string, context: { not?: RegExp; only?: RegExp } = {}): MisreadWord => ({ id, pattern, en, es, ...context })

export const misreadWords: readonly MisreadWord[] = [
  word('positive-nodes', /\bpositive (?:lymph )?nodes?\b|\bnodes? (?:were |was |are |is )?positive\b|\bganglios? positivos?\b/gi, 'cancer cells were found in a lymph node', 'se hallaron células de cáncer en un ganglio'),
  word('tumor-progressing', /\btumou?r (?:is |has been |was )?progress(?:ing|ed|ion)\b|\bprogresión (?:del tumor|tumoral)\b/gi, 'the tumor is growing or spreading', 'el tumor crece o se extiende'),
  word('negative', /\bnegative\b|\bnegativ[oa]s?\b/gi, 'the test did not find it', 'la prueba no lo halló', { only: /test|screen|cultur|swab|result|for\b|antigen|antibod|pcr|biops|margin|node|urine|strep|covid|flu|prueba|cultivo|resultado|para\b|hisopado|orina/i, not: /negative (?:thought|mood|attitude|symptom|pressure|feeling|emotion)|rh[- ]?negative|pensamiento|gram[- ]?negative/i }),
  word('positive', /\bpositive\b|\bpositiv[oa]s?\b/gi, 'the test found it', 'la prueba lo halló', { only: /test|screen|cultur|swab|result|for\b|antigen|antibod|pcr|biops|margin|urine|strep|covid|flu|prueba|cultivo|resultado|para\b|hisopado|orina/i, not: /positive (?:thought|mood|attitude|pressure|feeling|outlook|reinforcement|airway)|rh[- ]?positive|pensamiento|gram[- ]?positive|positive nodes?|nodes? positive/i }),
  word('unremarkable', /\bunremarkable\b/gi, 'looks normal', 'se ve normal'),
  word('impressive', /\bimpressive\b/gi, 'a clear problem was seen', 'se vio un problema claro', { only: /x-?ray|\bct\b|\bmri\b|scan|imag|film|ultrasound|finding|swelling|edema|lesion|on exam/i, not: /improve|recover|progress|response/i }),
  word('occult', /\boccult\b|\bocult[oa]s?\b/gi, 'hidden; not seen at first', 'escondido; no se ve al principio'),
  word('afebrile', /\bafebrile\b|\bafebril\b/gi, 'does not have a fever', 'no tiene fiebre'),
  word('febrile', /\bfebrile\b|\bfebril\b/gi, 'has a fever', 'tiene fiebre'),
  word('npo', /\bNPO\b/g, 'do not eat or drink', 'no coma ni beba'),
  word('benign', /\bbenign\b|\bbenign[oa]s?\b/gi, 'not cancer', 'no es cáncer', { not: /benign (?:positional|essential|exam|abdomen|prostatic)|abdomen (?:is |was )?benign|exam (?:is |was )?benign/i }),
  word('malignant', /\bmalignan(?:t|cy|cies)\b|\bmalign[oa]s?\b/gi, 'cancer', 'cáncer', { not: /malignant (?:hypertension|hyperthermia)/i }),
  word('lesion', /\blesions?\b|\blesi(?:ón|ones)\b/gi, 'an area that looks different', 'una zona que se ve distinta', { not: /lesi(?:ón|ones) (?:de|del) (?:rodilla|cuello|tobillo|ligamento)/i }),
  word('mass', /\bmass(?:es)?\b|\bmasas?\b/gi, 'a lump', 'un bulto', { not: /body mass|mass index|muscle mass|bone mass|lean mass|fat mass|mass\/vol|masa (?:corporal|muscular|ósea)|índice de masa|\bmass spectro/i }),
  word('acute', /\bacute\b|\bagud[oa]s?\b/gi, 'came on fast', 'empezó de golpe', { not: /visual acuity|acute (?:care|angle)|no acute distress/i }),
  word('no-acute-distress', /\bno acute distress\b|\bNAD\b/g, 'looks comfortable', 'se ve tranquilo'),
  word('chronic', /\bchronic\b|\bcrónic[oa]s?\b/gi, 'lasting a long time', 'que dura mucho tiempo'),
  word('idiopathic', /\bidiopathic\b|\bidiopátic[oa]s?\b/gi, 'cause is not known', 'no se sabe la causa'),
  word('grossly-intact', /\bgrossly intact\b/gi, 'working fine on a quick check', 'funciona bien en un control rápido'),
  word('sob', /\bSOB\b/g, 'short of breath', 'le falta el aire'),
  word('status-post', /\bs\/p\b|\bstatus[- ]post\b/gi, 'after; has had', 'después de; ya tuvo'),
  word('rule-out', /\br\/o\b|\brule out\b/gi, 'we are checking for', 'buscamos si hay'),
  word('wnl', /\bWNL\b|\bwithin normal limits\b|\bdentro de límites normales\b/g, 'within the usual range', 'en el rango normal'),
  word('edema', /\b(?:o)?edema(?:tous)?\b|\bedemas?\b/gi, 'swelling', 'hinchazón'),
  word('sequelae', /\bsequelae?\b|\bsecuelas?\b/gi, 'lasting effects', 'efectos que quedan'),
  word('insidious', /\binsidious(?:ly)?\b|\binsidios[oa]s?\b/gi, 'came on slowly', 'empezó poco a poco'),
  word('prophylaxis', /\bprophyla(?:xis|ctic(?:ally)?)\b|\bprofila(?:xis|ctic[oa]s?)\b|\bprofilá?ctic[oa]s?\b/gi, 'to prevent it', 'para prevenirlo'),
  word('differential', /\bdifferential(?: diagnos[ie]s)?\b|\bdiagnóstico diferencial\b/gi, 'list of possible causes', 'lista de causas posibles', { not: /cbc|blood count|white (?:blood )?cell|with differential|w\/ ?diff|cell differential/i }),
  word('prn', /\bPRN\b|\bp\.r\.n\.(?!\w)/gi, 'only when needed', 'solo si hace falta'),
  word('bilateral', /\bbilateral(?:ly)?\b|\bbilaterales\b/gi, 'on both sides', 'en los dos lados'),
  word('stable', /\bstable\b|\bestables?\b/gi, 'has not changed', 'no ha cambiado', { not: /unstable|stable housing|vivienda estable/i }),
  word('stenosis', /\bsteno(?:sis|ses|tic)\b|\bestenosis\b/gi, 'narrowing', 'una parte estrecha'),
  word('bid', /\bb\.?i\.?d\.?(?=\W|$)/gi, '2 times a day', '2 veces al día'),
  word('tid', /\bt\.?i\.?d\.?(?=\W|$)/gi, '3 times a day', '3 veces al día'),
  word('qid', /\bq\.?i\.?d\.?(?=\W|$)/gi, '4 times a day', '4 veces al día'),
  word('qhs', /\bqhs\b/gi, 'at bedtime', 'al acostarse'),
  word('po', /\bPO\b/g, 'by mouth', 'por la boca'),
]

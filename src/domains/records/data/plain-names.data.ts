/**
 * Plain, respectful names (D14) for conditions, procedures and reasons of visits: English | Spanish | SNOMED CT codes | ICD-10-CM
 * categories | other displays that mean the same. The coded name is always shown beside it as the medical name.
 */
export const plainNames = `
High blood pressure | Presión alta | 59621000 38341003 | I10 I11 I12 I13 I15 I16 | essential hypertension; hypertension; htn
Type 2 diabetes | Diabetes tipo 2 | 44054006 | E11 | diabetes; diabetes mellitus type 2; type 2 diabetes mellitus
Type 1 diabetes | Diabetes tipo 1 | 46635009 | E10 | diabetes mellitus type 1; type 1 diabetes mellitus
Diabetes in pregnancy | Diabetes del embarazo | 11687002 | O24 | gestational diabetes mellitus; gestational diabetes
Blood sugar a bit high (prediabetes) | Azúcar un poco alta (prediabetes) | 15777000 714628002 | R73.03 | prediabetes
High blood sugar | Azúcar alta en la sangre | 80394007 | R73 | hyperglycemia
High cholesterol | Colesterol alto | 55822004 13644009 | E78.0 E78.2 E78.4 E78.5 | hyperlipidemia; hypercholesterolemia
High blood fats | Grasas altas en la sangre | 302870006 | E78.1 | hypertriglyceridemia
Blood sugar, fats and pressure together | Azúcar, grasas y presión | 237602007 | E88.81 | metabolic syndrome x; metabolic syndrome
Body weight | Peso del cuerpo | 162864005 408512008 414916001 238136002 | E66 Z68 R63.5 | body mass index 30+ - obesity; body mass index 40+ - severely obese; obesity; morbid obesity; severe obesity; overweight; obese
Low thyroid | Tiroides baja | 83664006 40930008 | E03 E02 | idiopathic atrophic hypothyroidism; hypothyroidism
Overactive thyroid | Tiroides muy activa | 34486009 | E05 | hyperthyroidism
Low iron in the blood | Falta de hierro en la sangre | 87522002 | D50 | iron deficiency anemia
Low red blood cells (anemia) | Pocos glóbulos rojos (anemia) | 271737000 | D64 D63 | anemia
Low vitamin D | Falta de vitamina D | 34713006 | E55 | vitamin d deficiency
Gout | Gota | 90560007 | M10 | inflammatory disorder due to increased blood urate level
Eye changes from diabetes | Cambios en los ojos por la diabetes | 422034002 1551000119108 1501000119109 97331000119101 60951000119105 | E11.3 E10.3 | diabetic retinopathy associated with type ii diabetes mellitus; retinopathy due to type 2 diabetes mellitus; nonproliferative retinopathy due to type 2 diabetes mellitus; nonproliferative diabetic retinopathy due to type 2 diabetes mellitus; nonproliferative diabetic retinopathy due to type ii diabetes mellitus; proliferative diabetic retinopathy due to type ii diabetes mellitus; macular edema and retinopathy due to type 2 diabetes mellitus; blindness due to type 2 diabetes mellitus
Kidney changes from diabetes | Cambios en los riñones por la diabetes | 127013003 90781000119102 157141000119108 | E11.2 E10.2 | diabetic renal disease; disorder of kidney due to diabetes mellitus; microalbuminuria due to type 2 diabetes mellitus; proteinuria due to type 2 diabetes mellitus
Nerve changes from diabetes | Cambios en los nervios por la diabetes | 368581000119106 | E11.4 E10.4 | neuropathy due to type 2 diabetes mellitus
Long-term kidney problem, early | Problema de los riñones, inicio | 431855005 431856006 | N18.1 N18.2 | chronic kidney disease stage 1; chronic kidney disease stage 2
Long-term kidney problem | Problema de los riñones | 433144002 709044004 | N18 N18.3 | chronic kidney disease stage 3; chronic kidney disease
Long-term kidney problem, advanced | Problema de los riñones, avanzado | 431857002 | N18.4 N18.5 | chronic kidney disease stage 4
Kidneys that need help to work | Riñones que necesitan ayuda | 46177005 | N18.6 | end-stage renal disease; end stage renal disease
Waiting for a new kidney | En espera de un riñón | 698306007 | Z76.82 | awaiting transplantation of kidney
Past kidney transplant | Trasplante de riñón anterior | 161665007 | Z94.0 | history of renal transplant
Kidney stones | Piedras en el riñón | 95570007 | N20 | kidney stone
Kidney infection | Infección del riñón | 45816000 | N10 | pyelonephritis
Bladder infection | Infección de la vejiga | 307426000 301011002 68566005 | N30 N39.0 | acute infective cystitis; cystitis; escherichia coli urinary tract infection; urinary tract infectious disease; urinary tract infection
Bladder infections that come back | Infecciones de vejiga que vuelven | 197927001 | | recurrent urinary tract infection
Narrowed heart arteries | Arterias del corazón estrechas | 53741008 414545008 | I25 | coronary heart disease; ischemic heart disease; coronary artery disease
Heart attack | Ataque al corazón | 22298006 401303003 401314000 | I21 I22 | myocardial infarction; acute st segment elevation myocardial infarction; acute non-st segment elevation myocardial infarction
Past heart attack | Ataque al corazón en el pasado | 399211009 1755008 | I25.2 | history of myocardial infarction; old myocardial infarction
Chest pain from the heart | Dolor de pecho por el corazón | 194828000 4557003 | I20 | angina; preinfarction syndrome
Heart stopped for a time | El corazón se paró un tiempo | 410429000 | I46 | cardiac arrest
Heart stopped for a time, in the past | El corazón se paró en el pasado | 429007001 | Z86.74 | history of cardiac arrest
Uneven heartbeat | Latido irregular | 49436004 | I48 | atrial fibrillation
Weak heart pump (heart failure) | Corazón débil (insuficiencia) | 88805009 84114007 42343007 | I50 | chronic congestive heart failure; congestive heart failure; heart failure
Leaky heart valve | Válvula del corazón que no cierra bien | 48724000 60234000 111287006 91434003 | I34.0 I35.1 | mitral valve regurgitation; aortic valve regurgitation; tricuspid valve regurgitation; pulmonic valve regurgitation
Tight heart valve | Válvula del corazón estrecha | 60573004 79619009 49915006 56786000 | I35.0 I34.2 | aortic valve stenosis; mitral valve stenosis; tricuspid valve stenosis; pulmonic valve stenosis
Past heart bypass surgery | Cirugía de corazón anterior | 399261000 | Z95.1 | history of coronary artery bypass grafting
A finding on a heart scan | Un hallazgo en una imagen del corazón | 274531002 | | abnormal findings diagnostic imaging heart+coronary circulat
Stroke | Derrame cerebral | 230690007 | I63 I61 I64 | cerebrovascular accident
Blood clot in a leg | Coágulo en una pierna | 132281000119108 128053003 | I82 | acute deep venous thrombosis; deep venous thrombosis
Blood clot in a lung | Coágulo en un pulmón | 706870000 59282003 | I26 | acute pulmonary embolism; pulmonary embolism
Asthma | Asma | 195967001 | J45 |
Asthma in childhood | Asma de la niñez | 233678006 | | childhood asthma
Long-term lung problem (COPD) | Problema de los pulmones (EPOC) | 185086009 87433001 13645005 | J44 J43 J42 J41 | chronic obstructive bronchitis; pulmonary emphysema; chronic obstructive lung disease; copd
Chest cold (bronchitis) | Bronquitis | 10509002 | J20 J40 | acute bronchitis; bronchitis
Lung infection (pneumonia) | Infección del pulmón (neumonía) | 233604007 | J18 J15 J12 J13 J14 | pneumonia
Cold | Resfriado | 82272006 | J00 J06 | common cold; upper respiratory infection; acute upper respiratory infection
Sinus infection from a virus | Infección viral de los senos | 444814009 | | viral sinusitis
Sinus infection | Infección de los senos de la nariz | 36971009 75498004 | J01 | sinusitis; acute bacterial sinusitis
Long-term sinus trouble | Senos de la nariz, de largo plazo | 40055000 | J32 | chronic sinusitis
Sore throat from a virus | Dolor de garganta por un virus | 195662009 | J02 | acute viral pharyngitis
Strep throat | Infección de garganta (estreptococo) | 43878008 | J02.0 J03.0 | streptococcal sore throat
Sore throat | Dolor de garganta | 267102003 162397003 | | sore throat symptom; pain in throat
Ear infection | Infección del oído | 65363002 | H66 H65 | otitis media
Hay fever | Alergia de temporada | 367498001 446096008 232353008 | J30 | seasonal allergic rhinitis; perennial allergic rhinitis; perennial allergic rhinitis with seasonal variation; allergic rhinitis
Allergic reaction | Reacción alérgica | 241929008 | T78 | acute allergic reaction
Flu | Gripe | 6142004 | J09 J10 J11 | influenza
COVID-19 | COVID-19 | 840539006 | U07.1 | disease caused by severe acute respiratory syndrome coronavirus 2; covid19
Possible COVID-19 | Posible COVID-19 | 840544004 | Z20.822 | suspected covid-19; suspected disease caused by severe acute respiratory coronavirus 2; suspected disease caused by severe acute respiratory syndrome coronavirus 2
Low oxygen | Poco oxígeno | 389087006 | R09.02 | hypoxemia
Trouble breathing | Problemas para respirar | 271825005 267036007 230145002 | R06 | respiratory distress; dyspnea; difficulty breathing; shortness of breath
Wheezing | Silbido al respirar | 56018004 | R06.2 |
Fever | Fiebre | 386661006 | R50 |
Cough | Tos | 49727002 | R05 |
Mucus when coughing | Flema al toser | 248595008 | | sputum finding
Stuffy nose | Nariz tapada | 68235000 | R09.81 | nasal congestion
Loss of taste | Pérdida del gusto | 36955009 | R43 |
Tiredness | Cansancio | 84229001 | R53 | fatigue
Headache | Dolor de cabeza | 25064002 | R51 |
Chills | Escalofríos | 43724002 | R68.83 | chill
Muscle pain | Dolor de músculos | 68962001 | M79.1 | myalgia
Joint pain | Dolor de articulaciones | 57676002 | M25.5 | arthralgia
Upset stomach | Malestar de estómago | 422587007 249497008 | R11 | nausea; vomiting symptom; vomiting; nausea and vomiting
Loose stools | Diarrea | 267060006 62315008 236077008 | R19.7 | diarrhea symptom; diarrhea; protracted diarrhea
Belly pain | Dolor de barriga | 21522001 | R10 | abdominal pain
Chest pain | Dolor de pecho | 29857009 | R07 |
Dizziness | Mareo | 404640003 | R42 |
Long-lasting pain | Dolor de largo plazo | 82423001 | G89 | chronic pain
Long-lasting low back pain | Dolor de espalda de largo plazo | 278860009 | | chronic low back pain
Low back pain | Dolor de espalda | 279039007 161891005 | M54 | backache; low back pain
Long-lasting neck pain | Dolor de cuello de largo plazo | 1121000119107 | | chronic neck pain
Pain all over the body (fibromyalgia) | Dolor en todo el cuerpo (fibromialgia) | 95417003 203082005 | M79.7 | primary fibromyalgia syndrome; fibromyalgia
Migraine | Migraña | 37796009 124171000119105 427419006 | G43 | chronic intractable migraine without aura; transformed migraine
Seizures | Convulsiones | 128613002 84757009 | G40 R56 | seizure disorder; epilepsy
One seizure in the past | Una convulsión en el pasado | 703151001 1290882004 | | history of single seizure; history of seizure
Alzheimer’s disease | Enfermedad de Alzheimer | 26929004 230265002 | G30 | alzheimer's disease; familial alzheimer's disease of early onset
Memory loss | Pérdida de la memoria | 52448006 | F03 F01 F02 | dementia
Parkinson’s disease | Enfermedad de Parkinson | 49049000 | G20 | parkinson's disease
Sleep apnea | Apnea del sueño | 73430006 78275009 | G47.3 | obstructive sleep apnea syndrome
Sleep problem | Problema para dormir | 39898005 193462001 | G47 | sleep disorder; insomnia
Depression | Depresión | 370143000 36923009 35489007 | F32 F33 | major depressive disorder; major depression disorder; major depression, single episode; major depression single episode
Anxiety | Ansiedad | 48694002 197480006 21897009 | F41 | generalized anxiety disorder; anxiety disorder
Strong anxiety (panic) | Ansiedad fuerte (pánico) | 80583007 | F41.0 | severe anxiety (panic)
Stress after trauma (PTSD) | Estrés por un trauma | 47505003 | F43.1 | posttraumatic stress disorder
Bipolar disorder | Trastorno bipolar | 13746004 | F31 |
Attention differences (ADHD) | Atención diferente (TDAH) | 192127007 406506008 | F90 | child attention deficit disorder; attention deficit hyperactivity disorder
Mood and safety | Ánimo y seguridad | 225444004 6471006 | R45.85 | at increased risk for suicide; suicidal thoughts
Self-harm | Daño a sí mismo | 86849004 287185009 287182007 | T14.91 X71 X83 | suicidal poisoning; suicidal deliberate poisoning; attempted suicide by cutting or stabbing; attempted suicide by suffocation; attempted suicide - suffocation
Stress | Estrés | 73595000 | Z73.3 |
Alcohol use | Consumo de alcohol | 7200002 10939881000119105 15167005 66590003 | F10 | alcoholism; unhealthy alcohol drinking behavior; alcohol abuse; alcohol dependence; alcohol use disorder
Opioid use | Consumo de opioides | 5602001 75544000 | F11 | opioid abuse; opioid dependence; opioid use disorder
Substance use | Consumo de sustancias | 361055000 6525002 66214007 26416006 191816009 | F12 F13 F14 F15 F16 F18 F19 | misuses drugs; dependent drug abuse; substance abuse; drug abuse; drug dependence; substance use disorder
Tobacco use | Consumo de tabaco | 449868002 110483000 | F17 Z72.0 | smokes tobacco daily; tobacco user; nicotine dependence; smoker
Taking too much of a drug | Tomar demasiado de una droga | 55680006 1149222004 | T50.9 | drug overdose; overdose
Getting around | Cómo moverse | 266934004 713458007 160695008 | Z75.3 | transport problem; lack of access to transportation; transport too expensive
Housing | Vivienda | 32911000 105531004 | Z59 | homeless; homelessness; housing unsatisfactory; unsatisfactory housing
Enough food | Comida suficiente | 733423003 445281000124101 | Z59.4 | food insecurity; nutrition impaired due to limited access to healthful foods
Time with other people | Tiempo con otras personas | 422650009 423315002 | Z60.2 Z60.4 | social isolation; limited social contact
Safety with a partner | Seguridad con la pareja | 706893006 | T74.11 Z69.1 | victim of intimate partner abuse
Safety where you live | Seguridad donde vive | 424393004 | | reports of violence in the environment
Legal matters | Asuntos legales | 266948004 | Z65.1 Z65.2 | has a criminal record
Works full time | Trabaja tiempo completo | 160903007 | | full-time employment
Works part time | Trabaja medio tiempo | 160904001 | | part-time employment
Looking for work | Busca trabajo | 73438004 | Z56.0 | unemployed
Does not work for pay | No trabaja por un sueldo | 741062008 | | not in labor force
Schooling | Estudios | 224295006 224299000 473461003 | Z55 | only received primary school education; received higher education; educated to high school level; received certificate of high school equivalency
Came here as a refugee | Llegó como refugiado | 446654005 | | refugee
Moved here | Se mudó aquí | 160701002 | | social migrant
Military service | Servicio militar | 1187604002 224355006 | | serving in military service; served in armed forces
Risks to talk about | Riesgos para conversar | 160968000 | Z72 | risk activity involvement
Time to go over your medicines | Repaso de sus medicinas | 314529007 | | medication review due
Worn joints in the knee | Desgaste de la rodilla | 239873007 | M17 | osteoarthritis of knee
Worn joints in the hip | Desgaste de la cadera | 239872002 | M16 | osteoarthritis of hip
Worn joints in the hand | Desgaste de la mano | 201834006 | M18 | localized, primary osteoarthritis of the hand; localized primary osteoarthritis of the hand
Worn joints | Desgaste de las articulaciones | 396275006 | M15 M19 | osteoarthritis
Joint disease (rheumatoid arthritis) | Artritis reumatoide | 69896004 | M05 M06 | rheumatoid arthritis
Lupus | Lupus | 200936003 55464009 | M32 | lupus erythematosus; systemic lupus erythematosus
Thin bones | Huesos débiles | 64859006 | M81 | osteoporosis
Broken bone from thin bones | Fractura por huesos débiles | 443165006 | M80 | pathological fracture due to osteoporosis; osteoporotic fracture of bone
Curve of the spine | Curva de la columna | 203646004 298382003 | M41 | adolescent idiopathic scoliosis; scoliosis deformity of spine; scoliosis
Sprained ankle | Esguince de tobillo | 44465007 | S93.4 | sprain of ankle
Sprained wrist | Esguince de muñeca | 70704007 | S63.5 | sprain of wrist
Sprain | Esguince | 384709000 | |
Broken ankle | Fractura de tobillo | 16114001 | S82.8 S82.5 S82.6 | fracture of ankle
Broken forearm | Fractura del antebrazo | 65966004 | S52 | fracture of forearm
Broken collarbone | Fractura de clavícula | 58150001 | S42.0 | fracture of clavicle
Broken rib | Fractura de costilla | 33737001 | S22.3 S22.4 | fracture of rib
Broken hip | Fractura de cadera | 359817006 | S72.0 | closed fracture of hip
Broken wrist | Fractura de muñeca | 263102004 | S62 | fracture subluxation of wrist
Broken jaw | Fractura de mandíbula | 263172003 | S02.6 | fracture of mandible
Broken bone | Fractura de hueso | 125605004 | | fracture of bone
Neck injury | Lesión del cuello | 39848009 90460009 | S13 S16 | whiplash injury to neck; injury of neck
Knee injury | Lesión de la rodilla | 125601008 444470001 444448004 239720000 30832001 | S83 S89 | injury of knee; injury of anterior cruciate ligament; injury of medial collateral ligament of knee; tear of meniscus of knee; rupture of patellar tendon
Shoulder tendon injury | Lesión de un tendón del hombro | 307731004 | S46 M75.1 | injury of tendon of the rotator cuff of shoulder
Cut | Herida | 312608009 283371005 283385000 284549007 284551006 370247008 | | laceration - injury; laceration of forearm; laceration of thigh; laceration of hand; laceration of foot; facial laceration
Burn | Quemadura | 48333001 403190006 403191005 403192003 39065001 | T20 T21 T22 T23 T24 T25 T30 | burn injury; epidermal burn of skin; first degree burn; second degree burn; third degree burn; partial thickness burn; full thickness burn; burn of ear
Gunshot wound | Herida de bala | 262574004 283545005 | | bullet wound
Concussion | Golpe en la cabeza (conmoción) | 62106007 62564004 110030002 | S06.0 | concussion with no loss of consciousness; concussion with loss of consciousness; concussion injury of brain
Brain injury | Lesión del cerebro | 127295002 127294003 | S06 | traumatic brain injury; traumatic or nontraumatic brain injury
Eczema | Eccema | 24079001 40275004 | L20 L23 L25 | atopic dermatitis; contact dermatitis
Skin rash | Sarpullido | 271807003 | R21 | eruption of skin
Shingles | Herpes zóster | 4740000 | B02 | herpes zoster
Appendix infection | Apendicitis | 74400008 | K35 K37 | appendicitis
Burst appendix | Apéndice reventado | 47693006 | K35.2 | rupture of appendix
Past appendix surgery | Cirugía de apéndice anterior | 428251008 | Z90.49 | history of appendectomy
Gallstones | Piedras en la vesícula | 235919008 65275009 | K80 K81 | gallbladder calculus; acute cholecystitis; gallstone
Heartburn (acid reflux) | Acidez (reflujo) | 235595009 | K21 | gastroesophageal reflux disease
Ulcer in the gut | Úlcera en el intestino | 51868009 | K26 | ulcer of duodenum; active duodenal ulcer
Constipation | Estreñimiento | 14760008 | K59.0 |
Growth in the colon (polyp) | Pólipo en el colon | 68496003 | K63.5 D12 | polyp of colon
Growth in the rectum that came back | Pólipo en el recto que volvió | 713197008 | | recurrent rectal polyp
Bleeding from the bottom | Sangrado por el recto | 6072007 | K62.5 | bleeding from anus
Colon cancer | Cáncer de colon | 109838007 93761005 363406005 | C18 | overlapping malignant neoplasm of colon; primary malignant neoplasm of colon; malignant neoplasm of colon; malignant tumor of colon
Cancer that spread to the colon | Cáncer que llegó al colon | 94260004 | | metastatic malignant neoplasm to colon; secondary malignant neoplasm of colon
Breast cancer | Cáncer de mama | 254837009 | C50 | malignant neoplasm of breast; malignant neoplasm of breast (disorder)
Prostate cancer, early | Cáncer de próstata, inicio | 92691004 | D07.5 | carcinoma in situ of prostate
Prostate cancer | Cáncer de próstata | 399068003 | C61 | malignant tumor of prostate
Growth in the prostate | Bulto en la próstata | 126906006 | | neoplasm of prostate
Cancer that spread from or to the prostate | Cáncer de próstata que avanzó | 94503003 | | metastatic malignant neoplasm to prostate
Possible prostate cancer | Posible cáncer de próstata | 315268008 | | suspected prostate cancer
Lung cancer | Cáncer de pulmón | 254637007 254632001 424132000 425048006 422968005 423121009 67811000119102 67821000119109 67831000119107 67841000119103 | C34 | non-small cell lung cancer; small cell carcinoma of lung; non-small cell carcinoma of lung, tnm stage 1; primary small cell malignant neoplasm of lung, tnm stage 1
Possible lung cancer | Posible cáncer de pulmón | 162573006 | | suspected lung cancer
Blood cancer (leukemia) | Cáncer de la sangre (leucemia) | 93143009 91861009 | C91 C92 C95 | leukemia, disease; leukemia disease; acute myeloid leukemia
Low white cells with fever | Pocas defensas con fiebre | 409089005 | | febrile neutropenia
HIV | VIH | 86406008 62479008 | B20 Z21 | human immunodeficiency virus infection; acquired immune deficiency syndrome
Hepatitis C | Hepatitis C | 128302006 | B18.2 B17.1 | chronic hepatitis c
Hepatitis B | Hepatitis B | 61977001 | B18.1 B16 | chronic type b viral hepatitis
Serious infection (sepsis) | Infección grave (sepsis) | 91302008 76571007 770349000 | A40 A41 R65 | sepsis; septic shock; sepsis caused by virus
Pregnancy | Embarazo | 72892002 77386006 | Z33 Z34 | normal pregnancy; pregnant
Pregnancy that needs extra care | Embarazo que necesita más cuidado | 47200007 609496007 | O09 | high risk pregnancy; complication occurring during pregnancy
High blood pressure in pregnancy | Presión alta en el embarazo | 398254007 198992004 | O13 O14 O15 | pre-eclampsia; preeclampsia; eclampsia in pregnancy; antepartum eclampsia
Pregnancy loss | Pérdida del embarazo | 19169002 85116003 156073000 35999006 | O03 O02 | miscarriage in first trimester; miscarriage in second trimester; complete miscarriage; fetus with unknown complication; blighted ovum
Past pregnancy loss | Pérdida de un embarazo anterior | 161744009 | | past pregnancy history of miscarriage
Pregnancy outside the womb | Embarazo fuera del útero | 79586000 | O00 | tubal pregnancy
A difference in the baby’s genes | Una diferencia en los genes del bebé | 267253006 | | fetus with chromosomal abnormality
Birth | Nacimiento | 442311008 177184002 | Z37 Z38 O80 | liveborn born in hospital; single liveborn, born in hospital; normal delivery procedure
Early birth | Nacimiento antes de tiempo | 367494004 | P07 O60 | premature birth of newborn
Past surgery to prevent pregnancy | Cirugía anterior para no tener hijos | 267020005 | Z98.51 | history of tubal ligation
Wish for surgery to prevent pregnancy | Deseo de cirugía para no tener hijos | 183996000 | | sterilization requested
Gum trouble | Problema de las encías | 66383009 18718003 | K05 | gingivitis; gingival disease
Tooth decay | Caries | 109570002 80967001 | K02 | primary dental caries; dental caries
Tooth infection | Infección de un diente | 427898007 61804006 | K04 | infection of tooth; alveolitis of jaw
Lost teeth | Dientes perdidos | 37320007 | K08.1 | loss of teeth
Filling that needs care | Empaste que necesita cuidado | 278558000 278588009 278598003 278602001 | | dental filling lost; fractured dental filling; leaking dental filling; loose dental filling
Wisdom teeth that are stuck | Muelas del juicio atrapadas | 196416002 | K01 | impacted molars
Past limb surgery | Cirugía anterior de un brazo o pierna | 429280009 161622006 161621004 698423002 | Z89 | history of amputation of foot; history of lower limb amputation; history of upper limb amputation; history of disarticulation at wrist
Artificial joint | Articulación artificial | 161679004 | Z96.6 | history of artificial joint
Worry about weight | Preocupación por el peso | 247824007 | | fear of becoming fat
Cerebral palsy | Parálisis cerebral | 128188000 | G80 |
Cystic fibrosis | Fibrosis quística | 190905008 | E84 |

List of your medicines was checked | Se revisó su lista de medicinas | 428191000124101 430193006 | | documentation of current medications; medication reconciliation
Breathing test | Prueba de respiración | 127783003 23426006 | | spirometry; measurement of respiratory function
Small shock to steady the heartbeat | Choque leve para ordenar el latido | 180325003 | | electrical cardioversion
Look inside the colon (colonoscopy) | Mirada dentro del colon (colonoscopia) | 73761001 | | colonoscopy
Growth removed from the rectum | Se quitó un pólipo del recto | 274031008 | | rectal polypectomy
Check of the baby’s growth | Control del crecimiento del bebé | 274804006 | | evaluation of uterine fundal height
Check of the baby’s heart | Control del corazón del bebé | 225158009 | | auscultation of the fetal heart
Throat swab | Muestra de la garganta | 117015009 | | throat culture
Birth control device put in | Se puso un dispositivo (DIU) | 65200003 | | insertion of intrauterine contraceptive device
Birth control device changed | Se cambió el dispositivo (DIU) | 46706006 | | replacement of contraceptive intrauterine device
Birth control device taken out | Se quitó el dispositivo (DIU) | 1263416007 | | removal of intrauterine contraceptive device
Birth control put under the skin | Implante anticonceptivo | 169553002 755621000000101 | | insertion of subcutaneous contraceptive; replacement of subcutaneous contraceptive
Birth control taken out from under the skin | Se quitó el implante anticonceptivo | 301807007 | | removal of subcutaneous contraceptive
Surgery to prevent pregnancy | Cirugía para no tener hijos | 287664005 22523008 | | bilateral tubal ligation; ligation of bilateral fallopian tubes; vasectomy
Blood clot removed | Se quitó un coágulo | 433112001 | | percutaneous mechanical thrombectomy of portal vein using fluoroscopic guidance; percutaneous mechanical thrombectomy of portal vein using fluoroscopic guidance with contrast
Wound closed with stitches | Herida cerrada con puntos | 288086009 | | suture open wound
Blood count | Recuento de la sangre | 104091002 14768001 | | hemoglobin / hematocrit / platelet count; peripheral blood smear interpretation
Brain wave test (EEG) | Prueba de ondas del cerebro | 54550000 | | seizure count cerebral cortex electroencephalogram (eeg); electroencephalogram
Questions about your health | Preguntas sobre su salud | 415300000 84100007 | | review of systems; history taking
Physical exam | Examen físico | 162676008 5880005 25656009 63332003 | | brief general examination; physical examination procedure; physical examination, complete; history and physical examination; physical examination of mother; physical examination following birth; physical exam following abortion
Bone scan | Imagen de los huesos | 312681000 | | bone density scan
Mucus test | Prueba de flema | 269911007 | | sputum examination
Pregnancy test | Prueba de embarazo | 252160004 | | standard pregnancy test
Ultrasound of the baby | Ultrasonido del bebé | 169230002 271442007 | | ultrasound scan for fetal viability; fetal anatomy study
Mood check | Preguntas sobre el ánimo | 171207006 715252007 | | depression screening; depression screening using patient health questionnaire nine item score
Worry check | Preguntas sobre la preocupación | 710841007 | | assessment of anxiety
Questions about alcohol and drugs | Preguntas sobre alcohol y drogas | 428211000124100 713106006 763302001 | | assessment of substance use; screening for drug abuse; assessment using alcohol use disorders identification test - consumption
Questions about safety at home | Preguntas sobre seguridad en casa | 866148006 | | screening for domestic abuse
Questions about your needs | Preguntas sobre sus necesidades | 710824005 | | assessment of health and social care needs
Help with alcohol or drugs | Ayuda con el alcohol o las drogas | 24165007 | | alcoholism counseling; alcohol rehabilitation
Cast or splint | Yeso o férula | 274474001 | | bone immobilization
Heart rhythm treatment | Tratamiento del ritmo del corazón | 18286008 | | catheter ablation of tissue of heart
Look inside the nose | Mirada dentro de la nariz | 112790001 | | nasal sinus endoscopy
Blood type test | Prueba del tipo de sangre | 44608003 | | blood typing, rh typing; blood group typing
Hepatitis B test | Prueba de hepatitis B | 47758006 | | hepatitis b surface antigen measurement
HIV test | Prueba de VIH | 31676001 | | human immunodeficiency virus antigen test
Chlamydia test | Prueba de clamidia | 310861008 | | chlamydia antigen test
Gonorrhea test | Prueba de gonorrea | 165829005 | | gonorrhea infection test; gonorrhea infection titer test
Syphilis test | Prueba de sífilis | 269828009 | | syphilis infection test; syphilis infectious titer test
Hepatitis C test | Prueba de hepatitis C | 104375008 | | hepatitis c antibody test; hepatitis c antibody, confirmatory test
Urine germ test | Cultivo de orina | 117010004 | | urine culture
Pap test | Papanicolaou | 90226004 | | cytopathology procedure, preparation of smear, genital source
Urine sugar test | Prueba de azúcar en la orina | 395123002 268556000 | | urine screening test for diabetes; urine screening for glucose
Urine protein test | Prueba de proteína en la orina | 167271000 | | urine protein test
Rubella test | Prueba de rubéola | 169690007 314098000 | | rubella screening; rubella screening test
Chickenpox test | Prueba de varicela | 104326007 | | measurement of varicella-zoster virus antibody
Tuberculosis skin test | Prueba de tuberculosis en la piel | 28163009 | | skin test for tuberculosis; skin test for tuberculosis, tine test
Test of the baby’s genes | Prueba de los genes del bebé | 443529005 275833003 | | screening for chromosomal aneuploidy in prenatal amniotic fluid; alpha-fetoprotein test; alpha-fetoprotein test - antenatal
Group B strep test | Prueba de estreptococo B | 118001005 | | streptococcus pneumoniae group b antigen test; streptococcus pneumoniae group b antigen assay
Rh blood test in pregnancy | Prueba Rh en el embarazo | 169673001 | | antenatal rhd antibody screening
Rh shot in pregnancy | Inyección Rh en el embarazo | 51116004 | | rhd passive immunization; passive immunization
Whooping cough, tetanus and diphtheria shot | Vacuna contra tosferina, tétanos y difteria | 399014008 | | vaccination for diphtheria, pertussis, and tetanus
Tetanus shot | Inyección contra el tétanos | 384700001 | | injection of tetanus antitoxin
Birth of a child | Nacimiento de un hijo | 66348005 11466000 236974004 | O82 | childbirth; cesarean section; instrumental delivery
Help to start labor | Ayuda para iniciar el parto | 31208007 | | medical induction of labor
Numbing for labor | Anestesia para el parto | 18946005 | | epidural anesthesia
Talk about a pregnancy | Conversación sobre un embarazo | 10383002 440546007 | | counseling for termination of pregnancy; discussion about pregnancy
End of a pregnancy | Fin de un embarazo | 714812005 386394001 | Z33.2 O04 | induced termination of pregnancy; pregnancy termination care
Hidden blood in stool test | Prueba de sangre en heces | 1015401000000102 104435004 | | fecal occult blood test; screening for occult blood in feces
Chest X-ray | Radiografía del pecho | 399208008 | | plain chest x-ray; plain x-ray of chest
Arm X-ray | Radiografía del brazo | 1225002 713026007 | | upper arm x-ray; plain x-ray of humerus
Ankle X-ray | Radiografía del tobillo | 19490002 1290459008 | | ankle x-ray; plain x-ray of ankle region
Knee X-ray | Radiografía de la rodilla | 1290407002 74016001 | | knee x-ray; plain x-ray of knee region
Wrist X-ray | Radiografía de la muñeca | 713024005 60027007 | | x-ray of wrist; plain x-ray of wrist region
Collarbone X-ray | Radiografía de la clavícula | 168594001 | | clavicle x-ray; plain x-ray of clavicle
Breast X-ray (mammogram) | Mamografía | 24623002 71651007 241055006 | | screening mammography; mammography; mammogram - symptomatic
Lung exercise program | Programa de ejercicio para los pulmones | 15081005 | | pulmonary rehabilitation
Lung transplant | Trasplante de pulmón | 88039007 | | transplant of lung
Kidney transplant | Trasplante de riñón | 70536003 | | transplant of kidney
Kidney cleaning (dialysis) | Limpieza de la sangre (diálisis) | 265764009 | | renal dialysis; hemodialysis
Part of the colon removed | Se quitó una parte del colon | 43075005 | | partial resection of colon
Sample from the colon | Muestra del colon | 76164006 | | biopsy of colon
Sample from the breast | Muestra de la mama | 122548005 | | biopsy of breast
Sample from the prostate | Muestra de la próstata | 65575008 | | biopsy of prostate
Appendix removed | Se quitó el apéndice | 80146002 | | appendectomy; excision of appendix
Cancer medicine | Medicina contra el cáncer | 367336001 394894008 | | chemotherapy; pre-operative chemotherapy
Cancer medicine and radiation | Medicina y radiación contra el cáncer | 703423002 | | combined chemotherapy and radiation therapy
Radiation treatment | Tratamiento con radiación | 33195004 108290001 | | external beam radiation therapy procedure; radiation oncology and/or radiotherapy
Heart artery opened | Se abrió una arteria del corazón | 415070008 | | percutaneous coronary intervention
Heart bypass surgery | Cirugía de corazón (bypass) | 232717009 418824004 | | coronary artery bypass grafting; off-pump coronary artery bypass
Heart ultrasound | Ultrasonido del corazón | 40701008 | | echocardiography; trans thoracic echocardiogram
Heart tracing (EKG) | Trazo del corazón (EKG) | 29303009 | | electrocardiographic procedure; electrocardiogram
Small device put in to guard the heartbeat | Dispositivo para cuidar el latido | 72506001 | | insertion or replacement of permanent implantable defibrillator system with transvenous lead(s), single or dual chamber
Hospital stay for bones | Ingreso por los huesos | 305428000 | | admission to orthopedic department
Hospital stay for surgery | Ingreso para cirugía | 305408004 305411003 | | admission to surgical department; admission to thoracic surgery department
Physical therapy | Terapia física | 91251008 52052004 | | physical therapy procedure; rehabilitation therapy
Talk therapy | Terapia de conversación | 228557008 | | cognitive and behavioral therapy
Dental care | Cuidado dental | 34043003 225362009 1260009003 1260010008 68071007 | | dental consultation and report; dental care; dental fluoride treatment
Blood transfusion | Transfusión de sangre | 71493000 116861002 5447007 | | transfusion of packed red blood cells; transfusion of fresh frozen plasma; transfusion
Wisdom tooth removed | Se sacó una muela del juicio | 65546002 173291009 | | extraction of wisdom tooth; simple extraction of tooth

Check-up | Control de salud | 185349003 162673000 410620009 | Z00 | encounter for check up; encounter for 'check-up'; general examination of patient; well child visit; annual physical; check up
Visit for a symptom | Visita por un síntoma | 185345009 | | encounter for symptom
Visit about treatment | Visita sobre el tratamiento | 698314001 | | consultation for treatment
Visit for a problem | Visita por un problema | 185347001 | | encounter for problem
Emergency room visit | Visita a emergencias | 50849002 4525004 | | emergency room admission; emergency encounter; emergency department visit
Pregnancy visit | Visita de embarazo | 424619006 424441002 | | prenatal visit; prenatal initial visit
Visit after birth | Visita después del parto | 169762003 | | postnatal visit
Procedure without an overnight stay | Procedimiento sin pasar la noche | 371883000 | | outpatient procedure
Visit | Visita | 308335008 316744009 270427003 261665006 | | patient encounter procedure; office visit; patient-initiated encounter; unknown; encounter
Hospital stay | Ingreso en el hospital | 183452005 32485007 | | encounter inpatient; hospital admission; inpatient encounter
Emergency hospital stay for a pregnancy | Ingreso de emergencia por embarazo | 183460006 | | obstetric emergency hospital admission
Follow-up visit | Visita de seguimiento | 390906007 439740005 | Z09 | follow-up encounter
Video visit | Visita por video | 448337001 | | telemedicine consultation with patient; telehealth visit
Record of a death | Registro de una muerte | 308646001 | | death certification
End-of-life care | Cuidado al final de la vida | 385763009 305336008 | | hospice care; admission to hospice

Care for your breathing | Cuidado de la respiración | 53950000 | | respiratory therapy
Plan for your diabetes | Plan para su diabetes | 698360004 | | diabetes self management plan
Care for muscles and bones | Cuidado de músculos y huesos | | | musculoskeletal care
Joint movement exercises | Ejercicios de movimiento | | | joint mobility exercises
Plan for your lungs (COPD) | Plan para sus pulmones (EPOC) | 412776001 | | chronic obstructive pulmonary disease clinical management plan
Care for a wound | Cuidado de una herida | 225358003 | | wound care
Care for a broken bone | Cuidado de una fractura | 385691007 | | fracture care
Care after a head injury | Cuidado tras un golpe en la cabeza | 47387005 | | head injury rehabilitation
Care for yourself | Cuidado de usted mismo | 326051000000105 | | self care; self-care interventions
Care for memory loss | Cuidado de la memoria | 386257007 | | demential management; dementia management
Pregnancy care | Cuidado del embarazo | 134435003 | | routine antenatal care
Care for a bladder infection | Cuidado de una infección de vejiga | 869761000000107 | | urinary tract infection care
Cancer care | Cuidado del cáncer | 395082007 | | cancer care plan
Care around surgery | Cuidado de una cirugía | 781831000000109 787301000000101 | | major surgery care management; surgery care management
Plan for your heart | Plan para su corazón | 735984001 | | heart failure self management plan
Plan for your cholesterol | Plan para su colesterol | 736285004 | | hyperlipidemia clinical management plan
Exercise | Ejercicio | 229065009 183301007 | | exercise therapy; physical exercise; physical exercises
Avoid hard exercise | Evitar el ejercicio fuerte | 304510005 | | recommendation to avoid exercise
Deep breaths and coughing | Respirar hondo y toser | 371605008 | | deep breathing and coughing exercises
Food for diabetes | Comida para la diabetes | 160670007 | | diabetic diet
Rest | Descanso | 183051005 | | recommendation to rest
Rest, ice, wrap and raise | Descanso, hielo, venda y elevar | 229586001 | | rest, ice, compression and elevation treatment programme
Stretching | Estirarse | 229070002 | | stretching exercises
Heat | Calor | 266694003 | | heat therapy
Ice | Hielo | 229580007 | | ice therapy
Learning about allergies | Aprender sobre las alergias | 58332002 | | allergy education
Care of the bandage | Cuidado de la venda | 385949008 | | dressing change management
Keeping germs away | Evitar los gérmenes | 439830001 | | behavior to prevent infection
Light exercise | Ejercicio suave | 408580007 | | physical activity target light exercise
No alcohol | Sin alcohol | 226138001 | | alcohol-free diet
Learning about memory loss | Aprender sobre la memoria | 850261000000100 | | education about dementia
Practice with memory | Práctica de la memoria | 710125008 | | promotion of use of memory skills
Long-term help from others | Ayuda de otros a largo plazo | 315043002 | | long term social support
Healthy food | Comida sana | 226234005 | | healthy diet
Food that avoids your allergy | Comida sin lo que le da alergia | 409002 | | food allergy diet
Learning about pregnancy | Aprender sobre el embarazo | 135892000 | | antenatal education
Check of risks in pregnancy | Control de riesgos del embarazo | 713076009 | | antenatal risk assessment
Blood tests in pregnancy | Pruebas de sangre del embarazo | 312404004 | | antenatal blood tests
Food with less salt | Comida con menos sal | 183063000 | | low salt diet education
Talk about washing and germs | Conversación sobre la higiene | 223472008 | | discussion about hygiene
Urine test | Prueba de orina | 171245007 | | urine screening
Planned look inside the colon | Colonoscopia planeada | 703993001 | | colonoscopy planned
Learning about cancer | Aprender sobre el cáncer | 243072006 | | cancer education
Liquid food | Comida líquida | 10888001 | | liquid diet
Fluids into a vein | Líquidos por la vena | 103744005 | | administration of intravenous fluids
Less sexual activity for now | Menos actividad sexual por ahora | 243077000 | | recommendation to limit sexual activity
`

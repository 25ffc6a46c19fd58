// What clinicians really write: hurried, full of short forms, copied forward, and now and then words that hurt. Kept so on purpose:
// the portal must show notes unaltered, and the checks of charged words need something true to life.

export type Topic = { reason: string; story: readonly string[]; plan: readonly string[] }

export const topics = {
  checkup: {
    reason: 'Annual physical',
    story: ['{who} here for annual exam. Doing well, no new concerns. Denies CP, SOB, abd pain.', 'Pleasant {who} presents for a wellness visit. Exercises 2-3x/wk. Diet fair.', '{who} here for CPE. {He} has a few questions about sleep and about vaccines.', '{who} for health maintenance. Admits to drinking socially. Feels safe at home.'],
    plan: ['Health maintenance: UTD on screening. Labs today. RTC 1 yr or PRN.', 'HCM: flu shot offered. Labs ordered, will f/u by portal. We agreed to walk 20 min most days.', 'Wt mgmt discussed. Counseled on diet/exercise. RTC 12 mo.'],
  },
  diabetes: {
    reason: 'Diabetes follow-up',
    story: ['{who} w/ T2DM here for f/u. Checks sugars most mornings, 110-160. Denies polyuria, polydipsia.', 'Poorly controlled diabetic, noncompliant w/ diet over the holidays. Claims to take metformin daily. Denies hypoglycemia.', '{who} w/ DM2 on metformin. {He} has cut out soda and walks after supper. Feet w/o lesions per pt.', '{who} with type 2 diabetes. Missed a few doses when work was busy; we talked about a pill box. No numbness.'],
    plan: ['T2DM: A1c today. Cont metformin. Foot exam WNL, monofilament intact. Eye exam due.', 'DM2, above goal. Pt failed metformin monotherapy, discussed next step. Refuses insulin at this time. Recheck A1c 3 mo.', 'T2DM at the goal we set together (A1c < 7.5). {He} deserves credit for the walking. Cont current regimen. UACR today.'],
  },
  bloodPressure: {
    reason: 'Blood pressure check',
    story: ['HTN f/u. Home BPs 130s-140s/80s. Denies HA, vision changes, CP.', '{who} for BP check. Takes lisinopril daily, no cough. Low salt diet "most of the time".', '{who} w/ uncontrolled HTN. Non-compliant with meds, states ran out 2 wks ago. Cost of refill was a barrier.'],
    plan: ['HTN: BP {bp} today. Cont current meds, BMP in 6 mo. Home log.', 'HTN: above goal. Increase dose as above. Recheck 4 wks. DASH diet handout.', 'HTN: at goal. No changes.'],
  },
  prenatal: {
    reason: 'Prenatal visit',
    story: ['G{g} at {weeks} wks here for OB visit. +FM, no LOF/VB/ctx.', 'Prenatal visit, {weeks} wga. Nausea better. Taking PNV. Denies HA/RUQ pain.', '{weeks} wk OB check. Elderly gravida per old chart; feels well. Good fetal movement.'],
    plan: ['IUP at {weeks} wks, S=D. FHT 140s. Labs as ordered. RTC 4 wks.', 'Routine PNC. Discussed warning signs and when to call. Tdap at 28 wks.', 'IUP. Glucose screen reviewed. Birth plan discussed. RTC 2 wks.'],
  },
  wellChild: {
    reason: 'Well child visit',
    story: ['WCC. {name} is growing and developing well per mom. Eating a variety, sleeping through most nights.', 'Here w/ dad for well visit. No concerns. Meeting milestones. Brushing 2x/d.', 'WCC. Mom anxious re: picky eating. Development appropriate.'],
    plan: ['Well child, nl growth and development. Vaccines today, VIS given. Anticipatory guidance. RTC per schedule.', 'Healthy child. Growth curve reviewed w/ family. Car seat safety discussed.'],
  },
  teen: {
    reason: 'Teen well visit',
    story: ['{who} here for sports physical. HEADSS done alone w/ pt. School going ok.', 'Adolescent WCC. Time alone offered. Denies tobacco/EtOH. Wears a seatbelt.'],
    plan: ['Well teen. Cleared for sports. Vaccines reviewed.', 'Confidential concerns addressed; see separate note. Acne: BP gel qd.'],
  },
  sickChild: {
    reason: 'Ear pain',
    story: ['2 d h/o fever and ear pulling. Tmax 101.8. Drinking ok, wet diapers nl.', 'Cough and runny nose x 4 d, now fussy, up at night. Sib sick too.'],
    plan: ['AOM R. Amox x 10 d. Tylenol PRN. RTC if no better 48 h.', 'AOM. Watchful waiting offered, parents prefer abx. Return precautions given.'],
  },
  asthma: {
    reason: 'Asthma follow-up',
    story: ['Asthma f/u. Albuterol 2x/wk, no night sx. No ED visits since last seen.', '{who} w/ asthma, flare w/ URI. Wheezing at night x 3 d. Smoker in the home.', 'Frequent flyer for asthma; supposedly uses controller inhaler. Refill hx suggests otherwise.'],
    plan: ['Asthma, well controlled. Cont ICS. AAP reviewed. Flu shot.', 'Asthma exacerbation, mild. Pred burst x 5 d. Spacer technique reviewed.', 'Asthma, persistent. Step up to daily ICS. F/u 6 wks.'],
  },
  thyroid: {
    reason: 'Thyroid follow-up',
    story: ['Hypothyroid f/u. More energy. Denies palpitations, wt stable.', '{who} c/o fatigue, cold intolerance, hair thinning. Takes levothyroxine w/ coffee.'],
    plan: ['Hypothyroidism: TSH today. Cont levothyroxine. Take on empty stomach.', 'Hypothyroidism, under-replaced. Increase dose, recheck TSH 6-8 wks.'],
  },
  anaemia: {
    reason: 'Fatigue',
    story: ['{who} complains of fatigue and heavy menses x 6 mo. Craves ice. No melena.', 'IDA f/u. Taking iron qod, some constipation. Energy better.', '{who} w/ heavy periods. States {he} cannot tolerate iron, insists on infusion.'],
    plan: ['IDA 2/2 menorrhagia. Ferrous sulfate qod. Recheck CBC/ferritin 8 wks. GYN referral.', 'IDA improving. Cont iron x 3 mo after Hgb nl.'],
  },
  mood: {
    reason: 'Depression follow-up',
    story: ['MDD f/u. Sleep better, appetite fair. Denies SI/HI. PHQ-9 reviewed together.', '{who} tearful today. Lost job last month. Passive thoughts, no plan, contracts for safety. In denial about drinking.', 'Depression, on sertraline 6 wks. "I feel like myself on most days." Back at choir.'],
    plan: ['MDD, mod, improving. Cont SSRI. Therapy q2wk w/ J. Marlgate. RTC 6 wks. 988 card given.', 'MDD, recurrent. Increase dose. Safety plan updated. Call 2 d.', 'MDD in partial remission. Stay the course 6-9 mo.'],
  },
  breast: {
    reason: 'Abnormal mammogram',
    story: ['{who} here to discuss mammogram. Impressive asymmetry L breast per radiology. No palpable mass. FHx neg.', '{who} called back after screening mammo. Understandably worried. Sister with {him} today.'],
    plan: ['Abnl mammo, BI-RADS 4. Core bx done, path to follow. I will call {him} myself with the result.', 'L breast lesion. R/o malignancy. Navigator introduced. Phone visit set.'],
  },
  colon: {
    reason: 'Colonoscopy results',
    story: ['{who} s/p colonoscopy for +FIT. Large polyp removed, path pending. No bleeding since.', '{who} w/ occult blood in stool. Refused colonoscopy last yr, now agrees.'],
    plan: ['Colon polyp s/p polypectomy. Await path. Repeat interval per GI.', 'Adenoma w/ HGD on path. Referred to GI. Family should know their screening age.'],
  },
  prostate: {
    reason: 'Prostate check',
    story: ['{who} w/ nocturia x2, weak stream. PSA up from last yr. DRE smooth, enlarged.', 'PSA f/u. No bone pain. Wants to understand options before any bx.'],
    plan: ['Elevated PSA. Repeat 6 wks, if still up urology + MRI. Discussed pros/cons.', 'BPH. Tamsulosin qhs. PSA trend reviewed.'],
  },
  cervix: {
    reason: 'Pap result',
    story: ['{who} here to review Pap. ASC-US, HPV+. Many questions, handout given.', '{who} for colpo counseling. LMP 2 wks ago. Smoker 5 cig/d.'],
    plan: ['ASC-US/HPV+. Colposcopy scheduled w/ Dr. Thornfield. Most of these clear up by themselves; explained.', 'Abnl Pap. Repeat co-test 1 yr.'],
  },
  sexualHealth: {
    reason: 'STI screening',
    story: ['{who} requests STI check, new partner. Asymptomatic. Condoms sometimes.', 'Dysuria x 3 d. Multiple partners, promiscuous hx per old notes.'],
    plan: ['STI screen sent. Will call w/ results. PrEP discussed.', 'Chlamydia +. Doxy x 7 d. Partner treatment offered. Retest 3 mo.'],
  },
  infection: {
    reason: 'Sore throat and fever',
    story: ['Sore throat, fever x 2 d. No cough. Tender nodes. Exposed at school.', 'Cough, body aches, chills since Mon. T 101. Coworkers sick.', 'URI sx x 5 d. Demanding abx. Lungs clear.'],
    plan: ['Strep +. Amox x 10 d. Push fluids.', 'Viral illness. Supportive care. Abx not indicated, explained why. Return if SOB.', 'Influenza A. Oseltamivir x 5 d. Off work until afebrile 24 h.'],
  },
  urine: {
    reason: 'Burning with urination',
    story: ['Dysuria, freq x 2 d. No fever, no flank pain. H/o UTI last yr.', '{who} c/o burning, urgency. Poor historian. UA c/w infection.'],
    plan: ['Acute cystitis. Macrobid x 5 d. Cx sent.', 'UTI. Abx as above, call if fever or back pain.'],
  },
  bloodThinner: {
    reason: 'Anticoagulation visit',
    story: ['AF on warfarin. No bleeding/bruising. No missed doses. Greens stable.', 'INR visit. Took 2 extra tabs by mistake. No bleeding. Poor insight into {his} dosing.'],
    plan: ['INR in range, cont same dose. Recheck 4 wks.', 'INR supratherapeutic. Hold 1 dose, resume lower. Recheck 1 wk. Call for bleeding.'],
  },
  heart: {
    reason: 'Heart failure visit',
    story: ['HFrEF f/u. Wt up 3 lb, 2 pillow orthopnea. Ate out a lot. Noncompliant w/ fluid restriction.', 'CHF, NYHA II. Walks to the mailbox w/o stopping. No edema.'],
    plan: ['CHF, mild volume overload. Furosemide bid x 3 d, daily wts, call if +3 lb.', 'HFrEF, euvolemic. Cont GDMT. BMP today.'],
  },
  kidney: {
    reason: 'Kidney follow-up',
    story: ['CKD3 f/u. No edema. Avoiding NSAIDs. Appetite ok.', '{who} w/ CKD, DM. Suffers from fatigue. Took ibuprofen for knee despite instructions.'],
    plan: ['CKD 3b, stable. Cont ACEi. Renal panel q3mo. Nephrology if eGFR < 30.', 'CKD. UACR up. Avoid NSAIDs - discussed again at length.'],
  },
  older: {
    reason: 'Follow-up of several conditions',
    story: ['{who}, frail, lives w/ daughter. One fall, no LOC. Little old lady w/ many meds, daughter manages pill box.', '{who} here w/ caregiver. Wheelchair bound outside the house. Memory about the same. Alert, oriented x2.', 'Multiple chronic problems reviewed. Demented per hospital d/c summary, though does well on clock draw today.'],
    plan: ['Polypharmacy: med list reconciled, stopped 1. Fall precautions. PT home.', 'Goals of care discussed; {he} wants to stay at home. DNR form on file. F/u 2 mo.'],
  },
  substance: {
    reason: 'Recovery visit',
    story: ['OUD on bup/nlx. No cravings. Attends group. Clean urine today.', '{who} w/ h/o heroin abuse, ex-addict, now 8 mo on buprenorphine. New job at the bakery.', 'One lapse after a funeral, told me {him}self. Back on track.'],
    plan: ['OUD, stable. Cont bup/nlx 8/2 bid. Naloxone in the home. RTC 2 wks.', 'OUD, early remission. UDS as expected. Proud of {his} work.'],
  },
  newPatient: { reason: 'New patient visit', story: ['{who} here to establish care. Records requested.'], plan: ['Establish care. ROI signed. Labs next visit.'] },
  newborn: {
    reason: 'Newborn visit',
    story: ['{name}, DOL 4, ex-39 wk. BF q2-3h, 6 wet diapers. Yellow to chest.', 'Newborn wt check. Mom tired, supply good. Illegitimate per old face sheet; lives w/ both parents.'],
    plan: ['Newborn, jaundice below light level. Recheck bili tomorrow. Feed q2h.', 'Back to birth wt. Vit D drops. RTC 1 mo.'],
  },
} as const satisfies Record<string, Topic>

export type TopicKey = keyof typeof topics

export const exams = [
  'Gen: NAD. HEENT: NCAT, MMM. CV: RRR, no m/r/g. Lungs: CTAB. Abd: soft, NT/ND. Ext: no c/c/e. Neuro: grossly intact.',
  'Constitutional: well-appearing, obese. CV: RRR. Resp: clear bilat. Skin: unremarkable.',
  'Alert, NAD. Heart regular. Lungs clear. Abdomen benign. No edema. Exam limited by body habitus.',
  'WDWN. Oropharynx clear. No LAD. RRR. CTA. +BS. No rash.',
] as const

export const reviews = [
  'ROS: 10 pt ROS neg except per HPI.', 'ROS: Denies fever, chills, wt loss, CP, SOB, N/V/D. All others reviewed and negative.', 'ROS: as above.',
] as const

/**
 * Sentences as notes have them, labelled by whether a patient who reads them may feel doubted, blamed, judged or named by an illness.
 * The first set, by a hand that knew the lexicon: patterns are tuned on it. What counts is measured on charged-held-out.json. By rule N7
 * a term that is right here less than four times in five goes down a level. Whoever wrote the sentences knew the lexicon, so that recall in
 * real notes is lower than here; a practice's own keep rate (N7) is what counts in the end. Invented, nobody's.
 */
export const chargedSentences: Readonly<Record<string, readonly string[]>> = {
  doubt: [
    'Patient claims that the pain started after lifting a box.', 'She claims to take her insulin every night.', 'He claims he has not had a drink since March.', 'Pt alleges the other driver ran the light.',
    'Patient insists the medication does not work for her.', 'He insisted on having an MRI today.', 'She supposedly ran out of pills on Tuesday.', 'Admits to using cocaine at a party last month.',
    'Admitted to drinking two beers nightly.', 'He admits to not checking his sugars.', 'Patient confesses to eating sweets daily.', 'Poor historian, story obtained from the daughter.',
    'He is an unreliable historian.', 'Her story keeps changing between visits.', 'The story changed when the nurse asked again.', 'Appears to be exaggerating his symptoms.',
    'Likely exaggerated pain response on exam.', 'Concern for malingering given the inconsistent exam.', 'There may be secondary gain from the disability claim.', 'Known hypochondriac with many prior work-ups.',
    'I suspect it is all in her head.', 'Patient alleged that the clinic lost her form.', 'Claims they never got the letter.', 'Pt insists that she was told to stop the statin.', 'He confessed that he shares his pills with his brother.',
    'History is questionable at best.', 'The patient swears she is taking it, but I doubt it.',
  ],
  pain: [
    'Drug-seeking behavior noted again today.', 'Appears to be a pain seeker.', 'Possible med seeking.', 'He has a history of doctor shopping.', 'Clock-watcher, asks for hydromorphone on the dot.', 'Asking for narcotics by name.',
    'Requests more narcotic for back pain.', 'Sickler here again in crisis.', 'Frequent flyer in our urgent care.', 'Known narcotic seeker per outside records.', 'Well-known frequent flyer with abdominal pain.', 'Doctor shopper by the state database.',
    'Patient is looking for narcotics.', 'Clock watching for the next dose.',
  ],
  blame: [
    'Noncompliant with CPAP.', 'Patient remains non-compliant with diet.', 'He is not compliant with his inhalers.', 'Long history of noncompliance.', 'Nonadherent to metformin.', 'Continued non-adherence to antiretrovirals.',
    'She refused the flu shot.', 'Patient refuses to see the dietitian.', 'Refusing colonoscopy again.', 'Refusal of statin therapy documented.', 'He failed to follow up with cardiology.', 'Patient fails to bring her log book.',
    'She failed to take the antibiotic as told.', 'Pt failed metformin.', 'He failed outpatient therapy twice.', 'Habitual no-show to our clinic.', 'Chronic no show; will discharge from practice.', 'Cheats on his diabetic diet at weekends.',
    'Admits she cheated with bread and pasta.', 'He brought this on himself by smoking.', 'Unmotivated to lose weight.', 'There is a clear lack of motivation.', 'Seems lazy about exercises.', 'She is in denial about her drinking.',
    'Patient in denial regarding prognosis.', 'Poor self-care at home.', 'Poor insight into his weight.', 'Left against medical advice last week.', 'Signed out against medical advice.', 'Will not take responsibility for his own health.',
    'Refused all labs today.', 'Family refuses placement.', 'Non compliant with fluid restriction.', 'Failed to disclose prior surgery.', 'He refused to answer my questions.', 'Mother refused vaccines for the child.',
    'Noncompliant diabetic with multiple admissions.', 'The patient does not listen to advice.', 'Poor compliance with wound care.',
  ],
  metabolic: [
    'Brittle diabetic with frequent lows.', 'Poorly controlled diabetic.', 'Uncontrolled diabetes, A1c 11.', 'Poorly-controlled hypertension in clinic.', 'She is a diabetic on insulin.', 'This 54-year-old diabetic came for a foot check.',
    'Diabetics like him need a yearly eye exam.', 'Morbidly obese woman with knee pain.', 'Morbid obesity limits the exam.', 'Obese patient in no distress.', 'He is obese and out of shape.', 'The obese man could not climb on the table.',
    'Fat lady with swollen legs.', 'Out of control sugars again.', 'Obese female with reflux.', 'Uncontrolled HTN due to poor choices.', 'Type 2 diabetic, smoker.', 'Morbidly obese smoker.', 'Huge pannus, grossly overweight.',
  ],
  substance: [
    'History of alcohol abuse.', 'Known drug abuser.', 'Active substance abuse.', 'Polysubstance abuse for ten years.', 'Opioid abuser now on buprenorphine.', 'Heroin addict in withdrawal.', 'Recovering addict.', 'Looks like a junkie.',
    'IVDU with endocarditis.', 'IV drug user, shares needles.', 'IVDA since 2015.', 'Alcoholic with elevated liver tests.', 'His father is an alcoholic too.', 'Drunk on arrival.', 'He was strung out in the waiting room.',
    'Dirty urine today, will stop the prescription.', 'Clean urine for three months.', 'Dirty UDS positive for cocaine.', 'She has been clean for two years.', 'Says he got clean in prison.', 'Long-standing drug habit.',
    'Methadone substitution since spring.', 'Opioid replacement therapy at an outside clinic.', 'Addicted baby in the nursery.', 'Mother of an addicted newborn.', 'ETOH abuse, will not quit.', 'Meth abuser with bad teeth.', 'Alcoholics rarely keep appointments.',
    'Cocaine abuse, ongoing.', 'Reeks of alcohol as usual.', 'He stayed clean after rehab.',
  ],
  difficult: [
    'Difficult patient, multiple complaints.', 'Difficult family at the bedside.', 'She demanded an antibiotic.', 'Patient demands to be seen today.', 'He is demanding a refill.', 'Combative with staff.', 'Became combative during the exam.',
    'He was aggressive toward the nurse.', 'Belligerent and loud.', 'Hostile attitude throughout the visit.', 'Manipulative behavior noted.', 'She is manipulative with her husband.', 'Attention-seeking behavior.', 'Attention seeking, per the mother.',
    'Hysterical on the phone.', 'In hysterics when told the result.', 'Very dramatic about the injection.', 'Uncooperative with the exam.', 'Patient was non-cooperative.', 'Resistant to starting insulin.', 'She resists any change in her medicines.',
    'He resisted the idea of counseling.', 'Adamant that he will not take a statin.', 'She adamantly wants a brand name drug.', 'Noncommunicative, stares at the wall.', 'Demanded to speak with the manager.', 'Rude and entitled.', 'Difficult personality makes care hard.',
    'Hostile when asked about alcohol.', 'Whiny today, wants everything done.', 'Patient was uncooperative with blood draw.', 'Demanding mother, asks for second opinions.', 'Overly dramatic presentation.',
  ],
  mental: [
    'Brother committed suicide in 2019.', 'Her mother committed suicide.', 'Failed suicide attempt at age 20.', 'A successful suicide in the family.', 'Another suicidal gesture last night.', 'Made a suicide threat to get attention.', 'He is a schizophrenic.',
    'Schizophrenics in the family.', 'She is a borderline with many admissions.', 'Typical borderline behavior.', 'Acting crazy per the neighbor.', 'Went psycho at work.', 'The mentally ill often miss visits.', 'He is mentally ill and cannot be trusted.',
    'Completed suicide in a cousin.', 'Unsuccessful suicide attempt by pills.', 'A known schizophrenic off his meds.', 'Says she feels insane, and looks it.', 'Bipolar female, as unpredictable as ever.',
  ],
  ability: [
    'Wheelchair-bound since the accident.', 'She is confined to a wheelchair.', 'Handicapped son at home.', 'Crippled by arthritis.', 'Mildly retarded adult.', 'Demented woman from the nursing home.', 'He is demented and wanders.', 'Senile and forgetful.',
    'Deaf and dumb since birth.', 'Deaf-mute man with cough.', 'Little old lady from home.', 'Pleasant little old man.', 'Wheelchair bound at baseline.', 'A cripple since childhood.', 'Grandfather is senile now.', 'Confined to the wheelchair after surgery.',
  ],
  social: [
    'Homeless man brought in by police.', 'The homeless come here for a meal.', 'Welfare mother of four.', 'Illegal alien without insurance.', 'Illegal immigrant from the south.', 'Inmate with chest pain.', 'Former felon, now on parole.', 'Ex-con with hepatitis.',
    'Promiscuous teenager.', 'She works as a prostitute.', 'Unwed mother, third child.', 'Illegitimate child in foster care.', 'Transgendered patient for hormones.', 'Transsexual female after sex change.', 'Oriental woman with back pain.', 'A homeless female sleeping in the lobby.',
    'Promiscuity in her twenties.', 'Convict in shackles.',
  ],
  words: [
    'Incompetent cervix in the last pregnancy.', 'Two spontaneous abortions.', 'Habitual aborter, G6.', 'Blighted ovum on the scan.', 'Elderly primigravida at 36.', 'Geriatric pregnancy, referred to MFM.', 'Gomer sent from the home again.', 'Total train wreck of a history.',
    'Circling the drain, family aware.', 'Bounce-back from last week.', 'Narcan’d twice in the field.', 'Dirtball with a foot ulcer.', 'Elderly gravida, anxious.', 'Train wreck, needs social work.',
  ],
}

/** The same words, or words beside them, in sentences that judge nobody. */
export const plainSentences: readonly string[] = [
  // Doubt's words, about papers, courts and hospitals.
  'Insurance claims to be filed by the front desk.', 'The claim form was submitted on Monday.', 'Claims denied for lack of a code; will resubmit.', 'She was admitted to the hospital for pneumonia.', 'Admitted to the floor for observation.', 'He was admitted to inpatient rehab.',
  'Admits easily to walking two miles a day.', 'Patient reports pain since lifting a box.', 'She says she takes insulin every night.', 'Alleged assault; police report filed and forensic nurse called.', 'The court alleges nothing about his health.', 'She asked again for an MRI because her father had a stroke.',
  'History limited by aphasia; also used the daughter.', 'Accounts differ: he says Monday, she says Wednesday.', 'She shared that she drinks two beers at night.', 'Per the family, he fell in the kitchen.', 'Confirmed with the pharmacy that refills are current.', 'He reports no chest pain or fever.',
  'Admitted to ICU overnight with sepsis.', 'The insurance company claims they need a letter.', 'She believes that the rash came from soap.', 'Stated clearly when the pain began.', 'The exam and the reported pain differ; we talked about both.', 'Headache, worse in the morning, eased by rest.',
  // Pain's words.
  'Attends Narcotics Anonymous twice a week.', 'Narcotic count was correct at shift change.', 'Narcotic waste witnessed by two nurses.', 'Person with sickle cell disease here for a pain plan.', 'Asks for her next dose when it is due.', 'Opioid: oxycodone 5 mg, two a day.', 'Seeking a second opinion about surgery.', 'Came six times this year; we found a gap in his asthma plan.',
  'Prescription monitoring shows one prescriber.', 'Pain is 7 of 10 and limits sleep.', 'Wants to avoid opioids after surgery.', 'Got two scripts from two prescribers after moving.', 'Watch the clock for levothyroxine and coffee.', 'He flies often for work and asks about clots.',
  // Blame's words, about lungs, devices, forms and rights.
  'Lung compliance was low on the ventilator.', 'Device compliance report downloaded from the CPAP.', 'Signed the refusal form after we talked about risks.', 'Informed refusal discussed and documented.', 'Patients have the right to refuse care.', 'The pacemaker failed to capture at low output.', 'The lead failed to sense.', 'The fracture failed to fuse after six months.',
  'Two growth plates failed to ossify.', 'Takes four of seven doses a week because of cost.', 'Metformin did not work well enough.', 'She chose not to have the flu shot today.', 'He was not able to fill the antibiotic.', 'Missed two visits; the bus line was cut.', 'Lazy eye treated with patching.', 'Amblyopia, the lazy eye on the left.',
  'Lazy bowel was her mother’s word for constipation.', 'Heart failure, stable.', 'Kidney failure, on dialysis.', 'Renal failure resolved.', 'Failure of the graft was ruled out.', 'He is not ready to quit now; what matters is his grandson.', 'Left before care was done because his child was alone.', 'Prefers to wait after hearing the risks.',
  'Compliance officer called about the audit.', 'Arterial compliance measured by tonometry.', 'Does not want surgery at this time; reason given: work.', 'Respiratory failure needing oxygen.', 'Liver failure excluded.', 'The patient’s insurer refused nothing; prior approval is through.', 'Takes all medicines as we agreed.', 'Sees the illness as a test of faith.',
  'She did not bring her log book and will send a photo.', 'Treatment failure of the first antibiotic by culture.', 'The test failed for technical reasons.', 'Valve failure seen on echo.', 'Ate foods outside the plan at a wedding.', 'Advance directive on file.', 'Right to refuse explained in Spanish.',
  // Metabolic words.
  'Diabetic retinopathy screening is due.', 'Diabetic foot exam done today.', 'Diabetic neuropathy, stable.', 'Diabetic ketoacidosis in 2018.', 'Diabetic shoes ordered.', 'Prediabetic by A1c 6.0.', 'Pre-diabetic range; we talked about walking.', 'Non-diabetic kidney disease.', 'On no antidiabetic medicine.', 'Person with type 2 diabetes since 2010.',
  'A1c 9.2, goal under 7.5.', 'Blood pressure 152/94, above goal.', 'Diabetic diet handout given.', 'Diabetic gastroparesis with nausea.', 'Class 3 obesity (BMI 42).', 'BMI is 38; knee pain on stairs.', 'Obesity medicine clinic referral.', 'Controlled hypertension.', 'Asthma, well controlled.', 'Bleeding controlled with pressure.',
  'Low-fat diet discussed.', 'Fat-soluble vitamins checked.', 'Subcutaneous fat necrosis of the newborn.', 'Fatty liver on ultrasound.', 'Diabetic macular edema treated.', 'Smokes half a pack a day.', 'Smoker’s cough each winter.', 'Fat pad biopsy for amyloid.', 'Pain is controlled with acetaminophen.', 'Diabetic nephropathy, stage 3.', 'Epicardial fat on CT.', 'Diabetic ulcer healing well.',
  // Substance words.
  'Substance Abuse and Mental Health Services Administration helpline given.', 'The drug abuse screening test (DAST) was negative.', 'National Institute on Drug Abuse fact sheet given.', 'Alcoholic hepatitis, improving.', 'Alcoholic cirrhosis, on the list.', 'Attends Alcoholics Anonymous.', 'Nonalcoholic fatty liver disease.', 'Non-alcoholic steatohepatitis.', 'Drinks alcoholic beverages once a month.', 'Alcohol use disorder in remission.',
  'Person who injects drugs, offered naloxone.', 'Opioid use disorder on buprenorphine.', 'Newborn with opioid withdrawal.', 'Urine culture is clean after treatment.', 'Clean catch urine collected.', 'The wound is clean and dry.', 'Wound was cleaned with saline.', 'Drug test did not find fentanyl.', 'Screened for alcohol use with AUDIT-C.', 'Elder abuse screening was done.',
  'Reports physical abuse by a former partner.', 'History of childhood sexual abuse, shared in confidence.', 'Domestic abuse hotline given.', 'In recovery since 2020.', 'Drug allergy to penicillin.', 'Drug interaction checked.', 'Catheter site clean, no drainage.', 'Drug level in range.', 'Cocaine found on the drug test.', 'Incision is clean.', 'Methadone 80 mg from the clinic.', 'Dirty work clothes removed before the exam of the burn.',
  'Medication abuse warnings on the label were read together.', 'Relapsing-remitting multiple sclerosis.', 'Hand hygiene: clean hands shown.', 'Teeth clean, gums healthy.',
  // Difficult's words.
  'Difficult airway cart at the bedside.', 'Difficult intubation in 2015.', 'Difficult IV access, ultrasound used.', 'Difficult stick; warm packs helped.', 'Oxygen demand is low.', 'Demand ischemia, troponin flat.', 'Has a demanding job at the mill.', 'On-demand inhaler use twice a week.', 'Metabolic demand rises with fever.', 'Aggressive lymphoma, started R-CHOP.',
  'Aggressive hydration for stones.', 'Aggressive blood pressure control was avoided.', 'Aggressive treatment is not what she wants.', 'Osteopathic manipulative treatment helped the neck.', 'Manipulative therapy by a physical therapist.', 'Dramatic improvement after the injection.', 'Dramatically reduced pain.', 'Dramatic response to steroids.', 'A dramatic drop in viral load.', 'Insulin resistance on labs.',
  'Drug-resistant tuberculosis ruled out.', 'Methicillin-resistant staph in the wound.', 'Multi-drug resistant organism precautions.', 'Antibiotic-resistant strain grown.', 'Resisted motion of the shoulder is painful.', 'Resistive index 0.68.', 'Resistance bands twice a day.', 'Resistant hypertension on four medicines.', 'Treatment-resistant depression, asks about ketamine.', 'Has concerns about insulin: fear of lows.',
  'Raised his voice when told of the wait.', 'Pulled away when the arm was touched.', 'Difficulty swallowing pills.', 'Difficulty sleeping since the move.', 'Could not take part because of pain.', 'Spoke little; interpreter joined by video.', 'Strongly prefers pills because of needle fear.', 'Asked two nurses for different plans.', 'Wants to be seen today because of fever.', 'Asks for a refill of albuterol.',
  'Acid-resistant capsules prescribed.', 'Aspirin-resistant by platelet test.', 'Vascular resistance is normal.', 'The tumor is aggressive on biopsy.', 'Airway resistance improved after albuterol.', 'Very upset: crying, asks what it means.', 'On demand feeding of the newborn.',
  // Mental words.
  'Borderline high cholesterol.', 'Borderline QT interval.', 'Borderline elevated TSH.', 'Borderline normal ejection fraction.', 'Screened for suicidal thoughts; none.', 'Suicide risk assessed as low.', 'Brother died by suicide in 2019.', 'Suicide attempt at age 20.', 'Person with schizophrenia, stable on clozapine.', 'Schizophrenic spectrum disorder in the family history.',
  'National suicide line 988 given.', 'Crisis plan reviewed.', 'Committed to physical therapy twice a week.', 'Committed relationship for ten years.', 'She committed the schedule to memory.', 'Lives with bipolar disorder.', 'Borderline ECG, repeat in a month.', 'Self-harm without wish to die, in treatment.', 'Psychosocial history reviewed.', 'Psychologist visit next week.',
  // Ability and social words.
  'Uses a wheelchair for long distances.', 'Needs a handicapped parking placard.', 'Handicapped parking form completed.', 'Fetal growth retardation was the old term; growth restricted now.', 'Flame-retardant clothing at work.', 'Has dementia, lives with his son.', 'Senile keratosis on the back.', 'Senile purpura of the forearms.', 'Senile amyloid on biopsy.', 'Deaf; uses American Sign Language.',
  'Person without stable housing; shelter bed found.', 'In custody; guard waited outside.', 'Single parent of two.', 'Transgender woman on estradiol.', 'Homeless shelter called for a bed.', 'Child welfare office called with consent.', 'Legal guardian signed.', 'Convicted of nothing; the form was a mistake.', 'Animal welfare volunteer, allergic to cats.', 'Asian American woman with back pain.',
  'Exchanges sex for housing; offered PrEP.', 'Hearing aid fitted.', '82-year-old from home.', 'Intellectual disability, lives with sister.', 'Stays in bed because of dizziness.',
  // Everyday sentences with nothing near.
  'We agreed to check the potassium in two weeks.', 'Cervical insufficiency in the last pregnancy.', 'Two miscarriages.', 'Early pregnancy loss at nine weeks.', 'Pregnant at 38, first child.', 'Got naloxone at 9:40.', 'Train travel brings on nausea.', 'Drain removed from the left flank.', 'Surgical drain with 20 mL.', 'Bounce test of the knee was negative.',
  'Lungs are clear.', 'Heart sounds are regular.', 'Abdomen is soft.', 'Labs were reviewed together.', 'Follow up in three months.', 'Vaccines are up to date.', 'Walking daily with her sister.', 'Sleeps seven hours.', 'No rash.', 'Eyes: no redness.', 'Knee swelling is less.', 'Mood is good.', 'Works as a teacher.', 'Lives with spouse and a dog.',
  'Blood count is normal.', 'Chest film shows no pneumonia.', 'We talked about the colonoscopy and chose the home test.', 'Wound edges are together.', 'Started lisinopril 10 mg.', 'Stopped ibuprofen.', 'Ear canal clear.', 'Reflexes equal.', 'Gait steady.', 'Referred to the eye clinic.',
]

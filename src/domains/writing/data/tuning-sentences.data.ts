/** For tuning patterns and contexts; the figures that count come from charged-sentences.data.ts. */
export const tuningCharged: readonly string[] = [
  'The patient is poorly compliant with inhalers.', 'Poor compliance.', 'Poorly adherent to therapy.', 'History is doubtful.', 'Does not follow advice.', 'Refuses to listen.', 'Grossly obese.', 'Bipolar male, off medicines.', 'He is entitled and rude.', 'Whines about every test.',
  'Smells of alcohol, as always.', 'She is a cripple.', 'Swears that he takes it.', 'Will not take ownership of his disease.', 'Refused care.', 'Demanded pain pills.', 'A diabetic who does not care.', 'Known abuser of alcohol.', 'Noncompliance with diet.', 'Failed to show up.',
  'Addict, in and out of rehab.', 'Alcoholic mother.', 'Hostile on the phone.', 'Combative and rude.', 'Frequent flyer.', 'Malingering suspected.', 'Claims that it hurts.', 'Insists on pills.', 'Obese male.', 'Schizophrenic brother.',
]
export const tuningPlain: readonly string[] = [
  'Compliance of the bladder is low.', 'Compliant airway.', 'HIPAA compliance training.', 'She refused nothing.', 'The right to refuse was explained.', 'Failure to thrive resolved.', 'Heart failure clinic.', 'Treatment failure.', 'The alcoholic beverage was beer.', 'Abuse hotline number given.',
  'Borderline low sodium.', 'Aggressive fluids were given.', 'Resistant to penicillin.', 'Resistance training.', 'Clean margins.', 'Clean catch sample.', 'Diabetic eye exam.', 'Diabetic supplies.', 'Diabetic medicines refilled.', 'Diabetic education class.', 'Insulin-dependent.', 'Demand pacing.',
  'Difficult venous access.', 'Insurance claims that were denied.', 'Admitted to observation.', 'Smoker’s melanosis.', 'Growth retardation.', 'Senile cataract.', 'Committed to quitting.', 'Hostile work environment reported by the patient.', 'A dramatic rise in platelets.', 'The convict scene in the play upset her son.',
]

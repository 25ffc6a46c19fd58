/** What a patient may not expect to read in a note (N8). */
export type Topic = 'weight' | 'substances' | 'smoking' | 'mood'
export const topics: Readonly<Record<Topic, { words: string; pattern: RegExp }>> = {
  weight: { words: 'weight', pattern: /\b(bmi|obes\w*|overweight|underweight|weight (gain|loss)|body mass)\b/i },
  substances: { words: 'alcohol or drugs', pattern: /\b(alcohol\w*|drink(s|ing)|audit-?c|cannabis|marijuana|opioid\w*|heroin|cocaine|methamphetamine|fentanyl|substance use)\b/i },
  smoking: { words: 'smoking', pattern: /\b(smok\w+|tobacco|nicotine|vap(es|ing)|cigarettes?|packs? a day)\b/i },
  mood: { words: 'mood or mental health', pattern: /\b(depress\w+|anxi\w+|suicid\w+|bipolar|ptsd|panic|phq-?9|gad-?7|schizophreni\w+|eating disorder)\b/i },
}

/** Topics of this note that none of the patient's earlier notes mention. Pure. */
export function findSurprises(text: string, earlier: readonly string[]): Topic[] {
  return (Object.keys(topics) as Topic[]).filter(topic => topics[topic].pattern.test(text) && !earlier.some(note => topics[topic].pattern.test(note)))
}
/** Names that came into the problem list lately and stand in this note. */
export const newProblemsIn = (text: string, names: readonly string[]): string[] => names.filter(name => name.length > 3 && text.toLowerCase().includes(name.toLowerCase()))

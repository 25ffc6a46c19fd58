export { writingJobs } from './jobs.ts'
export { checkWords, type Checked } from './check-words.ts'
export { measureLexicon } from './measure-lexicon.ts'
export { checkTexts } from './check-note.ts'

import { readFileSync, writeFileSync } from 'node:fs'
import { crossValidate, trainRedFlags, type Lesson } from '#safety'

// `npm run train`: learns from the lessons and writes the weights. With --check it says what five-fold cross-validation makes of them, and writes nothing.
const folder = 'src/domains/safety/data'
const lessons = JSON.parse(readFileSync(`${folder}/red-flag-lessons.json`, 'utf8')) as Lesson[]
if (process.argv.includes('--check')) {
  const { texts, recall, precision, rightKind } = crossValidate(lessons)
  console.log(`${texts} lessons, each fifth heard by what was learned from the others: recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}, kind right ${rightKind.toFixed(3)}`)
} else {
  const { bias, scale, lines } = trainRedFlags(lessons)
  const words = `// Learned from red-flag-lessons.json by \`npm run train\`; not written by hand.\nexport const dangerWeights = {\n  bias: [${bias.join(', ')}],\n  scale: ${scale},\n  lines: ${JSON.stringify(lines)},\n}\n`
  writeFileSync(`${folder}/danger-weights.data.ts`, words)
  console.log(`${lines.split('\n').length} features from ${lessons.length} lessons`)
}

import { words, type Locale } from '#platform/words.ts'
import { pulseAnswers, type PulseAbout, type PulseQuestion } from '#feedback/shared'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'

/** One question after reading, for the few who are asked. A tap answers it, and no answer is as good. */
export function Pulse({ question, about, back, locale }: { question: PulseQuestion | null; about: PulseAbout; back: string; locale: Locale }) {
  if (question === null) return null
  const say = words(locale)
  return (
    <section className="rec-pulse no-print" aria-label={say('feedback.pulse.label')}>
      <p><strong>{say(`feedback.pulse.${question}`)}</strong></p>
      <Form action="/portal/feedback" prefix="pulse-" label={say('feedback.pulse.label')}>
        <input type="hidden" name="about" value={about} />
        <input type="hidden" name="back" value={back} />
        <Actions>{pulseAnswers.map(answer => <Button key={answer} kind={answer === 'not-now' ? 'quiet' : 'secondary'} name="pulse" value={answer}>{say(`feedback.pulse.answer.${answer}`)}</Button>)}</Actions>
      </Form>
      <p className="soft small">{say('feedback.pulse.why')}</p>
    </section>
  )
}

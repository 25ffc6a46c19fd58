export const moodQuestions = [
  ['44250-9', 'Little interest or pleasure in doing things in last 2 weeks'],
  ['44255-8', 'Feeling down, depressed, or hopeless in last 2 weeks'],
  ['44259-0', 'Trouble falling or staying asleep, or sleeping too much'],
  ['44254-1', 'Feeling tired or having little energy'],
  ['44251-7', 'Poor appetite or overeating'],
  ['44258-2', 'Feeling bad about yourself-or that you are a failure or have let yourself or your family down'],
  ['44252-5', 'Trouble concentrating on things, such as reading the newspaper or watching television'],
  ['44253-3', 'Moving or speaking so slowly that other people could have noticed. Or the opposite-being so fidgety or restless that you have been moving around a lot more than usual'],
  ['44260-8', 'Thoughts that you would be better off dead, or of hurting yourself in some way'],
] as const

export const moodAnswers = [['LA6568-5', 'Not at all'], ['LA6569-3', 'Several days'], ['LA6570-1', 'More than half the days'], ['LA6571-9', 'Nearly every day']] as const

/** Living needs asked of adults once a year: question, then the answers from no need to most need. */
export const needsQuestions = [
  ['71802-3', 'Housing status', ['I have a steady place to live', 'I have a place to live today, but I am worried about losing it in the future', 'I do not have a steady place to live']],
  ['88122-7', 'Within the past 12 months we worried whether our food would run out before we got money to buy more', ['Never true', 'Sometimes true', 'Often true']],
  ['93030-5', 'Has lack of transportation kept you from medical appointments, meetings, work, or from getting things needed for daily living', ['No', 'Yes']],
] as const

/** SNOMED CT, as the US rules for smoking status ask. */
export const smoking = {
  never: ['266919005', 'Never smoked tobacco'], former: ['8517006', 'Ex-smoker'], daily: ['449868002', 'Smokes tobacco daily'],
  someDays: ['428041000124106', 'Occasional tobacco smoker'], unknown: ['266927001', 'Tobacco smoking consumption unknown'],
} as const

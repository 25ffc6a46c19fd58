/** What somebody means with a text. `answers`: which of the visits asked about they say yes or no to; by number from 1, by name, or a bare `all`; `isEach` where they wrote that they mean each. */
export type Answers = { yes: readonly (number | string)[]; no: readonly (number | string)[]; all?: 'yes' | 'no'; isEach?: boolean }
/** `mayMeanVisit`: its one word also says what somebody does with a visit. */
export type Reply = { is: 'stop'; mayMeanVisit: boolean } | { is: 'start' } | { is: 'help' } | { is: 'wrong-number' } | { is: 'answers'; answers: Answers } | { is: 'other' }

/** Small letters, no accents, no signs but what parts words. */
const plain = (text: string): string => text.slice(0, 800).normalize('NFKD').replace(/\p{M}/gu, '').replace(/👍[\u{1f3fb}-\u{1f3ff}]?/gu, ' yes ').toLowerCase().replace(/[’']/g, '').replace(/[^a-z0-9ñ\s,&+]/g, ' ').replace(/\s+/g, ' ').trim()
const courtesy = /\b(please|pls|plz|thanks?|thank you|thx|por favor|gracias|now|ya|ahora|all|everything|todo)\b/g
const bare = (text: string) => text.replace(courtesy, ' ').replace(/[,&+]/g, ' ').replace(/\s+/g, ' ').trim()

const stopWords = new Set(['stop', 'stopp', 'stop stop', 'stop it', 'stopall', 'stop all', 'quit', 'end', 'revoke', 'opt out', 'optout', 'opt me out', 'cancel', 'cancelall', 'unsubscribe', 'unsub', 'unsubscribe me', 'remove', 'remove me', 'delete me',
  'pare', 'paren', 'para', 'parar', 'alto', 'basta', 'detener', 'detengan', 'detenganse', 'cancela', 'cancele', 'cancelen', 'baja', 'dar de baja', 'darme de baja', 'deme de baja', 'denme de baja', 'fin', 'cancelar', 'no mas', 'quitar', 'quiteme', 'quitenme', 'borreme', 'borrenme', 'salir', 'arret'])
/** Any reasonable words: a verb of ending, or a no, about texts, messages or being written to (47 CFR 64.1200(a)(10)). Stopping a pill or stopping by is neither. */
const stopPhrases = [
  /\b(stop|quit|cease|end|cancel|discontinue) (all |the |these |those |your |sending |this )*(me )?(any )?(texts?|txts?|texting|messages?|messaging|msgs?|sms|reminders?|notifications?|alerts?|contacting|writing|bothering|spam(ming)?)\b/,
  /\b(stop|quit) (texting|messaging|contacting|bothering|spamming|writing|sending)\b/,
  /\b(no|not|zero) (more|further|longer) (texts?|txts?|messages?|msgs?|sms|reminders?|contact|of these)\b/, /\b(do not|dont|never|no longer) (ever )?(want|wish|send|text|message|contact|write|need|receive|bother)\b.*\b(texts?|messages?|msgs?|sms|me|these|this number|reminders?|more|anymore|again)\b/,
  /\b(do not|dont|never) (text|message|contact|write|bother)\b/, /\b(take|get|remove|delete|drop) (me|my number|this number|my phone|us) (off|from|out)\b/, /\bopt(ing)? (me )?out\b/, /\bunsubscribe\b/, /\bleave me alone\b/, /\brevoke (my )?(consent|permission)\b/, /\bi (withdraw|revoke)\b/,
  /\b(no|ya no|tampoco) (quiero|deseo|me interesa|necesito) (mas |recibir |que me |sus |estos |ningun |los )*(mensajes?|textos?|sms|manden|envien|escriban|avisos|recordatorios|recibir)\b/,
  /\b(no|ya no|nunca) (me |nos )?(manden?|mandes|envien?|envies|escriban?|escribas|molesten?|texteen?|contacten?|llamen)\b/, /\b(dejen?|deja|paren?|para) (ya )?(de )?(mandar|enviar|escribir|molestar|textear|contactar)(me|nos|le)?\b/,
  /\b(paren?|detengan?|cancelen?|quiten?) (ya )?(los |estos |sus |con los )?(mensajes?|textos?|sms|avisos|recordatorios)\b/, /\b(quiten?|saquen?|borren?|eliminen?)(me|nos)? (de|mi (numero|telefono))\b/, /\bd(a|e|en|ar)(me)? de baja\b/, /\bno mas (mensajes?|textos?|sms|avisos)\b/, /\bdejen?me en paz\b/,
]
const wrongNumber = /\b(wrong (number|person|phone|num)|not my (number|phone)|numero (equivocado|incorrecto)|se equivoco de numero|no soy (yo|esa persona|ese)|no conozco a)\b/
const startWords = new Set(['start', 'unstop', 'resume', 'subscribe', 'start texts', 'start texting', 'opt in', 'optin', 'empezar', 'iniciar', 'reanudar', 'comenzar', 'alta', 'seguir', 'continuar'])
const helpWords = new Set(['help', 'info', 'ayuda', 'informacion'])
const yesWord = 'yes|yep|yeah|yup|ya|y|ok|okay|okey|sure|si|confirmo|confirm|confirmed|confirmado|confirmada|claro|vale|correcto|c|listo|coming|vengo|voy|ire'
const noWord = 'no|nope|n|nah|cannot|cant|wont'
const yesAlone = new RegExp(`^(${yesWord}|de acuerdo|esta bien|ill be there|i will be there|ill come|see you( then)?|see you there|ahi estare|alli estare|si confirmo|yes confirm|yes ill be there|si ire|perfect|perfecto)( (${yesWord}|ill be there|i will be there|ahi estare|maam|sir|doctor))*$`)
const noAlone = new RegExp(`^(${noWord}|i cant( come| make it)?|i cannot( come| make it)?|cant make it|no puedo( ir| venir)?|no ire|no voy|not coming|reschedule|cambiar)( (${noWord}))*$`)
/**
 * CANCEL alone ends texts: the rule names it (47 CFR 64.1200(a)(10)), and so do carriers. With a visit beside it, it is about the visit; and where it stands
 * alone while a visit is asked about, a person hears of that too.
 */
const callsOff = /\b((cancel|reschedule|move|change|postpone|call off) (my |the |this |that |our |todays |tomorrows )*(visit|appointment|appt|apt|app|time|booking|checkup)s?|(need|want|have|like|got) to (cancel|reschedule)|(cancelar|cancele|cancelen|cancela|cancelo|cambiar|cambie|mover|posponer|anular) (mi |la |su |esta |esa |nuestra )*(cita|visita|hora|consulta)s?|(tengo que|quiero|necesito|quisiera|puedo) (cancelar|cambiar))\b/
const aboutTexts = /\b(texts?|txts?|texting|messages?|messaging|msgs?|sms|reminders?|notifications?|alerts?|mensajes?|textos?|avisos|recordatorios|subscription|suscripcion)\b/
const everyone = /\b(all|both|todas?|todos|las dos|los dos|ambas|ambos|everyone|the two)\b/
/** By words, never by a pattern over letters: "yayaya…" can be cut into these in as many ways as there are, and each would be tried. */
const yesOrNo: ReadonlySet<string> = new Set(['', 'to', 'for', 'a', 'para', ...yesWord.split('|'), ...noWord.split('|')])
const joining = /\s*(?:[,&+]| and | y | but | pero )\s*/

/** 'yes to 1, no to 2', '1 2', 'Ana yes Leo no', 'both': undefined where a word is neither a visit nor a yes or no. */
function readAnswers(text: string, names: readonly string[]): Answers | undefined {
  if (everyone.test(text) && text.replace(everyone, '').split(/[ ,]/).every(word => yesOrNo.has(word))) return { yes: [], no: [], isEach: true, all: new RegExp(`\\b(${noWord})\\b`).test(text) ? 'no' : 'yes' }
  const known = names.map(name => plain(name))
  const yes: (number | string)[] = [], no: (number | string)[] = []
  let waiting: (number | string)[] = [], said: 'yes' | 'no' | undefined
  const put = (which: 'yes' | 'no') => { (which === 'yes' ? yes : no).push(...waiting); waiting = [] }
  for (const part of ` ${text} `.split(joining).flatMap(piece => piece.trim().split(' ')).filter(Boolean)) {
    if (/^\d$/.test(part)) waiting.push(Number(part))
    else if (known.includes(part)) waiting.push(names[known.indexOf(part)]!)
    else if (new RegExp(`^(${yesWord})$`).test(part)) { said = 'yes'; if (waiting.length > 0) { put('yes'); said = undefined } }
    else if (new RegExp(`^(${noWord})$`).test(part)) { said = 'no'; if (waiting.length > 0) { put('no'); said = undefined } }
    else if (!/^(to|for|a|para|the|el|la|con|with|is|es)$/.test(part)) return undefined
    if (said && waiting.length > 0) { put(said) }
  }
  put(said ?? 'yes')
  return yes.length + no.length > 0 ? { yes, no } : undefined
}

/** What a text means; `names`: the given names of those whose visits were asked about. Pure; it errs on the side of stopping, and of a person reading it. */
export function readReply(body: string, names: readonly string[] = []): Reply {
  const text = plain(body)
  const short = bare(text)
  if (wrongNumber.test(text)) return { is: 'wrong-number' }
  if (text.length <= 48 && callsOff.test(text) && !aboutTexts.test(text) && !/\b(stop|quit|end|unsubscribe|pare|paren|alto|basta)\b/.test(text)) return { is: 'answers', answers: { yes: [], no: [], all: 'no' } }
  if (stopWords.has(text) || stopWords.has(short) || stopPhrases.some(phrase => phrase.test(text))) return { is: 'stop', mayMeanVisit: /^(cancel|cancelar|cancela|cancele|cancelen)$/.test(short) }
  if (startWords.has(text) || startWords.has(short)) return { is: 'start' }
  if (helpWords.has(text) || helpWords.has(short)) return { is: 'help' }
  if (yesAlone.test(text) || yesAlone.test(short)) return { is: 'answers', answers: { yes: [], no: [], all: 'yes' } }
  if (noAlone.test(text)) return { is: 'answers', answers: { yes: [], no: [], all: 'no' } }
  const answers = text.length <= 80 ? readAnswers(text, names) : undefined
  return answers ? { is: 'answers', answers } : { is: 'other' }
}

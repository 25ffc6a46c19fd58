import type { RedFlagKind } from '../check-red-flags.ts'

/**
 * How people say it, without accents and in small letters. A pattern is what must stand close together in one breath. `alsoSays` asks for
 * something else anywhere in the text, such as being pregnant.
 */
export type RedFlagPattern = { kind: RedFlagKind; says: RegExp; alsoSays?: RegExp }

const either = (...sides: [string, string]) => new RegExp(`(?:${sides[0]})[^.!?;]{0,30}?(?:${sides[1]})|(?:${sides[1]})[^.!?;]{0,30}?(?:${sides[0]})`, 'g')
const chest = '\\bche?a?st\\b|\\bpecho\\b'
const hurts = '\\bpain(s|ful)?\\b|\\bpian\\b|\\bhurt(s|ing)?\\b|\\bpressure\\b|\\btight(ness)?\\b|\\bcrushing\\b|\\bsqueez\\w+|\\bheav(y|iness)\\b|\\bdolor(es)?\\b|\\bduel[ea]n?\\b|\\bpresion\\b|\\bopresion\\b|\\baprieta\\w*|\\bpunzada'
const side = '\\bface\\b|\\bmouth\\b|\\bcara\\b|\\bboca\\b'
const pregnant = /\bpregnan(t|cy)\b|\b\d{1,2} weeks\b|\bembaraz\w+|\b\d{1,2} semanas\b|\bafter giving birth\b|\bhad the baby\b|\bdi a luz\b|\bparto\b/

export const redFlagPatterns: readonly RedFlagPattern[] = [
  { kind: 'chest', says: either(chest, hurts) },
  { kind: 'chest', says: /\belephant is on my chest\b|\bsits? on (my chest|it)\b/g },
  { kind: 'chest', says: /\bheart attack\b[^.!?;]{0,30}\b(now|right now|today)\b|\b(having|is having) a heart attack\b|\binfarto\b[^.!?;]{0,20}\bahora\b/g },

  { kind: 'stroke', says: either(side, '\\bdroop\\w*|\\bcrooked\\b|\\bhangs?\\b|\\bnumb(ness)?\\b|\\bcayo\\b|\\bchueca\\b|\\btorcid[oa]\\b|\\btorcio\\b|\\bdurmio la mitad\\b') },
  { kind: 'stroke', says: /\b(can ?no?t|can'?t|could not|couldn'?t|no puede?o?) (lift|move|raise|feel|mover|levantar|sentir)\b[^.!?;]{0,25}\b(arm|leg|hand|side|brazo|pierna|mano|lado)\b/g },
  { kind: 'stroke', says: /\b(slurred|slurring)\b|\b(can ?no?t|can'?t) (speak|talk)\b(?! to)|\bwords make no sense\b|\bno puedo hablar bien\b|\bhabla raro\b|\barrastra las palabras\b|\bno se le entiende\b|\btalks? funny\b/g },
  { kind: 'stroke', says: /\bsudden(ly)?\b[^.!?;]{0,30}\b(numb\w*|weak\w*|confus\w+|loss of vision|blind)\b|\b(numb\w*|weak\w*)\b[^.!?;]{0,30}\bsudden(ly)?\b|\bde repente\b[^.!?;]{0,40}\b(dormid\w+|debil\w*|vista|mover|confundid\w+)|\b(vista|ojo)\b[^.!?;]{0,30}\bde repente\b/g },
  { kind: 'stroke', says: /\b(left|right|one|same|whole) side\b[^.!?;]{0,20}\b(weak|numb)\w*|\b(weak|numb)\w*\b[^.!?;]{0,40}\b(left|right|one|same) side\b|\b(debil|dormid\w)\b[^.!?;]{0,30}\blado\b/g },
  { kind: 'stroke', says: /\bworst headache\b|\bpeor dolor de cabeza\b|\bwoke up confused\b|\besta confundid\w\b/g },
  { kind: 'stroke', says: /\b(is having|having|think\b[^.!?;]{0,20}) a stroke\b|\b(creo|parece)\b[^.!?;]{0,25}\bderrame\b/g },

  { kind: 'breathing', says: /\b(can ?no?t|can'?t|cant|hard to|struggl\w+ to|trouble|difficulty|problems?) (breath\w*|catch my breath)\b|\bcatch (my|his|her) breath\b|\bshort(ness)? of breath\b|\bgasping\b|\bsuffocat\w+|\bstopped breathing\b|\bbreathing is (really )?bad\b|\bbreathing very fast\b|\bcan'?t finish a sentence\b|\b(lips|turning)\b[^.!?;]{0,12}\bblue\b/g },
  { kind: 'breathing', says: /\bno (puedo|puede) (respirar|agarrar aire)\b|\b(cuesta|dificultad|problemas?)\b[^.!?;]{0,20}\b(para )?respirar\b|\b(me|le) falta (\w+ )?el aire\b|\b(me|se) (ahog\w+|asfixi\w+)|\brespira muy rapido\b|\bno puedo terminar una frase\b|\b(labios morados|poniendo azul)\b|\bhunden las costillas\b/g },

  { kind: 'bleeding', says: /\b(vomit\w*|throwing up|threw up|cough\w*|tos\w+|vomit[oe])\b[^.!?;]{0,20}\b(blood|sangre|coffee grounds|granos de cafe)\b/g },
  { kind: 'bleeding', says: /\b(black|tarry|negras?)\b[^.!?;]{0,25}\b(tar|stools?|alquitran|heces)\b|\b(stools?|heces)\b[^.!?;]{0,40}\b(black|tarry|negras?|lot of blood|mucha sangre)\b|\blot of blood\b|\bmucha sangre\b/g },
  { kind: 'bleeding', says: /\b(won'?t|will not|does not|doesn'?t|not) stop(ped)? bleeding\b|\bbleeding\b[^.!?;]{0,40}\b(won'?t|will not|not) stop\b|\bno (deja|para) de (sangrar|salir sangre)\b|\bsangr\w+\b[^.!?;]{0,30}\bno (para|se quita)\b|\bblood (is everywhere|keeps coming|is pouring)\b|\bblood\b[^.!?;]{0,15}\bpouring\b|\bsangre por todos lados\b/g },
  { kind: 'bleeding', says: /\b(soak(ed|ing)|empape|lleno)\b[^.!?;]{0,30}\b(pads?|bandage|toallas?)\b|\bbandage is soaked\b|\bbig clots\b|\bcoagulos grandes\b/g },
  { kind: 'bleeding', says: /\b(can ?no?t|can'?t|no puedo) (stop|parar)\b[^.!?;]{0,12}\b(bleeding|sangrado|sangre)\b|\bno (me |le |se )?(para|detiene)\b[^.!?;]{0,12}\b(sangrado|hemorragia)\b|\bpopo\b[^.!?;]{0,12}\bnegr[oa]\b/g },
  { kind: 'bleeding', says: /\b(blood thinners?|anticoagulantes?)\b[^.!?;]{0,30}\b(hit|golpeo|golpe|fell|cayo)\b/g },

  { kind: 'self-harm', says: /\b(want|wants|wanna|going|plan|plans|ready|wish)\b[^.!?;]{0,12}\b(to die|to kill (my|him|her)self|to end (it all|my life)|to hurt (my|him|her)self|i was dead|to be dead)\b|\bkill(ing)? (myself|himself|herself)\b|\bend (my life|it all)\b|\bhurt(ing)? (myself|himself|herself)\b/g },
  { kind: 'self-harm', says: /\bsuicid(e|al)\b[^.!?;]{0,20}\b(thoughts?|plan|now|tonight)\b|\b(thoughts?|thinking)\b[^.!?;]{0,15}\bsuicide\b|\bdon'?t want to (be here|live|wake up)\b|\bbetter off without me\b|\bcan'?t (go on|live like this)\b|\bcut myself\b(?! shav)/g },
  { kind: 'self-harm', says: /\bquier[eo]\b[^.!?;]{0,12}\b(morir(me)?|matar(me)?|suicidarme|hacerme dano|acabar con todo|quitarme la vida)\b|\bme quiero (morir|matar)\b|\bse quiere (matar|morir)\b|\b(matarme|quitarme la vida|suicidarme|suicidarse)\b|\bno quiero (seguir )?vi(vir|viendo)\b|\bmejor sin mi\b|\b(pensamientos|piensa|pienso)\b[^.!?;]{0,12}\bsuicid\w+|\bvolvi a cortar\b|\bacabar con todo\b/g },

  { kind: 'stroke', says: /\b(is having|having) a seizure\b|\bseizures?\b[^.!?;]{0,30}\b(now|won'?t stop|will not stop)\b|\bconvulsion\w*\b[^.!?;]{0,20}\b(ahora|no para)\b|\bconvulsionando\b/g },
  { kind: 'overdose', says: /\boverdos(ed|ing)\b|\bsobredosis\b|\bpoison(ed|ing)\b/g },
  { kind: 'overdose', says: /\b(took|taken|ate|swallowed|drank)\b[^.!?;]{0,30}\b(all (of )?my (pills|medicine)|whole bottle|too many|too much|way too|bleach|antifreeze|cleaning fluid|my [a-z ]{0,20}pills|\d{2,} [a-z ]{0,20}pills)\b/g },
  { kind: 'overdose', says: /\b(double dose|doble (dosis|insulina))\b|\bgot into the medicine\b|\bagarro las medicinas\b|\bnot responding\b|\bunresponsive\b|\bno responde\b|\b(won'?t|will not|no) (wake up|despierta)\b/g },
  { kind: 'overdose', says: /\b(tomo|tome|trago|comio|tomaron)\b[^.!?;]{0,30}\b(todas (mis|las) pastillas|mis pastillas de|frasco|demasiad\w+|cloro|anticongelante|\d{2,} pastillas|mucha mas)\b/g },

  { kind: 'pregnancy', says: /\b(bleed\w*|spotting|blood|sangr\w+)\b/g, alsoSays: /\bpregnant\b|\bembarazada\b|\b\d{1,2} weeks (pregnant|along)\b|\b\d{1,2} semanas\b/ },
  { kind: 'pregnancy', says: /\b(not moved|not moving|can'?t feel the baby|no se (ha movido|mueve)|no siento moverse)\b/g, alsoSays: /\bbaby\b|\bbebe\b/ },
  { kind: 'pregnancy', says: /\b(haven'?t|have not|hasn'?t|not|no he) (felt|feeling|sentido)\b[^.!?;]{0,25}\b(mov\w*|kick\w*)/g, alsoSays: /\bbaby\b|\bbebe\b/ },
  { kind: 'pregnancy', says: /\b(water broke|gush of fluid|rompio la fuente|mucho liquido)\b/g },
  { kind: 'pregnancy', says: /\bcontractions? every\b|\bcontracciones cada\b|\bsoaking a pad\b/g },
  { kind: 'pregnancy', says: /\b(headache|dolor de cabeza|duele mucho la cabeza)\b[^.!?]{0,60}\b(spots|stars|blur\w*|swollen|luces|borroso)\b|\b(sharp|strong|severe|fuerte)\b[^.!?;]{0,25}\b(pain|dolor)|\bdolor\b[^.!?;]{0,25}\bfuerte\b|\b(fell|cai)\b[^.!?;]{0,20}\b(belly|panza|barriga)\b/g, alsoSays: pregnant },

  { kind: 'allergy', says: either('\\bthroat\\b|\\bgarganta\\b|\\btongue\\b|\\blengua\\b', '\\bclos(ing|ed|es)\\b|\\bswell\\w*|\\bswollen\\b|\\btight\\b|\\bcierra\\b|\\bcerrad\\w\\b|\\bcerrando\\b|\\bhinch\\w+|\\bapretad\\w\\b') },
  { kind: 'allergy', says: either('\\blips?\\b|\\bface\\b|\\beyes\\b|\\bmouth\\b|\\blabios?\\b|\\bcara\\b|\\bboca\\b|\\bojos\\b', '\\bswell\\w*|\\bswollen\\b|\\bhuge\\b|\\bhinch\\w+|\\benormes\\b') },
  { kind: 'allergy', says: /\bhives\b[^.!?;]{0,40}\b(all over|swallow|pass out|faint|breath)\w*|\bronchas\b[^.!?;]{0,40}\b(todo el cuerpo|tragar|desmay\w+)|\banaphyla\w+|\banafila\w+|\b(used|puse)\b[^.!?;]{0,12}\bepi ?pen\b/g },
]

/** Said before it in the same breath, these say that it is not so. */
export const negations = /\b(no|not|never|without|denies?|don'?t have|doesn'?t have|isn'?t|wasn'?t|haven'?t|hasn'?t|nor|sin|nunca|ningun[ao]?|tampoco|niega|ni)\s+(?:\w+\s+){0,3}$/
/** Long ago, or somebody's of whom it is told as past. */
export const past = /\b(19|20)\d\d\b|\b(last|previous) (year|month|week|spring|summer|fall|winter)\b|\byears? ago\b|\bmonths? ago\b|\bas a (child|kid|baby)\b|\bused to\b|\bhistory of\b|\bhad\b[^.!?;]{0,40}\b(before|once)\b|\bin my (first|last) pregnancy\b|\bdied (of|by|from)\b|\bfor years\b|\bsame as always\b|\bhace (\w+ )?(anos?|meses)\b|\b(ano|mes|semana) pasad[oa]\b|\bde (nin[oa]|joven)\b|\bantes de la cirugia\b|\bmurio de\b|\bse suicido\b|\bdesde hace anos\b|\ben primavera\b|\bmi primer embarazo\b|\bin the spring\b/
/** A question about what might be, not what is. */
export const wondering = /\b(what|whom?|when|where|should i|do i|can i|could|would|is it|are there|does|do you|how many)\b[^.!]{0,80}\?|\bif (i|my|he|she) (ever|get|have|had)\b|\bin case of\b|\bside effect\b|\brisk\b|\b(que hago si|si algun dia|en caso de|puede causar|efecto de|es normal|cuales son|debo|necesito una)\b|¿[^?]{0,120}\?/
export const refersToPaper = /\b(x-?ray|radiografia|refill|surta|surtir|appointment with|test results?|poster|classes|clases|training|kit|botiquin|note about|carta)\b/
/** What says that it goes on, whatever else is said of it. */
export const urgent = /\b(right now|now|worse|getting worse|still (going|bleeding|hurts?)|again today|ahora|peor|todavia)\b/

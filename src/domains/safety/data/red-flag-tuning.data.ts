/** For tuning the patterns; the figures that count come from red-flag-texts.data.ts. */
export const tuningFlagged: readonly string[] = [
  'my chest has been hurting all day', 'tightness across my chest', 'pressure in the chest', 'left arm pain and sweating with my chest feeling tight', 'her face looks crooked', 'he can’t talk', 'cannot move one leg all of a sudden', 'sudden weakness on one side', 'worst headache ever', 'hard to breathe',
  'I am having trouble breathing', 'he is turning blue', 'throwing up blood', 'black tarry stools', 'bleeding that will not stop', 'I want to kill myself', 'thinking about suicide', 'I wish I was dead', 'she tried to hurt herself today', 'took a whole bottle of pills', 'my kid drank cleaning fluid',
  'he took too much heroin and is unresponsive', 'baby not moving, 34 weeks', 'pregnant and spotting with cramps', 'my water broke early', 'throat is swelling shut', 'face and lips swollen after the shot', 'hives and trouble swallowing',
  'siento presión en el pecho', 'le duele el pecho a mi esposo', 'tiene la cara chueca', 'no puede mover una pierna de repente', 'no puedo agarrar aire', 'se está poniendo azul', 'vomita sangre', 'la sangre no para', 'quiero morirme', 'piensa en suicidarse', 'se tomó un frasco de pastillas', 'mi niño tomó cloro',
  'el bebé no se mueve, 34 semanas', 'embarazada con sangrado', 'se me hincha la garganta', 'labios hinchados después de la vacuna', 'no me puedo despertar a mi papá', 'my dad had a seizure and will not wake up',
]
export const tuningCalm: readonly string[] = [
  'no chest pain today', 'I had chest pain two years ago', 'should I go to the ER if my chest hurts?', 'chest x-ray', 'my grandfather died of a stroke', 'stroke risk', 'no trouble breathing', 'breathing test', 'blood work', 'blood sugar log', 'I am dying to know my result', 'suicide hotline poster', 'pills refill',
  'took my pill', 'pregnant, need vitamins', 'allergy shot', 'swollen ankle after a sprain', 'heart rate 70', 'numb tooth', 'sin dolor de pecho', 'tuve dolor de pecho hace dos años', 'radiografía de pecho', 'mi abuelo murió de un derrame', 'respiro bien', 'examen de sangre', 'me muero de risa', 'receta de pastillas',
  'embarazada, necesito vitaminas', 'vacuna de alergia', 'tobillo hinchado', 'what if I have chest pain after the test', 'in case of bleeding, whom do I call?', 'could the new pill cause swelling?',
]

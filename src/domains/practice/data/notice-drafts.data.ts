import type { Both, NoticeKind } from '../shared.ts'

// Drafts a practice starts from. They are no legal advice: the console asks for a check before they are posted.
// Light marks: '## ' a heading, '- ' a line of a list, '[xx] ' a paragraph in the language xx. {{…}} is filled in from the practice.
// What the privacy notice must say: 45 CFR 164.520; substance use records: 42 CFR 2.22 as in force since 2026-02-16. Nondiscrimination and language help: 45 CFR 92.10, 92.11.
// The lines in other languages follow the samples that HHS published for section 1557 in 2016. Not confirmed against the current samples: compare before posting.

const privacyEn = `This notice tells you how we may use and share your health record, and how you can get at it. Please read it with care.

## Your rights
You have these rights. To use one, call us or write to us. A person will help you.
- See your record and get a copy, on paper or online. We give it to you within 15 days, most often at once. It costs nothing online.
- Ask us to put right what is wrong. If we say no, we tell you why in writing within 60 days.
- Ask us to reach you in a way you choose: another phone, another address, no letters.
- Ask us not to use or share something. If you pay in full yourself and ask us not to tell your health plan, we must say yes, unless the law says we have to tell.
- Get a list of whom we shared your record with in the last six years, and why. One list a year is free.
- Get this notice on paper at any time.
- Choose someone to act for you, such as a person with power of attorney.
- Tell us when you think your rights were broken. We will never treat you worse for it.

## Your choices
You tell us what to do when:
- we may talk with your family, friends or others who help care for you;
- we may share facts in a disaster, so that they find you.
If you cannot tell us, for instance because you are not awake, we do what we think is best for you.

We need your written yes before:
- we use your record to sell or advertise something;
- we sell any part of it, which we do not do;
- we share most notes of talks in therapy.
You can take a yes back at any time. Write to us. What was shared before cannot be called back.

## How we use and share your record
- To treat you. A doctor who sets your broken arm asks us about your other pills.
- To run the practice: to check that our care is good, and to train those who work here.
- To be paid. We send your health plan what it needs to pay for your visit.

We may or must also share it:
- to help with public health and safety: to stop the spread of illness, to report bad effects of a drug, to report abuse or neglect, or to prevent serious harm;
- for health research, under strict rules;
- when a law asks for it, and to show the government that we keep the privacy law;
- for organ gifts, and with a medical examiner or a funeral home when someone dies;
- for workers’ compensation, the police, the courts and other state duties, within the limits of the law.

## Records of treatment for drug or alcohol use
Some of these records have more protection under federal law (42 CFR Part 2). When we hold them, we use and share them only with your written yes, or as that law allows. You may give one yes for all future treatment, payment and running of the practice. These records, or what they say, may not be used against you in a civil, criminal, administrative or legislative proceeding unless you agree in writing, or a court orders it after you were told and could be heard. If we ever wanted to use them to raise funds, we would first ask you, and you could say no. Once shared under your yes, some of them may be shared again by those who receive them, as the privacy law allows.

## What we must do
- We must by law keep your record private and safe.
- If someone gets at it who should not, we tell you without delay.
- We keep what this notice says, and give you a copy of it.
- We do not use or share it in other ways than told here, unless you say yes in writing.
We may change this notice, and the new one then holds for all the records we have. You find it here, at our offices, or we send it to you.

## Questions and complaints
Call {{phone}} or write to {{practice}}, {{address}}. Ask for {{officer}}, who looks after privacy here.
You can also complain to the U.S. Department of Health and Human Services, Office for Civil Rights, 200 Independence Avenue SW, Washington, DC 20201, 1-877-696-6775, https://www.hhs.gov/ocr/complaints. We will never treat you worse because you did.`

const privacyEs = `Este aviso le dice cómo podemos usar y compartir su expediente de salud, y cómo puede verlo usted. Léalo con calma, por favor.

## Sus derechos
Usted tiene estos derechos. Para usar uno, llámenos o escríbanos. Una persona le ayuda.
- Ver su expediente y tener una copia, en papel o en línea. Se la damos en 15 días como mucho, casi siempre al momento. En línea no cuesta nada.
- Pedir que se corrija lo que está mal. Si decimos que no, le decimos por qué, por escrito y en 60 días.
- Pedir que le hablemos como usted elija: a otro teléfono, a otra dirección, sin cartas.
- Pedir que no usemos o no compartamos algo. Si usted paga todo y nos pide no decirlo a su plan de salud, debemos decir que sí, salvo que la ley nos obligue a decirlo.
- Tener una lista de con quién compartimos su expediente en los últimos seis años, y por qué. Una lista al año es gratis.
- Tener este aviso en papel cuando quiera.
- Elegir a alguien que hable por usted, como una persona con un poder legal.
- Decirnos si cree que no se respetaron sus derechos. Nunca le trataremos peor por eso.

## Lo que usted elige
Usted nos dice qué hacer cuando:
- podemos hablar con su familia, sus amigos u otros que le cuidan;
- podemos dar datos en un desastre, para que le encuentren.
Si no puede decirlo, por ejemplo porque no está despierto, hacemos lo que creemos mejor para usted.

Nos hace falta su sí por escrito antes de:
- usar su expediente para vender o anunciar algo;
- vender una parte de él, cosa que no hacemos;
- compartir casi todas las notas de una terapia.
Puede quitar su sí cuando quiera. Escríbanos. Lo que ya se compartió no puede volver.

## Cómo usamos y compartimos su expediente
- Para atenderle. El doctor que le cura un brazo roto nos pregunta qué pastillas toma.
- Para llevar el consultorio: ver si cuidamos bien, y formar a quienes trabajan aquí.
- Para cobrar. Mandamos a su plan de salud lo que pide para pagar su visita.

También podemos o debemos compartirlo:
- para cuidar la salud de todos: frenar una enfermedad, avisar de los efectos malos de una medicina, avisar de un abuso o un descuido, o evitar un daño grave;
- para estudios de salud, con reglas estrictas;
- cuando una ley lo pide, y para mostrar al gobierno que respetamos la ley de privacidad;
- para donar órganos, y con el médico forense o la funeraria cuando alguien muere;
- por accidentes de trabajo, para la policía, los jueces y otras tareas del estado, dentro de lo que manda la ley.

## Expedientes de tratamiento por drogas o alcohol
Algunos de estos tienen más protección por una ley federal (42 CFR Parte 2). Si los tenemos, solo los usamos y compartimos con su sí por escrito, o como esa ley permite. Usted puede dar un solo sí para todo: atención, pago y trabajo del consultorio. Lo que dicen no se puede usar contra usted en un caso civil, penal, administrativo o legislativo, salvo que usted lo acepte por escrito, o que un juez lo ordene después de avisarle y de oírle. Si un día quisiéramos usarlos para pedir fondos, le preguntaríamos antes, y usted podría decir que no. Lo que se comparte con su sí puede ser compartido otra vez por quien lo recibe, como la ley de privacidad permite.

## Lo que debemos hacer
- La ley nos manda guardar su expediente en privado y seguro.
- Si lo ve alguien que no debe, le avisamos sin demora.
- Hacemos lo que dice este aviso y le damos una copia.
- No lo usamos ni lo compartimos de otro modo, salvo que usted diga que sí por escrito.
Podemos cambiar este aviso, y el nuevo vale entonces para todo lo que tenemos. Lo encuentra aquí, en nuestras oficinas, o se lo mandamos.

## Preguntas y quejas
Llame al {{phone}} o escriba a {{practice}}, {{address}}. Pregunte por {{officer}}, que cuida aquí de la privacidad.
También puede quejarse ante el Departamento de Salud de los Estados Unidos (HHS), Office for Civil Rights, 200 Independence Avenue SW, Washington, DC 20201, 1-877-696-6775, https://www.hhs.gov/ocr/complaints. Nunca le trataremos peor por eso.`

const fairEn = `{{practice}} follows the civil rights laws of the United States. We do not treat anyone worse, leave anyone out or turn anyone away because of race, color, national origin (with limited English and the language someone speaks), age, disability, or sex.

## What we give you free of charge
- Changes that help people with a disability, and aids to talk with us: sign language interpreters, large print, audio, files that your device can read.
- Help in your language: interpreters, and papers in other languages.
If you need one of these, call {{phone}}, or tell anyone who works here.

## If you think we were not fair
Tell {{officer}}, who looks after this: {{practice}}, {{address}}, {{phone}}, {{email}}. You can come, call, or write. If you need help to do it, we help you. We write down what you say, look into it, and answer you in writing. Nobody may treat you worse because you spoke up.

You can also complain to the U.S. Department of Health and Human Services, Office for Civil Rights, at https://ocrportal.hhs.gov, or by mail or phone: 200 Independence Avenue SW, Room 509F, HHH Building, Washington, DC 20201, 1-800-368-1019, 1-800-537-7697 (TDD). You find the forms at https://www.hhs.gov/ocr/complaints.

This notice stands on our site at {{site}}/nondiscrimination.`

const fairEs = `{{practice}} cumple las leyes de derechos civiles de los Estados Unidos. No tratamos peor a nadie, no dejamos fuera ni rechazamos a nadie por su raza, su color, su país de origen (también por hablar poco inglés u otra lengua), su edad, su sexo o una discapacidad.

## Lo que le damos gratis
- Cambios que ayudan a quien tiene una discapacidad, y medios para hablar con nosotros: lengua de señas, letra grande, audio, archivos que su aparato pueda leer.
- Ayuda en su idioma: intérpretes, y papeles en otros idiomas.
Si le hace falta algo de esto, llame al {{phone}} o dígalo a quien trabaja aquí.

## Si cree que no fuimos justos
Dígalo a {{officer}}, que se ocupa de esto: {{practice}}, {{address}}, {{phone}}, {{email}}. Puede venir, llamar o escribir. Si le hace falta ayuda, le ayudamos. Anotamos lo que dice, lo vemos a fondo y le damos una respuesta por escrito. Nadie puede tratarle peor por haber hablado.

También puede quejarse ante el Departamento de Salud de los Estados Unidos (HHS), Office for Civil Rights, en https://ocrportal.hhs.gov, por carta o por teléfono: 200 Independence Avenue SW, Room 509F, HHH Building, Washington, DC 20201, 1-800-368-1019, 1-800-537-7697 (TDD). Los formularios están en https://www.hhs.gov/ocr/complaints.

Este aviso está en nuestro sitio: {{site}}/es/nondiscrimination.`

const helpEn = `You can speak with us in your language. An interpreter costs you nothing. Papers in large print, audio, or another form that you can use cost nothing too. Call {{phone}}, or tell anyone who works here.

You do not need to bring someone to interpret. You may, but we will not ask it of you, and we never ask it of a child.`

const helpEs = `Puede hablar con nosotros en su idioma. El intérprete no le cuesta nada. Tampoco cuestan los papeles en letra grande, en audio o en otra forma que le sirva. Llame al {{phone}}, o dígalo a quien trabaja aquí.

No tiene que traer a nadie para que le traduzca. Puede hacerlo, pero no se lo vamos a pedir, y nunca se lo pedimos a un niño.`

const otherLanguages = `[es] ATENCIÓN: si habla español, tiene a su disposición servicios gratuitos de asistencia lingüística. Llame al {{phone}}.
[zh-Hant] 注意:如果您使用繁體中文,您可以免費獲得語言援助服務。請致電 {{phone}}。
[vi] CHÚ Ý: Nếu bạn nói Tiếng Việt, có các dịch vụ hỗ trợ ngôn ngữ miễn phí dành cho bạn. Gọi số {{phone}}.
[ko] 주의: 한국어를 사용하시는 경우, 언어 지원 서비스를 무료로 이용하실 수 있습니다. {{phone}} 번으로 전화해 주십시오.
[tl] PAUNAWA: Kung nagsasalita ka ng Tagalog, maaari kang gumamit ng mga serbisyo ng tulong sa wika nang walang bayad. Tumawag sa {{phone}}.
[ru] ВНИМАНИЕ: Если вы говорите на русском языке, то вам доступны бесплатные услуги перевода. Звоните {{phone}}.
[ar] ملحوظة: إذا كنت تتحدث العربية، فإن خدمات المساعدة اللغوية تتوافر لك بالمجان. اتصل برقم {{phone}}.
[ht] ATANSYON: Si w pale Kreyòl Ayisyen, gen sèvis èd pou lang ki disponib gratis pou ou. Rele {{phone}}.
[fr] ATTENTION : si vous parlez français, des services d’aide linguistique vous sont proposés gratuitement. Appelez le {{phone}}.
[pl] UWAGA: Jeżeli mówisz po polsku, możesz skorzystać z bezpłatnej pomocy językowej. Zadzwoń pod numer {{phone}}.
[pt] ATENÇÃO: Se fala português, encontram-se disponíveis serviços linguísticos, grátis. Ligue para {{phone}}.
[it] ATTENZIONE: In caso la lingua parlata sia l’italiano, sono disponibili servizi di assistenza linguistica gratuiti. Chiamare il numero {{phone}}.
[de] ACHTUNG: Wenn Sie Deutsch sprechen, stehen Ihnen kostenlos sprachliche Hilfsdienstleistungen zur Verfügung. Rufnummer: {{phone}}.
[ja] 注意事項:日本語を話される場合、無料の言語支援をご利用いただけます。{{phone}} まで、お電話にてご連絡ください。
[fa] توجه: اگر به زبان فارسی گفتگو می کنید، تسهیلات زبانی بصورت رایگان برای شما فراهم می باشد. با {{phone}} تماس بگیرید.`

const accessEn = `We want you to be able to use this site and our offices, whatever your body, eyes, ears or mind need.

## This site
- It works without a mouse, with a screen reader, in large type, and in dark and light.
- Colors never carry a meaning alone. Words do.
- It works on an old phone with a slow line.
We build it to the Web Content Accessibility Guidelines (WCAG) 2.2, level AA, and test each page by machine and by hand.

## Our offices
How to come in without steps, where to park, and what the bus does stands on the page of each place. If something is still in your way, call us before you come and we will plan it with you.

## When something does not work for you
Call {{phone}}, write to {{email}}, or use the contact form and choose “Something on this site does not work for me”. A person reads it, gives you what you needed in another way at once, and puts the page right. We answer within 10 days.`

const accessEs = `Queremos que pueda usar este sitio y nuestras oficinas, sea lo que sea lo que pidan su cuerpo, sus ojos, sus oídos o su mente.

## Este sitio
- Se puede usar sin ratón, con un lector de pantalla, con letra grande, en claro y en oscuro.
- Ningún color dice algo por sí solo. Lo dicen las palabras.
- Sirve en un teléfono viejo y con una línea lenta.
Lo hacemos según las pautas WCAG 2.2, nivel AA, y probamos cada página con programas y a mano.

## Nuestras oficinas
Cómo entrar sin escalones, dónde estacionar y qué autobús pasa está en la página de cada lugar. Si algo le estorba todavía, llámenos antes de venir y lo vemos con usted.

## Si algo no le funciona
Llame al {{phone}}, escriba a {{email}}, o use el formulario de contacto y elija «Algo de este sitio no me funciona». Una persona lo lee, le da enseguida lo que buscaba de otra forma y arregla la página. Contestamos en 10 días como mucho.`

export const noticeDrafts: Record<NoticeKind, Both> = {
  'privacy-practices': { en: privacyEn, es: privacyEs },
  nondiscrimination: { en: fairEn, es: fairEs },
  'language-help': { en: `${helpEn}\n\n${otherLanguages}`, es: `${helpEs}\n\n${otherLanguages.replace(/^\[es\].*\n/, '')}` },
  accessibility: { en: accessEn, es: accessEs },
}

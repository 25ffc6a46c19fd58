/** What people are allergic to, and what it does to them: English | Spanish | codes (SNOMED CT, RxNorm) | other displays. */
export const allergens = `
No known allergies | Ninguna alergia conocida | 716186003 | no known allergy; no known allergies
No known medicine allergies | Ninguna alergia a medicinas | 409137002 | no known drug allergy; no known drug allergies; nkda
No known food allergies | Ninguna alergia a comidas | 429625007 | no known food allergy
Penicillin | Penicilina | 91936005 764146007 373270004 7980 | allergy to penicillin; penicillin; product containing penicillin; penicillin v
Amoxicillin | Amoxicilina | 294505008 372687004 723 | allergy to amoxicillin; amoxicillin
Sulfa medicines | Sulfas | 91939003 763875007 387406002 10831 | allergy to sulfonamide; sulfonamide antibacterial; product containing sulfonamide; sulfamethoxazole / trimethoprim; sulfa
Aspirin | Aspirina | 293586001 387458008 1191 | allergy to aspirin; aspirin
Ibuprofen | Ibuprofeno | 293619005 387207008 5640 | allergy to ibuprofen; ibuprofen
Codeine | Codeína | 387494007 2670 | allergy to codeine; codeine
Morphine | Morfina | 373529000 7052 | allergy to morphine; morphine
Lisinopril | Lisinopril | 386873009 29046 | lisinopril
Latex | Látex | 1003755004 300916003 111088007 | allergy to latex protein; latex allergy; latex; natural rubber latex; allergy to hevea brasiliensis latex protein
Peanuts | Cacahuates (maní) | 91935009 762952008 | allergy to peanut; peanut; allergy to peanuts
Tree nuts | Nueces | 91934008 442571000124108 | allergy to nut; tree nut; allergy to tree nuts; nut allergy
Eggs | Huevos | 91930004 102263004 | allergy to eggs; allergy to egg; eggs; eggs (edible)
Milk | Leche | 782415009 425525006 3718001 226760005 | allergy to dairy product; allergy to dairy foods; cow's milk; dairy foods; milk
Fish | Pescado | 417532002 735971005 | allergy to fish; fish
Shellfish | Mariscos | 300913006 735029006 | shellfish allergy; shellfish; allergy to shellfish
Soy | Soya | 782594005 256350002 | allergy to soya; soy; soya protein
Wheat | Trigo | 420174000 412071004 | allergy to wheat; wheat
Mold | Moho | 419474003 | allergy to mould; mold; allergy to mold
House dust mites | Ácaros del polvo | 232350006 260147004 | house dust mite allergy; house dust mite
Animals with fur or hair | Animales con pelo | 232347008 264287008 | dander (animal) allergy; animal dander; allergy to animal dander
Grass pollen | Polen del pasto | 418689008 256277009 | allergy to grass pollen; grass pollen
Tree pollen | Polen de los árboles | 419263009 782576004 | allergy to tree pollen; tree pollen
Bee stings | Picadura de abeja | 424213003 288328004 | allergy to bee venom; bee venom
`
export const reactions = `
Rash | Sarpullido | 271807003 | skin rash; eruption of skin; rash
Hives | Ronchas | 247472004 126485001 | wheal; urticaria; hives; weal
Itching | Picazón | 418290006 418363000 | itching of skin; pruritus
A dangerous whole-body reaction | Una reacción grave de todo el cuerpo | 39579001 | anaphylaxis; anaphylactic reaction
Swelling of the face or throat | Hinchazón de la cara o la garganta | 402387002 41291007 | allergic angioedema; angioedema
Swelling | Hinchazón | 65124004 267038008 | edema; oedema
Trouble breathing | Problemas para respirar | 267036007 230145002 | dyspnea; difficulty breathing; shortness of breath
Wheezing | Silbido al respirar | 56018004 | wheeze
Cough | Tos | 49727002 |
Throwing up | Vómito | 300359004 422400008 | finding of vomiting; vomiting
Upset stomach | Malestar de estómago | 422587007 | nausea
Loose stools | Diarrea | 62315008 | diarrhea
Runny nose and itchy eyes | Moqueo y picazón en los ojos | 878820003 | rhinoconjunctivitis
Headache | Dolor de cabeza | 25064002 |
Dizziness | Mareo | 404640003 |
Fainting | Desmayo | 271594007 | syncope
Fever | Fiebre | 386661006 |
`

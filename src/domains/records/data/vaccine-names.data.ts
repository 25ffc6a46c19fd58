/** What a vaccine is against: English | Spanish | CVX codes. */
export const vaccines = `
Flu | Gripe | 15 16 88 111 125 126 127 128 135 140 141 144 149 150 151 153 155 158 161 166 168 171 185 186 197 205 231
COVID-19 | COVID-19 | 207 208 210 211 212 213 217 218 219 221 228 229 230 300 301 302 308 309 310 311 312 313
Tetanus and diphtheria | Tétanos y difteria | 09 28 113 138 139 196
Tetanus, diphtheria and whooping cough | Tétanos, difteria y tosferina | 01 20 106 107 115
Whooping cough, tetanus, diphtheria, polio and others | Tosferina, tétanos, difteria, polio y otras | 50 110 120 130 146 170
Polio | Polio | 02 10 89 178 182
Measles, mumps and rubella | Sarampión, paperas y rubéola | 03
Measles, mumps, rubella and chickenpox | Sarampión, paperas, rubéola y varicela | 94
Measles | Sarampión | 05
Rubella | Rubéola | 06
Mumps | Paperas | 07
Hepatitis B | Hepatitis B | 08 42 43 44 45 189 220
Hepatitis A | Hepatitis A | 31 52 83 84 85 169
Hepatitis A and B | Hepatitis A y B | 104 193
Hib (a germ that harms babies) | Hib (un germen que daña a los bebés) | 17 46 47 48 49
Chickenpox | Varicela | 21
Shingles | Herpes zóster | 121 187 188
Pneumonia germs | Gérmenes de la neumonía | 33 100 109 133 152 177 215 216 327
Meningitis germs | Gérmenes de la meningitis | 32 108 114 136 147 148 162 163 164 167 191 192 203 316 328
HPV (germs that can cause cancer) | VPH (gérmenes que pueden causar cáncer) | 62 118 137 165
Rotavirus (a germ that upsets the belly) | Rotavirus (un germen del estómago) | 74 116 119 122
RSV (a lung germ) | VRS (un germen de los pulmones) | 303 304 305 306 307 315
Rabies | Rabia | 18 40 90 175 176
Typhoid fever | Fiebre tifoidea | 25 41 53 91 101
Yellow fever | Fiebre amarilla | 37 183 184
Japanese encephalitis | Encefalitis japonesa | 39 129 134
Cholera | Cólera | 26 172 173 174
Tuberculosis | Tuberculosis | 19
Smallpox and mpox | Viruela y mpox | 75 206
`

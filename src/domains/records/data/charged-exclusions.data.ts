/**
 * Where a word of the lexicon says nothing about a patient, besides what the lexicon itself leaves out: another meaning, a thing or a name. By term;
 * what stands within forty letters cancels it (N4). Made from a tuning set and from how the words are used in medicine, never from the measured set.
 */
export const chargedExclusions: Readonly<Record<string, string>> = {
  SL012: String.raw`exaggerat\w* (\w+ )?(kypho\w*|lordo\w*|curv\w*|reflex\w*|startle|response|gag|dtrs?|tendon|physiologic)`,
  SL013: String.raw`malinger\w* (test|scale|subtest|index|detect\w*|measure)`,
  SL015: String.raw`hypochondriac(al)? (area|region|pain|tender\w*|mass|quadrant)|(left|right|l|r) hypochondriac`,
  SL016: String.raw`(sutures?|staples?|stitches|lice|lesions?|tumou?rs?|wounds?|scars?|lacerations?|hair|bandages?)[^.;]{0,20}all in|in (his|her|their) head (wrap|region|ct|circumference|and neck)`,
  SL020: String.raw`non-?narcotic|narcotics? (task force|officer|detective|division|unit|agent|cabinet|safe|lock)`,
  SL022: String.raw`frequent flyer (club|mile|program|point|card|account|number|status)`,
  SL023: String.raw`(lung|chest wall|ventric\w*|arter\w*|aort\w*|bladder|balloon|vessel|tympan\w*|stent|device|graft|detrusor|myocardi\w*|catheter|septum|airway|artery)s?[^.;]{0,25}complian|complian\w*[^.;]{0,15}(lung|chest wall|ventric\w*|arter\w*|aort\w*|bladder|balloon|vessel|tympan\w*|stent|device|graft|detrusor|myocardi\w*|catheter)|(code|hipaa|osha|billing|fire)[- ]compliance`,
  SL024: String.raw`adherent (dressing|gauze|pad|layer|bandage|cell|mesh|silicone|film|foam|sponge)`,
  SL025: String.raw`refus\w* to (deflate|inflate|close|heal|ramp|print|load|start|boot|charge|open|budge|latch)`,
  SL026: String.raw`fail(s|ed) to (show(?! up)|reveal|demonstrate|identify|detect|visuali[sz]e|locate|confirm|heal|close|resolve|respond|improve|suppress|enhance|fill|open|descend|progress|meet|reach (significance|statistical)|gain|grow|thrive|load|print|charge|transmit|deploy|inflate|deflate|advance|grow|convert|clear|dilate)`,
  SL030: String.raw`cheat[- ]?(code|sheet)s?`,
  SL033: String.raw`lazy[- ]?(susan|river|boy|gallbladder|leu[ck]ocyte|sunday)`,
  SL034: String.raw`denial (letter|of (claim|coverage|payment|service|benefit)s?|management|code|notice|appeal)`,
  SL041: String.raw`diabetic (exam|screen|visit|class|clinic|suppl|sock|teach|strip|test|lancet|meter|nurse|program|care|range|recipe|cookbook|magazine|alert|bracelet|registry|flow ?sheet|report)`,
  SL047: String.raw`abus\w* (screen|hotline|counsel|program|resource|prevention|registry|index|curriculum|council|coalition)`,
  SL048: String.raw`(adrenaline|chocolate|sports?|coffee|news|shopping|fitness|gam\w+|sugar|book|tea)[- ](addict|junkie)`,
  SL050: String.raw`alcoholic (pad|swab|prep|solution|hand|rub|gel|wipe|extract|tincture|drink|content|emollient|fermentation|mixture|base)|(rub|gel|solution|mouthwash|extract|lotion|foam|sanitizer|tincture|drinks?)[^.;]{0,15}(is|are|was) alcoholic`,
  SL051: String.raw`(barium|contrast|prep|water|fluids?|bottle|juice|milk|formula|shake|coffee|half|cup|glass|ounces?|liters?|ml|supplement)[^.;]{0,30}drunk|drunk (before|after|slowly|over|as directed)|tweaking (of|the|a|an|his|her|our|its|dos\w+|settings?|the)|(needs?|some|minor|further) tweaking`,
  SL052: String.raw`clean[- ]catch|clean urine (cup|sample|specimen|container)`,
  SL060: String.raw`combative (art|sport|class|tourn|train)`,
  SL061: String.raw`aggressive (\w+ )?(growth|variant|fibromatosis|periodontitis|surg\w*|debridement|care|measures?|regimen|screening|rehab\w*|approach|histolog\w*|subtype|wean\w*|diuresis|lipid|lowering|biology|form|lesion|features|replet\w*|chemo\w*|statin|intervention|subtype|nk)|(tumou?r|lymphoma|cancer|histology|disease|lesion|subtype|variant)[^.;]{0,20}aggressive`,
  SL063: String.raw`hostile (\w+ )?(abdomen|neck|anatomy|bladder|pelvis|chest|groin|territory|aort\w*|climate|takeover|terrain)`,
  SL066: String.raw`hysterical(ly)? (movie|laugh\w*|joke|comed\w*|funny|video|film|show)|(laugh\w*|giggl\w*|funny|joke)[^.;]{0,20}hysterical`,
  SL067: String.raw`(rise|drop|increase|decrease|improvement|decline|loss|fall|change|response|result|difference|effect|onset|recovery|creatinine|h[ae]moglobin|platelets?|counts?|weight|swing|shift)[^.;]{0,30}dramatic|dramatic (\w+ )?(rise|fall|loss|gain|decline|shift|swing|arts?|role|society|difference|effect|onset|recovery|resolution|relief|worsening|growth|elevation)`,
  SL069: String.raw`\w-resist|resist\w* (to )?(\w+ )?(stretch|opening|gravity|bands?|exercise|training|passive|abduction|adduction|flexion|extension|rotation|pressure|vancomycin|oxacillin|hormone|chemo\w*|steroids?|platinum|therap\w*|treatment|testing|clips?)|(culture|isolate|strain|organism|bacteri\w*|staph\w*|coli|mrsa|gene|mutation)[^.;]{0,25}resistant`,
  SL074: String.raw`completed suicide (risk|screen|prevent|assess|safety|questionnaire|training)`,
  SL078: String.raw`crazy[- ]?(paving|glue|quilt|socks|hat|hair|straw)|psycho-\w`,
  SL082: String.raw`retard (tablet|capsule|form|release|\d+ ?mg)|(nifedipine|diclofenac|adalat|voltaren|verapamil|theophylline) retard|fire[- ]?retard|handicapped[- ]?(parking|placard|access\w*|bath\w*|entrance|stall|van|permit|sticker|seat|ramp|shower|toilet|tag)`,
  SL084: String.raw`senile (plaque|wart|lentig\w*|angioma|ptosis|entropion|arcus|degeneration|vaginitis|osteoporosis|macular|sebaceous|tremor|emphysema|ectasia|calcific|aortic|h[ae]mangioma|freckle)`,
  SL088: String.raw`(coalition|shelter|ministry|clinic|services?|outreach|program|van|center|kitchen|care|fund|housing|project|census)[^.;]{0,12}(for|to) the homeless|the homeless (shelter|clinic|outreach|program|service|van|center|coalition|census|liaison)`,
  SL091: String.raw`(works?|working|job|officer|guard|dentist|nurse|doctor|teach\w*|volunteer\w*|counsel\w*|treats|sees|chaplain|lawyer|writes to)[^.;]{0,35}(inmate|felon|convict)s?|inmate (health|services|phone|handbook)`,
  SL092: String.raw`promiscu\w* (t-?cell|binding|epitope|enzyme|receptor|promoter|ligand|kinase|inhibitor|peptide|target|activity)`,
  SL094: String.raw`(fish|species|frog|oyster|coral|wrasse)`,
  SL095: String.raw`oriental (rat|cockroach|rug|sore|poppy|trading|restaurant|shorthair|chol\w*|mustard|lily|bittersweet|carpet|medicine college)|(rio|monte|cerro|playa|mar|lago|rancho|pueblo|cabo) negro|negro (league|spiritual|modelo|river)`,
  SL103: String.raw`(toy|model|railroad|amtrak|derail\w*|surviv\w*|injured in|passenger|involved in|escaped)[^.;]{0,25}train ?wreck|train ?wreck (survivor|victim|on the|in (18|19|20)\d\d)|bounce[- ]?back (tracking|name|home|program|echo|artifact)`,
}

/**
 * What does or is called something and is no patient: payers, machines, papers, names of things. Where one stands before the word in its clause, or
 * right behind it, the word is not about the patient, unless a person stands between.
 */
const things = String.raw`insurers?|insurance|(health|drug|dental|benefit) plan|plan (insists|refus\w+|claims)|payers?|medicare|medicaid|pharmacy (insists|refus\w+|claims)|labs?|laborator(y|ies)|assay|manufacturer|vendor|printer|scanner|mri|ct|magnet|machine|monitor|pump|battery|software|app|portal|fax|computer|elevator|ventilator|brochure|poster|leaflet|flyer|pamphlet|book|novel|movie|film|song|video|tv|game|band|company|store|shop|brewery|brand|website|headline|article|study|questionnaire|scale|item|subscale|checklist|protocol|survey|template|titled|entitled|called|thesis|wi-?fi|vending machine|printer|software|museum|team name`
export const beforeAsThing = new RegExp(String.raw`\b(${things})\b((?!\b(pt|patient|he|she|they|mom|mother|father|dad|wife|husband|son|daughter|family|who)\b)[^.;!?]){0,32}$`, 'i')
export const behindAsThing = /^['’"]?[- ](\w+ )?(brochure|poster|leaflet|flyer|pamphlet|book|novel|movie|film|song|album|video|club|class|brand|beer|brewing|printer|scanner|software|machine|device|model|tape|assay|subscale|questionnaire|screening tool)\b/i

/** Spellings that count as the same word: those of the SPDX matching guidelines, and a few pairs that some write as one. */

/** British and other spellings, each with the one that stands for it. */
export const SAME_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    acknowledgement: 'acknowledgment',
    analogue: 'analog',
    analyse: 'analyze',
    artefact: 'artifact',
    authorisation: 'authorization',
    authorised: 'authorized',
    calibre: 'caliber',
    cancelled: 'canceled',
    capitalisations: 'capitalizations',
    catalogue: 'catalog',
    categorise: 'categorize',
    centre: 'center',
    emphasised: 'emphasized',
    favour: 'favor',
    favourite: 'favorite',
    fulfil: 'fulfill',
    fulfilment: 'fulfillment',
    initialise: 'initialize',
    judgement: 'judgment',
    labelling: 'labeling',
    labour: 'labor',
    licence: 'license',
    licenced: 'licensed',
    maximise: 'maximize',
    modelled: 'modeled',
    modelling: 'modeling',
    offence: 'offense',
    optimise: 'optimize',
    organisation: 'organization',
    organise: 'organize',
    practise: 'practice',
    programme: 'program',
    realise: 'realize',
    recognise: 'recognize',
    signalling: 'signaling',
    utilisation: 'utilization',
    whilst: 'while',
    wilful: 'willful',
    willfull: 'willful',
  }),
)
/** Pairs of words, each with what stands for it: one word, or another pair. */
export const SAME_PAIR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'non infringement': 'noninfringement',
    'non commercial': 'noncommercial',
    'non exclusive': 'nonexclusive',
    'sub license': 'sublicense',
    'sub licensed': 'sublicensed',
    'sub licensee': 'sublicensee',
    'sub licensing': 'sublicensing',
    'per cent': 'percent',
    'e mail': 'email',
    'copyright owner': 'copyright holder',
    'copyright owners': 'copyright holders',
    // A company, and no business.
    'business machines': 'businessmachines',
  }),
)

/** The first words of those pairs: few words are one, and need not be joined with the next to look for it. */
export const PAIR_STARTS: ReadonlySet<string> = new Set(
  [...SAME_PAIR.keys()].map((pair) => pair.slice(0, pair.indexOf(' '))),
)

/**
 * Words of enumerations in all languages of the firmware, by what they mean. An untranslated word is said in English.
 * Only words that a vendor-neutral family has a place for.
 */
const WORDS: Readonly<Record<string, string>> = {
  off: 'off aus uit av wyłączono kapalı vyp',
  on: 'on an aan på włączono açık zap',
  auto: 'auto',
  manual: 'manual|Manuell|handmatig|ręczny|manuell|manuel|manuale|manuálny|manuální',
  day: 'day Tag dag Dag dzień jour gün giorno deň den',
  night: 'night Nacht nacht Natt noc natt nuit gece notte',
  eco: 'eco Eco Eko eko øko éco',
  eco_plus: 'eco+ Eco+ Eko+ eko+ øko+ éco+',
  comfort: 'comfort Komfort komfort konfor komfortný',
  high_comfort:
    'high comfort|gehobener Komfort|verhoogd comfort|Förhöjd komfort|wysoki komfort|høy komfort|comfort alto|vysoký komfort',
  heat: 'heat Värme ciepło varmer chaleur caldo',
  heating:
    'heating|Heizen|verwarmen|Uppvärmning|ogrzewanie|oppvarming|chauffage|ısıtma|riscaldamento|kúrenie|topení',
  cooling:
    'cooling Kühlen koelen Kyler chłodzenie kjøling refroidissement soğuma raffreddamento chladenie chlazení',
  hot_water:
    'hot water|Warmwasser|warm water|varmvatten|c.w.u.|varmtvann|eau chaude|sıcak su|acqua calda|horúca voda|horká voda',
  pool: 'pool|Pool|zwembad|basen|basseng|piscine|havuz|piscina|bazén',
  pool_heating: 'pool heating|Pool beheizen|ohrev bazéna|ohřev bazénu',
  defrost:
    'defrost|Abtauen|ontdooien|avfrostning|odladzanie|tine|dégivrage|buz çözücü|scongelamento|odmrazenie|odmrazování',
  compressor_alarm: 'compressor alarm|Alarm Kompressor|alarm kompresora|alarm kompresoru',
  none: 'none keine geen ingen brak aucun hiçbiri nessuno žiadny žádné',
  nofrost:
    'nofrost|Frostschutz|vorstbescherming|Frostskydd|ochrona przed zamarzaniem|frostsikring|protection gel|Donma koruması|protezione gelo|bez námrazy|bez mrazu',
  summer: 'summer Sommer zomer Sommar lato sommer été yaz estate leto léto',
  winter: 'winter Winter Vinter zima vinter hiver kış inverno',
  normal: 'normal normaal normalny normale normálny normální',
  low: 'low niedrig laag Låg niski lav bas basso nízky nízký',
  high: 'high hoch hoog Hög wysoki høy haut alto vysoký',
  own_program:
    'own prog|Eigenprog.|eigen prog.|Egen prog.|program własny|eget prog.|programme propre|isteğe göre ayarlanmış program|proprio prog.|vlastný prog.|vlastní program|own_1|own 1',
  continuous:
    'continuous|continuously|kontinuierlich|continue|kontinuerlig|ciągły|continu|devam eden|continuo|nepretržité|nepretržitě',
  heat_request:
    'heat request|Wärmeanforderung|verwarmingsverzoek|Värmeförfrågan|zapotrzebowanie na ciepło|varmeforespørsel|demande de chauffage|ısınma ihtiyacı|richiesta calore|požiadavka na teplo|požadavek na teplo',
  disinfecting:
    'disinfecting|Desinfizieren|desinfecteren|Desinficerar|dezynfekcja termiczna|desinfisering|désinfection|dezenfeksiyon|disinfezione|dezinfekcia|dezinfekce',
  demand: 'demand Bedarf vereist behov zapotrzebowanie talep richiesta požiadavka poptávka',
  sleep: 'sleep Einschlafen slaapmodus sova sen uyku notturno spiace spánek',
  intense: 'intense Intensiv intensief intensiv intensywne yoğun intensivo intenzívne intenzivní',
  bypass: 'bypass Bypass',
  party: 'party|Party|impreza|parti|festa|párty režim|párty',
  fireplace: 'fireplace Kamin haard kominek şömine camino krb',
}

const MEANINGS = new Map<string, string>()
for (const [meaning, words] of Object.entries(WORDS)) {
  for (const word of words.split(words.includes('|') ? '|' : ' ')) {
    if (!MEANINGS.has(word)) MEANINGS.set(word, meaning)
  }
}

/** What a word of an enumeration means, whatever the gateway's language; undefined where nobody knows. */
export function meaningOf(word: string): string | undefined {
  return MEANINGS.get(word)
}

/**
 * The state of a family for a word: `modes` of circuits, `levels` in force, circulation and ventilation.
 * `heat` of Junkers controllers is their comfort level; some languages have one word for `heat` and `heating`.
 */
const STATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  hearth_circuit_mode: {
    off: 'off',
    on: 'on',
    auto: 'auto',
    manual: 'manual',
    day: 'day',
    night: 'night',
    eco: 'eco',
    low: 'eco',
    eco_plus: 'eco_plus',
    comfort: 'comfort',
    high_comfort: 'comfort',
    high: 'comfort',
    heat: 'comfort',
    heating: 'comfort',
    nofrost: 'frost',
    own_program: 'own_program',
  },
  hearth_circuit_level: {
    off: 'off',
    normal: 'normal',
    eco: 'eco',
    comfort: 'comfort',
    heat: 'comfort',
    heating: 'comfort',
    day: 'day',
    night: 'night',
    nofrost: 'frost',
    auto: 'auto',
  },
  hearth_season: { winter: 'heating', summer: 'summer' },
  hearth_dhw_circulation_mode: {
    off: 'off',
    on: 'on',
    auto: 'auto',
    own_program: 'own_program',
    continuous: 'continuous',
  },
  hearth_ventilation_mode: {
    off: 'off',
    auto: 'auto',
    demand: 'demand',
    sleep: 'sleep',
    intense: 'intense',
    bypass: 'bypass',
    party: 'party',
    fireplace: 'fireplace',
  },
}

/** The state of a family that a value stands for; undefined where it has none: then there is no sample. */
export function stateOf(family: string, word: string | number | boolean): string | undefined {
  // Some thermostats have a flag "summer" in place of a list.
  if (typeof word === 'boolean' && family === 'hearth_season') return word ? 'summer' : 'heating'
  if (typeof word !== 'string') return undefined
  if (family === 'hearth_dhw_circulation_mode') {
    const times = /^([1-6])\s*x\s*3\s*min$/.exec(word)
    if (times) return `${times[1]}_per_hour`
  }
  if (family === 'hearth_ventilation_mode') {
    const level = /^L([1-4])$/.exec(word)
    if (level) return `level_${level[1]}`
  }
  const meaning = meaningOf(word)
  return meaning === undefined ? undefined : STATES[family]?.[meaning]
}

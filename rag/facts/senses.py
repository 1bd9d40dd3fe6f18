"""What newsrooms say in many ways and mean as one: dead, hurt, missing, shut, put back, called off.

Each sense is a closed list of ordinary English wordings, so that "three people have died" answers a question
for the death toll and "called off" one for what was cancelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rag.words import content_stems, names, stem, stems

_WORDINGS = {
    "dead": r"dead|die[sd]?|dying|deaths?|fatalit(?:y|ies)|fatally|kill(?:s|ed|ing)?|perished|lost (?:their|his|her) "
            r"li(?:ves|fe)|li(?:ves|fe) (?:has |have |were |was )?(?:been )?lost|loss of life|cost \w+ lives|claimed "
            r"(?:\w+ ){1,4}lives|succumbed|toll|bodies (?:found|recovered|pulled)|recovered (?:\w+ )?bod(?:y|ies)",
    "hurt": r"hurt|injur(?:ed|ies|y|ing)|wounded|wounds|casualt(?:y|ies)|hospitalised|hospitalized|(?:in|to|taken to) "
            r"hospital|(?:being |were |been |have |has )treated|treating|needed (?:hospital )?treatment|burns",
    "missing": r"missing|unaccounted[- ]for|(?:not|yet to) (?:been )?(?:be )?(?:found|traced|located)|whereabouts"
               r"|untraced"
               r"|(?:still )?(?:looking|searching) for|trapped",
    "rescued": r"rescued?|saved|winched|freed|pulled (?:out |clear )?(?:alive|to safety|from)|(?:lifted|brought"
               r"|taken|led) (?:\w+ )?to safety|(?:is|are|was|were|got|get|come|came|let|walked) (?:\w+ )?out of"
               r"(?! (?:power|electricity|action|service|order|work|use|stock|control))"
               r"|(?:found|picked up) alive|survivors?|evacuees|released|set free|let (?:\w+ )?(?:out|go)",
    "moved": r"evacuat(?:e|ed|es|ion|ions|ing)|(?:told|ordered|asked) to (?:leave|get out|go)|displaced"
             r"|left their homes|(?:have|had|has|people|residents) left(?: their homes)?"
             r"|moved out|forced (?:out|from)|leave their homes|evacuees|sheltering|had to leave",
    "arrested": r"arrest(?:s|ed)?|detained|in custody|detentions?|held (?:by police|on suspicion)|taken into custody"
                r"|rounded up|(?:taken|led|hauled|carted) (?:away|off)|apprehended|behind bars",
    "charged": r"charged|charges|indict(?:ed|ment)|counts (?:of|against)|(?:how many|\w+) counts|tried (?:on|for)"
               r"|accused of",
    "outage": r"(?:without|no|lost|losing|lose|lack(?:ing|ed)?|cut) (?:\w+ )?(?:power|electricity|supply|supplies)"
              r"|power "
              r"cuts?|(?:black|power[- ])outs?|outages?|in the dark|in darkness|(?:cut|knocked|still) off"
              r"|off supply|(?:homes|households|houses|properties|customers)[^.?]{0,30} cut off"
              r"|(?:power|electricity|current) (?:\w+ )?(?:fail\w*|went|goes|go) ?(?:off|out)?|lights (?:are "
              r"|were )?out|cut off from the grid|blackouts?",
    "restored": r"restored|reconnected|back on|repaired|switched back"
                r"|(?:power|electricity|current|supply|supplies) (?:is |was |were |are |has come |comes? |came )?back",
    "shut": r"shut(?:s|down)?|clos(?:e|es|ed|ing|ure)|sealed off|blocked|cordoned off|impassable|barred|off limits",
    "open": r"(?:re)?open(?:s|ed|ing)?|passable|cleared",
    "cancelled": r"cancel(?:led|s|lation|lations)?|call(?:ed)? off|scrapped|axed|abandon(?:ed|s)?|(?:will|would"
                 r"|is) not (?:now )?"
                 r"(?:go ahead|take place|happen)|dropped|ditched|withdrawn|grounded|scrubbed|shelved|aborted",
    "put back": r"postpone(?:d|ment)?|put back|delay(?:s|ed)?|put off|deferred|rescheduled|pushed back"
                r"|moved (?:back )?to|"
                r"slipped|later than|changed (?:\w+ )?to|brought forward",
    "extended": r"extend(?:ed|s)?|lengthen(?:ed)?|prolonged|will now (?:last|run)|kept in force",
    "start": r"start(?:s|ed|ing)?|(?:broke|break|breaks|broken) out|beg(?:in|ins|an|un)|kick(?:s|ed)?[- ]?off"
             r"|(?:get|got|gets|getting) under way|under way|commence[ds]?"
             r"|launch(?:es|ed)?|lift(?:s|ed)?[- ]?off|take[- ]?off|blast[- ]?off|opens|first (?:race|ball|whistle)"
             r"|(?:left|leave|leaves|leaving|off) the (?:pad|ground|runway)|airborne",
    "end": r"end(?:s|ed|ing)?|finish(?:es|ed)?|expire[sd]?|laps(?:e|es|ed)|(?:is|was|are|all) over"
           r"|r[au]n(?:s|ning)? out(?! of)|conclude[sd]?|lifted|final whistle"
           r"|complet(?:e|es|ed|ion)|(?:is|was|are|were|be|being|now|all) done|until|deadline|clos(?:es|ed)",
    "resume": r"resum(?:e|es|ed|ing|ption)|restart(?:s|ed|ing)?|runn?(?:ing)? again|back (?:in service|running|up"
              r"|to normal)|"
              r"return(?:s|ed)? to (?:service|normal)",
    "peak": r"peak(?:s|ed)?|crest(?:s|ed)?|highest (?:point|level)|high[- ]water",
    "offer": r"offer(?:s|ed|ing)?|propos(?:al|als|ed|es)|bids?|put on the table|on the table|(?:pay )?rise|pay deals?",
    "price": r"price[sd]?|cost(?:s|ing)?|trad(?:es|ed|ing)|chang(?:es|ed|ing) hands|fetch(?:es|ed)|share price|stood at"
             r"|quoted",
    "inflation": r"inflation|cost of living|consumer prices|prices [^.?]{0,30}(?:rose|risen|rise|rising|climb\w*"
                 r"|increased?|went up|gone up|fell|fallen)|(?:rise|increase|fall) in prices",
    "magnitude": r"magnitude|richter|strength|measured",
    "arrived": r"arriv(?:e|ed|es|al|ing)|reach(?:es|ed|ing)?(?= (?-i:[A-Z]))"
               r"|(?:did|do|does|have|has|had) (?:they|it|he|she) come",
    "turnout": r"turnout|turn(?:ed|s)? (?:out|up)|attend(?:ed|ance|ing)?|took part|taking part|crowd"
               r"|march(?:ed|ing|ers)?|gathered|(?:went|gone|going) to vote|demonstrators|protesters|spectators",
    "sick": r"infected|infections|cases|ill|sick(?:ened)?|tested positive|patients",
    "spoilt": r"(?:rejected|spoil(?:ed|t)|invalid|void|disqualified) (?:ballots?|votes?|papers?)"
              r"|(?:ballots?|votes?|papers?)[^.?]{0,40}\b(?:rejected|spoil(?:ed|t)|invalid|void"
              r"|thrown out|not (?:to )?count)",
    "votes": r"votes?|voted|ballots?|polled|seats?|counted|tall(?:y|ied|ies)",
    "lead": r"lead(?:s|ing)?|led|ahead|in front|winning",
    "cause": r"cause[ds]?|because|reason|blamed|down to|due to|traced to|started by|sparked",
    "denied": r"den(?:y|ies|ied)|rejects?|rejected|dismiss(?:es|ed)?",
    "confirmed": r"confirm(?:s|ed)?|verified",
    "fire": r"fires?|blazes?|wildfires?|burn(?:s|ed|t|ing)|flames",
    "burnt area": r"hectares|acres|burn(?:t|ed) area|scorched",
    "contained": r"contain(?:ed|ment)|(?:under )?control|put out|extinguished",
    "landed": r"land(?:s|ed|ing)|touch(?:ed)? ?down|come down",
    "level": r"levels?|depths?|deep|heights?|gauges?|readings?|(?:stands?|stood|standing) at",
    "defence": r"(?:flood )?(?:defen[cs]es?|walls?|barriers?|embankments?|levees?|dykes?|dams?|sandbags)",
    "broken": r"toppled?|caved in|crumbled|came down|fell (?:down|in|over)"
              r"|broken|fail(?:s|ed|ing|ure)?|collapsed?|gave way|breach(?:ed)?|burst|leak(?:s|ed|ing)?|cracks?|fault",
    "home": r"homes?|households?|houses?|properties|customers|premises|addresses",
    "railway": r"trains?|rail(?:way|ways)?|railroads?",
    "road": r"roads?|motorways?|highways?|streets?|lanes?",
    # The one kind of boat is not the other; a boat, a vessel or a ship may be either.
    "trawler": r"trawlers?|fishing (?:boats?|vessels?|ships?|crews?)|skipper",
    "ferry": r"ferr(?:y|ies)|passenger (?:boats?|ships?|vessels?)",
    "boat": r"boats?|trawlers?|vessels?|ships?|ferr(?:y|ies)",
    "storm": r"storms?|hurricanes?|cyclones?|typhoons?",
    "river": r"rivers?|floodwaters?|waters?",
    "child": r"child(?:ren)?|kids?|boys?|girls?|pupils|youngsters|teenagers?|infants?|bab(?:y|ies)|toddlers?|minors"
             r"|under[- ]?age|under[- ]18s?|juveniles",
    "police": r"police|officers?|constables?|detectives?",
    "firefighter": r"fire ?fighters?|fire crews?|fire engines?|appliances",
    "offensive": r"(?:counter[- ]?)?offensives?|counter[- ]?attacks?|(?:a|the|big(?:ger)?|major|main|new|next) push"
                 r"|advances?|gains",
    "wind": r"winds?|gusts?|gales?|breezes?|squalls?|bl(?:ow|ew|owing|own)",
    "quake": r"(?:earth)?quakes?|tremors?|(?:ground|earth|city|buildings?) (?:\w+ )?(?:shook|shakes?|shaking|moved)"
             r"|seismic|aftershocks?",
    "flooded": r"flood(?:s|ed|ing|waters?)?|burst (?:its|their) banks|overflow(?:s|ed|ing)?|inundat(?:ed|ion)"
               r"|spill(?:s|ed)? (?:over|into)|under water|deluge"
               r"|water (?:has |had |have )?(?:entered|got into|come into|came into|poured into)",
    "clash": r"clash(?:es|ed)?|violence|violent|scuffles?|skirmish(?:es)?|riot(?:s|ing|ed)?|unrest|disorder|brawl",
    "stoppage": r"on strike|walk(?:ed|s|ing)? ?out|walkouts?|stopp(?:ed|ing) work|work (?:has |had )?(?:stopped|ceased"
                r"|stop)|down(?:ed)? tools|industrial action|stoppages?|strikers|strikes? (?:began|started|begins"
                r"|starts)",
    "witness": r"witness(?:es)?|testif(?:y|ies|ied)|testimony|g[ai]ven? evidence|spok\w+ in evidence"
               r"|t[ao]k\w* the stand|(?:in|from) the witness box",
    "stolen": r"stolen|thefts?|steal(?:s|ing)?|frauds?|defraud\w*|embezzl\w*|siphon\w*|disappeared|swindl\w*"
              r"|robb(?:ed|ery|eries)|loot(?:ed|ing)?",
    "jury": r"jur(?:y|ies|ors?)",
    "verdict": r"verdicts?|(?:not )?guilty|convict(?:ed|ion|s)?|acquitt(?:ed|al)|decision|decided|ruled|ruling",
    "briefing": r"(?:press|news|media) (?:conference|briefing|call)s?|briefings?|(?:session|meeting) with (?:the )?"
                r"(?:reporters|press|journalists|media)|(?:meets?|met|faces?|faced|speaks? to|spoke to) (?:the )?"
                r"(?:press|reporters|journalists|media)",
    "result": r"results?|winners?|declar(?:e|es|ed|ation)|outcome|victor|who (?:has )?won",
    "hearing": r"hearings?|court sessions?|proceedings|sittings?|before the judge",
    "booked": r"book(?:ed|ings?)|yellow cards?|cautions?|cautioned|(?:taken|took|take|has|had) (?:\w+ )?names?"
              r"|names? (?:\w+ )?taken|names? (?:has|have|had|did) the referee",
    "keeper": r"goal ?keepers?|keepers?|goalies?|number one",
    "animal": r"animals?|livestock|cattle|horses?|sheep|cows?|bulls?|beasts?|head of \w+",
    "escaped": r"escap(?:e|ed|es|ing)|got away|(?:broke|break|breaks|broken) (?:loose|free|out)|on the loose|fled"
               r"|absconded|ran off",
    "found": r"discover(?:ed|y)?|detect(?:ed|ion)?|spotted|noticed|came to light|found",
    "tree": r"trees?|uprooted|trunks?",
    "hostage": r"hostages?|captives?|being held",
    "booster": r"boosters?|(?:first|lower) stages?",
    "march": r"march(?:es|ers)?|processions?|parades?|demonstrations?|demo|rall(?:y|ies)",
    "talks": r"talks|negotiat(?:e|es|ed|ing|ions?|ors?)|round the table|parties (?:\w+ )?m(?:e|ee)t"
             r"|meetings? (?:of|between) (?:the )?(?:\w+ )?(?:parties|sides|delegations|negotiators|leaders|ministers)",
    "corrected": r"correct(?:ed|s|ion|ions|ing)?|put right|set right|amend(?:ed|s|ment)?|clarif(?:y|ied|ies|ication)"
                 r"|mistakes?|mistaken(?:ly)?|errors?|wrong(?:ly)?|apolog(?:y|ise|ised|ize|ized|ies)|retract(?:ed|ion)?",
    "deal": r"deals?|agreements?|accords?|settlements?|settled|pacts?|truces?|come to terms|came to terms|agreed",
    "leader": r"in charge|in command|leads?|leading|heads?|headed|runs?|running|overse(?:es|eing)|director|chief|boss",
    "worker": r"workers?|staff|employees|workforce|jobs",
    "pay": r"pay|wages?|salar(?:y|ies)|(?:pay )?rise",
}  # fmt: skip
_PATTERNS = {name: re.compile(rf"(?<![\w-])(?:{words})(?![\w])", re.IGNORECASE) for name, words in _WORDINGS.items()}
PERSON = frozenset(
    stem(word)
    for word in "people person persons men man women woman civilians residents passengers workers victims casualties "
    "soldiers troops fighters protesters members crew employees staff others fans spectators patients adults migrants "
    "refugees survivors inhabitants villagers individuals dead locals tourists citizens humans souls lives life "
    "demonstrators pickets strikers hostages captives pilgrims "
    "holidaymakers commuters mercenaries militants marchers travellers homeless guests visitors".split()
)
# The happening that a report is about: what tells one thread of a page from another where no name does.
EVENT = frozenset(
    stem(word)
    for word in "storm flood floods fire blaze wildfire crash collision explosion blast attack strike shooting "
    "stabbing earthquake quake derailment collapse landslide mudslide avalanche sinking shipwreck outbreak rally "
    "protest march match election vote summit trial launch walkout riot siege hurricane cyclone typhoon "
    "eruption spill leak raid bombing ambush kidnapping hijack robbery heist stampede crush drowning tornado "
    "heatwave drought coup".split()
)
# What a number can count by itself: "11 dead", "toll rises to 11".
COUNTED = frozenset(
    "dead hurt missing rescued moved arrested charged outage restored sick turnout votes spoilt booked escaped"
    " cancelled shut".split()
)
# What a report can be of: where one is asked of, what is told of another is told of something else.
THINGS = frozenset(
    f"~{name}"
    for name in "trawler ferry boat booster railway road river home animal tree storm fire quake jury".split()
)
MATTER = frozenset("home railway road boat storm river child police firefighter worker".split())

# A wording of the first that holds one of the second says nothing of the second: "went to vote" is no count of votes.
_COVERS = frozenset({("turnout", "votes"), ("spoilt", "votes")})


@lru_cache(maxsize=4096)
def sense_spans(text: str) -> tuple[tuple[str, int, int], ...]:
    """Senses that a text speaks of, each with where its wording stands, in order."""
    found = [(name, *m.span()) for name, pattern in _PATTERNS.items() for m in pattern.finditer(text)]
    found = [f for f in found if not any(_within(f, other) for other in found)]
    return tuple(sorted(found, key=lambda f: f[1]))


def _within(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    """Whether a wording only stands within another's that says more: "vote" in "went to vote"."""
    return (other[0], one[0]) in _COVERS and other[1] <= one[1] and one[2] <= other[2] and other[1:] != one[1:]


def senses(text: str) -> frozenset[str]:
    """Senses that a text speaks of."""
    return frozenset(name for name, _, _ in sense_spans(text))


@lru_cache(maxsize=8192)
def held_keys(text: str) -> frozenset[str]:
    """Everything a text can be matched by: the stems of its words, and its senses ("~dead")."""
    return frozenset(stems(text)) | {f"~{name}" for name in senses(text)}


def asked_keys(text: str) -> tuple[str, ...]:
    """What a question must be matched by: each content word's stem, or its sense where it has one; no repeats.

    A name within a sense's wording ("votes in Norby do not count") counts beside it.
    """
    spans, named = sense_spans(text), set(names(text))
    out: list[str] = []
    for match in re.finditer(r"[^\W_]+(?:['’][^\W_]+)?", text):
        name = next((n for n, a, b in spans if a <= match.start() and match.end() <= b), None)
        out += [f"~{name}"] if name else []
        out += content_stems(match.group()) if name is None or match.group() in named else []
    return tuple(dict.fromkeys(out))


def asked_things(question: str) -> frozenset[str]:
    """The keys of the things that a question is of ("~ferry")."""
    return THINGS & frozenset(asked_keys(question))


_SEARCHED = {
    "dead": "killed died dead death toll", "hurt": "injured hurt wounded treated hospital", 
    "missing": "missing unaccounted",
    "rescued": "rescued saved found alive", "moved": "evacuated told to leave", "arrested": "arrested custody detained",
    "outage": "without power electricity", "turnout": "attended marched took part crowd",
    "sick": "infected cases ill", "shut": "closed shut", "cancelled": "cancelled called off",
    "home": "homes households properties", "child": "children",
    "charged": "charges charged", "restored": "restored reconnected", "open": "open reopened", "votes": "votes counted",
    "spoilt": "rejected spoilt invalid ballots",
    "booked": "booked yellow card", "escaped": "escaped", "stolen": "stolen theft", "witness": "witnesses evidence",
    "fire": "fire burning", "burnt area": "hectares burned", "contained": "contained under control",
    "landed": "landed touched down", "stoppage": "strike walked out", "clash": "clashes violence",
    "flooded": "flooded burst its banks", "briefing": "press conference briefing", "hostage": "hostages",
    "verdict": "verdict found guilty", "hearing": "hearing", "result": "result declared", "deal": "deal agreement",
}  # fmt: skip


def search_words(found: Iterable[str]) -> str:
    """Wordings of senses to search with, so that entries are found that word them otherwise."""
    return " ".join(_SEARCHED[name.removeprefix("~")] for name in found if name.removeprefix("~") in _SEARCHED)

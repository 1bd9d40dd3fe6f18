"""English words by the work they do in a claim: closed lists, and inflection folded to one form."""

from __future__ import annotations

PREPOSITIONS = frozenset(
    "about above across against along among amid around as at behind below beneath beside between beyond by "
    "down for from in inside into like near of off on onto out outside over past per through throughout to "
    "toward towards under up upon via with within".split()
)
SUBORDINATE = frozenset(
    "after although because before despite during except following if instead once rather since though than "
    "unless until when whenever where whereas whether while without".split()
)
BE = frozenset("am are be been being is was were".split())
DETERMINERS = frozenset("a an the this that these those".split())
COORDINATORS = frozenset("and but or nor yet plus".split())
RELATIVES = frozenset("that who whom whose which".split())
FUNCTION = (
    PREPOSITIONS
    | BE
    | DETERMINERS
    | COORDINATORS
    | RELATIVES
    | frozenset("do does did has have had having so there".split())
)

NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor nowhere without hardly barely scarcely cannot".split()
)
DENIALS = frozenset(
    "deny fail refuse reject dismiss avoid prevent stop halt abandon cancel lack unable unlikely false fake "
    "doubt dispute untrue incorrect wrong ban forbid postpone suspend cease decline block former".split()
)
CONDITIONS = frozenset("if unless until whether except instead rather provided pending otherwise".split())
HEDGES = frozenset(
    "may might could would should can must will shall ought claim allege accuse suspect believe think hope "
    "fear expect plan intend propose threaten warn want seek try attempt aim consider possible possibly "
    "likely probably perhaps maybe reportedly apparently allegedly alleged supposed supposedly potential "
    "potentially suggest appear seem predict forecast unconfirmed rumour due ask demand urge vow promise "
    "pledge offer almost nearly partly estimate assume imply accuse blame insist argue request order".split()
)
OPERATORS = NEGATIONS | DENIALS | CONDITIONS | HEDGES
DOUBTFUL_SPEECH = frozenset("claim allege deny suspect believe think accuse dispute insist argue doubt".split())
SPEECH = frozenset("say tell add announce confirm report state explain write post reveal note declare".split())

UNITS = frozenset(
    "percent pound dollar euro yen rouble ruble pence cent mile metre kilometre centimetre millimetre inch "
    "foot yard acre hectare tonne ton kilogram gram litre gallon degree celsius fahrenheit mph kph knot volt "
    "watt kilowatt megawatt gigawatt second minute hour day week fortnight month year decade century magnitude".split()
)
_UNIT_FORMS = {
    "km": "kilometre", "kms": "kilometre", "kilometer": "kilometre", "m2": "m2", "meter": "metre",
    "cm": "centimetre", "mm": "millimetre", "kg": "kilogram", "kgs": "kilogram", "kilo": "kilogram",
    "liter": "litre", "ft": "foot", "feet": "foot", "mins": "minute", "min": "minute", "hrs": "hour",
    "hr": "hour", "secs": "second", "mw": "megawatt", "gw": "gigawatt", "kw": "kilowatt", "inches": "inch",
    "centuries": "century",
}  # fmt: skip
_IRREGULAR_LINES = """
say said|tell told|take took taken|go went gone|begin began begun|come came|fall fell fallen|rise rose risen
run ran|see saw seen|break broke broken|speak spoke spoken|give gave given|get got gotten|hold held|keep kept
lose lost|make made|meet met|pay paid|send sent|shoot shot|strike struck stricken|win won|write wrote written
grow grew grown|draw drew drawn|drive drove driven|fly flew flown|find found|lead led|leave left|lie lay lain
bring brought|build built|buy bought|catch caught|choose chose chosen|deal dealt|do did done|eat ate eaten
feel felt|fight fought|flee fled|forget forgot forgotten|hear heard|hide hid hidden|know knew known|mean meant
ride rode ridden|sell sold|shake shook shaken|sink sank sunk|sit sat|sleep slept|spend spent|stand stood
steal stole stolen|swim swam swum|teach taught|tear tore torn|think thought|throw threw thrown|wear wore worn
withdraw withdrew withdrawn|become became|bear bore born|hang hung|seek sought|sweep swept|understand understood
man men|woman women|child children|person people|wife wives|life lives|foot feet|tooth teeth|crisis crises
blow blew blown|freeze froze frozen|swear swore sworn|bend bent|bind bound|burn burnt|learn learnt|undergo underwent
put put|set set|cut cut|hit hit|shut shut|quit quit|spread spread|split split|burst burst|cast cast|beat beaten
"""
_IRREGULAR = {
    form: forms[0]
    for group in _IRREGULAR_LINES.replace("\n", "|").split("|")
    if (forms := group.split())
    for form in forms
}
_KEEP = frozenset(
    "this his its is was has as us yes news series species always perhaps across less unless whereas during "
    "thing nothing something anything everything morning evening king ring bring spring string wing being "
    "red bed shed need speed feed seed indeed hundred ceiling building meeting bus gas crisis basis plus alias".split()
)


def fold(word: str) -> str:
    """Inflection removed: "striking", "strikes" and "struck" become "strike"; the part of speech stays.

    Derivations ("safe", "unsafe", "safety") stay apart, since they claim different things.
    """
    word = word.casefold().replace("’", "'")
    if word in _UNIT_FORMS:
        return _UNIT_FORMS[word]
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _KEEP or len(word) < 4:
        return word
    if word.endswith("ies") or word.endswith("ied"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    for ending in ("sses", "shes", "ches", "xes", "zes"):
        if word.endswith(ending):
            return _unsilent(word[:-2])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _unsilent(word[:-1])
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 3 and any(v in "aeiouy" for v in stem):
            return _unsilent(_undouble(stem))
    return _unsilent(word)


def _undouble(stem: str) -> str:
    return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem


def _unsilent(stem: str) -> str:
    # "close", "closing" and "closed" must meet: a final e is dropped from all of them.
    return stem[:-1] if len(stem) > 3 and stem.endswith("e") else stem


def folded(words: frozenset[str]) -> frozenset[str]:
    """Closed list in folded form, to compare with folded words."""
    return frozenset(fold(word) for word in words)


def verb_like(text: str) -> bool:
    """Whether a word can be a verb form by its ending or as a known irregular past."""
    low = text.casefold()
    if low.endswith(("ed", "ing")) and len(low) > 4 and low not in _KEEP:
        return True
    return low in _IRREGULAR and _IRREGULAR[low] not in {
        "man",
        "woman",
        "child",
        "person",
        "wife",
        "life",
        "foot",
    }

"""Bylines: lines that name who wrote an entry, and from where."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTICLE = r"(?:de|del|della|di|da|dos|von|van|den|der|al|bin|ibn|le|la|el|du|O['’])"
_WORD = r"(?:[A-ZÀ-Þ][\w'’.-]*[\w.]|[A-Z]\.?)"
NAME = rf"{_WORD}(?:\s(?:{_PARTICLE}\s)?{_WORD}){{1,3}}"
NAMES = rf"{NAME}(?:(?:,\s|,?\s(?:and|et|und|y|&)\s){NAME}){{0,5}}"
_INITIALS = re.compile(r"^[A-ZÀ-Þ]\.(?:\s?[A-ZÀ-Þ]\.){1,2}$")
_KIND = re.compile(
    r"(?:Opini[óo]n|Opinion|Avis|Análisis|Analyse|Analysis|Comment(?:ary|aire)?|Comentario|Crónica|Kommentar|Meinung|"
    r"Einschätzung)\s(?:de|d['’]|del|von|by|from|par|por)\s?(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_GLUED_BYLINE = re.compile(rf"(?<=[a-zà-ÿ\d’”»!?])(?:By|Von|Par|Por)\s(?P<name>{NAMES})$")
_NAME_ONLY = re.compile(rf"^{NAMES}$")
_ROLES = (
    r"(?:correspondent|commentator|host|editor|reporter|journalist|producer|columnist|writer|bureau chief|"
    r"meteorologist|presenter|anchor|analyst|Korrespondent(?:in)?|Redakteur(?:in)?|journaliste|correspondant|"
    r"corresponsal|periodista)"
)
_BYLINE = re.compile(
    rf"^(?:(?:(?:Posted|Written|Reporting|Analysis|Story|Words|Report|Text) )?[Bb]y|Par|Von|Por|Door|Di|(?:Analysis "
    rf")?[Ff]rom)\s*:?\s+"
    rf"(?:[A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*)?['’]s\s)?(?:(?:[a-z][\w-]* ){{0,2}}{_ROLES} )?(?P<name>{NAMES})"
    rf"(?:\s(?:in|at|from|edited by)\s.{{1,60}}|,\s.{{1,60}}|\s@\w+)?$"
)
_HELP = re.compile(r"^(?i:edited|(?:additional|further) reporting) by [A-ZÀ-Þ].{1,80}$")
_TOLD = re.compile(r"^(?:Posted|Written|Reporting|Analysis|Story|Words|Report|Text) (?:by|from)\b")
_USER = re.compile(r"^(?:(?:posted|submitted) )?by /?(?:u/|@)(?P<name>[\w-]{3,30})$")
_SAYS = re.compile(rf"^(?P<name>{NAMES})\s(?:said|says|wrote|writes|schrieb|schreibt|a écrit|escribió)\s?:$")
_NAME_AND_PLACE = re.compile(rf"^(?P<name>{NAMES})\s\|\s[A-ZÀ-Þ][\w\s-]{{2,30}}$")
_PLACE = r"[A-ZÀ-Þ][\w'’.-]*(?:,?\s(?:(?:de|del|la|am|an der|sur|upon)\s)?[A-ZÀ-Þ][\w'’.-]*){0,3}"
_IN = r"\s(?:in|aus|à|en|from|at|near|outside)\s"
_LOCATED = re.compile(rf"^{NAMES}{_IN}{_PLACE}(?:(?:,|,?\s(?:and|und|et|y|&))\s{NAMES}{_IN}{_PLACE})*$")
_WHO = re.compile(rf"(?:^|,\s|\s(?:and|und|et|y|&)\s)(?P<name>{NAMES}){_IN}")
_SIGNED_TITLE = re.compile(
    r"(?P<title>(?:\S+ ){1,14}?[a-zà-ÿ\d]\S*) (?P<name>[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+) "
    rf"(?:[A-ZÀ-Þ][\w'’&-]* )?(?:[a-z][\w-]* ){{0,2}}(?i:{_ROLES})(?:, [^.!?]{{2,60}})?"
)
# "Ann Hill in the trade village:"
_LED_FROM = re.compile(rf"^(?P<name>{NAMES}),?{_IN}[^.!?:]{{3,40}}:$")
_NAME_THEN = re.compile(rf"^(?P<name>{NAMES}),\s")
_ALSO = re.compile(rf"\s(?:and|y|et|und)\s({NAME})(?=\s(?:in|at|from)\s)")
_STAFF = re.compile(
    r"^(?:From|By)\s(?P<name>(?:the |The )?(?:[A-Z][\w'’]*\s){0,3}(?:[Ss]taff|[Nn]ewsroom|Associated Press|"
    r"Reuters|AFP|AP)"
    r"(?: (?:[Ww]riters?|[Rr]eporters?))?(?: (?:and|&) (?:[Aa]gencies|AP|AFP|Reuters))?)$"
    r"|^(?:Agencias|Agences|Agenturen|Agencies|Redacción|REDACCIÓN|Redaktion|REDAKTION|RÉDACTION|"
    r"(?:Par )?[Ll]a rédaction)$"
)
_ROLE = re.compile(
    rf"^(?:Reporting (?:from|for|on)|(?:[\w'’&-]+ ){{0,5}}{_ROLES}\b|"
    r"(?:BBC|ITV|Sky|CNN|NBC|CBS|ABC|Reuters|AFP)\b(?: [A-Z][\w]*)*(?:,| in | at |$)).{0,60}$",
    re.IGNORECASE,
)
_LONGEST_FIGURES, _LONGEST_GLUED = 24, 300  # characters
_FROM_PLACE = re.compile(rf"Reporting (?:from|in) (?:the )?{_PLACE}")
_SIGNED = re.compile(
    rf"^[—–-]{{1,2}}\s?(?:(?:(?:Report|Story|Words|Text) )?[Bb]y\s)?"
    rf"(?:(?:[A-Z][\w.&-]*\s){{0,3}}[A-Z][\w.&-]*['’]s?\s)?(?P<name>{NAMES})(?:[,;]\s.{{1,60}}|\sin\s.{{1,40}})?$"
)
_IN_TEXT = re.compile(rf",\s(?:reports|writes)\s(?P<name>{NAME})\.$")
_NOTNAMES = re.compile(
    r"^A(?=\s\w{2,}\s\w)|"
    r"\b(?:For|Of|And|With|From|Over|Under|After|Before|Into|Their|Our|Your|His|Its|Is|Are|Was|Not|"
    r"Eine|Ein|Die|Das|Der|Une|Un|Una|Les|Los|Las|LIVE|VIVO|DIRECTO|DIRECT|Vivo|Directo|Direct|Live|News|"
    r"Update|Updates|Breaking|Latest|Summary|Key|Events?|Points?|Watch|Read|More|Share|Today|Good|Morning|Guten|"
    r"Morgen|Buenos|Buenas|Días|Bonjour|Bonsoir|"
    r"Afternoon|Evening|Analysis|Photos?|Pictures?|Video|What|Who|Why|How|When|Where|The|Weather|Full|Time|Half|Goal|"
    r"Erste[rsn]?|Neue[rsn]?|Weitere[rsn]?|Viele|Mehr|Große[rsn]?|Letzte[rsn]?|Schwere[rsn]?|Starke[rsn]?|Keine|"
    r"Zwei|Drei|"
    r"First|New|Two|Three|Four|Five|Last|No|Next|Early|Late|Final|Another|"
    r"Nouvelle?s?|Premi(?:er|ère)s?|Deux|Trois|Nuev[oa]s?|Primer[oa]?s?|Dos|Tres|"
    r"(?:Gelbe|Rote|Gelb-Rote) Karte|(?:Yellow|Red) Card|Carton (?:Jaune|Rouge)|Tarjeta (?:Amarilla|Roja)|"
    r"Street|House|Police|President|Minister|Party|United|City|Court|Day|Night|(?:Live)?[Bb]log|Live|Ticker|Images?|Story|Report)\b"
)

_OFFICE = re.compile(
    r"(?:(?:Lord|Lady|Chief|Mr|Mrs|Madam|Ms) )?(?:Justice|Judge|Magistrate|Senator|Sen\.|Rep\.|Gov\.|Governor|Mayor|"
    r"Chancellor|Ambassador|Sheriff|Prosecutor|Speaker|Colonel|Councillor|Cllr|Adv\.?|"
    r"(?:Vorsitzender? )?Richter(?:in)?|Kanzler(?:in)?|Staatsanw(?:alt|ältin)|(?:Ober)?[Bb]ürgermeister(?:in)?|"
    r"Verteidiger(?:in)?|(?:Madame (?:la |le )?)?[Jj]uge|Maître|Procureure?|Ministre|Sénat(?:eur|rice)|"
    r"Préfète?|Juez|Jueza|Fiscal|Alcalde(?:sa)?|Gobernadora?|Senadora?|Ministr[oa]|Magistrad[oa])\s(?=\S)"
)


def kind_ends(text: str) -> int:
    """Where the kind of text ends that leads to its author's name, 0 without: "Opinión de ...", "Analysis by ..."."""
    kind = _KIND.match(text)
    return kind.end() if kind else 0


def without_glued_byline(text: str) -> str:
    """A headline without the byline that is glued to its end: "The river keeps climbingBy Ann Hill"."""
    match = _GLUED_BYLINE.search(text) if len(text) <= _LONGEST_GLUED else None
    return text[: match.start()] if match and could_name(match["name"]) else text


def is_name(text: str) -> bool:
    """Whether the line could be nothing but one or several people's names."""
    if _INITIALS.match(text):
        return True
    return len(text) <= 120 and not text.endswith(".") and bool(_NAME_ONLY.match(text)) and not _NOTNAMES.search(text)


def could_name(text: str) -> bool:
    """Whether capitalised words hold none that heads, labels or begins a sentence: "Goal", "Update", "The"."""
    return not _NOTNAMES.search(text)


def holds_office(text: str) -> bool:
    """Whether an office stands before a name: that is who speaks, nobody who writes: "Justice Hill", "Kanzler Berg"."""
    return _OFFICE.match(text) is not None


def is_initials(text: str) -> bool:
    """Whether the line is two or three capitals, as speakers of a chat are named: "BE"."""
    return len(text) in (2, 3) and text.isalpha() and text.isupper()


def read_byline(text: str) -> str | None:
    """Name in a line that says it is a byline: "By ...", "Von ...", "From CNN's ...", "Name | Place"."""
    return _read_short_byline(text) if len(text) <= 200 else None


@lru_cache(maxsize=16_384)
def _read_short_byline(text: str) -> str | None:
    if text.endswith(":") and is_name(text[:-1]):
        return text[:-1]
    if (led := _LED_FROM.match(text)) and not _NOTNAMES.search(led["name"]):
        return led["name"]
    match = _BYLINE.match(text) or _NAME_AND_PLACE.match(text)
    if match and not _NOTNAMES.search(match["name"]):
        more = [name for name in _ALSO.findall(text[match.end("name") :]) if not _NOTNAMES.search(name)]
        return " and ".join([match["name"], *more])
    if (who := _NAME_THEN.match(text)) and is_role(text[who.end() :]) and not _NOTNAMES.search(who["name"]):
        return who["name"]
    if (user := _USER.match(text) or _SAYS.match(text)) and not _NOTNAMES.search(user["name"]):
        return user["name"]
    staff = _STAFF.match(text) if len(text) <= 80 else None
    return (staff["name"] or text) if staff else None


def names_helper(text: str) -> bool:
    """Whether the line says who else worked on the page: "Additional reporting by Ann Hill"."""
    return _HELP.match(text) is not None


def read_told_byline(text: str) -> str | None:
    """Name in a byline that no headline looks like: "Analysis from Ann Hill", "By Ann Hill, City reporter"."""
    name = read_byline(text)
    return name if name and (_TOLD.match(text) or is_role(text.partition(", ")[2])) else None


def read_located(text: str) -> str | None:
    """Names in a line that is nothing but who is where: "Ann Hill in Paris"; a headline may look the same."""
    if len(text) > 120 or text.endswith(".") or not _LOCATED.match(text):
        return None
    found = [match["name"] for match in _WHO.finditer(text)]
    return None if any(_NOTNAMES.search(name) for name in found) else " and ".join(found) or None


def split_signed_title(text: str) -> tuple[str, str] | None:
    """Headline and author of a line that a reporter's name and role end: "Nobody home yet Ann Hill Senior reporter"."""
    match = _SIGNED_TITLE.fullmatch(text) if len(text) <= 160 else None
    return (match["title"], match["name"]) if match and could_name(match["name"]) else None


def author_of(text: str) -> str:
    """Name that an author's line gives: without "By", place and paper where it has them."""
    return read_byline(text) or read_located(text) or text


def read_signature(text: str) -> str | None:
    """Name in a line that signs an entry at its end: "— Name"."""
    match = _SIGNED.match(text) if len(text) <= 120 else None
    return match["name"] if match and not _NOTNAMES.search(match["name"]) else None


def is_role(text: str) -> bool:
    """Whether the line says what a reporter is or where they are."""
    return len(text) <= 100 and not text.endswith(".") and bool(_ROLE.match(text))


def is_reporting_from(text: str) -> bool:
    """Whether the line says where an unnamed reporter is, and no more: "Reporting from Nashville"."""
    return _FROM_PLACE.fullmatch(text) is not None


def is_label(text: str, following: str) -> bool:
    """Whether a name before a colon labels what is missing, another label or figures below it: "State Council:"."""
    figures = following[:1].isdigit() and len(following) <= _LONGEST_FIGURES
    return text.endswith(":") and (not following or following.endswith(":") or figures)


def credited_in(text: str) -> str | None:
    """Name that a paragraph's end credits: "..., reports Name."."""
    match = _IN_TEXT.search(text[-200:])
    return match["name"] if match else None

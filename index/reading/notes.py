"""Lines that tell of the page itself: when it was put up or changed, by whom, in which zone, how to read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.calendars import read_date
from index.reading.appeals import is_appeal
from index.reading.bullets import SIGNS
from index.reading.furniture import is_link
from index.reading.lines import Line, date_line
from index.reading.people import is_name, is_role, names_helper, read_byline
from index.reading.sources import read_source_line
from index.stamps import find_tail_stamp, read_age, read_stamp

_NOTE = re.compile(
    r"^\(?(?:(?:share|partage[rz]|teilen|compartir|condividi)(?: (?:on|sur|auf|en|su))?\s?:?$|@\s[A-Z]{2,9}$|"
    r"all (?:times|updates|timestamps)\b|times are\b|alle (?:zeiten|zeitangaben|uhrzeiten)\b|toutes les "
    r"heures\b|"
    r"todas las horas\b|(?:page )?(?:last )?(?:updated|modified)\b|update\s?:?\s\d|author avatar\b|site index$|"
    r"\|?\s?(?:lesedauer|lesezeit|temps de lecture|tiempo de lectura|reading time)\b|"
    r"(?:first )?(?:published|posted|issued)\b|stand\s?:|(?:zuletzt aktualisiert|letztes update)|publié|publiziert|"
    r"mis à jour|publicad[oa]|actualizad[oa]|please turn on javascript|https?://|live(?: now)?$|follow live$|"
    r"this (?:live )?(?:page|blog|article) (?:is|has) |skip to |new (?:content|updates?|posts?) (?:is|are) available\b|"
    r"(?:home|startseite|accueil|inicio) [>›»/] .|press .{1,30} to skip\b|appuyez sur .{1,60}|"
    r"show (?:oldest|newest|latest) .{1,30}$|"
    r"we[’']re sorry, this feature is|this was published \d+ (?:years?|months?) ago|please enable |por favor, habilita|"
    r"you are using an old|your browser |veuillez activer|bitte aktivier|"
    r"saltar al |aller au contenu|(?:direkt )?zum inhalt |bild konnte nicht |live neue nachricht|disclaimer:|"
    r"(?:written |posted |published )?by .{0,60}\bon [a-z]+ \d{1,2}(?:st|nd|rd|th)?,? \d{4}\.?$|"
    r"by .{3,40} \| .{3,80}$|email the author\b|cette page est |diese seite w(?:ird|urde) |esta página se |"
    r"we(?:['’]ve| have) moved (?:the|our|this) .{1,60}\b(?:blog|page|coverage)\b.{0,100}$|"
    r"enlaces accesibilidad|accessibility links$|liens d['’]accessibilité$|"
    r".{0,40}\b(?:(?:sign|log) in|anmelden|(?:se )?connecter|iniciar sesión)\s?[/|]\s?"
    r"(?:register|subscribe|sign up|join|registrieren|s['’]inscrire|registrarse)$|minuto descripción|"
    r"got a tv licence|you need one to watch live tv|find out more$|i don['’]t have a tv licence|get involved$|"
    r"sort(?:ed)? by\b.{0,20}$|space to play or pause|.{0,40}\buses? (?:.{1,40} )?cookies\b|"
    r"we and our partners|source\s?: |clock menu more-arrow|"
    r"support independent journalism|as it happened(?:ended)?$|stay up to date with notifications from .{2,60}$|"
    r"notifications can be managed\b|filed under\s?:|this story is over \d+ years? old|"
    r".{0,40}\bclick on .{1,40} to (?:view|see|enlarge)\b|"
    r"(?:veröffentlicht|published)\s?:|"
    r"(?:par|von|por|by) (?:la|der|the) (?:rédaction|redaktion|redacción)\b.{0,40}$|"
    r"\d{1,3} minutes?$|(?:watch|listen|video|watch live)\s?: [^.!?]{10,}$|"
    r"as of \d{1,2}[:.]\d\d\b.{6,60}$|"
    r"\d{1,3} min(?:ute)?s?[ -]read|main \||status\s?:|"
    r"listen to this (?:article|story)\b|escuch[ae]r? (?:este|el) artículo\b|écouter (?:cet|l['’]) ?article\b|"
    r"(?:artikel|beitrag) anhören\b|resume e infórmame rápido$)",
    re.IGNORECASE,
)
# "Par , publié le | modifié le": what the site left out of a byline
_EMPTY_FIELDS = re.compile(
    r"(?:(?:par|by|von|por|di|le|on|am|el|at|um|à|last|zuletzt|publiée?|modifiée?|mise? à jour|published|posted|"
    r"updated|modified|veröffentlicht|aktualisiert|publicad[oa]|actualizad[oa])\b[\s,|:·–—-]*){2,8}",
    re.IGNORECASE,
)
# asking for advertisements, or for leave to store cookies
_NOTICE = re.compile(
    r"^(?:we(?:['’]ve| have)? (?:noticed|detected) (?:that )?you|(?:it )?(?:looks|seems) like you.{0,40}\bad[ -]?block|"
    r"(?:internet explorer|(?:ms)?ie|microsoft edge|(?:your|this) browser)(?: \d+)? is (?:no longer|not) supported\b|"
    r"(?:votre|ce) navigateur n['’]est (?:pas|plus) (?:pris en charge|supporté)\b|"
    r"(?:ihr|dein|dieser) browser wird nicht (?:mehr |länger )?unterstützt\b|"
    r"(?:tu|su|este) navegador (?:ya )?no (?:es compatible|está soportado|se admite)\b|"
    r"all (?:market|share) (?:data|prices)\b.{0,60}\bprovided by\b|"
    r"questions about why you are seeing this\b|we use cookies\b|this (?:site|website|page) uses cookies\b|"
    r"by (?:continuing|using|clicking) .{0,80}\bcookies\b|(?:we|you) (?:value|control) your (?:privacy|data)\b|"
    r"(?:wir|diese (?:web)?(?:seite|site)) (?:verwende[nt]|nutz(?:en|t)|setz(?:en|t)) .{0,40}\bcookies\b|"
    r"mit ihrer (?:zustimmung|einwilligung)\b|"
    r"nous utilisons des cookies\b|avec votre (?:accord|consentement)\b|vous utilisez un bloqueur\b|"
    r"(?:utilizamos|usamos) cookies\b|con (?:tu|su) (?:acuerdo|consentimiento)\b|"
    r"(?:utilizziamo|usiamo) (?:i )?cookie\b)|"
    # asking for money
    r"\breaders like you\b|\bcontribute what you can\b|\b(?:pay|support) (?:for )?our (?:mission|journalism)\b|"
    r"\bunterstützen sie (?:unseren|unabhängigen) journalismus\b|\bsoutenez (?:notre|un) (?:journal|média|journalisme)|"
    r"\bapoy[ae] (?:nuestro|el) periodismo\b|"
    r"\b(?:your|turn(?:ing)? off|ihren|deinen|votre|tu|su|you(?:['’]re| are) using an|utilisez un|"
    r"utiliza(?:s|ndo)? un) "
    r"(?:ad(?:vert)?[ -]?block(?:er|ing)?|werbeblocker|bloqueur de pub(?:licités?|s)?|"
    r"bloqueador de (?:anuncios|publicidad))\b",
    re.IGNORECASE,
)
# that the live coverage is over, and where to read on
_OVER = re.compile(
    r"^(?:(?:this|our) (?:live(?: (?:blog|coverage|page|ticker|report|feed|updates?))?|blog|ticker) "
    r"(?:is|has|have) (?:now )?(?:been )?"
    r"(?:over|closed|ended|finished)|"
    r"(?:ce|notre) (?:live|direct) est (?:(?:désormais|maintenant|à présent) )?(?:terminé|fini|clos)|"
    r"(?:dieser|unser) (?:live|news)?-?(?:ticker|blog) ist (?:(?:nun|jetzt|hiermit|damit) )?(?:beendet|geschlossen)|"
    r"(?:este|nuestro) (?:directo|blog|minuto a minuto) (?:ya )?(?:ha (?:terminado|finalizado|concluido)|está cerrado)"
    r")\b"
    r".*[.!]$|"
    r"^(?:pour (?:retrouver|lire|voir|suivre) [^.!?]{3,80}, c['’]est (?:par )?ici|"
    r"zum nachlesen [^.!?]{0,80}geht(?:['’]s| es) hier|"
    r"to (?:read|see|follow|find) [^.!?]{3,80}, (?:click|go) here|"
    r"para (?:leer|ver|seguir) [^.!?]{3,80}, (?:pinch[ae]|haga clic|haz clic|pulse|pulsa) aquí)\b",
    re.IGNORECASE,
)
# "A.B. avec agences"
_INITIALLED = re.compile(
    r"(?:[A-ZÀ-Þ]\.-?){2,3} (?:(?:avec|with|mit|con) (?:les |the |den |las )?)"
    r"(?:agences|agencies|agenturen|agencias|AFP|AP|Reuters|dpa|EFE)(?:[ ,/&]+(?:AFP|AP|Reuters|dpa|EFE))*",
    re.IGNORECASE,
)
# links past the menu, and to where the page's entries begin
_SKIP_LINK = re.compile(
    r"(?:skip|jump|go|back)(?: directly| straight)? to (?:the )?"
    r"(?:(?:main |page )?(?:content|navigation|menu|search|footer|comments|article)|"
    r"(?:latest|newest|top|live feed|live (?:updates?|blog|coverage))(?: (?:updates?|posts?|entry|entries))?)|"
    r"(?:direkt |springe )?zu[mr]? (?:haupt|seiten)?-?(?:inhalt|navigation|menü|suche|fußzeile|fußbereich)"
    r"(?: (?:springen|wechseln|gehen))?|zum (?:neuesten (?:beitrag|eintrag)|(?:live)?-?(?:ticker|blog))|"
    r"(?:aller|accéder) au (?:direct|live)|ir al (?:directo|vivo|minuto a minuto)|"
    r"(?:aller|accéder|passer|sauter)(?: directement)? (?:au|à la) (?:contenu|menu|navigation|recherche)"
    r"(?: principale?)?|"
    r"(?:ir|saltar|pasar) a(?:l| la) (?:contenido|menú|navegación|búsqueda)(?: principal)?|"
    r"(?:vai|salta|passa) al? (?:contenuto|menù?)(?: principale)?|"
    r"(?:ir|pular|saltar) para o (?:conteúdo|menu)(?: principal)?|(?:ga |direct )?naar de (?:hoofd)?inhoud(?: gaan)?|"
    r"(?:gå|hopp|hoppa|spring) till? (?:hoved|huvud)?(?:innehåll|innhold|indhold)(?:et)?",
    re.IGNORECASE,
)
# what sites that copy others print of themselves under the headline: who passed it on, that nobody may comment
_PASSED_ON = re.compile(
    r"authored by \S.{1,60} and submitted by \S{1,40}|"
    r"this article was added by the user\b.{0,40}\. .{2,40} is not responsible for the content of the platform\.?|"
    r"comments (?:are )?(?:off|closed|disabled) (?:on|for) \S.{0,200}|"
    r"(?:les )?commentaires (?:sont )?(?:fermés|désactivés) (?:sur|pour) \S.{0,200}|"
    r"kommentare (?:sind )?(?:deaktiviert|geschlossen) (?:für|zu) \S.{0,200}|"
    r"(?:los )?comentarios (?:están )?(?:desactivados|cerrados) (?:en|para) \S.{0,200}",
    re.IGNORECASE,
)
_LONGEST_NOTICE, _LONGEST_HEAD = 600, 80
_LABELS = {
    *("key event", "live", "live feed", "live updates", "live blog", "by", "from", "fyi", "von", "par", "por"),
    *("ticker", "newsticker", "news-ticker", "liveticker", "live-ticker", "liveblog", "live-blog", "newsblog"),
    *("en direct", "direct", "en directo", "directo", "minuto a minuto"),
}
_ARCHIVED = re.compile(
    r"^(?:cet article|cette page|ce texte) fait partie des archives\b|"
    r"^dies(?:er artikel|er beitrag|e seite) (?:ist teil des|stammt aus dem|gehört zum) archiv|"
    r"^this (?:article|story|page) is (?:part of|from) (?:the|our) (?:online )?archives?\b|"
    r"^(?:este artículo|esta página) (?:forma parte|es parte) del archivo\b",
    re.IGNORECASE,
)
FEED_LABEL = re.compile(r"^live (?:commentary|reporting|feed|text)$", re.IGNORECASE)
_TRAIL = re.compile(r"^[^.!?:]{2,60}\s[/>»›]\s[^.!?:]{2,60}\s[/>»›]\s[^.!?:]{2,60}$")
_STOP = re.compile(r"[.!?]$")
_SITE_WORDS = 3
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_LABEL = re.compile(r"(?<=\s)(?:first |last )?(?:published|updated|posted|publié|aktualisiert)\s", re.IGNORECASE)
_FONT = re.compile(
    r"(?:[•*+-]\s)?[Aa]{1,2}(?:\s?[+-])?|(?i:font|text) (?i:size)|Schriftgröße|Taille du texte"
)  # the buttons for larger letters
_SITE_LINK = re.compile(r"\S.{0,60}?\s\(\s?https?://[^\s()]+\s?\)")
_EPOCH = re.compile(r"1\d{9}$|^20\d{12}$")
_SWITCH = re.compile(
    r"^[•*-]?\s*(?:(?:latest|newest|oldest|most recent) first|"
    r"this (?:event|live ?blog|blog) has (?:now )?(?:ended|finished|closed))\.?$",
    re.IGNORECASE,
)
# "ACCUEIL 19.8.2014 Mis à jour à 17h34": a link to the site's first page, and today's date
_FIRST_PAGE = re.compile(r"(?:home(?: ?page)?|accueil|startseite|inicio|portada|start)[\s|/>›»·•,:–—-]+", re.IGNORECASE)
_BETWEEN = re.compile(
    r"[\s|,•·()–—-]*(?:on\s+)?(?:(?:(?:first |last )?(?:published|posted|updated|modified)|aktualisiert|"
    r"mise? à jour|modifié|actualisé|publié|publicad[oa]|actualizad[oa])"
    r"\s*:?\s*(?:on|at|le|à|am|um|el|a(?: las)?)?\s*:?\s*)?",
    re.IGNORECASE,
)
_SIGNED_BY = re.compile(r"^(?:[Bb]y|Par|Von|Por|Di|Door)[ ,]+(?:[A-ZÀ-Þ][\w.'’-]*)(?:[ ,]+[^\s.!?:]+){0,9}$")
_LED = re.compile(r"\s(?:last )?(?:updated|modified|published|posted)\s?(?::|on|at)*$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s(?:le|on|am|el|at)$", re.IGNORECASE)
# "Mi 14.09.2022 | 11:30 Uhr - Quelle: QPA"
_FROM_SOURCE = re.compile(r"[\s|,·–—-]{1,4}(?:Quelle|Source|Fuente)\s?:\s?[^.!?:]{2,20}(?:\.\w{2,4})?")
_WEEKDAY = re.compile(r"(?<=[\s,])(?=[^\W\d]{2,10}[.,]? )")
_BULLETS = re.compile(rf"^(?:[{SIGNS}*–—-]\s)+(?:updated\s?:?\s)?", re.IGNORECASE)
_BULLET = re.compile(rf"^[{SIGNS}*–—-]\s")


def is_note(line: Line) -> bool:
    """Whether the line tells of the page rather than of its story: its dates, its writers, its switches."""
    text = line.text
    if (
        date_line(line) is not None
        or is_appeal(text)
        or _FONT.fullmatch(text)
        or (len(text) <= 160 and _SITE_LINK.fullmatch(text))
        or (text.endswith((" a", " A")) and date_line(replace(line, text=text[:-2])) is not None)
        or _EPOCH.search(text)
        or (len(text) <= _LONGEST_HEAD and _EMPTY_FIELDS.fullmatch(text))
        or is_running_head(text)
        or (len(text) <= 120 and _TRAIL.match(text))
        or is_name(_BULLET.sub("", text))
        or is_role(text)
        or names_helper(text)
        or (text.isupper() and text.isalpha())
    ):
        return True
    if len(text) <= _LONGEST_NOTICE and (_NOTICE.search(text) or _OVER.match(text) or _INITIALLED.fullmatch(text)):
        return True
    if is_skip_link(text) or _PASSED_ON.fullmatch(text):
        return True
    if len(text) <= 160 and (_NOTE.match(text) or text.lower().strip("•*- :.") in _LABELS):
        return True
    if (
        _is_signed(text)
        or read_source_line(text)
        or _begins_with_date(text)
        or _ends_in_date(text)
        or _are_names_and_weekday(text)
        or _SWITCH.match(text)
    ):
        return True
    if is_link(text) and not FEED_LABEL.match(text):
        return True
    label = _LABEL.search(text) if len(text) <= 120 else None
    if label and len(text[: label.start()].split()) <= _SITE_WORDS and _is_stamps_only(text[label.start() :]):
        return True
    parts = text.rstrip(".").split(". ") if len(text) <= 100 else [text]
    if len(parts) > 1 and all(is_note(replace(line, text=part)) for part in parts):
        return True
    return _is_stamps_only(_BULLETS.sub("", text))


def without_archive_notice(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without a first paragraph that says that the page is kept in an archive; a headline may follow it."""
    if not lines or not _ARCHIVED.match(lines[0].text):
        return lines
    end = next((at for at, line in enumerate(lines) if at and (line.gap or not _STOP.search(line.text))), 1)
    return lines[end:]


def is_skip_link(text: str) -> bool:
    """Whether the line is a link past the menu, for who cannot see it."""
    return _SKIP_LINK.fullmatch(_BULLET.sub("", text)) is not None


def is_running_head(text: str) -> bool:
    """Whether the line is the head of all the site's pages: a link to the first of them and the date of the visit."""
    link = _FIRST_PAGE.match(text) if len(text) <= _LONGEST_HEAD else None
    return link is not None and link.end() < len(text) and _is_stamps_only(text[link.end() :])


def _begins_with_date(text: str) -> bool:
    """Whether a byline stands after a date: "February 11, 2015 | By Staff", "24.09.2020, 12:30 | dpa, AFP"."""
    stamp = read_stamp(text) if len(text) <= 100 else None
    if stamp and stamp.day and stamp.day.full() and text[stamp.end :].startswith(" | "):
        names = text[stamp.end + 3 :].split(", ")
        return all(len(name.split()) <= _SITE_WORDS for name in names) and not _STOP.search(text)
    found = read_date(text) if len(text) <= 100 else None
    if stamp and stamp.day and stamp.day.full() and _FROM_SOURCE.fullmatch(text, stamp.end):
        return True
    rest = text[found[1] :].lstrip(" |/•·,–-") if found else ""
    return _is_signed(rest)


def _is_signed(text: str) -> bool:
    return _SIGNED_BY.match(text) is not None or read_byline(text) is not None


def _ends_in_date(text: str) -> bool:
    """Whether a few words, as of the site's name, stand before a whole date and its clock."""
    stamp = find_tail_stamp(text) if len(text) <= 100 and text[-1:].isalnum() else None
    before = text[: stamp.start].rstrip() if stamp and stamp.day and stamp.day.full() and stamp.clock else ""
    before = _LED.sub("", _PREPOSITION.sub("", before))
    few = len(before.split()) <= 6
    site = (before.isupper() and len(before.split()) <= _SITE_WORDS) or bool(_DOMAIN.fullmatch(before.rstrip(",")))
    return (
        site or (few and before.endswith(("|", "/"))) or is_name(bare := before.rstrip(" ,-–|•·")) or _is_signed(bare)
    )


def _are_names_and_weekday(text: str) -> bool:
    """Whether a date with its weekday ends a line of nothing but names: "Ann Hill, Bo Reed Thu, Mar 5"."""
    for start in _WEEKDAY.finditer(text) if len(text) <= _LONGEST_HEAD else ():
        found = read_date(text, start.start())
        if found and found[0].weekday is not None and found[0].month and found[1] == len(text):
            return is_name(text[: start.start()].strip())
    return False


def _is_stamps_only(text: str) -> bool:
    """Whether the line holds nothing but dates, times and the words that lead to them."""
    pos = 0
    for _ in range(4):
        gap = _BETWEEN.match(text, pos)
        pos = gap.end() if gap else pos
        if pos >= len(text):
            return True
        stamp, day, age = read_stamp(text, pos), read_date(text, pos), read_age(text, pos)
        pos = max((end for end in (stamp and stamp.end, day and day[1], age and age[1]) if end), default=0)
        if not pos:
            return False
    return pos >= len(text)

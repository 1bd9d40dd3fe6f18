"""What copies of pages leave around the headline: the tab's title, remains of markup, share lines, menus, wraps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.calendars import read_date
from index.reading.lines import Line
from index.reading.notes import is_note, is_skip_link
from index.reading.titles import ends_sentence, is_title

_SITE = re.compile(r"\s[|–—-]\s\S.{2,60}$")
_DASHED_SITE = re.compile(r"\s[–—-]\s\S.{2,60}$")
_FIRST_LINES, _LONGEST_SECTION = 6, 3  # lines, words
_NO_WRAP = re.compile(r"\d|(?:by|von|par|por|door|di)\s|\S+\.[a-z]", re.IGNORECASE)
_REMAINS = re.compile(
    r"[\"'“”]\s?/?>$|(?:^|\s)/(?:home|var|srv|www|usr)/\S+\.php\b|^https?://\S+\.(?:jpe?g|png|webp|gif)\b"
)
# what a proxy or an archive prints over the pages it keeps: "site.example » [go: up one dir, main page]"
_KEPT_BY = re.compile(
    r"(?:www\.)?[\w-]+(?:\.[\w-]+)+\s+[»›>|]\s+\[[^\[\]]{3,60}\]|the wayback machine\s[–—-]\s\S.{0,300}|"
    r"(?:archive\.\w+\s)?(?:webpage capture|archived (?:on|from))\b[^.!?]{0,100}|"
    r"(?:this|the) article (?:(?:is|comes|was taken) from the source|has changed \d+ times)\b.{0,200}|"
    r"(?:you can find )?the current article (?:can be found )?at its original source at \S+|"
    r"version \d+ version \d+|"
    r"\((?:about )?\d+ (?:minutes?|hours?|days?) later\)",
    re.IGNORECASE,
)
# what a site's software prints of its own failing: "Deprecated function: ... (line 14 of /srv/cache.inc)."
_FAILED = re.compile(
    r"(?:deprecated function|(?:user |strict |fatal |parse |recoverable |catchable )?(?:error|warning|notice))\s?: "
    r".{4,300}(?:\(line \d+ of \S*/\S+\)|\bin \S*/\S+ on line \d+)\.?|"
    r"(?:error|status|warning) message|fehlermeldung|warnmeldung|statusmeldung|message d['’](?:erreur|avertissement)|"
    r"mensaje de (?:error|advertencia|estado)",
    re.IGNORECASE,
)
# asking for subscribers with a prize or a gift
_ADVERT = re.compile(
    r"(?:subscribe|sign up|register (?:now|here|today)|abonnez-vous|inscrivez-vous|suscríbe(?:te|ase)|"
    r"regístr(?:ate|ese)|(?:jetzt )?(?:anmelden|abonnieren))\b.{0,160}\b(?:win|chance|prize|gift ?cards?|discount|"
    r"free|gagne[rz]|gratuit\w*|cadeau|gewinnen|kostenlos|gratis|gan[ae]r?|sorteo|descuento)\b.{0,80}",
    re.IGNORECASE,
)
_NETWORK = (
    r"(?:twitter|facebook|reddit|pinterest|e-?mail|whats?app?s?|google(?: ?plus|\+)?|skype|"
    r"linkedin|telegram|messenger|tumblr|print|share|tweet|copy|"
    r"link|x)"
)
_NETWORKS = re.compile(rf"(?:[•*–—-]\s)?{_NETWORK}(?:[\s|,/·]+{_NETWORK}){{1,11}}|[•*–—-]\s{_NETWORK}", re.IGNORECASE)
_MENU = re.compile(
    r"(?:buscar (?:noticias|en)|selecciona (?:tu|su)|elige (?:tu|su)|ir a la (?:emisora|portada)|"
    r"search (?:news|this site|the site|our site)|(?:select|choose) your|rechercher (?:sur|dans|une info)|"
    r"choisissez (?:votre|ta)|wählen sie ihr)\b",
    re.IGNORECASE,
)
# what a picture shows, for who cannot see it; its caption follows
_SHOWN = re.compile(
    r"(?:montage|collage|photo(?:graphie)?|image|picture|bild|imagen|fotografía)"
    r" (?:de|d['’]|of|showing|montrant|von|mit)\b",
    re.IGNORECASE,
)
_IMAGE_OF = re.compile(
    r"(?:Image|Picture|Photo) (?:of|for)\s|(?:Bild|Foto) (?:von|zu)\s|(?:Image|Photo) de\s|(?:Imagen|Foto) de\s"
)
_LONGEST_CAPTION, _LONGER = 20, 2  # words, times
_FIGURE = re.compile(r"\d[.,]\d")
_LEAST_FIGURES = 3
_KICKER = re.compile(r"(?:(?:live|news)-?\s?)?(?:blog|ticker)\b", re.IGNORECASE)
# "Aktuelle Entwicklungen im Newsblog"
_IN_BLOG = re.compile(
    r"(?:(?:die |alle )?(?:aktuelle[n]? |neueste[n]? )?(?:entwicklungen|ereignisse|meldungen|nachrichten|informationen)"
    r" im|(?:the |all the )?(?:latest |current )?(?:developments|events|updates|news) in (?:the|our)|"
    r"(?:les |toutes les )?(?:derniers |dernières )?(?:développements|événements|informations|infos) (?:dans|sur) "
    r"(?:le|notre)|(?:las |los )?(?:últimas |últimos )?(?:noticias|acontecimientos|novedades) en (?:el|nuestro)) "
    r"(?:(?:live|news)[ -]?)?(?:blog|ticker|direct|directo)",
    re.IGNORECASE,
)
_UPDATES = re.compile(r"(?:the )?(?:latest|live|breaking) (?:updates|news|coverage)", re.IGNORECASE)
_LONGEST_KICKER, _SHORTEST_HEADLINE, _LEAST_TOLD = 8, 4, 15  # words
# "The Valley PostTruth Wants Daylight": a paper's name and its motto
_MOTTO = re.compile(r"(?:The|La|Le|El|Il|Die|Der|Das) (?:[A-ZÀ-Þ][\w-]* ){0,3}[A-ZÀ-Þ][a-zà-ÿ]+(?=[A-ZÀ-Þ][a-zà-ÿ])")
_LONGEST_ADVERT = 340  # characters
_LONGEST_MOTTO, _LEAST_MENU, _LONGEST_POINT, _LEAST_HEADED = 8, 4, 7, 4  # words, lines, words, words
_LONGEST_MENU, _LONGEST_WRAPPED, _LEAST_WRAPPED, _MOST_WRAPPED = 40, 60, 40, 90  # characters
_LEAST_DATED, _LONGEST_DATED = 2, 160  # lines, characters
_DASH = re.compile(r"\s[–—-]\s")
_SIGNED = re.compile(r"\b(?:19|20)\d\d\b|^(?:By|Par|Von|Por|Di)\b")
_RUNS_ON = re.compile(r"(?P<headline>[^.!?\n]{15,200}?(?<![^\W_])[a-zà-ÿ’']*[a-zà-ÿ]{3})(?=[A-ZÀ-Þ][a-zà-ÿ]+[\s,])")
_LEAST_RUN_ON = 12  # words
_END = Line(-1, "", True)


def without_remains(lines: Sequence[Line]) -> list[Line]:
    """The opening without the tab's title, remains of markup, share lines and menus; wrapped lines are joined."""
    kept = [line for line in lines if not _is_remains(line.text)]
    once = [replace(line, text=_once(line.text)) for line in kept[:_FIRST_LINES]]
    return _joined(_without_tab_title(_without_image_of([*once, *kept[_FIRST_LINES:]])))


def _without_image_of(lines: Sequence[Line]) -> list[Line]:
    """The opening without the words for a picture that only repeat a line over them: "Image of Quay wall breaks"."""
    first = {line.text for line in lines[:_FIRST_LINES]}
    return [line for line in lines if not ((m := _IMAGE_OF.match(line.text)) and line.text[m.end() :] in first)]


def _once(text: str) -> str:
    """A headline that is printed twice on its line, as archives do that compare two versions, only once."""
    half = text[: len(text) // 2]
    return half if len(half.split()) >= _LEAST_HEADED and text == f"{half} {half}" else text


def _is_remains(text: str) -> bool:
    if text.count(" | ") >= _LEAST_FIGURES and not _FIGURE.search(text) and not ends_sentence(text):
        return True  # links in a row
    menu = len(text) <= _LONGEST_MENU and text[-1].isalnum() and _MENU.match(text)
    if text[-1:] not in ".!?:" and len(_FIGURE.findall(text)) >= _LEAST_FIGURES:
        return True  # a table of prices
    if len(text) <= _LONGEST_ADVERT and (_FAILED.fullmatch(text) or _ADVERT.fullmatch(text)):
        return True
    return bool(menu or _KEPT_BY.fullmatch(text) or _REMAINS.search(text) or _NETWORKS.fullmatch(text))


def _without_tab_title(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without a first one that is a headline below it, a dash and the site's name, be it after a word."""
    if not lines:
        return lines
    first = lines[0].text
    for line in lines[1:_FIRST_LINES]:
        at = first.find(line.text)
        if at < 0 or line.text == first:
            continue
        before, after = first[:at], first[at + len(line.text) :]
        words = before.split()
        plain = all(word.isalpha() for word in before.rstrip(": ").split())
        few = before[-1:].isspace() and len(words) <= _LONGEST_SECTION and plain
        if not after and before.isupper() and len(line.text.split()) >= _LEAST_HEADED:
            return lines[1:]  # a kicker glued to the headline, as pages for sharing have it: "ENERGYThe lights are out"
        if _SITE.match(after) if few else not before and _DASHED_SITE.match(after):
            return lines[1:]
    return lines


def without_menu(lines: Sequence[Line]) -> Sequence[Line]:
    """The opening without the menu or the paper's name and motto at its top, over a headline that stands apart.

    The menu is one block of short lines whose first is a link past it or a slogan that ends in a stop, or of any
    that are no sentences, where the page's date or its byline stands under the headline.
    """
    end = next((at for at, line in enumerate(lines) if at and line.gap), 0)
    if not end or end + 1 == len(lines):
        return lines
    first, headline = lines[0].text, lines[end]
    apart = end + 1 < len(lines) and lines[end + 1].gap
    if not apart or not is_title(headline.text) or len(headline.text.split()) < _LEAST_HEADED:
        return lines
    short = all(len(line.text.split()) <= _LONGEST_POINT for line in lines[:end])
    menu = short and (is_skip_link(first) or ends_sentence(first))
    signed = any(_SIGNED.search(line.text) and is_note(line) for line in lines[end + 1 : end + 3])
    menu |= signed and not any(ends_sentence(line.text) for line in lines[:end])
    menu &= end >= _LEAST_MENU
    return lines[end:] if menu or (end == 1 and _is_motto(first)) else lines


def _is_motto(text: str) -> bool:
    """Whether a paper's name stands glued to its motto, both Written Like This but for small words."""
    match = _MOTTO.match(text)
    words = text[match.end() :].split() if match else []
    called = all(word[0].isupper() or (word.islower() and len(word) <= _LONGEST_SECTION) for word in words)
    return 1 < len(words) <= _LONGEST_MOTTO and called and is_title(text) and ":" not in text


def without_kicker(lines: list[Line]) -> list[Line]:
    """The lines without a first one that only names the blog, over a headline that stands apart over its text."""
    if len(lines) < _FIRST_LINES // 2:
        return lines
    kicker, headline, below = lines[:3]
    blog = _KICKER.match(kicker.text) and len(kicker.text.split()) <= _LONGEST_KICKER and ":" not in kicker.text
    updates = _UPDATES.fullmatch(kicker.text)
    inside = _IN_BLOG.fullmatch(kicker.text) is not None
    named = blog or updates or inside
    headed = is_title(headline.text) and len(headline.text.split()) >= _SHORTEST_HEADLINE - bool(updates)
    told = len(below.text.split()) >= _LEAST_TOLD or not is_title(below.text)
    return lines[1:] if named and headed and told and (headline.gap or inside) and below.gap else lines


def without_dated_title(lines: list[Line]) -> list[Line]:
    """The lines without the live's own title and its date under a headline: "March 13, 2031 - Ice grips the north"."""
    if len(lines) < _LEAST_DATED or not is_title(lines[0].text):
        return lines
    listed = any(_is_dated_title(line.text) for line in lines[2:4])
    return [lines[0], *lines[2:]] if _is_dated_title(lines[1].text) and not listed else lines


def _is_dated_title(text: str) -> bool:
    found = read_date(text) if len(text) <= _LONGEST_DATED else None
    dash = _DASH.match(text, found[1]) if found and found[0].full() else None
    return dash is not None and is_title(text[dash.end() :])


def with_headline_apart(lines: list[Line]) -> list[Line]:
    """The lines, a headline apart that runs into the first text without a blank: "A bridge fallsTwo trains wait"."""
    match = _RUNS_ON.match(lines[0].text) if lines else None
    headline, told = (match["headline"], lines[0].text[match.end() :]) if match else ("", "")
    if len(headline.split()) < _LEAST_HEADED or len(told.split()) < _LEAST_RUN_ON or not is_title(headline):
        return lines
    if not (ends_sentence(told) or ". " in told):
        return lines
    return [replace(lines[0], text=headline), Line(lines[0].number, told, True), *lines[1:]]


def without_shown(lines: list[Line]) -> list[Line]:
    """The lines under a headline without a picture's description and the short caption between it and longer prose."""
    if len(lines) < _FIRST_LINES // 2 or not _SHOWN.match(lines[0].text) or not lines[0].gap:
        return lines
    words, told = (len(line.text.split()) for line in lines[1:3])
    return lines[2:] if words <= _LONGEST_CAPTION and told > _LONGER * words else lines


def _joined(lines: Sequence[Line]) -> list[Line]:
    """The lines, headlines that are wrapped by hand whole again: "Aigner visits" over "the president".

    One that stands apart may end in a few words and a mark: "Railway stops" over "regional trains!".
    """
    done: list[Line] = []
    for line, below in zip(lines, [*lines[1:], _END], strict=False):
        wrapped = bool(done) and not line.gap and line.text[:1].islower() and is_title(done[-1].text)
        wrapped &= max(len(line.text), len(done[-1].text if done else "")) <= _LONGEST_WRAPPED
        wrapped = wrapped and not is_note(done[-1])
        wrapped |= bool(done) and below.gap and _ends_headline(done[-1], line)
        if wrapped and not _NO_WRAP.match(line.text):
            done[-1] = replace(done[-1], text=f"{done[-1].text} {line.text}")
        else:
            done.append(line)
    return done


def _ends_headline(above: Line, line: Line) -> bool:
    long = _LEAST_WRAPPED <= len(above.text) <= _MOST_WRAPPED and is_title(above.text)
    few = len(line.text.split()) <= _LONGEST_SECTION + 1 and line.text.endswith(("!", "?"))
    return above.gap and not line.gap and long and few and not ends_sentence(line.text[:-1])

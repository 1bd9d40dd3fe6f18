"""The words that lead to a stamp, and what they say of it: that the entry was put up then, or changed."""

from __future__ import annotations

import re

_UPDATED = (
    r"(?:block-time updated-time\s)?(?:last\s)?updated?(?: vom| from)?|block-time updated-time|edit(?:ed)?|"
    r"mis(?:e)? à jour(?: du)?|modifié|actualisé|aktualisiert|aktualisierung(?: vom)?|actualizado|"
    r"actualización(?: del)?|zuletzt aktualisiert"
)
_POSTED = (
    r"(?:first\s)?(?:posted|published)|block-time published-time|erstmeldung(?: vom)?|ursprungsmeldung(?: vom)?|publié|"
    r"publicado|veröffentlicht|publiziert(?: am)?|(?:original|first) (?:story|post|report),?"
)
_LINK = r"\s*[:.,|@-]?\s*(?:(?:at|on|à|le|a las|el|um|am|by)\s+)?"
# what says that a clock is not exact is printed with it
_ABOUT = (
    r"around|about|circa|ca\.|gegen|vers|hacia las?|sobre las?|a eso de las?|verso le|omstreeks|rond|por volta das?|"
    r"(?:shortly|just) (?:before|after)"
)
LEAD = re.compile(
    rf"[\s•*‣▪●○◦▶►▸➤→■◆\u2190-\u21ff\u2300-\u2bff\U0001f000-\U0001faff\ufe0f–—|"
    rf">+#·-]*(?:\.(?=\d))?(?P<number>\d{{1,3}}\.\s+)?(?P<open>[\[(]?)\s*"
    rf"(?:(?P<words>{_UPDATED}|{_POSTED}|stand|maj|earlier,?|breaking,?|new,?|latest|(?:pinned )?post from|pinned:?|"
    rf"as of|(?:time|uhrzeit|hora|heure)\s?:){_LINK})?"
    rf"(?:(?P<at>(?P<about>{_ABOUT})|at|à|um|ore|kl\.?|a las|às)\s+(?=\d))?(?P<open2>[\[(]?)\s*",
    re.IGNORECASE,
)
_AT = r"(?:at|as of|a las|à|um|kl\.?|(?:time|uhrzeit|hora|heure)\s?:|[\u25a0-\u27bf\u2300-\u23ff\U0001f000-\U0001faff])"
TAIL_LEAD = re.compile(
    rf"(?:(?:(?P<words>{_UPDATED}|{_POSTED}){_LINK})|[|•·(\[–—,-](?:\s*{_AT})?)[\s:]*$", re.IGNORECASE
)
UPDATED_ALONE = re.compile(rf"^(?:{_UPDATED})\s?:?$", re.IGNORECASE)
_IS_UPDATED = re.compile(rf"(?:{_UPDATED}|stand|maj)", re.IGNORECASE)
_PINNED = re.compile(r"pinned|latest|post from|as of|(?:time|uhrzeit|hora|heure)\s?:", re.IGNORECASE)


def lead_class(words: str | None) -> str:
    """What the words before a stamp say of it: "updated", "posted" or nothing."""
    if not words or _PINNED.match(words):
        return ""
    return "updated" if _IS_UPDATED.fullmatch(words.strip()) else "posted"

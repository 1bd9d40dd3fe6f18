"""What stands in an entry beside its body: captions, credits, alternative texts, bylines, share links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.reading.bullets import SIGNS
from index.reading.captions import is_cut_copy, is_file_name, is_over_source
from index.reading.lines import Line
from index.reading.people import NAME, credited_in, is_name, is_role, read_byline, read_signature
from index.reading.quotes import ends_in_tweet

_AGENCIES = (
    r"(?:Getty(?: Images)?|AFP|AP|A\.P\.|Reuters|REUTERS|EPA(?:-EFE)?|EFE|PA(?: Wire| Media)?|Shutterstock|"
    r"Anadolu(?: Agency)?|Alamy|Bloomberg|Rex Features|REX|dpa|DPA|Xinhua|TASS|Imago|IMAGO|imago images|picture "
    r"alliance|"
    r"APA|ANP|Belga|BELGA|LUSA|"
    r"Handout|AAP|CP|Press Association|Associated Press|Europa Press|ANSA|SIPA|MAXPPP|NurPhoto|Pictures)"
)
_AGENCY = re.compile(rf"(?<!\w){_AGENCIES}")
_WHOLE_AGENCY = re.compile(rf"{_AGENCY.pattern}(?!\w)")
_CREDIT_HINT = re.compile(
    r"(?:[Gg]raph|[Pp]hoto|[Pp]icture|[Cc]omposite|[Ii]llustration|[Cc]redit|[Ii]mage|Foto|Bild|Quelle|Crédit|©|rechte)"
)
_CREDIT_TAIL = re.compile(
    rf"^(?P<caption>.{{0,1000}}?)\s?(?<=\s)[-–—|]\s(?P<credit>[^.()]{{0,80}}?(?<!\w){_AGENCIES}[^.()]{{0,40}})$"
)
_CREDIT_IN_BRACKETS = re.compile(
    rf"^(?P<caption>.{{0,1000}}?)\s?[(©\[]\s?(?P<credit>[^.()]{{0,80}}?(?<!\w){_AGENCIES}[^.()\]]{{0,40}})[)\]]?$"
)
_CREDIT_SLASH = re.compile(
    rf"^(?P<caption>.{{0,1000}}?[.!?][\"”’')]?)\s(?P<credit>[A-ZÀ-Þ][^.()]{{0,60}}?\s?/\s?[^.()]{{0,40}}?{_AGENCIES}[^.()]{{0,40}})$"
)
_CREDIT_BARE = re.compile(
    rf"^(?P<caption>.{{0,1000}}?[.!?][\"”’')]?)\s+(?P<credit>{_AGENCIES}(?:\s?/\s?[^.()]{{2,50}})?)$"
)
_CREDIT_WORD = re.compile(
    r"^(?P<caption>.{0,1000}?)\s?[(|]?\s?(?:Photograph|Photo(?:graph)?(?: by| credit)?|Picture(?: credit)?|Composite|"
    r"Illustration|Credit|Image credit|Image|Foto|Bild|Bildrechte|Quelle|Crédit(?: photo)?|Photo :|©)\s?(?::|by|©|"
    r"(?<=©))\s?"
    r"(?P<credit>(?:[A-ZÀ-Þ]\.[\s-]?){0,3}(?:[A-ZÀ-Þ@][^.:]|dpa|imago)[^.:]{0,79})\)?$"
)
# "The town hall of Quay | Fuente: The Agency"
_CREDIT_BARRED = re.compile(
    r"^(?P<caption>.{10,1000}?)\s\|\s(?:Fuente|Quelle|Source|Fotos?|Photo|Cr[ée]dito?s?)\s?:\s?(?P<credit>[A-ZÀ-Þ@][^.!?:]{1,60})$"
)
_CREDIT_NAME = re.compile(
    rf"^(?P<caption>(?:\S+ ){{4,60}})\((?P<credit>{NAME}(?:/[^()]{{2,40}}|\sfor\s[A-Z][^()]{{2,40}})?)\)$"
)
_STOPPED_NAME = re.compile(r"[.!?][\"”’']?\s\([^()]+\)$")
_CREDIT_FILE = re.compile(r"^(?P<caption>.{0,1000}?)\s?\[(?P<credit>(?:File|Photo|Image)\b[^\]]{0,80})\]$")
# "... after the flood on Monday night.Credit Ann Hill/The Agency"
_CREDIT_GLUED = re.compile(r"^(?P<caption>.{10,1000}?[.!?…][\"”’)]?)Credit:?\s?(?P<credit>[A-ZÀ-Þ][^.!?]{2,80})$")
# "... gewann Bronze.getty"
_CREDIT_LOWER = re.compile(
    r"^(?P<caption>.{10,1000}?[.!?])(?P<credit>getty(?: images)?|imago(?: images)?|afp|epa|dpa|apa)$"
)
# "... am Tag nach dem Alarm. (Quelle: site.example)"
_CREDIT_SITE = re.compile(
    r"^(?P<caption>.{10,1000}?)\s\((?:Quelle|Foto|Photo|Source|Fuente)\s?: (?P<credit>\w[\w-]*\.[\w.-]{2,40})\)$"
)
# "... on the bridge on October 14, 2031. Screenshot/ Quay News"
_CREDIT_KIND = re.compile(
    r"^(?P<caption>.{10,1000}?[.!?][\"”’]?)\s(?P<credit>(?:Screen ?(?:shot|grab)|(?:File )?[Pp]hoto|Foto|"
    r"Bildschirmfoto|Capture(?: d['’]écran)?|Captura(?: de pantalla)?|Archivo|Archives?|Archiv)\s?/\s?[^.!?()]{2,60})$"
)
_CREDIT_SHORT = re.compile(
    r"^(?:Photo|Foto|Picture|Image|Credit|Bild)s?: \S+(?: \S+)?$|^Image copyright [^.!?]{2,60}$|"
    r"^\((?:Image|Photo|Picture) credit: .{1,60}\)$"
)
_CREDIT_LINE = re.compile(
    rf"^(?:{NAME}\s?[|/]\s?{_AGENCIES}(?:\s(?:via|/)\s{_AGENCIES})?|{_AGENCIES}(?:\s[Pp]hoto)?\s?/\s?{NAME}|"
    # an agency that nobody knows by name: "QPA/Ann Hill", "Grafik: QPA; Quelle: QPA/Harbour Office"
    rf"[A-Z]{{2,6}}(?:\.[a-z]{{2,3}})?/[A-ZÀ-Þ][a-zà-ÿ][\w'’-]*\s[A-ZÀ-Þ][a-zà-ÿ][\w'’-]*|"
    r"(?:Grafik|Graphic|Infographie|Gráfico)\s?: [^.!?;]{2,40}; (?:Quelle|Source|Fuente)\s?: [^!?;]{2,40})$"
)
_SOURCE = re.compile(r"^(?P<alt>.{0,2000}?)(?:Image|Video) source, ?(?P<credit>.{0,200})$")
_CAPTION_LABEL = re.compile(r"^(?:Image|Video|Media) caption[,:] ?(?P<caption>.*)$")
_CAPTION_WORD = re.compile(r"^(?:Caption|Bildunterschrift|Légende|Pie de foto)\s?: (?P<caption>.+)$")
_RULE_AFTER = re.compile(r"(?<!\s)\s+_{2,}$")
_BULLET = re.compile(rf"^(?:[{SIGNS}]|\*(?!\*))\s*|^\.?[–—-]\s+|^>\s+(?=[^\W\d]|[“„«\"])")  # the last quotes
_DROP = re.compile(
    r"^(?:submit a .{3,30}|ask (?:us )?a question|join the conversation!?|[\w-]+\.(?:jpe?g|png|gif|webp|mp4)|"
    r"open this photo in gallery|credit\.\.\..{1,80}|contribut(?:ing|ors?|ions?)(?: by)?\s?: .{1,200}|"
    r"this (?:live )?(?:updates? )?(?:blog|page|article|ticker) (?:is|has) (?:now )?(?:been )?closed\.?|"
    r"story continues(?: below.*)?|article content|advertisement \d+|hide ad|[\w ]{0,30}best ?sellers|"
    r"quote message|advertisement|ad|share(?: this)?(?: (?:post|update|link|story|on))?|"
    r"(?:copy|copied)(?: (?:this|the))? link.*|link copied.*|facebook|twitter|whatsapp|email|e-mail|print|reddit|"
    r"linkedin|"
    r"messenger|tweet|pin it|flipboard|share (?:on|via|with) .{1,30}|send (?:this )?by email|comments?|"
    r"view (?:image|tweet|post)(?: (?:in|on) .{1,20})?|return to menu|back to top|jump to .{1,30}|skip to .{1,30}|"
    r"trending(?: now| news| stories)?|/ [A-Z]{2,4} (?:News|Sports)|"
    r"read more(?: at|:)?|load more|show more|view more|more to follow|show comments|key event|live feed|"
    r"(?:anzeige|werbung|teilen|merken|drucken|weiterlesen|mehr anzeigen|link kopieren|zum anfang)|"
    r"(?:publicité|partager|imprimer|lire (?:la suite|aussi)|copier le lien|voir plus)|"
    r"(?:publicidad|compartir|copiar (?:el )?enlace|imprimir|leer más|ver más|"
    r"(?:leer?|leé) la (?:nota|noticia) completa\.?)|"
    r"[(–—-]?\s?(?:ANI|PTI|IANS|AFP|AP|Reuters|dpa|EFE|ANSA|AAP|PA|agencies)(?:/[A-Z]{2,5})?\)?|"
    r"(?:\d{1,3}\.\s+)?breaking(?: news)?|importante?|wichtig|destacado|"
    r"[\w .,'’-]{5,90} thumbnail|(?:[•*-]\s)?timestamp\s?:?|updated|menu|headshot of .{3,60}|"
    r"(?:ver más|lea también|lee también|(?:te|le) puede interesar|[àa] lire(?: aussi)?|lire aussi|read also|also read|"
    r"see also|voir aussi|siehe auch|"
    r"mehr dazu|lesen sie auch)\s?: .{1,200}|"
    r"(?:(?:you )?may (?:also )?be interested in|das könnte (?:sie|dich) (?:auch )?interessieren|"
    r"(?:cela|ça) (?:peut|pourrait) (?:aussi )?vous intéresser|"
    r"puede (?:que (?:te|le) interese|interesar(?:te|le)))\s?:\s?\S.{1,200}|"
    r"(?:EFE|AFP|AP|Reuters|dpa|EPA|Getty|PA|ANSA)\s?/\s?[\w .'’-]{3,40}|"
    r"(?:quelle|source|fuente)\s?: .{1,60}|"
    r"sign up (?:to|for) .{1,60}|enter your e-?mail.{0,20}|article continues below.{0,20}|"
    r"get .{1,60} (?:in|to) your inbox.{0,60}|accept all|play video|view (?:more|original .{1,20}) on twitter|"
    r"(?:listen to|hören sie|écoute[rz]|escuch[ae]r?) .{3,160} (?:on|auf|sur|en) (?:audioboo(?:m)?|soundcloud|spotify|"
    r"mixcloud|youtube|deezer|ivoox|apple podcasts)|"
    r"watch .{1,30} live\.?|page \d{1,2} of \d{1,2}|"
    r"(?:skip|end of) (?:twitter|instagram|facebook|youtube) post.{0,20}|"
    r"allow (?:twitter|instagram|facebook|youtube) content\?|this article contains content provided by .{1,400}|"
    r"the bbc is not responsible for the content of external sites\.?|this twitter post cannot be displayed .{1,200}|"
    r"(?:loading|chargement|cargando|lade|lädt|wird geladen)\s?(?:\.{3}|…)|"
    r"1\d{9}|[_*•–—=+.~#-][_*•–—=+.~ -]*|>|[\w ]{0,30}/Getty Images|\d[\d.,]{0,7} (?:comments?|"
    r"shares?|likes?|posts|updates|postings?|kommentare?|"
    r"commentaires?|comentarios?)|refresh|@\w{2,20})$",
    re.IGNORECASE,
)
_READ_MORE = re.compile(r"^(?:read more|lire aussi|leer más|mehr lesen)$", re.IGNORECASE)
_SCORE = re.compile(r"[A-ZÀ-Þ][\w.&'’ -]{1,40}?\s\d{1,3}[\w&'’ ,()/-]{0,60}")
_LONGEST_CREDITS = 240  # characters
_PROSE_END = re.compile(r"[.!?:,;…][\"”’'»)]?$")


_NOTHING = Line(-1, "", True)


@dataclass(frozen=True, slots=True)
class Parts:
    """An entry's words sorted out: its body and what is not body."""

    body: str
    captions: tuple[str, ...]
    author: str | None


def is_link(text: str) -> bool:
    """Whether the line is a button, a label or a count of the page's own."""
    return len(text) <= 420 and (bool(_DROP.match(text.rstrip(" :"))) or is_file_name(text))


def is_furniture(text: str) -> bool:
    """Whether the line is a caption, a credit or a link that no reader takes for the entry's text."""
    return bool(
        _SOURCE.match(text) or is_credit(text) or _CAPTION_LABEL.match(text) or is_link(text) or _credited(text)
    )


def names_agency(text: str) -> bool:
    """Whether the words name an agency: "Associated Press"."""
    return _WHOLE_AGENCY.search(text) is not None


def is_credit(text: str) -> bool:
    """Whether the line is nothing but a picture's credit, or those of several: "Ann Hill/AP; Bo Reed/Reuters"."""
    parts = text.split("; ") if len(text) <= _LONGEST_CREDITS else [text]
    return all(_CREDIT_SHORT.match(part) or _CREDIT_LINE.match(part) for part in parts)


def is_caption(text: str) -> bool:
    """Whether the line is a picture's caption that ends in the words for where the picture is from."""
    return _credited(text) is not None


def is_credited(line: Line, after: Line) -> bool:
    """Whether the line is a picture's caption, the credit right under it."""
    return line.gap and not after.gap and bool(_CREDIT_LINE.match(after.text))


def _credited(text: str) -> re.Match[str] | None:
    """Match of a line that ends in a picture's credit; `caption` is what stands before it."""
    if len(text) > 1100:
        return None
    edge = max(0, len(text) - 160)
    agency = _AGENCY.search(text, edge)
    if (
        found := _CREDIT_FILE.match(text)
        or _CREDIT_GLUED.match(text)
        or _CREDIT_LOWER.match(text)
        or _CREDIT_SITE.match(text)
        or _CREDIT_BARRED.match(text)
        or (_CREDIT_KIND.match(text) if "/" in text[edge:] else None)
        or (_CREDIT_NAME.match(text) if text.endswith(")") else None)
    ):
        return found
    match = (_CREDIT_TAIL.match(text) or _CREDIT_SLASH.match(text) or _CREDIT_BARE.match(text)) if agency else None
    if match is None and agency and (match := _CREDIT_IN_BRACKETS.match(text)):
        # "... said. (dpa)" names the agency of a report, "... (Getty)" the source of a picture
        if match["caption"].rstrip().endswith((".", "!", "?")) and not re.search(r"[/:]|Photo|Image", match["credit"]):
            match = None
    if match is None and _CREDIT_HINT.search(text, edge) and (match := _CREDIT_WORD.match(text)):
        named = re.search(rf"/|\s{_AGENCIES}|^{_AGENCIES}", match["credit"]) or is_name(match["credit"].rstrip(")"))
        if not match["caption"].strip() and not named:
            match = None
    return match


def is_alternative(text: str, following: str) -> bool:
    """Whether the line is a picture's alternative text: the caption below repeats it and names its source."""
    longer = len(text) < len(following) and following.startswith(text)
    return longer and len(text.split()) > 1 and _credited(following) is not None


def sort_out(lines: Sequence[Line], said: int = -1) -> Parts:
    """Split an entry's lines into body, captions and author; credits, alternative texts and links go.

    `said` is the number of the stamp's own line: what stands on it is no caption.
    """
    captions: list[str] = []
    body: list[tuple[bool, str]] = []
    author: str | None = None
    skip = gap = False
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else _NOTHING
        following = after.text
        gap |= line.gap
        if skip:
            skip = False
        elif label := _CAPTION_LABEL.match(line.text) or _CAPTION_WORD.match(line.text):
            caption = label["caption"] or following
            skip = not label["caption"]
            captions.extend([caption] if caption else [])
        elif _READ_MORE.match(following) and line.gap and not _PROSE_END.search(line.text):
            continue
        elif not body and at + 2 < len(lines) and lines[at + 2].gap and is_over_source(line, after):
            captions.append(following)
            skip = True
        elif is_file_name(line.text) and following and not after.gap:
            captions.append(following)
            skip = True
        elif (
            _SOURCE.match(line.text)
            or is_alternative(line.text, following)
            or is_credit(line.text)
            or _CAPTION_LABEL.match(following)
            or is_link(line.text)
        ):
            continue
        elif is_credited(line, after):
            captions.append(line.text)
            skip = True
        elif line.number != said and (match := _credited(line.text)):
            captions.extend([match["caption"].strip()] if match["caption"].strip() else [])
        elif is_cut_copy(line, after):
            captions.append(following)
            skip = True
        elif (not body or _is_signed_score(body, line, after)) and is_name(line.text) and is_role(following):
            author, skip = line.text, True
        else:
            body.append((gap, line.text))
            gap = False
    if len(body) > 1 and (signed := read_signature(body[-1][1]) or _read_last_byline(body[-1][1])):
        author = author or signed
        body.pop()
    named = [line.text for line in lines if _CREDIT_NAME.match(line.text)]
    if not body and len(named) == 1 and (len(captions) == 1 or _STOPPED_NAME.search(named[0])):
        # a sentence and whom it is about or of, not a picture's
        body, captions = [(True, named[0])], [caption for caption in captions if not named[0].startswith(caption)]
    body = [(gap, _plain(words)) for gap, words in body]
    text = "".join(("\n\n" if gap else "\n") * bool(at) + words for at, (gap, words) in enumerate(body))
    return Parts(text, tuple(captions), author or (credited_in(body[0][1]) if body else None))


def _is_signed_score(body: Sequence[tuple[bool, str]], line: Line, after: Line) -> bool:
    """Whether a name stands apart under nothing but a score, the role right under it: "Fenshire 301-3 v Wolds 88"."""
    return len(body) == 1 and line.gap and not after.gap and _SCORE.fullmatch(body[0][1]) is not None


def _plain(words: str) -> str:
    """A paragraph without the bullet before it and the rule after it; a tweet's signature keeps its dash."""
    return words if ends_in_tweet(words) else _RULE_AFTER.sub("", _BULLET.sub("", words))


def _read_last_byline(text: str) -> str | None:
    return read_byline(text) if text.startswith(("By:", "Posted by ")) else None

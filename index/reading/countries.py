"""Zones of countries that keep one time: "all times Estonian", "clock times are those of Estonia"."""

from __future__ import annotations

import re

from index.zones import ZoneName

# country | adjective | place
_ROWS = """
Estonia | Estonian | Europe/Tallinn
Latvia | Latvian | Europe/Riga
Lithuania | Lithuanian | Europe/Vilnius
Finland | Finnish | Europe/Helsinki
Sweden | Swedish | Europe/Stockholm
Norway | Norwegian | Europe/Oslo
Denmark | Danish | Europe/Copenhagen
Germany | German | Europe/Berlin
Austria | Austrian | Europe/Vienna
Switzerland | Swiss | Europe/Zurich
Poland | Polish | Europe/Warsaw
Hungary | Hungarian | Europe/Budapest
Romania | Romanian | Europe/Bucharest
Bulgaria | Bulgarian | Europe/Sofia
Greece | Greek | Europe/Athens
Italy | Italian | Europe/Rome
Belgium | Belgian | Europe/Brussels
Ireland | Irish | Europe/Dublin
Ukraine | Ukrainian | Europe/Kyiv
Turkey | Turkish | Europe/Istanbul
Israel | Israeli | Asia/Jerusalem
Lebanon | Lebanese | Asia/Beirut
Jordan | Jordanian | Asia/Amman
Egypt | Egyptian | Africa/Cairo
Kenya | Kenyan | Africa/Nairobi
Uganda | Ugandan | Africa/Kampala
Nigeria | Nigerian | Africa/Lagos
Ghana | Ghanaian | Africa/Accra
South Africa | South African | Africa/Johannesburg
India | Indian | Asia/Kolkata
Pakistan | Pakistani | Asia/Karachi
Nepal | Nepali | Asia/Kathmandu
Bangladesh | Bangladeshi | Asia/Dhaka
Sri Lanka | Sri Lankan | Asia/Colombo
Thailand | Thai | Asia/Bangkok
Singapore | Singaporean | Asia/Singapore
Japan | Japanese | Asia/Tokyo
New Zealand | New Zealand | Pacific/Auckland
Peru | Peruvian | America/Lima
Colombia | Colombian | America/Bogota
"""
# as Spanish and French pages name countries that keep one time, or the place whose clock they go by
_NAMED = """
Colombia | America/Bogota
Perú | America/Lima
Venezuela | America/Caracas
Bolivia | America/La_Paz
Uruguay | America/Montevideo
Paraguay | America/Asuncion
Argentina | America/Argentina/Buenos_Aires
Panamá | America/Panama
Costa Rica | America/Costa_Rica
Guatemala | America/Guatemala
Honduras | America/Tegucigalpa
Nicaragua | America/Managua
El Salvador | America/El_Salvador
Cuba | America/Havana
Maroc | Africa/Casablanca
Tunisie | Africa/Tunis
Algérie | Africa/Algiers
Tunis | Africa/Tunis
Alger | Africa/Algiers
Caire | Africa/Cairo
"""
_PLACES = {
    word.lower(): ZoneName(row[0], row[2])
    for row in ([cell.strip() for cell in line.split("|")] for line in _ROWS.strip().splitlines())
    for word in row[:2]
}
_NAMED_PLACES = {
    name.lower(): ZoneName(name, place)
    for name, place in ([cell.strip() for cell in line.split("|")] for line in _NAMED.strip().splitlines())
}
_STATED = re.compile(
    r"\b(?:(?:(?:all|clock) )?times|(?:all )?updates are) (?:(?:here|below|given|shown|listed|indicated) )?"
    r"(?:are )?(?:all )?"
    rf"(?:(?:local )?(?:those of|in) )?(?P<country>{'|'.join(sorted(_PLACES, key=len, reverse=True))})\b"
    r"(?=\s?(?:time\b|[.,;:)]|$))",
    re.IGNORECASE,
)
# "Minute by minute (hora Colombia)"; after a clock such a bracket speaks of that clock alone
_IN_BRACKETS = re.compile(
    r"(?P<before>[^\d()]{0,80})\((?:toutes les |todas las )?(?:hora|horas|heure|heures) (?:de |du |d['’]|en )?"
    rf"(?P<country>{'|'.join(sorted(_NAMED_PLACES, key=len, reverse=True))})\)",
    re.IGNORECASE,
)
_CLOCK_IN_WORDS = re.compile(r"\b(?:a las?|à|mediodía|medianoche|midi|minuit|heures?|horas?)\b", re.IGNORECASE)
_LED = re.compile(r"\b(?:all|clock|are)\b", re.IGNORECASE)


def find_country_zone(text: str) -> ZoneName | None:
    """Zone of the country whose time all of the page's times are, as a line says: "hard times in India" does not."""
    if (bracket := _IN_BRACKETS.match(text)) and not _CLOCK_IN_WORDS.search(bracket["before"]):
        return _NAMED_PLACES[bracket["country"].lower()]
    match = _STATED.search(text)
    return _PLACES[match["country"].lower()] if match and _LED.search(match[0]) else None

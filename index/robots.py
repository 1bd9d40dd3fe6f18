"""What a site's robots.txt lets a program fetch again and again."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from index.errors import SourceError, UnavailableError
from index.fetching import fetch
from index.reading.sniffing import unpacked

AGENT = "Presstime"
MAX_BYTES = 500_000


class Robots:
    """The robots.txt of each host, fetched once."""

    def __init__(self, *, allow_private: bool = False) -> None:
        self._allow_private = allow_private
        self._rules: dict[str, RobotFileParser] = {}

    def check(self, url: str) -> float:
        """Seconds the site asks for between two requests, 0 where it asks for none.

        Raises:
            SourceError: the site asks programs not to fetch the address, or cannot be asked.

        """
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._rules[host] = self._fetch(host)
        rules = self._rules[host]
        if not rules.can_fetch(AGENT, url):
            raise SourceError(
                f"{host}/robots.txt asks programs not to fetch {url}. Ask the publisher, or add --ignore-robots."
            )
        return float(rules.crawl_delay(AGENT) or 0)

    def _fetch(self, host: str) -> RobotFileParser:
        """Rules of a host; a host without any (RFC 9309, 2.3.1.3) allows everything."""
        rules = RobotFileParser()
        try:
            text = fetch(f"{host}/robots.txt", allow_private=self._allow_private, max_bytes=MAX_BYTES).data
        except UnavailableError as error:
            if error.status >= 500:
                raise
            text = b""
        text = unpacked(text, f"{host}/robots.txt") if text else text
        rules.parse(text.decode("utf-8", "replace").splitlines())
        return rules

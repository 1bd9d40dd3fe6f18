"""A page from its address: http and https, with limits on time, size, redirects and where it may come from.

Proxies of the environment are not used: behind one, the address that is checked would not be the one reached.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import version

import httpcore
import httpx

from index.addresses import CheckedBackend
from index.errors import SourceError, UnavailableError

MAX_BYTES = 64_000_000
MAX_REDIRECTS = 5
STEP_TIMEOUT_S = 15.0
TOTAL_TIMEOUT_S = 60.0

_REDIRECTS = {301, 302, 303, 307, 308}
_NOT_TEXT = re.compile(r"(?:image|audio|video|font)/(?!svg)|application/(?:pdf|zip)\b", re.IGNORECASE)
_SAVE = "Save the page in a browser and give that file."


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered: `data` as it was sent (perhaps gzip, which the reader unpacks).

    `url` is where the last redirect led. `status` is 304, and `data` empty, where the page has not changed since
    the `etag` or `last_modified` that was asked with.
    """

    data: bytes
    url: str
    status: int = 200
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class _Limits:
    max_bytes: int
    step_timeout_s: float
    total_timeout_s: float
    deadline: float


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    etag: str | None = None,
    last_modified: str | None = None,
    max_bytes: int = MAX_BYTES,
    step_timeout_s: float = STEP_TIMEOUT_S,
    total_timeout_s: float = TOTAL_TIMEOUT_S,
) -> Fetched:
    """Fetch one page.

    Every host on the way is resolved once and must be on the public internet unless `allow_private`; the
    connection goes to the address that was checked. `step_timeout_s` limits each wait for the server,
    `total_timeout_s` the whole. `etag` and `last_modified` of an earlier answer make the request conditional.
    Raises SourceError, naming the address and what to do, for whatever goes wrong; UnavailableError where a server
    answered something else than the page.
    """
    limits = _Limits(max_bytes, step_timeout_s, total_timeout_s, time.monotonic() + total_timeout_s)
    backend = CheckedBackend(allow_private=allow_private, deadline=limits.deadline)
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers: dict[bytes | str, bytes | str] = {
        "User-Agent": f"Presstime/{version('presstime')}",
        "Accept": "text/html, application/xhtml+xml, application/json, application/xml, text/*, */*;q=0.5",
        "Accept-Encoding": "gzip",
        **{name: value for name, value in known.items() if value},
    }
    address = _parsed(url, url)
    with httpcore.ConnectionPool(network_backend=backend) as pool:
        for _ in range(MAX_REDIRECTS + 1):
            answer = _get(pool, address, headers, url, limits)
            if isinstance(answer, Fetched):
                return answer
            address = _parsed(answer, url)
    raise SourceError(
        f"{url} redirects more than {MAX_REDIRECTS} times. Open it in a browser and give the last address."
    )


def _get(
    pool: httpcore.ConnectionPool,
    address: httpx.URL,
    headers: Mapping[bytes | str, bytes | str],
    source: str,
    limits: _Limits,
) -> Fetched | str:
    """Answer of one address, or the address that it redirects to."""
    target = httpcore.URL(scheme=address.raw_scheme, host=address.raw_host, port=address.port, target=address.raw_path)
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), limits.step_timeout_s)
    try:
        with pool.stream("GET", target, headers=headers, extensions={"timeout": timeouts}) as response:
            given = httpx.Headers(response.headers)
            if response.status in _REDIRECTS and "location" in given:
                return str(address.join(given["location"]))
            _check(response.status, given, source)
            data = b"" if response.status == HTTPStatus.NOT_MODIFIED else _body(response, source, limits.max_bytes)
    except SourceError as error:
        raise error if source in str(error) else SourceError(f"{source} is not fetched. {error}") from None
    except httpx.InvalidURL as error:
        raise SourceError(f"{source} redirects to no address: {error}. {_SAVE}") from None
    except httpcore.TimeoutException:
        raise SourceError(
            f"{source} does not answer in time: {limits.step_timeout_s:g} s for each wait, "
            f"{limits.total_timeout_s:g} s for all. Try again later."
        ) from None
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise SourceError(
            f"{source} cannot be reached: {error or type(error).__name__}. Check the address, or try again later."
        ) from None
    return Fetched(data, str(address), response.status, given.get("etag"), given.get("last-modified"))


def _parsed(url: str, source: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise SourceError(f"{source} is no address: {error}. Write it as https://host/page.") from None
    if address.scheme not in {"http", "https"}:
        led = "" if url == source else f" redirects to {url}, which"
        raise SourceError(f"{source}{led} is not fetched: only http and https are. Give a file or a web address.")
    if not address.host:
        raise SourceError(f"{source} names no host. Write it as https://host/page.")
    return address


def _check(status: int, headers: httpx.Headers, source: str) -> None:
    """Raise SourceError for an answer that is not the page."""
    if status >= 300 and status != HTTPStatus.NOT_MODIFIED:
        name = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
        said = f"{source} answers {f'{status} {name}'.strip()}. {_advice(status)}"
        raise UnavailableError(said, status, _retry_after_s(headers.get("retry-after", "")))
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise SourceError(f"{source} is packed as {encoding}, which was not asked for. {_SAVE}")
    kind = headers.get("content-type", "")
    if _NOT_TEXT.match(kind):
        raise SourceError(f"{source} is {kind.split(';')[0]}, not text. Give the address of a live page or a feed.")


def _retry_after_s(text: str) -> float | None:
    """Seconds that a server asks to be left alone for: it says how many, or until when."""
    if text.strip().isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (until - datetime.now(UTC)).total_seconds()) if until.tzinfo else None


def _advice(status: int) -> str:
    if status in {401, 403, 451}:
        return f"The site does not give it to programs. {_SAVE}"
    if status == 429 or status >= 500:
        return "Try again later."
    return "Check the address."


def _body(response: httpcore.Response, source: str, max_bytes: int) -> bytes:
    data = bytearray()
    for piece in response.iter_stream():
        data += piece
        if len(data) > max_bytes:
            raise SourceError(f"{source} is too large: more than {max_bytes:,} bytes. Give the address of one page.")
    return bytes(data)

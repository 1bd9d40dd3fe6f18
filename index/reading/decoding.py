"""Bytes of a source to text: size limit, encoding, and what is no text at all."""

from __future__ import annotations

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from index.errors import SourceError

MAX_SOURCE_BYTES = 64_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 65_536


def load_bytes(path: Path) -> bytes:
    """Content of a file. Raises SourceError where it is missing, no file, unreadable or too large."""
    try:
        if path.is_dir():
            raise SourceError(f"{path} is a folder: name a file in it, or give the folder to `presstime add`.")
        size = path.stat().st_size
        if size > MAX_SOURCE_BYTES:
            raise SourceError(
                f"{path} is too large: {size:,} bytes, more than {MAX_SOURCE_BYTES:,}. Split it into smaller files."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist. Check the name and the folder.") from None
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}. Check that you may read it.") from error


def decode(data: bytes, source: str) -> str:
    """Text of a source: by its byte order mark, as UTF-8, else by the likeliest single-byte encoding.

    Raises SourceError for what is empty or holds no text.
    """
    if not data.strip():
        raise SourceError(f"{source} is empty. Give the text of a live page.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, errors="replace"), source)
    if b"\0" in data[:_SAMPLE_BYTES]:
        raise SourceError(f"{source} is binary, not text. Save the page as text or HTML and give that file.")
    try:
        return _checked(data.decode("utf-8"), source)
    except UnicodeDecodeError:
        found = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=["cp1252", "cp1250", "cp1251", "cp1253", "cp1254"])
        best = found.best()
        western = next((match for match in found if match.encoding == "cp1252"), None)
        if best is None or (western is not None and western.chaos <= best.chaos):
            encoding = "cp1252"  # several encodings fit alike: the one that most Western pages use
        else:
            encoding = best.encoding
        return _checked(data.decode(encoding, errors="replace"), source)


def _checked(text: str, source: str) -> str:
    strange = sum(c < " " and c not in "\t\n\r\f\x1b" for c in text[:_SAMPLE_BYTES])
    if strange > 8 and strange > 0.02 * min(len(text), _SAMPLE_BYTES):
        raise SourceError(f"{source} is binary, not text. Save the page as text or HTML and give that file.")
    if not text.strip():
        raise SourceError(f"{source} is empty. Give the text of a live page.")
    return text.replace("\r\n", "\n").replace("\r", "\n")

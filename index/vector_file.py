"""The file that keeps a store's vector index: a header that says whose it is, keys, FAISS bytes."""

from __future__ import annotations

import json
import logging
import os
import tempfile
import zlib
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

logger = logging.getLogger(__name__)

_MAGIC = b"PRESSTIME-VECTORS-1\n"
_HEADER_BYTES = 1024
_BLOCK_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class Header:
    """Whose vectors a file holds, and the store's change that it was made on."""

    store_id: str
    encoder: str
    dim: int
    counter: int
    stamp: str | None
    rows: int = 0
    payload_bytes: int = 0
    crc32: int = 0


Keys = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def load_faiss() -> Any:
    """Import FAISS on first use: half a second that reading a page need not wait for.

    Untyped, for the type stubs in the package leave out much of what it has.
    """
    return import_module("faiss")


class _Checked:
    """Counts and checks bytes on their way to a file."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.length, self.crc32 = file, 0, 0

    def write(self, data: bytes) -> None:
        self.file.write(data)
        self.length += len(data)
        self.crc32 = zlib.crc32(data, self.crc32)


def write_vector_file(path: Path, header: Header, keys: Keys, live: Flags, index: Any) -> None:
    """Write the file whole or not at all.

    Raises:
        OSError: it cannot be written; what stood there before still stands.

    """
    faiss = load_faiss()

    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(b"\0" * _HEADER_BYTES)
            checked = _Checked(file)
            checked.write(keys.astype("<i8").tobytes())
            checked.write(live.astype(np.uint8).tobytes())
            faiss.write_index(index, faiss.PyCallbackIOWriter(checked.write, _BLOCK_BYTES))
            values = asdict(header) | {
                "rows": len(keys),
                "payload_bytes": checked.length,
                "crc32": checked.crc32,
            }
            file.seek(0)
            file.write(_MAGIC + json.dumps(values).encode())
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_vector_file(path: Path) -> tuple[Header, Keys, Flags, Any] | None:
    """Header, keys, live flags and FAISS index of a file; None where it is missing, cut short or damaged."""
    faiss = load_faiss()

    try:
        with path.open("rb") as file:
            header = _read_header(file)
            if header is None or not _is_whole(file, header):
                logger.info("%s is damaged", path)
                return None
            file.seek(_HEADER_BYTES)
            keys = np.frombuffer(file.read(8 * header.rows), dtype="<i8").astype(np.int64)
            live = np.frombuffer(file.read(header.rows), dtype=np.uint8).astype(bool)
            index = faiss.read_index(faiss.PyCallbackIOReader(file.read, _BLOCK_BYTES))
    except FileNotFoundError:
        return None
    except (OSError, RuntimeError, ValueError) as error:
        logger.info("%s cannot be read: %s", path, error)
        return None
    return (header, keys, live, index) if index.ntotal == header.rows else None


def _read_header(file: BinaryIO) -> Header | None:
    head = file.read(_HEADER_BYTES)
    if not head.startswith(_MAGIC):
        return None
    try:
        return Header(**json.loads(head[len(_MAGIC) :].rstrip(b"\0")))
    except (ValueError, TypeError):
        return None


def _is_whole(file: BinaryIO, header: Header) -> bool:
    # Checked before FAISS sees a byte: it trusts lengths that it reads.
    length = crc32 = 0
    while block := file.read(_BLOCK_BYTES):
        length += len(block)
        crc32 = zlib.crc32(block, crc32)
    return (length, crc32) == (header.payload_bytes, header.crc32)

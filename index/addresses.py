"""Which network addresses a source may be fetched from, and connections made to checked addresses only."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

from index.errors import SourceError

_NAT64 = IPv6Network("64:ff9b::/96")


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Addresses of a host, as the system resolves it.

    Raises SourceError for a host that has none.
    """
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(
            f"The host {host} is not found: {reason}. Check the address and that this machine is online."
        ) from None
    return tuple(dict.fromkeys(str(row[4][0]) for row in rows))


def is_public(address: str) -> bool:
    """Whether an address is of the public internet: not private, loopback, link-local, multicast or reserved."""
    ip = _plain(ip_address(address.split("%")[0]))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def _plain(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address carries, so that no private one passes in disguise."""
    if isinstance(ip, IPv6Address):
        if ip in _NAT64:
            return IPv4Address(int(ip) & 0xFFFFFFFF)
        return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)
    return ip


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves a host once, refuses it where any of its addresses is not public, and connects to those addresses.

    All that its connections do ends at `deadline`, in seconds of `time.monotonic`.
    """

    def __init__(self, *, allow_private: bool, deadline: float) -> None:
        self._allow_private = allow_private
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers.

        Raises SourceError for a host that may not be fetched from, ConnectError or ConnectTimeout where none answers.
        """
        addresses = resolve(host, port)
        private = next((address for address in addresses if not is_public(address)), None)
        if private and not self._allow_private:
            raise SourceError(
                f"{host} is at {private}, which is not on the public internet. "
                "If you trust that server, allow it with --allow-private."
            )
        failure: Exception = httpcore.ConnectError(f"no address of {host} answers")
        for address in addresses:
            try:
                stream = self._sockets.connect_tcp(
                    address, port, time_left(self._deadline, timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _EndingStream(stream, self._deadline)
        raise failure


class _EndingStream(httpcore.NetworkStream):
    """A connection whose every step must be over by the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, time_left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, time_left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, time_left(self._deadline, timeout))
        return _EndingStream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def time_left(deadline: float, timeout_s: float | None) -> float:
    """Seconds a step may take: its own limit or what is left until the deadline.

    Raises httpcore.ReadTimeout where nothing is left.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("out of time")
    return left if timeout_s is None else min(left, timeout_s)

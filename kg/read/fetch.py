"""Pages from the web, with a time limit and a size limit."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from kg.errors import SourceError
from kg.read.encoding import check_size

_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_AGENT = "liveblog-kg (reads one page for its user)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent: the bytes, the address after redirects, media type and character set."""

    data: bytes
    url: str
    media_type: str
    charset: str | None


def fetch(url: str) -> Fetched:
    """Fetch a page.

    Raises:
        SourceError: no answer in time, an error status, or more bytes than are read.
    """
    try:
        with (
            httpx.Client(timeout=_TIMEOUT, follow_redirects=True, headers={"User-Agent": _AGENT}) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code >= 400:
                raise SourceError(
                    f"{url}: the server answered {response.status_code} {response.reason_phrase}; "
                    "check the address, or save the page and give the file"
                )
            return _received(response, url)
    except httpx.TimeoutException as error:
        raise SourceError(f"{url}: no answer in time; try again, or save the page and give the file") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise SourceError(f"{url}: cannot be fetched ({error}); check the address and the connection") from error


def _received(response: httpx.Response, url: str) -> Fetched:
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        check_size(len(data), url)
    media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    return Fetched(bytes(data), str(response.url), media_type, response.charset_encoding)

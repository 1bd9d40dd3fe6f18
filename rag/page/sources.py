"""Pages of the coverage kept up to date from the page: read again from where they came, taken out, put back."""

from __future__ import annotations

from datetime import datetime

from index.errors import PresstimeError, SourceError
from index.health import source_warnings
from index.ingest import add_sources
from index.records import Page, Source
from index.store import Store

PUBLISHER = "publisher:"


def page_warnings(page: Page, sources: list[Source], now: datetime) -> tuple[str, ...]:
    """What the page itself and the health of its sources must be warned of; `now` is aware."""
    of_page = [source for source in sources if page.id in source.page_ids]
    return (*page.warnings[:2], *source_warnings(of_page, now))


def is_renewable(page: Page, sources: list[Source]) -> bool:
    """Whether the page came from a source that the store knows by name, so that reading it again is safe."""
    return any(source.source == page.source and page.id in source.page_ids for source in sources)


def renew(store: Store, page_id: str, *, allow_private: bool = False) -> str:
    """Read a page's source again and keep what changed; says so in words.

    Raises PresstimeError where the page has no source that can be read again, or reading it fails.
    """
    page = _page(store, page_id)
    if not is_renewable(page, store.sources()):
        raise SourceError("This page was pasted or uploaded; paste or upload it again to renew it.")
    (added, *_) = add_sources(store, [page.source], zone=page.zone, day=page.day, allow_private=allow_private)
    if added.error or added.report is None:
        raise added.error or SourceError(f"{page.source} holds no page any more.")
    report = added.report
    counts = (("added", report.added), ("changed", report.changed), ("withdrawn", report.withdrawn))
    told = ", ".join(f"{len(ids)} {name}" for name, ids in counts if ids)
    return f"{page.name}: {told or 'nothing new'}."


def withdraw(store: Store, page_id: str) -> str:
    """Take a page out of the coverage; says in words what became of it."""
    page, gone = _page(store, page_id), store.withdraw(page_id).withdrawn
    return f"{page.name}: {len(gone)} entries withdrawn. They are not searched any more."


def restore(store: Store, page_id: str, *, allow_private: bool = False) -> str:
    """Put a withdrawn page back into the coverage, as its source has it now where it can be read again.

    Says in words what became of it. Raises PresstimeError where reading it fails.
    """
    if is_renewable(_page(store, page_id), store.sources()):
        return renew(store, page_id, allow_private=allow_private)
    page, back = _page(store, page_id), store.restore(page_id).changed
    return f"{page.name}: {len(back)} entries are searched again."


ACTIONS = ("refresh", "withdraw", "restore")


def act(store: Store, action: str, page_id: str, *, allow_private: bool = False) -> str:
    """Do one of `ACTIONS` with a page, and say what became of it.

    Raises PresstimeError for an action or page that there is not.
    """
    if action == "refresh":
        return renew(store, page_id, allow_private=allow_private)
    if action == "withdraw":
        return withdraw(store, page_id)
    if action == "restore":
        return restore(store, page_id, allow_private=allow_private)
    raise PresstimeError(f"There is no action {action!r}; use one of {', '.join(ACTIONS)}.")


def publishers(pages: list[Page]) -> tuple[str, ...]:
    """Publishers of the pages, by name."""
    return tuple(sorted({page.publisher for page in pages if page.publisher}, key=str.casefold))


def chosen_pages(pages: list[Page], chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the pages that a filter means; a publisher in it stands for all its pages."""
    known = {page.id for page in pages}
    found: list[str] = []
    for name in chosen:
        if name.startswith(PUBLISHER) and name not in known:
            found += [page.id for page in pages if page.publisher == name.removeprefix(PUBLISHER)] or [name]
        else:
            found.append(name)
    return tuple(dict.fromkeys(found))


def _page(store: Store, page_id: str) -> Page:
    page = next((page for page in store.pages() if page.id == page_id), None)
    if page is None:
        raise PresstimeError(f"There is no page {page_id!r} any more.")
    return page

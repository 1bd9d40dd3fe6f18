"""The page a reporter keeps open: `build_ui` draws it, `serve` and `main` put it on a local port."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
import uvicorn
from fastapi import FastAPI

from index.errors import PresstimeError, TimeError
from rag.page.adding import Readings, keep, kept_html, preview_html, read_offered
from rag.page.desk import Desk
from rag.page.endpoints import Endpoints
from rag.page.exporting import EXPORTS
from rag.page.markup import escape
from rag.page.panels import coverage_html, header_html, welcome_html
from rag.page.rendering import thread_html
from rag.page.serving import listening, read_auth, sample_questions, status_routes
from rag.page.turns import Turn, Turns

if TYPE_CHECKING:
    from rag.answering import Assistant

SANS = ("-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Liberation Sans", "Arial", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", "monospace")
SAMPLE_QUESTIONS = Path(__file__).parent / "eval" / "questions" / "sample.jsonl"
TICK_S = 1.5
ASK_THREADS = 32
ASK_WAITING = 256
MAX_UPLOAD = "50mb"
UI: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def build_ui(assistant: Assistant | Desk, examples: Sequence[str] = ()) -> gr.Blocks:
    """Draw the page over one assistant; nothing is loaded from any other host."""
    desk = assistant if isinstance(assistant, Desk) else Desk(assistant)

    def show(kept: Turns) -> str:
        return thread_html(kept) if kept else ""

    def refresh(last: tuple[int, int], beside: dict[str, Any], kept: Turns) -> tuple[Any, ...]:
        now = (desk.store.counter, int(time.time() // 60))
        if now == last:
            return (gr.skip(),) * 5
        rows = desk.freshness()
        if now[0] == last[0]:
            return header_html(rows), gr.skip(), gr.skip(), gr.skip(), now
        listed = gr.skip() if "entry" in beside or "find" in beside else desk.side(beside, kept)
        return header_html(rows), gr.update(choices=desk.page_choices()), listed, welcome_html(rows, examples), now

    def answer(text: str, chosen: list[str], at: str, kept: Turns) -> Iterator[tuple[Any, ...]]:
        if not (asked := text.strip()):
            yield gr.skip(), gr.skip(), gr.skip(), "Write a question first.", *_buttons(busy=False)
            return
        box: Any = ""
        try:
            for step in desk.ask(asked, kept, pages=chosen, as_of=at):
                yield thread_html(step), step, box, "", *_buttons(busy=True)
                box = gr.skip()
            yield gr.skip(), gr.skip(), gr.skip(), "", *_buttons(busy=False)
        except TimeError as error:
            yield show(kept), kept, asked, escape(str(error)), *_buttons(busy=False)

    def stopped(kept: Turns) -> tuple[Any, ...]:
        if kept and not kept[-1].answer and not kept[-1].error:
            kept = (*kept[:-1], Turn(kept[-1].question, draft=kept[-1].draft, stopped=True))
        return show(kept), kept, *_buttons(busy=False)

    def side(kept: Turns, event: gr.EventData) -> tuple[str, dict[str, Any]]:
        return desk.side(event._data or {}, kept), event._data or {}

    def example(event: gr.EventData) -> str:
        return str((event._data or {}).get("question", ""))

    def saved(kept: Turns, event: gr.EventData) -> str:
        name, write = EXPORTS[str((event._data or {}).get("format"))]
        return json.dumps({"name": name, "text": write(kept), "nonce": time.time_ns()})

    def previewed(paths: list[str] | None, text: str, called: str, place: str) -> tuple[Any, ...]:
        found, failures = read_offered(paths or (), text, called, place)
        return preview_html(found, failures), found, gr.update(interactive=bool(found))

    def added(found: Readings) -> Iterator[tuple[Any, ...]]:
        yield "<p>Adding</p>", (), gr.update(interactive=False), gr.skip(), gr.skip()
        yield kept_html(*keep(desk.store, found)), (), gr.update(interactive=False), None, ""

    def linked(request: gr.Request) -> tuple[Any, ...]:
        given = request.query_params
        known = {page_id for _, page_id in desk.page_choices()}
        # What the address does not name stays as it is: the reader may be writing already.
        named = given.get("q"), given.get("as_of"), [p for p in given.getlist("page") if p in known]
        return given.get("q", ""), *(value or gr.skip() for value in named)

    def answer_linked(text: str, *fixed: Any) -> Iterator[tuple[Any, ...]]:
        yield from answer(text, *fixed) if text else [(gr.skip(),) * 6]

    with gr.Blocks(title="Presstime", analytics_enabled=False, fill_width=True) as page:
        turns, seen, beside = gr.State(()), gr.State((-1, -1)), gr.State({})
        readings, link = gr.State(()), gr.State("")
        header = gr.HTML(elem_id="top", apply_default_css=False, js_on_load=_static("top.js"))
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk", min_width=0):
                first = gr.HTML(elem_id="first", apply_default_css=False, js_on_load=_static("first.js"))
                thread = gr.HTML(elem_id="thread", apply_default_css=False, js_on_load=_static("thread.js"))
                with gr.Column(elem_id="composer"):
                    hint = gr.HTML(elem_id="hint", apply_default_css=False)
                    with gr.Row(elem_id="asking"):
                        question = gr.Textbox(
                            elem_id="question",
                            label="Question",
                            show_label=False,
                            container=False,
                            placeholder="Ask about the coverage",
                            max_lines=6,
                            autofocus=True,
                        )
                        ask = gr.Button("Ask", elem_id="ask", variant="primary", min_width=0)
                        stop = gr.Button("Stop", elem_id="stop", visible=False, min_width=0)
                    with gr.Row(elem_id="filters"):
                        pages = gr.Dropdown(desk.page_choices(), elem_id="pages", label="Pages", multiselect=True)
                        as_of = gr.Textbox(elem_id="as-of", label="As of", placeholder="now")
            with gr.Column(elem_id="side", min_width=0):
                entry = gr.HTML(
                    coverage_html(desk.freshness()),
                    elem_id="entry",
                    apply_default_css=False,
                    js_on_load=_static("entry.js"),
                )

                with gr.Accordion("Add coverage", open=False, elem_id="add"):
                    files = gr.File(label="Files", file_count="multiple", type="filepath", height=110, elem_id="files")
                    pasted = gr.Textbox(label="Or paste the text of a page", lines=3, max_lines=8, elem_id="pasted")
                    with gr.Row():
                        name = gr.Textbox(label="Name of the pasted page", elem_id="name")
                        zone = gr.Textbox(
                            label="Time zone, where a page states none", placeholder="Europe/London", elem_id="zone"
                        )
                    found = gr.HTML(elem_id="found", apply_default_css=False)
                    with gr.Row():
                        look = gr.Button("Show what is in it", elem_id="look")
                        add = gr.Button("Add to the coverage", elem_id="keep", variant="primary", interactive=False)
        file = gr.HTML(elem_id="file", html_template="", js_on_load=_static("file.js"))
        told = [thread, turns, question, hint, ask, stop]
        put = {"fn": answer, "inputs": [question, pages, as_of, turns], "outputs": told, **UI}
        asking = [
            gr.on([question.submit, ask.click], concurrency_id="ask", **put),
            *(
                panel.example(example, None, question, queue=False, **UI).then(concurrency_id="ask", **put)
                for panel in (first, thread)
            ),
        ]
        stop.click(stopped, turns, [thread, turns, ask, stop], cancels=asking, queue=False, **UI)
        for panel in (thread, entry):
            panel.view(side, turns, [entry, beside], queue=False, **UI)
        thread.export(saved, turns, file, queue=False, **UI)
        thread.clear(lambda: (show(()), ()), None, [thread, turns], cancels=asking, queue=False, **UI)
        look.click(previewed, [files, pasted, name, zone], [found, readings, add], concurrency_limit=2, **UI)
        add.click(added, readings, [found, readings, add, files, pasted], concurrency_limit=1, **UI)
        programs = Endpoints(desk)
        for offered in (programs.ask, programs.find_entries, programs.list_pages):
            gr.api(offered, api_name=offered.__name__, concurrency_id="ask")
        given = page.load(linked, None, [link, question, as_of, pages], queue=False, **UI)
        given.then(concurrency_id="ask", **{**put, "fn": answer_linked, "inputs": [link, pages, as_of, turns]})
        gr.on(
            [page.load, gr.Timer(TICK_S).tick],
            refresh,
            [seen, beside, turns],
            [header, pages, entry, first, seen],
            queue=False,
            **UI,
        )
    return page


def make_app(assistant: Assistant, auth: Sequence[tuple[str, str]] = ()) -> FastAPI:
    """Web application with the page at its root, a health check at /health and counts at /metrics."""
    desk = Desk(assistant)
    page_ids = {page.id for page in assistant.store.pages()}
    page = build_ui(desk, sample_questions(page_ids, SAMPLE_QUESTIONS))
    page.queue(default_concurrency_limit=ASK_THREADS, max_size=ASK_WAITING)
    outer = FastAPI(title="Presstime", docs_url=None, redoc_url=None, openapi_url=None)

    outer.include_router(status_routes(desk))
    gr.mount_gradio_app(
        outer,
        page,
        path="/",
        auth=list(auth) or None,
        auth_message="Presstime",
        theme=gr.themes.Base(font=SANS, font_mono=MONO, radius_size="sm"),
        head=f"<style>{_static('desk.css')}</style>",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=find_spec("mcp") is not None,
        pwa=False,
        show_error=True,
        max_file_size=MAX_UPLOAD,
    )
    return outer


def serve(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860, auth_file: Path | None = None) -> None:
    """Serve the page until interrupted; models load in the background meanwhile.

    Raises PresstimeError where the auth file cannot be used or the port is taken.
    """
    auth = read_auth(auth_file) if auth_file else ()
    with listening(host, port) as listener:
        web = uvicorn.Config(make_app(assistant, auth), log_level="warning", timeout_graceful_shutdown=3)
        assistant.warm_up()
        print(f"Presstime is at http://{host}:{listener.getsockname()[1]}  (Ctrl+C stops it)", flush=True)  # noqa: T201
        uvicorn.Server(web).run(sockets=[listener])


def main(argv: Sequence[str] | None = None) -> int:
    """Run the page from the command line; options fall back on PRESSTIME_* in the environment."""
    env = os.environ.get
    parser = argparse.ArgumentParser(prog="python app.py", description="Serve the Presstime page.")
    parser.add_argument("--store", default=env("PRESSTIME_STORE", "coverage.store"))
    parser.add_argument("--host", default=env("PRESSTIME_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(env("PRESSTIME_PORT", "7860")))
    parser.add_argument("--auth-file", type=Path, default=env("PRESSTIME_AUTH_FILE"))
    parser.add_argument("--generator", default=env("PRESSTIME_GENERATOR", "bundled"))
    options = parser.parse_args(argv)
    from index.store import Store
    from rag.answering import Assistant  # torch loads with it, and --help must not wait for that

    try:
        assistant = Assistant(Store.open(options.store), generator=options.generator)
        serve(assistant, host=options.host, port=options.port, auth_file=options.auth_file)
    except PresstimeError as error:
        print(f"presstime: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _buttons(*, busy: bool) -> tuple[Any, Any]:
    return gr.update(visible=not busy), gr.update(visible=busy)


def _static(name: str) -> str:
    return (files("rag.page") / "static" / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

"""The page a reporter keeps open: `build_ui` draws it, `serve` and `main` put it on a local port."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
import uvicorn
from fastapi import FastAPI

from index.errors import PresstimeError
from rag.page.desk import Desk
from rag.page.endpoints import Endpoints
from rag.page.events import Events
from rag.page.panels import controls_html, find_html, limits_html, time_html, tour_html
from rag.page.serving import (
    BodyLimit,
    ended_by_signal,
    keep_ready,
    listening,
    read_auth,
    sample_questions,
    status_routes,
)
from rag.page.standing import Renewed, Standing, standing
from rag.page.windows import WINDOWS

if TYPE_CHECKING:
    from rag.answering import Assistant

SANS = ("-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Liberation Sans", "Arial", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", "monospace")
SAMPLE_QUESTIONS = Path(__file__).parent / "eval" / "questions" / "sample.jsonl"
TICK_S = 3.0  # a live page is read once a minute; each open page costs the desk this often
ASK_THREADS = 32
ASK_WAITING = 256
MAX_UPLOAD = "50mb"
# Read from the field itself: what Gradio knows of it may be a letter behind, and is empty where Enter came at once.
SEND = """() => {
  const field = document.querySelector("#question textarea");
  const text = field.value;
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return text;
}"""
UI: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def build_ui(assistant: Assistant | Desk, examples: Sequence[str] = ()) -> gr.Blocks:
    """Draw the page over one assistant; nothing is loaded from any other host."""
    desk = assistant if isinstance(assistant, Desk) else Desk(assistant, examples=examples)
    events, now = Events(desk), standing(desk)
    with gr.Blocks(title="Presstime", analytics_enabled=False, fill_width=True) as page:
        turns, seen, beside, readings = gr.State(()), gr.State((-1, -1, (), [])), gr.State({}), gr.State(())
        # The address's question has a place of its own: it may come when the reader has asked another already.
        asked = gr.Textbox(visible="hidden", elem_id="asked")
        link = gr.Textbox(visible="hidden", elem_id="link")
        with gr.Row(elem_id="top"):
            _html("mark", '<h1 class="wordmark">Presstime</h1>')
            fresh = _html("fresh", now["fresh"], script="fresh.js")
            bar = _html("bar", controls_html(), script="top.js")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk", min_width=0):
                first = _html("first", now["first"], script="first.js")
                thread = _html("thread", script="thread.js")
                follow = _html("next", script="next.js")
                with gr.Column(elem_id="composer"):
                    tour = _html("tour", tour_html(), script="tour.js")
                    told, hint = _html("told", script="hint.js"), _html("hint", script="hint.js")
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
                    _html("limits", limits_html(), script="limits.js")
                    with gr.Row(elem_id="filters"):
                        pages = gr.Dropdown(desk.page_choices(), elem_id="pages", label="Pages", multiselect=True)
                        as_of = gr.Textbox(elem_id="as-of", label="As of", placeholder="now")
                    with gr.Row(elem_id="times"):
                        window = gr.Radio(
                            [(name, key) for key, name in WINDOWS.items()],
                            value="all",
                            elem_id="window",
                            label="Entries of",
                            container=False,
                            show_label=False,
                        )
                        _html("when", time_html(), script="when.js")
                    moments = _html("moments", now["moments"], script="moments.js")
            with gr.Column(elem_id="side", min_width=0):
                find = _html("find", find_html(), script="find.js")
                entry = _html("entry", now["entry"], script="entry.js")
                with gr.Accordion("Add coverage", open=False, elem_id="add"):
                    # Built with the page: a form built when it is opened loses what is written in its first moment.
                    with gr.Column(elem_id="form"):
                        address = gr.Textbox(label="Web address", placeholder="https://", elem_id="address")
                        files = gr.File(
                            label="Files", file_count="multiple", type="filepath", height=110, elem_id="files"
                        )
                        pasted = gr.Textbox(label="Or paste the text of a page", lines=3, max_lines=8, elem_id="pasted")
                        with gr.Row():
                            name = _field("Name of the pasted page", "name")
                            zone = gr.Textbox(
                                label="Zone, if none is stated",
                                placeholder="Europe/London",
                                elem_id="zone",
                                min_width=120,
                            )
                            day = gr.Textbox(
                                label="Date, if none is stated", placeholder="2026-03-04", elem_id="day", min_width=120
                            )
                        found = _html("found")
                        with gr.Row():
                            look = gr.Button("Preview entries", elem_id="look")
                            add = gr.Button("Add to coverage", elem_id="keep", variant="primary", interactive=False)
        file = gr.HTML(elem_id="file", html_template="", js_on_load=_static("file.js"))
        told_of = [thread, turns, hint, ask, stop]
        fixed = [pages, window, as_of, turns]
        put: dict[str, Any] = {"inputs": [asked, *fixed], "outputs": told_of, "trigger_mode": "multiple", **UI}
        # The field is emptied in the browser as the question leaves it: a late answer from here would take away
        # what the reader has begun to write next.
        sent = [
            gr.on([question.submit, ask.click], None, None, asked, js=SEND, queue=False, **UI),
            *(part.example(events.example, None, [asked, as_of], queue=False, **UI) for part in (first, thread, tour)),
        ]
        asking = [event.then(events.answer, concurrency_id="ask", **put) for event in sent]
        page.load(events.linked, None, [link, as_of, window, pages], queue=False, **UI)
        asking.append(link.change(events.answer, concurrency_id="ask", **{**put, "inputs": [link, *fixed]}))
        for event in asking:
            event.then(events.follow, turns, follow, concurrency_id="follow", concurrency_limit=2, **UI)
        stop.click(events.stopped, turns, [thread, turns, ask, stop], cancels=asking, queue=False, **UI)
        for part in (thread, entry, find):
            part.view(events.side, turns, [entry, beside], queue=False, **UI)
        entry.act(events.act, None, told, concurrency_limit=2, **UI)
        thread.rate(events.rate, turns, told, queue=False, **UI)
        thread.export(events.saved, turns, file, queue=False, **UI)
        thread.clear(lambda: ("", (), ""), None, [thread, turns, follow], cancels=asking, queue=False, **UI)
        offered = [files, pasted, name, address, zone, day]
        look.click(events.previewed, offered, [found, readings, add], concurrency_limit=2, **UI)
        add.click(events.added, readings, [found, readings, add], concurrency_limit=1, **UI)
        pages.change(desk.moments, pages, moments, queue=False, **UI)
        bar.wake(lambda: None, None, None, trigger_mode="multiple", concurrency_limit=None, **UI)
        programs = Endpoints(desk)
        for offer in (programs.ask, programs.find_entries, programs.list_pages):
            gr.api(offer, api_name=offer.__name__, concurrency_id="ask")
        gr.on(
            [page.load, gr.Timer(TICK_S).tick],
            events.refresh,
            [seen, beside, turns, pages],
            [fresh, pages, entry, first, moments, seen],
            queue=False,
            **UI,
        )
    return page


def make_app(desk: Desk, auth: Sequence[tuple[str, str]] = ()) -> FastAPI:
    """Web application with the page at its root, a health check at /health and counts at /metrics."""
    page = build_ui(desk)
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
    outer.add_middleware(Renewed, renew=Standing(desk, page.config).renew)
    outer.add_middleware(BodyLimit)
    return outer


def serve(
    assistant: Assistant,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    auth_file: Path | None = None,
    allow_private: bool = False,
) -> None:
    """Serve the page until interrupted or terminated; models load in the background meanwhile.

    `allow_private` lets readers add pages of hosts that are not on the public internet. Raises PresstimeError where
    the auth file cannot be used or the port is taken.
    """
    auth = read_auth(auth_file) if auth_file else ()
    examples = sample_questions({page.id for page in assistant.store.pages()}, SAMPLE_QUESTIONS)
    desk = Desk(assistant, examples=examples, allow_private=allow_private)
    with listening(host, port) as listener:
        web = uvicorn.Config(make_app(desk, auth), log_level="warning", timeout_graceful_shutdown=3)
        keep_ready(desk, assistant.warm_up())
        print(f"Presstime is at http://{host}:{listener.getsockname()[1]}  (Ctrl+C stops it)", flush=True)  # noqa: T201
        with ended_by_signal():
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
    parser.add_argument("--allow-private", action="store_true")
    options = parser.parse_args(argv)
    from index.store import Store
    from rag.answering import Assistant  # torch loads with it, and --help must not wait for that

    try:
        assistant = Assistant(Store.open(options.store), generator=options.generator)
        serve(
            assistant,
            host=options.host,
            port=options.port,
            auth_file=options.auth_file,
            allow_private=options.allow_private,
        )
    except PresstimeError as error:
        print(f"presstime: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _html(elem_id: str, value: str = "", *, script: str = "") -> Any:
    """Part of the page that holds our own markup; `script` is the file that runs when it has been drawn."""
    behaviour = {"js_on_load": _static(script)} if script else {}
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, **behaviour)


def _field(label: str, elem_id: str, placeholder: str = "") -> Any:
    return gr.Textbox(label=label, elem_id=elem_id, placeholder=placeholder, min_width=120)


def _static(name: str) -> str:
    return (files("rag.page") / "static" / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

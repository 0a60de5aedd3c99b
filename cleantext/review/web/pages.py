"""The pages: a queue, a finding, a group, an article, the rules, and what happens when a key is pressed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlencode

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from cleantext.document import Document
from cleantext.review import marking, places, queue
from cleantext.review.events import Event
from cleantext.review.intervals import CONFIDENCE
from cleantext.review.queue import KINDS, STATE_FILTERS, Filters
from cleantext.review.session import Session, TooFewReadError
from cleantext.review.store import ConflictError, Item
from cleantext.review.web.guard import Guard
from cleantext.review.web.shown import pieces, shown
from cleantext.rulebook.card import CATEGORIES

HERE = Path(__file__).resolve().parent
PAGE = 40  # groups on a page of the queue
SAID = {
    "accept": "Accepted",
    "reject": "Rejected",
    "edit": "Edited",
    "unsure": "Marked unsure",
    "undo": "Undone",
}


def make_app(session: Session, *, token: str, port: int) -> Starlette:
    """Give the page as an ASGI application that answers to 127.0.0.1 and localhost at one port."""
    pages = Pages(session)
    routes = [
        Route("/", pages.overview),
        Route("/next", pages.next),
        Route("/finding/{number:int}", pages.finding),
        Route("/finding/{number:int}", pages.decide, methods=["POST"]),
        Route("/group/{key}", pages.group),
        Route("/group/{key}", pages.decide_group, methods=["POST"]),
        Route("/article/{number:int}", pages.article),
        Route("/rules", pages.rules),
        Route("/rules/{rule}/keep", pages.keep, methods=["POST"]),
        Route("/undo", pages.undo, methods=["POST"]),
        Route("/apply", pages.apply),
        Route("/apply", pages.do_apply, methods=["POST"]),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    guard = Middleware(Guard, token=token, hosts=[f"127.0.0.1:{port}", f"localhost:{port}"])
    return Starlette(routes=routes, middleware=[guard], exception_handlers={404: pages.missing})


class Pages:
    """The pages of one session."""

    def __init__(self, session: Session) -> None:
        """Load the templates; everything that they print is escaped."""
        self.session = session
        self.templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters.update(shown=shown, pieces=pieces, percent=_percent, day=_day, near=self._near)
        self.templates.globals.update(
            states=STATE_FILTERS,
            kinds=KINDS,
            categories=list(CATEGORIES.values()),
            state_names=_STATE_NAMES,
            kind_names=_KIND_NAMES,
            confidence=CONFIDENCE,
        )

    # Reading

    async def overview(self, request: Request) -> Response:
        """The queue: progress, filters, groups."""
        filters = self._filters(request.query_params)
        page = max(1, _number(request.query_params.get("page"), 1))
        groups, total = queue.groups(self.session.store, filters, limit=PAGE, offset=(page - 1) * PAGE)
        rows = [
            (group, marking.changed_words(group.example.finding), self._name(group.rule)) for group in groups
        ]
        return self._page(
            request,
            "queue.html",
            filters,
            groups=rows,
            total_groups=total,
            total=queue.count(self.session.store, filters),
            page=page,
            pages=(total + PAGE - 1) // PAGE,
            rules=queue.by_rule(self.session.store, filters),
            names={rule: card.name for rule, card in self.session.cleaner.cards.items()},
        )

    async def next(self, request: Request) -> Response:
        """Go to the finding that comes next, or before."""
        filters = self._filters(request.query_params)
        store = self.session.store
        before = request.query_params.get("before")
        if before is not None:
            item = queue.preceding(store, filters, _number(before, 0))
        else:
            item = queue.following(store, filters, _number(request.query_params.get("after"), 0))
        said = {k: request.query_params[k] for k in ("said", "of") if k in request.query_params}
        if item is None:
            left = queue.count(store, filters)
            return self._page(request, "end.html", filters, left=left)
        return RedirectResponse(f"/finding/{item.id}?{filters.query(**said)}", status_code=303)

    async def finding(self, request: Request) -> Response:
        """One finding in its passage, with its evidence and its rule."""
        item = self.session.store.find(request.path_params["number"])
        if item is None:
            return self._gone(request)
        return self._finding(request, item)

    def _finding(
        self, request: Request, item: Item, *, conflict: Event | None = None, status: int = 200
    ) -> Response:
        session, filters = self.session, self._filters(request.query_params)
        document = session.document(item)
        event = session.store.event(item.seq)
        written = event.replacement if event and event.verdict == "edit" else None
        old, proposed = session.proposed(item, document)
        where = document.place(item.finding.start)
        evidence = [
            (e, document.place(e.start) if e.end > e.start else None, _around(document, e.start, e.end))
            for e in item.finding.evidence
        ]
        group = msgspec.structs.replace(Filters(scan=filters.scan), group=item.group, kind="any")
        return self._page(
            request,
            "finding.html",
            filters,
            status=status,
            item=item,
            finding=item.finding,
            passage=marking.passage(document, item.finding, written),
            article=document.article,
            place=where,
            evidence=evidence,
            record=session.record(item.finding.rule),
            event=event,
            old=old,
            proposed=proposed if written is None else written,
            conflict=conflict,
            group_left=queue.count(session.store, group),
            exists_before=queue.preceding(session.store, filters, item.rank) is not None,
        )

    async def group(self, request: Request) -> Response:
        """A random sample of a group, to be read before the group is decided."""
        return self._group(request)

    def _group(self, request: Request, *, problem: str = "", status: int = 200) -> Response:
        filters = self._filters(request.query_params)
        store, key = self.session.store, request.path_params["key"]
        members = store.items("f.grp = ?", (key,), limit=1)
        if not members:
            return self._gone(request)
        drawn = self.session.sample(key)
        shown_ones = []
        for item in drawn.drawn:
            document = self.session.document(item)
            shown_ones.append(
                (
                    item,
                    marking.passage(document, item.finding),
                    document.article,
                    document.place(item.finding.start),
                )
            )
        return self._page(
            request,
            "group.html",
            filters,
            status=status,
            key=key,
            example=members[0],
            name=self._name(members[0].finding.rule),
            change=marking.changed_words(members[0].finding),
            sample=drawn,
            shown_ones=shown_ones,
            seen=store.latest_of_group(key),
            problem=problem,
        )

    async def article(self, request: Request) -> Response:
        """A whole article before and after, side by side."""
        filters = self._filters(request.query_params)
        number = request.path_params["number"]
        article = self.session.store.article(number)
        row = self.session.store.db.execute(
            "select name, path, line from documents where id = ?", (number,)
        ).fetchone()
        if article is None or row is None:
            return self._gone(request)
        proposals = request.query_params.get("show") == "proposals"
        fixed = self.session.fixed(number, article, row[0], proposals=proposals)
        edits = [edit for finding in fixed.applied for fix in finding.fixes[:1] for edit in fix.edits]
        items = self.session.store.items("f.document = ?", (number,))
        return self._page(
            request,
            "article.html",
            filters,
            number=number,
            article=article,
            name=row[1] if row[2] is None else f"{row[1]}:{row[2]}",
            rows=marking.side_by_side(Document(article), edits),
            applied=len(fixed.applied),
            proposals=proposals,
            items=sorted(items, key=lambda item: item.finding.start),
            back=_number(request.query_params.get("from"), 0),
        )

    async def rules(self, request: Request) -> Response:
        """Each rule by its numbers."""
        return self._page(request, "rules.html", self._filters({}), records=self.session.records())

    async def apply(self, request: Request) -> Response:
        """What applying would do."""
        states = queue.progress(self.session.store, Filters(scan=self.session.scan, kind="any"))
        return self._page(
            request, "apply.html", self._filters({}), states=states, done=None, possible=self.session.apply
        )

    # Deciding

    async def decide(self, request: Request) -> Response:
        """Take a decision on one finding and go on."""
        form = await request.form()
        item = self.session.store.find(request.path_params["number"])
        verdict = _text(form, "verdict")
        if item is None or verdict not in ("accept", "reject", "edit", "unsure"):
            return self._gone(request)
        replacement = _text(form, "replacement").replace("\r\n", "\n") if verdict == "edit" else None
        if replacement is not None:
            replacement = _with_ends_of(replacement, self.session, item)
        try:
            event = self.session.decide(
                item,
                cast(Literal["accept", "reject", "edit", "unsure"], verdict),
                seen=_number(_text(form, "seen"), 0),
                replacement=replacement,
                reason=_text(form, "reason").strip(),
            )
        except ConflictError as conflict:
            current = self.session.store.find(item.id)
            return self._finding(request, current or item, conflict=conflict.latest, status=409)
        filters = self._filters(request.query_params)
        if _text(form, "back") == "group":
            return RedirectResponse(
                f"/group/{item.group}?{filters.query(said=event.verdict, of=item.id)}", status_code=303
            )
        query = filters.query(after=item.rank, said=event.verdict, of=item.id)
        return RedirectResponse(f"/next?{query}", status_code=303)

    async def decide_group(self, request: Request) -> Response:
        """Take one decision for a group whose sample was read."""
        form = await request.form()
        key = request.path_params["key"]
        verdict = _text(form, "verdict")
        members = self.session.store.items("f.grp = ?", (key,), limit=1)
        if not members or verdict not in ("accept", "reject"):
            return self._gone(request)
        read = {_number(value, 0) for value in form.getlist("read") if isinstance(value, str)}
        try:
            self.session.decide_group(
                members[0],
                cast(Literal["accept", "reject"], verdict),
                read,
                seen=_number(_text(form, "seen"), 0),
                reason=_text(form, "reason").strip(),
            )
        except TooFewReadError as few:
            problem = f"{few.missing} of the sample are not read yet."
            return self._group(request, problem=problem, status=409)
        except ConflictError as conflict:
            latest = conflict.latest
            problem = (
                f"{latest.who} decided on this group or one of its findings in the meantime "
                f"({SAID[latest.verdict].lower()}). Look again, then decide."
            )
            return self._group(request, problem=problem, status=409)
        query = self._filters(request.query_params).query(said=verdict, of=members[0].id)
        return RedirectResponse(f"/next?{query}", status_code=303)

    async def undo(self, request: Request) -> Response:
        """Undo the latest action and go back to it."""
        undone = self.session.undo()
        filters = self._filters(request.query_params)
        if not undone:
            return RedirectResponse(f"/?{filters.query()}", status_code=303)
        first = undone[0]
        items = self.session.store.items(
            "d.name = ? and f.key = ?", (first.document, first.key), limit=1
        ) or self.session.store.items("f.grp = ?", (first.group,), limit=1)
        if not items:
            return RedirectResponse(f"/?{filters.query(said='undo')}", status_code=303)
        query = filters.query(said="undo", of=items[0].id)
        return RedirectResponse(f"/finding/{items[0].id}?{query}", status_code=303)

    async def keep(self, request: Request) -> Response:
        """Confirm every earlier decision about a rule that has changed."""
        self.session.keep_decisions(request.path_params["rule"])
        return RedirectResponse("/rules", status_code=303)

    async def do_apply(self, request: Request) -> Response:
        """Write accepted and safe fixes into the files."""
        if self.session.apply is None:
            return self._gone(request)
        done = await run_in_threadpool(self.session.apply)
        states = queue.progress(self.session.store, Filters(scan=self.session.scan, kind="any"))
        return self._page(
            request, "apply.html", self._filters({}), states=states, done=done, possible=self.session.apply
        )

    async def missing(self, request: Request, _: Exception) -> Response:
        """There is no such page."""
        return self._gone(request)

    # Parts

    def _name(self, rule: str) -> str:
        card = self.session.cleaner.cards.get(rule)
        return card.name if card else ""

    def _near(self, path: str) -> str:
        """Shorten a path to what it is below the corpus."""
        root = str(places.root_of(self.session.store.path)) + os.sep
        return path.removeprefix(root)

    def _filters(self, params: Mapping[str, str]) -> Filters:
        def chosen(name: str, known: tuple[str, ...]) -> str:
            value = params.get(name, "")
            return value if value in known else known[0]

        return Filters(
            state=chosen("state", STATE_FILTERS),
            rule=params.get("rule", ""),
            category=params.get("category", ""),
            article=params.get("article", ""),
            kind=chosen("kind", KINDS),
            low=_share(params.get("low"), 0.0),
            high=_share(params.get("high"), 1.0),
            group=params.get("group", ""),
            scan=self.session.scan,
        )

    def _page(
        self, request: Request, template: str, filters: Filters, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        states = queue.progress(
            self.session.store, msgspec.structs.replace(filters, group="", rule="", category="", article="")
        )
        decided = sum(states.values()) - states["open"] - states["stale"]
        total = sum(states.values())
        said = request.query_params.get("said", "")
        of = self.session.store.find(_number(request.query_params.get("of"), 0))
        rendered = self.templates.get_template(template).render(
            filters=filters,
            query=filters.query,
            decided=decided,
            everything=total,
            share=decided / total if total else 1.0,
            said=SAID.get(said, ""),
            said_of=of.finding.text if of else "",
            who=self.session.who,
            wanted=self.session.share,
            address=request.url.path + "?" + filters.query(),
            **values,
        )
        return HTMLResponse(rendered.encode("utf-8", "backslashreplace").decode(), status_code=status)

    def _gone(self, request: Request) -> Response:
        return self._page(request, "gone.html", self._filters({}), status=404)


_STATE_NAMES = {
    "todo": "To decide",
    "open": "Not decided yet",
    "stale": "Confirm again",
    "unsure": "Unsure",
    "accepted": "Accepted",
    "edited": "Edited",
    "rejected": "Rejected",
    "any": "Any state",
}
_KIND_NAMES = {"asks": "Asks a person", "safe": "Safe, applied unasked", "any": "Both"}


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _day(when: str) -> str:
    return when[:16].replace("T", " ")


def _number(value: str | None, default: int) -> int:
    try:
        return int(value or default)
    except ValueError:
        return default


def _share(value: str | None, default: float) -> float:
    try:
        return min(1.0, max(0.0, float(value or default)))
    except ValueError:
        return default


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _with_ends_of(written: str, session: Session, item: Item) -> str:
    r"""Give a person's words the line ends of the text they replace; a browser sends ``\r\n`` for all."""
    old, proposed = session.proposed(item, session.document(item))
    return written.replace("\n", "\r\n") if "\r\n" in old or "\r\n" in proposed else written


def _around(document: Document, start: int, end: int) -> list[marking.Piece]:
    """A piece of evidence in some of its line."""
    if end <= start:
        return []
    line = document.line_at(start)
    low, high = max(line.start, start - 90), min(max(line.end, end), end + 90)
    text = document.text
    return [
        marking.Piece("keep", ("…" if low > line.start else "") + text[low:start]),
        marking.Piece("flag", text[start:end]),
        marking.Piece("keep", text[end:high] + ("…" if high < line.end else "")),
    ]


def address(port: int, token: str) -> str:
    """Give the whole address of the page, token included."""
    return f"http://127.0.0.1:{port}/?{urlencode({'token': token})}"

"""The page as an application: its addresses, and what happens when a key is pressed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from cleantext.review import queue
from cleantext.review.queue import Filters
from cleantext.review.session import GoneError, Session, TooFewReadError
from cleantext.review.store import ConflictError
from cleantext.review.web import forms
from cleantext.review.web.articles import Articles
from cleantext.review.web.guard import Guard
from cleantext.review.web.numbers import Numbers
from cleantext.review.web.views import SAID

HERE = Path(__file__).resolve().parent


class _Row(Convertor[int]):
    """The number of a row: what SQLite can hold; any other address is none of ours."""

    regex = "[0-9]{1,18}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("row", _Row())


def make_app(session: Session, *, token: str, port: int, root: str = "") -> Starlette:
    """Return the page as an ASGI application that answers to 127.0.0.1 and localhost at one port.

    ``root`` is what the path of every address begins with, such as ``/Ykq3``.
    """
    pages = Pages(session, root)
    guard = Middleware(Guard, token=token, hosts=[f"127.0.0.1:{port}", f"localhost:{port}"], root=root)
    routes = routes_of(pages)
    return Starlette(
        routes=[Mount(root, routes=routes)] if root else routes,
        middleware=[guard],
        exception_handlers={404: pages.missing},
    )


def routes_of(pages: Pages) -> list[BaseRoute]:
    """Return the addresses of a session's pages, below their root."""
    return [
        Route("/", pages.overview),
        Route("/next", pages.next),
        Route("/finding/{number:row}", pages.finding),
        Route("/finding/{number:row}", pages.decide, methods=["POST"]),
        Route("/group/{key}", pages.group),
        Route("/group/{key}", pages.decide_group, methods=["POST"]),
        Route("/passage/{number:row}", pages.passage),
        Route("/passage/{number:row}", pages.decide_passage, methods=["POST"]),
        Route("/articles", pages.articles),
        Route("/articles/next", pages.next_article),
        Route("/article/{number:row}", pages.article),
        Route("/article/{number:row}", pages.decide_mark, methods=["POST"]),
        Route("/article/{number:row}/all", pages.take_certain, methods=["POST"]),
        Route("/article/{number:row}/{finding:row}", pages.card),
        Route("/article/{number:row}/{finding:row}", pages.not_again, methods=["POST"]),
        Route("/article/{number:row}/back", pages.take_back, methods=["POST"]),
        Route("/rules", pages.rules),
        Route("/rules/back", pages.switch_back, methods=["POST"]),
        Route("/rules/{rule}", pages.rule),
        Route("/rules/{rule}/off", pages.switch_off, methods=["POST"]),
        Route("/best", pages.best),
        Route("/rules/{rule}/keep", pages.keep, methods=["POST"]),
        Route("/undo", pages.undo, methods=["POST"]),
        Route("/apply", pages.apply),
        Route("/apply", pages.do_apply, methods=["POST"]),
        Route("/apply/back", pages.do_put_back, methods=["POST"]),
        Route("/apply/{number:row}", pages.preview),
        Route("/now", pages.now),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]


class Pages(Articles, Numbers):
    """The pages of one session, and the decisions made on them."""

    async def decide(self, request: Request) -> Response:
        """Take a decision on one finding and go on."""
        form = await request.form()
        item = self.session.store.find(request.path_params["number"])
        if item is None or not forms.answers(form):
            return self._gone(request)
        try:
            event = self._decide(item, form)
        except ConflictError as conflict:
            current = self.session.store.find(item.id)
            return self._finding(request, current or item, conflict=conflict.latest, status=409)
        filters = self._filters(request.query_params)
        if forms.text(form, "back") == "group":
            return RedirectResponse(
                f"{self.root}/group/{item.group}?{filters.query(said=event.verdict, of=item.id)}",
                status_code=303,
            )
        query = filters.query(after=item.rank, said=event.verdict, of=item.id)
        return RedirectResponse(f"{self.root}/next?{query}", status_code=303)

    async def decide_group(self, request: Request) -> Response:
        """Take one decision for a group whose sample was read."""
        form = await request.form()
        key = request.path_params["key"]
        verdict = forms.text(form, "verdict")
        members = self.session.store.items("f.grp = ?", (key,), limit=1)
        if not members or verdict not in ("accept", "reject"):
            return self._gone(request)
        many = queue.count(self.session.store, Filters(group=key, scan=self.session.scan))
        read = {forms.number(value, 0) for value in form.getlist("read") if isinstance(value, str)}
        try:
            self.session.decide_group(
                members[0],
                cast(Literal["accept", "reject"], verdict),
                read,
                seen=forms.number(forms.text(form, "seen"), 0),
                reason=forms.text(form, "reason").strip(),
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
        query = self._filters(request.query_params).query(said=verdict, of=members[0].id, many=many)
        return RedirectResponse(f"{self.root}/next?{query}", status_code=303)

    async def decide_passage(self, request: Request) -> Response:
        """Take some of a passage's edits, all or none, and go on."""
        form = await request.form()
        item = self.session.store.find(request.path_params["number"])
        verdict = forms.text(form, "verdict")
        offered = [one for one in self.session.passage_of(item) if one.finding.fix] if item else []
        if item is None or not offered or verdict not in ("chosen", "all", "none"):
            return self._gone(request)
        marked = {forms.number(value, 0) for value in form.getlist("take") if isinstance(value, str)}
        taken = marked if verdict == "chosen" else {one.id for one in offered if verdict == "all"}
        seen = {}
        for value in form.getlist("seen"):
            number, _, seq = value.partition(":") if isinstance(value, str) else ("", "", "")
            seen[forms.number(number, 0)] = forms.number(seq, 0)
        try:
            self.session.decide_passage(offered, taken, seen)
        except ConflictError as conflict:
            problem = (
                f"{conflict.latest.who} decided on one of these in the meantime. Look again, then decide."
            )
            return self._passage(request, item, problem=problem, status=409)
        said = "accept" if taken & {one.id for one in offered} else "reject"
        query = self._filters(request.query_params).query(after=item.rank, said=said, of=item.id)
        return RedirectResponse(f"{self.root}/next?{query}", status_code=303)

    async def undo(self, request: Request) -> Response:
        """Undo the latest action and go back to it."""
        filters = self._filters(request.query_params)
        try:
            undone = self.session.undo()
        except GoneError:
            return RedirectResponse(f"{self.root}/?{filters.query(said='gone')}", status_code=303)
        if not undone:
            return RedirectResponse(f"{self.root}/?{filters.query(said='none')}", status_code=303)
        first, many = undone[0], len(undone)
        items = self.session.store.items(
            "d.name = ? and f.key = ?", (first.document, first.key), limit=1
        ) or self.session.store.items("f.grp = ?", (first.group,), limit=1)
        if not items:
            return RedirectResponse(f"{self.root}/?{filters.query(said='undo')}", status_code=303)
        if request.query_params.get("back") == "article":
            query = filters.query(said="undo", of=items[0].id, at=items[0].id, many=many)
            return RedirectResponse(f"{self.root}/article/{items[0].document_id}?{query}", status_code=303)
        query = filters.query(said="undo", of=items[0].id, many=many)
        return RedirectResponse(f"{self.root}/finding/{items[0].id}?{query}", status_code=303)

    async def keep(self, request: Request) -> Response:
        """Confirm every earlier decision about a rule that has changed."""
        self.session.keep_decisions(request.path_params["rule"])
        return RedirectResponse(f"{self.root}/rules", status_code=303)

    async def do_apply(self, request: Request) -> Response:
        """Write accepted and safe fixes into the files."""
        if self.session.apply is None:
            return self._gone(request)
        return self._apply(request, done=await run_in_threadpool(self.session.apply))

    async def do_put_back(self, request: Request) -> Response:
        """Take out of the files what was applied last from here."""
        if self.session.put_back is None:
            return self._gone(request)
        return self._apply(request, back=await run_in_threadpool(self.session.put_back))

    async def missing(self, request: Request, _: Exception) -> Response:
        """There is no such page."""
        return self._gone(request)


def address(port: int, root: str, token: str) -> str:
    """Return the whole address of the page, token included."""
    return f"http://127.0.0.1:{port}{root}/?{urlencode({'token': token})}"

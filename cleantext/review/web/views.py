"""What the pages show: a queue, a finding, a group, an article, the rules."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cleantext.document import Document
from cleantext.finding import Applicability
from cleantext.printable import unweighed
from cleantext.review import marking, places, queue
from cleantext.review.coding import well_formed
from cleantext.review.database import STATE_OF, Item
from cleantext.review.events import Event
from cleantext.review.intervals import CONFIDENCE
from cleantext.review.queue import KINDS, STATE_FILTERS, Filters
from cleantext.review.session import Applied, Session
from cleantext.review.web import forms
from cleantext.review.web.shown import pieces, shown
from cleantext.review.web.together import Team
from cleantext.rulebook.card import CATEGORIES

HERE = Path(__file__).resolve().parent
PAGE = 40  # groups on a page of the queue
SAID = {
    "accept": "Accepted",
    "reject": "Rejected",
    "edit": "Edited",
    "unsure": "Marked unsure",
    "undo": "Undone",
    "off": "Switched off",
    "on": "Switched on again",
    "changed": "The settings were changed since. Take it back there, and start the review again",
    "gone": "Nothing was undone: what you decided was written, or its finding is gone. Apply can put back what it wrote",
    "none": "There is nothing to undo",
}


class Views:
    """The pages of one session, to read."""

    def __init__(self, session: Session, root: str = "", team: Team | None = None) -> None:
        """Load the templates; everything that they print is escaped. ``root`` is what every address begins with.

        ``team`` knows the people beside this one.
        """
        self.session = session
        self.root = root
        self.team = team or Team(session.store)
        self.templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters.update(shown=shown, pieces=pieces, percent=_percent, day=_day, near=self._near)
        self.templates.filters["unweighed"] = unweighed
        self.templates.filters["words_of"] = marking.changed_words
        self.templates.globals.update(
            root=root,
            states=STATE_FILTERS,
            kinds=KINDS,
            categories=list(CATEGORIES.values()),
            state_names=_STATE_NAMES,
            state_of=STATE_OF,
            kind_names=_KIND_NAMES,
            tier_names={tier.value: tier.words for tier in Applicability},
            verdict_names=SAID,
            confidence=CONFIDENCE,
        )

    # Reading

    async def overview(self, request: Request) -> Response:
        """The queue: progress, filters, groups."""
        filters = self._filters(request.query_params)
        offset = forms.offset(request.query_params, PAGE)
        groups, total = queue.groups(self.session.store, filters, limit=PAGE, offset=offset)
        rows = [
            (group, marking.changed_words(group.example.finding), self._name(group.rule)) for group in groups
        ]
        return self._page(
            request,
            "queue.html",
            filters,
            groups=rows,
            titles=self._titles({group.example.document_id for group in groups}),
            total_groups=total,
            total=queue.count(self.session.store, filters),
            **steps(offset, PAGE, total),
            rules=queue.by_rule(self.session.store, filters),
            names={rule: card.name for rule, card in self.session.cleaner.cards.items()},
        )

    async def next(self, request: Request) -> Response:
        """Go to the finding that comes next, or before."""
        filters = self._filters(request.query_params)
        store = self.session.store
        before = request.query_params.get("before")
        if before is not None:
            item = queue.preceding(store, filters, forms.number(before, 0))
        else:
            item = queue.following(store, filters, forms.number(request.query_params.get("after"), 0))
        said = {k: request.query_params[k] for k in ("said", "of") if k in request.query_params}
        if item is None:
            left = queue.count(store, filters)
            return self._page(request, "end.html", filters, left=left)
        return RedirectResponse(f"{self.root}/finding/{item.id}?{filters.query(**said)}", status_code=303)

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
        told = self._told(item, document)
        group = Filters(scan=filters.scan, group=item.group, kind="any")
        return self._page(
            request,
            "finding.html",
            filters,
            status=status,
            **told,
            passage=marking.passage(document, item.finding, told["written"]),
            article=document.article,
            conflict=conflict,
            group_left=queue.count(session.store, group),
            passage_edits=sum(one.finding.fix is not None for one in session.passage_of(item)),
            exists_before=queue.preceding(session.store, filters, item.rank) is not None,
        )

    def _told(self, item: Item, document: Document) -> dict[str, Any]:
        """Return what a page says of a finding: where it stands, what speaks for it, its rule, what was decided."""
        event = self.session.store.event(item.seq)
        written = event.replacement if event and event.verdict == "edit" else None
        old, proposed = self.session.proposed(item, document)
        return {
            "item": item,
            "finding": item.finding,
            "place": document.place(item.finding.start),
            "evidence": [
                (e, document.place(e.start) if e.end > e.start else None, _around(document, e.start, e.end))
                for e in item.finding.evidence
            ],
            "record": self.session.record(item.finding.rule),
            "event": event,
            "written": written,
            "voices": self.session.store.voices(item),
            "old": old,
            "proposed": proposed if written is None else written,
        }

    async def passage(self, request: Request) -> Response:
        """All that the model editor proposes for one passage, and what was refused."""
        item = self.session.store.find(request.path_params["number"])
        if item is None or not self.session.passage_of(item):
            return self._gone(request)
        return self._passage(request, item)

    def _passage(self, request: Request, item: Item, *, problem: str = "", status: int = 200) -> Response:
        items = self.session.passage_of(item)
        document = self.session.document(item)
        place = item.finding.evidence[0]
        offered = [one for one in items if one.finding.fix]
        edits = sorted(edit for one in offered for edit in (one.finding.fix.edits if one.finding.fix else ()))
        return self._page(
            request,
            "passage.html",
            self._filters(request.query_params),
            status=status,
            item=item,
            place=document.place(place.start),
            before=document.text[place.start : place.end],
            change=marking.changed(document.text, place.start, place.end, edits),
            offered=[(one, marking.passage(document, one.finding)) for one in offered],
            refused=[one for one in items if not one.finding.fix],
            problem=problem,
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

    async def apply(self, request: Request) -> Response:
        """What applying would do: numbers, and the articles that change."""
        return self._apply(request)

    def _apply(
        self, request: Request, *, done: Applied | None = None, back: Applied | None = None
    ) -> Response:
        offset = forms.offset(request.query_params, PAGE)
        session = self.session
        found, sums, total = queue.changes(session.store, session.scan, limit=PAGE, offset=offset)
        return self._page(
            request,
            "apply.html",
            self._filters({}),
            states=queue.progress(session.store, Filters(scan=session.scan)),
            found=found,
            sums=sums,
            total=total,
            titles=self._titles(one.document for one in found),
            **steps(offset, PAGE, total),
            done=done,
            back=back,
            put_back=session.put_back,
            sure="sure" in request.query_params,
            gone=session.store.is_accepted_gone(),
            left=queue.count(session.store, Filters(scan=session.scan)),
            corpus=str(places.root_of(session.store.path)),
            trusts=session.cleaner.configuration.review.trust is not None,
            possible=session.apply,
        )

    async def preview(self, request: Request) -> Response:
        """The lines of an article that applying would change, before and after."""
        number = request.path_params["number"]
        one, fixed = self.session.store.stored(number), self.session.fixed(number)
        if one is None or fixed is None:
            return self._gone(request)
        edits = [edit for finding in fixed.applied for fix in finding.fixes[:1] for edit in fix.edits]
        rows = marking.side_by_side(Document(one.article), edits)
        return self._page(
            request,
            "preview.html",
            self._filters({}),
            path=one.place,
            title=one.article.title,
            number=number,
            applied=len(fixed.applied),
            losers=len(fixed.losers),
            rows=[(at, row) for at, row in enumerate(rows, 1) if row.before != row.after],
        )

    def _name(self, rule: str) -> str:
        card = self.session.cleaner.cards.get(rule)
        return card.name if card else ""

    def _titles(self, documents: Iterable[int]) -> dict[int, str]:
        """Return the titles of articles, "" for those without."""
        articles = {number: self.session.store.article(number) for number in documents}
        return {number: (article.title or "") if article else "" for number, article in articles.items()}

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
            low=forms.share(params.get("low"), 0.0),
            high=forms.share(params.get("high"), 1.0),
            group=params.get("group", ""),
            scan=self.session.scan,
        )

    def _page(
        self, request: Request, template: str, filters: Filters, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        decided, total = self._progress(filters)
        said = request.query_params.get("said", "")
        many = forms.number(request.query_params.get("many"), 0)
        of = self.session.store.find(forms.number(request.query_params.get("of"), 0))
        rendered = self.templates.get_template(template).render(
            filters=filters,
            query=filters.query,
            decided=decided,
            everything=total,
            share=decided / total if total else 1.0,
            now=self.team.now(self.session, self.root),
            said=_said(said, many),
            said_of=of.finding.text if of and many < 2 else "",
            who=self.session.who,
            wanted=self.session.share,
            address=request.url.path + "?" + filters.query(),
            **{"off": self.session.off, **values},
        )
        return HTMLResponse(well_formed(rendered), status_code=status)

    def _progress(self, filters: Filters) -> tuple[int, int]:
        """Count what is decided, and all there is, of what the filters ask about, whatever its rule, group and article."""
        store = self.session.store
        states = queue.progress(
            store, msgspec.structs.replace(filters, group="", rule="", category="", article="")
        )
        return sum(n for state, n in states.items() if state not in store.todo), sum(states.values())

    async def now(self, request: Request) -> Response:
        """What has changed since a page was sent, for the page to ask now and then; nothing where nothing has."""
        now = self.team.now(self.session, self.root)
        if request.query_params.get("mark") == now.mark:
            return Response(status_code=204)
        filters = self._filters(request.query_params)
        decided, total = self._progress(filters)
        item = self.session.store.find(forms.number(request.query_params.get("finding"), 0))
        seen = forms.number(request.query_params.get("seq"), 0)
        event = self.session.store.event(item.seq) if item and item.seq != seen else None
        rendered = self.templates.get_template("now.html").render(
            query=filters.query,
            decided=decided,
            everything=total,
            now=now,
            item=item,
            seen=seen,
            meanwhile=event,
        )
        return HTMLResponse(well_formed(rendered))

    def _part(self, template: str, **values: Any) -> Markup:
        """Return a piece of a page."""
        return Markup(self.templates.get_template(template).render(**values))

    def _gone(self, request: Request) -> Response:
        return self._page(request, "gone.html", self._filters({}), status=404)


def _said(what: str, many: int) -> str:
    """Say what was done last, and to how many findings where it was not one."""
    if what == "together":
        return f"Accepted {many:,} together"
    return f"{SAID[what]}: {many:,} together" if many > 1 and what in SAID else SAID.get(what, "")


_STATE_NAMES = {
    "todo": "To decide",
    "open": "Not decided yet",
    "stale": "Confirm again",
    "disputed": "Disputed",
    "unsure": "Unsure",
    "accepted": "Accepted",
    "edited": "Edited",
    "rejected": "Rejected",
    "any": "Any state",
}
_KIND_NAMES = {"asks": "Asks a person", "safe": "Safe, applied unasked", "any": "Both"}


def steps(offset: int, size: int, total: int) -> dict[str, int]:
    """Return what a page says of a list of which it shows ``size`` from an offset on: its number, the number of pages, the number of its first row."""
    return {"page": offset // size + 1, "pages": -(-total // size), "first": offset + 1}


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def _day(when: str) -> str:
    return when[:16].replace("T", " ")


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

"""The articles, and one of them with all its proposals in the text, to be taken or refused where they stand."""

from __future__ import annotations

from functools import partial
from typing import cast

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from cleantext.document import Document
from cleantext.review import queue
from cleantext.review.coding import well_formed
from cleantext.review.database import Item
from cleantext.review.events import Event
from cleantext.review.marks import Mark, applied, flow, shown
from cleantext.review.offswitch import CannotSwitchError, Wish, accepted
from cleantext.review.queue import Filters
from cleantext.review.seats import Desk
from cleantext.review.session import Answer
from cleantext.review.sheet import Sheet, as_made, bulks, certain, original_beside, sheet
from cleantext.review.store import ConflictError, Store
from cleantext.review.web import forms, inline
from cleantext.review.web.views import SAID, Views, steps

PAGE = 60  # articles on a page of their list
LOOKS = ("marks", "before", "after")


class Articles(Views):
    """The pages that show articles whole, and what is decided on them."""

    async def articles(self, request: Request) -> Response:
        """The articles in which something is to be decided, or all."""
        filters = self._filters(request.query_params)
        offset = forms.offset(request.query_params, PAGE)
        store = self.session.store
        every = "every" in request.query_params
        if every:
            found, total = queue.documents(store, filters.scan, limit=PAGE, offset=offset)
        else:
            found, total = queue.articles(store, filters, limit=PAGE, offset=offset)
        return self._page(
            request,
            "articles.html",
            filters,
            found=found,
            total=total,
            every=every,
            listed=partial(filters.query, **({"every": 1} if every else {})),
            titles=self._titles(one.document for one in found),
            left=queue.count(store, Filters(scan=filters.scan)),
            **steps(offset, PAGE, total),
        )

    async def article(self, request: Request) -> Response:
        """One article with its marks; nothing where a page ``known`` before shows it as it is."""
        known = request.query_params.get("known")
        if known and known == _known(self.session.store, request.path_params["number"]):
            return Response(status_code=204)
        return self._article(request)

    def _article(
        self,
        request: Request,
        *,
        problem: str = "",
        asked: tuple[Wish, Item, list[Item]] | None = None,
        status: int = 200,
    ) -> Response:
        one = sheet(self.session, request.path_params["number"])
        if one is None:
            return self._gone(request)
        params = request.query_params
        current = one.mark_of(forms.number(params.get("at"), 0)) or _first(one)
        look = params.get("look", "")
        made, seen = applied(one.marks), shown(one.marks, current.number if current else 0)
        runs = [
            inline.run(
                tokens,
                total=len(one.marks),
                applied=made,
                shown=seen,
                current=current.number if current else 0,
            )
            for tokens in flow(one.article.text, one.marks)
        ]
        return self._page(
            request,
            "article.html",
            self._filters(params),
            status=status,
            sheet=one,
            runs=runs,
            look=look if look in LOOKS else "marks",
            table=_table(one),
            unasked=sum(mark.standing == "safe" for mark in one.marks),
            made=len(made),
            current=current,
            card=self._card(request, one, current) if current else "",
            bulks=bulks(one.marks),
            seen=self.session.store.latest_of_article(one.name),
            known=_known(self.session.store, one.number),
            told=self._told_since(one, params.get("known", "")),
            off=self.session.off,
            back=forms.number(params.get("from"), 0),
            problem=problem,
            asked=asked,
            possible=self.session.apply,
        )

    def _told_since(self, one: Sheet, known: str) -> str:
        """Say who else decided how many marks of an article since a page of it; of opinions that are asked apart nothing."""
        store = self.session.store
        if not known or isinstance(store, Desk):
            return ""
        since = forms.number(known.partition("-")[0], 0)
        by = store.decided_since(one.name, since, but=self.session.who)
        return ", ".join(f"{who} decided {n} mark{'s' * (n != 1)} here" for who, n in by)

    def _card(self, request: Request, one: Sheet, mark: Mark) -> Markup:
        """Write the card beside the text: what is known of a mark."""
        document = Document(one.article, self.session.cleaner.corpus)
        made = applied(one.marks)
        by_number = {other.number: other for other in one.marks}
        told = self._told(mark.item, document)
        if told["written"] is None and (begun := as_made(one, mark)) is not None:
            told["proposed"] = begun
        alike = Filters(group=mark.item.group, kind="any", scan=self.session.scan)
        return self._part(
            "card.html",
            query=self._filters(request.query_params).query,
            sheet=one,
            mark=mark,
            standing=inline.STANDINGS[mark.standing],
            rivals=[by_number[number] for number in mark.rivals[:5]],
            made_rival=next((n for n in mark.rivals if n in made), 0),
            original=original_beside(document, mark.item.finding),
            alike=queue.count(self.session.store, alike),
            off=self.session.off,
            wishes=self.session.off.wishes(self.session, mark.item) if self.session.off else [],
            **told,
        )

    async def card(self, request: Request) -> Response:
        """The card of one mark, as a piece of a page."""
        one = sheet(self.session, request.path_params["number"])
        mark = one.mark_of(request.path_params["finding"]) if one else None
        if one is None or mark is None:
            return self._gone(request)
        return HTMLResponse(well_formed(self._card(request, one, mark)))

    async def next_article(self, request: Request) -> Response:
        """Go to the next article with something to decide behind another; round to the first."""
        behind, scan = forms.number(request.query_params.get("behind"), 0), self.session.scan
        store = self.session.store
        found, _ = queue.articles(store, Filters(scan=scan), limit=1, behind=behind)
        if not found:
            found, _ = queue.articles(store, Filters(scan=scan), limit=1)
        place = f"/article/{found[0].document}" if found else "/articles"
        return RedirectResponse(f"{self.root}{place}", status_code=303)

    # Deciding

    def _decide(self, item: Item, form: FormData) -> Event:
        """Take the answer in a form on one finding. Raises ConflictError where somebody decided since it was sent."""
        verdict = cast(Answer, forms.text(form, "verdict"))
        return self.session.decide(
            item,
            verdict,
            seen=forms.number(forms.text(form, "seen"), 0),
            replacement=forms.replacement(form, self.session, item) if verdict == "edit" else None,
            reason=forms.text(form, "reason").strip(),
        )

    async def decide_mark(self, request: Request) -> Response:
        """Take a decision on one mark: answered with what changed where a script asks, else with the page."""
        form = await request.form()
        number = request.path_params["number"]
        item = self.session.store.find(forms.number(forms.text(form, "finding"), 0))
        if item is None or item.document_id != number or not forms.answers(form):
            return self._gone(request)
        try:
            event = self._decide(item, form)
        except ConflictError as conflict:
            return self._in_the_way(request, conflict, item)
        if _by_script(request):
            return self._changes(request, item, said=SAID[event.verdict])
        one = sheet(self.session, number)
        following = _first(one, behind=item) if one else None
        at = following.item.id if following else item.id
        query = self._filters(request.query_params).query(at=at, said=event.verdict, of=item.id)
        place = f"{self.root}/article/{number}?{query}#m{following.number if following else 1}"
        return RedirectResponse(place, status_code=303)

    def _in_the_way(self, request: Request, conflict: ConflictError, item: Item) -> Response:
        latest = conflict.latest
        problem = (
            f"{latest.who} decided this in the meantime ({SAID[latest.verdict].lower()}). "
            "Your answer was not saved. Decide again to overrule it, or go on."
        )
        if _by_script(request):
            return self._changes(request, item, problem=problem, status=409)
        return self._article(request, problem=problem, status=409)

    def _changes(
        self, request: Request, item: Item, *, said: str = "", problem: str = "", status: int = 200
    ) -> Response:
        """Return how a mark and those that want the same words stand now, and the counts."""
        one = sheet(self.session, item.document_id)
        mark = one.mark_of(item.id) if one else None
        if one is None or mark is None:
            return JSONResponse({"problem": "It is gone with a change of the article."}, status_code=404)
        touched = [other for other in one.marks if other is mark or other.number in mark.rivals]
        decided, total = self._progress(self._filters(request.query_params))
        return JSONResponse(
            {
                "marks": [
                    [m.number, m.item.seq, m.standing, m.rank, m.waits, inline.STANDINGS[m.standing]]
                    for m in touched
                ],
                "rewritten": mark.item.state == "edited",
                "said": said,
                "problem": problem,
                "left": one.left,
                "asks": one.asks,
                "decided": decided,
                "total": total,
                "latest": self.session.store.latest_of_article(one.name),
            },
            status_code=status,
        )

    async def not_again(self, request: Request) -> Response:
        """Switch off what a finding is an example of, in the configuration file."""
        form = await request.form()
        session, off = self.session, self.session.off
        item = session.store.find(request.path_params["finding"])
        here = request.path_params["number"]
        if item is None or item.document_id != here or off is None:
            return self._gone(request)
        wish = next((w for w in off.wishes(session, item) if w.kind == forms.text(form, "what")), None)
        if wish is None:
            return self._gone(request)
        if not forms.text(form, "sure") and (going := accepted(session, wish)):
            return self._article(request, asked=(wish, item, going))
        try:
            await run_in_threadpool(off.switch, session, wish)
        except CannotSwitchError as error:
            return self._article(request, problem=str(error), status=409)
        query = self._filters(request.query_params).query(said="off")
        return RedirectResponse(f"{self.root}/article/{here}?{query}", status_code=303)

    async def take_back(self, request: Request) -> Response:
        """Switch on again what was switched off last."""
        session, off = self.session, self.session.off
        if off is None:
            return self._gone(request)
        try:
            await run_in_threadpool(off.back, session)
        except CannotSwitchError as error:
            return self._article(request, problem=str(error), status=409)
        query = self._filters(request.query_params).query(said="on")
        return RedirectResponse(
            f"{self.root}/article/{request.path_params['number']}?{query}", status_code=303
        )

    async def switch_back(self, request: Request) -> Response:
        """Switch on again what was switched off last, from a page that is no article's."""
        if self.session.off is None:
            return self._gone(request)
        try:
            await run_in_threadpool(self.session.off.back, self.session)
        except CannotSwitchError:
            return RedirectResponse(f"{self.root}/rules?said=changed", status_code=303)
        return RedirectResponse(f"{self.root}/rules?said=on", status_code=303)

    async def take_certain(self, request: Request) -> Response:
        """Accept every mark of an article that is sure enough, as one action."""
        form = await request.form()
        one = sheet(self.session, request.path_params["number"])
        least = forms.share(forms.text(form, "least"), 1.0)
        if one is None:
            return self._gone(request)
        taken = certain(one.marks, least)
        if str(len(taken)) != forms.text(form, "count"):
            problem = "The article is not as it was when you opened it. Look again, then decide."
            return self._article(request, problem=problem, status=409)
        session = self.session
        try:
            session.store.take_together(
                [(mark.item, session.version(mark.item.finding.rule)) for mark in taken],
                who=session.who,
                reason=f"at least {100 * least:g} % sure",
                seen=forms.number(forms.text(form, "seen"), 0),
            )
        except ConflictError as conflict:
            problem = (
                f"{conflict.latest.who} decided on this article in the meantime. Look again, then decide."
            )
            return self._article(request, problem=problem, status=409)
        query = self._filters(request.query_params).query(said="together", many=len(taken))
        return RedirectResponse(f"{self.root}/article/{one.number}?{query}", status_code=303)


def _known(store: Store, number: int) -> str:
    """Return what changes with everything that a page shows of an article."""
    latest, stamp = store.moment(number)
    return f"{latest}-{stamp}"


def _by_script(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def _first(one: Sheet, behind: Item | None = None) -> Mark | None:
    """Return the first mark that waits, behind another one where it is given, round to the first; else the first of all."""
    waiting = [mark for mark in one.marks if mark.waits]
    if behind is not None and (here := one.mark_of(behind.id)) is not None:
        waiting = [m for m in waiting if m.number > here.number] or waiting
        return waiting[0] if waiting else here
    return waiting[0] if waiting else one.marks[0] if one.marks else None


def _table(one: Sheet) -> str:
    """Write what a script must know of the marks: finding, event, rank, whether it waits or is others', rivals; in the order of the text."""
    return ";".join(
        f"{m.item.id},{m.item.seq},{m.rank},{'w' if m.waits else 't' if m.theirs else ''},{' '.join(map(str, m.rivals))}"
        for m in one.marks
    )

"""Trust by numbers: each rule's record, what it would do unasked, how far people agree, what is worth a look next."""

from __future__ import annotations

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cleantext.configuration import Trust
from cleantext.review import agreement, marking, outlook, queue
from cleantext.review.offswitch import CannotSwitchError, Wish, accepted
from cleantext.review.outlook import Automatic
from cleantext.review.queue import Filters
from cleantext.review.shipped import shipped
from cleantext.review.web import forms
from cleantext.review.web.views import Views

TRIED = 200  # articles on which a rule is tried while somebody waits; `cleantext trust` tries it on all
SHOWN = 20  # edits that are shown of those that would go unasked
BEST = 100


class Numbers(Views):
    """The pages that say how good rules are, and what would make that surer."""

    async def rules(self, request: Request) -> Response:
        """Each rule by its numbers."""
        return self._page(
            request,
            "rules.html",
            self._filters({}),
            records=self.session.records(),
            agreed=agreement.agreement(self.session.store.events()),
        )

    async def rule(self, request: Request) -> Response:
        """One rule: why it is there, its records, and, where it is asked for, what it would do unasked."""
        name = request.path_params["rule"]
        session = self.session
        record = session.record(name)
        if record.card is None and not record.record.total and not record.left:
            return self._gone(request)
        would, going = None, []
        if "try" in request.query_params:
            prepared = outlook.trial(session, name, TRIED)
            if isinstance(prepared, Automatic):
                would = prepared
            else:
                found = await run_in_threadpool(outlook.tried, prepared)
                would = outlook.outcome(prepared, found, record.record)
                going = [one for one in found if one.goes][:SHOWN]
        trust = self._trust()
        return self._page(
            request,
            "record.html",
            self._filters({}),
            rule=name,
            record=record,
            shipped=shipped(name, record.card),
            agreed=agreement.agreement(session.store.events(), name),
            would=would,
            going=[(one.document, marking.changed_words(one.finding)) for one in going],
            titles=self._titles({one.document for one in going}),
            missing=outlook.missing(record.record, trust),
            bound=trust.lower_bound,
            waiting_in=outlook.waiting_in(session, name),
            most=TRIED,
            accepted=len(accepted(session, Wish("rule", name))) if "off" in request.query_params else 0,
        )

    async def switch_off(self, request: Request) -> Response:
        """Switch a rule off; where something of it was accepted only once that was said."""
        form = await request.form()
        session, name = self.session, request.path_params["rule"]
        if session.off is None or name not in session.cleaner.cards:
            return self._gone(request)
        if not forms.text(form, "sure") and accepted(session, Wish("rule", name)):
            return RedirectResponse(f"{self.root}/rules/{quote(name)}?off=1", status_code=303)
        try:
            await run_in_threadpool(session.off.switch, session, Wish("rule", name))
        except CannotSwitchError as error:
            return self._problem(request, str(error))
        return RedirectResponse(f"{self.root}/rules?said=off", status_code=303)

    def _problem(self, request: Request, problem: str) -> Response:
        return self._page(request, "gone.html", self._filters({}), status=409, problem=problem)

    async def best(self, request: Request) -> Response:
        """The hundred findings whose decision is worth most."""
        session = self.session
        agreed = agreement.agreement(session.store.events())
        found = outlook.next_best(session, session.records(), agreed, self._trust(), BEST)
        return self._page(
            request,
            "best.html",
            self._filters({}),
            undecided=queue.count(session.store, Filters(scan=session.scan)),
            found=[
                (one, marking.changed_words(one.item.finding), self._name(one.item.finding.rule))
                for one in found
            ],
        )

    def _trust(self) -> Trust:
        return self.session.cleaner.configuration.review.trust or Trust()

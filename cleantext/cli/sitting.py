"""Who sits down to review, and where: alone, as one of several, to adjudicate, or several at once."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cleantext.cli.app import WrongUseError
from cleantext.cli.reviewers import By
from cleantext.files import create
from cleantext.printable import visible

if TYPE_CHECKING:
    from cleantext.review.session import Session
    from cleantext.review.store import Store

Reviewers = Annotated[
    list[str] | None,
    typer.Option(
        "--reviewer", help="Somebody who is asked about findings, apart from the others; may be given again."
    ),
]
Adjudicators = Annotated[
    list[str] | None,
    typer.Option("--adjudicator", help="Somebody who settles what reviewers differ on; may be given again."),
]
Share = Annotated[
    bool, typer.Option("--share", help="Give each person their own address, and serve all of them at once.")
]
Host = Annotated[
    str,
    typer.Option("--host", help="With --share: the address to listen at; other machines need a certificate."),
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host", help="With --share: a name that people call this machine by; may be given again."
    ),
]
Certificate = Annotated[
    Path | None,
    typer.Option("--certificate", help="With --share: the certificate (PEM), its chain after it."),
]
Key = Annotated[
    Path | None,
    typer.Option("--key", help="The certificate's key (PEM, no password). [default: in the same file]"),
]


class Sitting(NamedTuple):
    """What the command line says of people; ``who`` is the one who sits here, "" where pages are shared."""

    who: str
    reviewers: tuple[str, ...]
    adjudicators: tuple[str, ...]
    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    certificate: tuple[Path, Path | None] | None = None

    @classmethod
    def of(
        cls,
        who: str | None,
        reviewers: Sequence[str] | None,
        adjudicators: Sequence[str] | None,
        *,
        share: bool,
        host: str,
        names: Sequence[str] | None,
        certificate: Path | None,
        key: Path | None,
    ) -> Sitting:
        """Read the options; raises WrongUseError for those that do not go together."""
        from cleantext.review.session import reviewer
        from cleantext.review.team import known

        asked = tuple(known(name) for name in reviewers or ())
        settling = tuple(known(name) for name in adjudicators or ())
        if not share:
            if host != "127.0.0.1" or names or certificate or key:
                raise WrongUseError("--host, --allow-host, --certificate and --key go with --share")
            if len(asked) + len(settling) > 1:
                raise WrongUseError("one person sits here at a time; several at once:  --share")
            if who and (asked or settling):
                raise WrongUseError("--who names whoever decides alone; give it or --reviewer, not both")
            return cls((*asked, *settling, known(who or reviewer()))[0], asked, settling)
        if who:
            raise WrongUseError("with --share each person needs a name:  --reviewer NAME --reviewer NAME")
        return cls("", asked, settling, host, tuple(names or ()), _door(host, names or (), certificate, key))

    def enlist(self, store: Store, each: int | None, by: By | None) -> None:
        """Take the people into the store's team; raises WrongUseError where pages are shared and there is nobody."""
        from cleantext.review import team

        for name in self.reviewers:
            team.add(store, name, adjudicates=name in self.adjudicators)
        for name in self.adjudicators:
            if name not in self.reviewers:
                before = team.find(store, name)
                team.add(store, name, reviews=before is not None and before.reviews, adjudicates=True)
        if each is not None or by is not None:
            team.share_out(store, each=each, by=by.value if by else None)
        if not self.who and not team.reviewers(store):
            raise WrongUseError("--share serves people by name:  --share --reviewer Anna --reviewer Ben")

    @contextmanager
    def seat(self, store: Store) -> Iterator[Store]:
        """Open the store as the one who sits here sees it."""
        from cleantext.review.seats import Bench, seat

        opened = Bench(store.path) if self.adjudicators else seat(store.path, self.who)
        with opened:
            yield opened


def _door(
    host: str, names: Sequence[str], certificate: Path | None, key: Path | None
) -> tuple[Path, Path | None] | None:
    from cleantext.review.web.sharing import Certificate
    from cleantext.service.server import LOOPBACK

    if certificate is None:
        if key is not None:
            raise WrongUseError("--key goes with --certificate")
        if host not in LOOPBACK:
            raise WrongUseError(
                f"--host {host} lets other machines in, and what they send could be read on the way. Name a "
                "certificate:  --certificate FILE --key FILE. Without one:  --share on this machine alone, and "
                "ssh -L for the others"
            )
    else:
        Certificate(certificate, key).check()
    if host in ("0.0.0.0", "::") and not names:
        raise WrongUseError(
            f"--host {host} is no name that people could call. Add it:  --allow-host desk.example"
        )
    return (certificate, key) if certificate else None


def serve(sitting: Sitting, store: Store, session: Callable[[Store, str], Session], *, port: int) -> None:
    """Serve everybody of the store's team until it is stopped, and hand the addresses out."""
    from cleantext.review import team
    from cleantext.review.seats import Bench, Desk
    from cleantext.review.web.sharing import Certificate, Place, share
    from cleantext.service.connections import bounded
    from cleantext.service.limits import Limits
    from cleantext.service.server import hosts_for

    # Told to stop, uvicorn stops and then tells us: what lies in the folder has to go even so.
    signal.signal(signal.SIGTERM, _stop)
    with ExitStack() as open_ones:

        def seated(one: Store) -> Store:
            open_ones.callback(one.close)
            return one

        places = [
            Place(
                one,
                session(seated(Desk(store.path, one)), one.name) if one.reviews else None,
                session(seated(Bench(store.path)), one.name) if one.adjudicates else None,
            )
            for one in team.reviewers(store)
        ]
        folder = open_ones.enter_context(tempfile.TemporaryDirectory(prefix="cleantext-review-"))  # mode 0700

        def hosts(port: int) -> Sequence[str]:
            every = hosts_for(sitting.host, port, sitting.names)
            called = every[len(every) - len(sitting.names) :]
            # The names that people call come first; the usual port is left out of an address.
            ordered = (*called, *every[: len(every) - len(sitting.names)])
            usual = f":{443 if sitting.certificate else 80}"
            return (*(name.removesuffix(usual) for name in ordered if name.endswith(usual)), *ordered)

        try:
            share(
                store,
                places,
                host=sitting.host,
                port=port,
                hosts=hosts,
                certificate=Certificate(*sitting.certificate) if sitting.certificate else None,
                protocol=bounded(Limits()),
                announce=lambda addresses: _announce(addresses, Path(folder, "addresses.txt")),
            )
        except OSError as error:
            raise WrongUseError(
                f"{sitting.host}:{port} cannot be listened at: {error.strerror or error}. --port 0 takes any free port."
            ) from None
        except KeyboardInterrupt:
            pass


def _stop(*_: object) -> None:
    raise SystemExit(128 + signal.SIGTERM)


def _announce(addresses: Mapping[str, str], file: Path) -> None:
    """Print everybody's address where somebody sits and reads; else keep them where the user alone can read them.

    Whoever has an address decides in that name. What is printed elsewhere may well land in a log.
    """
    whole = sys.stdout.isatty()
    for name, address in addresses.items():
        sys.stdout.write(visible(f"{name}  {address if whole else address.split('?')[0]}") + "\n")
    if not whole:
        lines = "".join(f"{name}\t{address}\n" for name, address in addresses.items())
        create(file, lines.encode("utf-8", "surrogatepass"), private=True)
        sys.stderr.write(f"The whole addresses are in {file}, for your eyes alone, until this ends.\n")
    sys.stdout.flush()
    sys.stderr.write(
        "Give each to its person by a way that others do not read. They hold until this ends, or:  "
        "cleantext reviewers revoke NAME\nStop with Ctrl+C; every decision is kept as it is made.\n"
    )

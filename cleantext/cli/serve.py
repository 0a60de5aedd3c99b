"""`cleantext serve`: the checks over HTTP, for programs on this machine or behind a proxy."""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib.util import find_spec
from typing import Annotated

import msgspec
import typer

from cleantext.batch.fields import Fields
from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli.app import WrongUseError, app
from cleantext.cli.bundles import spread
from cleantext.cli.formats.cleaned import Cleaned, CleanedObject
from cleantext.cli.formats.records import JsonLines, OneObject

_NEEDED = ("uvicorn", "starlette")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@app.command(
    epilog="Examples:  cleantext serve    cleantext serve --port 9000 --workers 4    "
    "cleantext serve --host 0.0.0.0 --allow-host cleantext"
)
@spread
def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port to listen at; 0 is any free one.")
    ] = 8765,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Processes that check. [default: one a core, 4 at most]"),
    ] = None,
    max_bytes: Annotated[int, typer.Option("--max-bytes", min=1, help="The largest body of a request.")] = 1
    << 20,
    time_limit: Annotated[
        float, typer.Option("--time-limit", min=0.1, help="Seconds that one request may take.")
    ] = 30.0,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", help="A further name that requests may call the service by; * is any."),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option("--allow-origin", help="A site whose pages may ask, such as https://desk.example."),
    ] = None,
    config: o.Config = None,
    isolated: o.Isolated = False,
    choice: o.Rules = o.Rules(),
) -> None:
    """Check and fix articles over HTTP: POST /check, POST /fix; the page at / describes them."""
    if missing := next((name for name in _NEEDED if find_spec(name) is None), None):
        raise _needs(missing)
    if host not in _LOOPBACK and not allow_host:
        raise WrongUseError(
            f"--host {host} lets other machines in. Say by which names they call it:  --allow-host NAME  "
            "(--allow-host '*' for any, behind a proxy that looks at them). Nobody is asked for a password."
        )
    from cleantext.service.limits import Limits
    from cleantext.service.pool import WorkerFailedError
    from cleantext.service.server import serve as listen
    from cleantext.service.worker import Kit

    chosen = o.configuration([], o.Reading(config=config, isolated=isolated), choice)
    if chosen.editor.enabled:
        o.warn("the model editor is not asked over HTTP; `cleantext check --editor` asks it")
        chosen = msgspec.structs.replace(chosen, editor=msgspec.structs.replace(chosen.editor, enabled=False))
    cleaner, unavailable = r.cleaner_with_index(chosen).for_workers()
    for trouble in unavailable:
        o.warn(trouble)
    fields = o.fields(chosen)
    kit = Kit(
        cleaner,
        {
            ("check", False): OneObject,
            ("check", True): JsonLines,
            ("fix", False): partial(CleanedObject, fields),
            ("fix", True): partial(_cleaned_lines, fields),
        },
        fields,
    )
    limits = Limits(size=max_bytes, time=time_limit)
    try:
        listen(
            kit,
            host=host,
            port=port,
            workers=workers or min(4, os.cpu_count() or 1),
            limits=limits,
            allowed_hosts=allow_host or (),
            origins=allow_origin or (),
            announce=_announce,
        )
    except ImportError as error:
        raise _needs(error.name) from None
    except OSError as error:
        raise WrongUseError(
            f"{host}:{port} cannot be listened at: {error.strerror or error}. --port 0 takes any free port."
        ) from None
    except WorkerFailedError as error:
        raise WrongUseError(str(error)) from None
    except KeyboardInterrupt:
        pass


def _cleaned_lines(fields: Fields) -> Cleaned:
    return Cleaned(fields, records=True, errors=True)


def _announce(address: str) -> None:
    sys.stdout.write(address + "\n")
    sys.stdout.flush()
    sys.stderr.write("Stop with Ctrl+C. Nothing of what is sent here is kept.\n")


def _needs(module: str | None) -> WrongUseError:
    return WrongUseError(
        f"the service needs more packages ({module}). Install them:  pip install 'cleantext-rules[review]'"
    )

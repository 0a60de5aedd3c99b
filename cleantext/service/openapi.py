"""The service described: OpenAPI for programs, a page for people, both of one text."""

from __future__ import annotations

from html import escape
from typing import Any

from cleantext.article import Article
from cleantext.batch.shapes import Checked, components
from cleantext.service.answers import Fixed, Health, Refusal
from cleantext.service.limits import Limits
from cleantext.service.request import LINES, MEDIA
from cleantext.version import __version__

_TEXT = {"type": "string"}


def _object(properties: dict[str, Any], *required: str, **more: Any) -> dict[str, Any]:
    made = {"type": "object", "properties": properties, **more}
    return {**made, "required": list(required)} if required else made


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _ref(name)}


def _article() -> dict[str, Any]:
    """Return the schema of what is sent: as an article, but that its id may be a number, and with further fields."""
    names = [name for name in Article.__struct_fields__ if name not in ("text", "markup")]
    known = {
        name: {"type": ["string", "integer", "null"] if name == "id" else ["string", "null"]}
        for name in names
    }
    what = "One text and what is known about it; other fields are kept. Spans count Unicode code points of `text`."
    return _object({**known, "text": _TEXT}, "text", description=what)


_CHOICES = {
    "select": ("Only these rules: categories, ids or id prefixes, commas between.", _TEXT),
    "ignore": ("Not these.", _TEXT),
    "min-confidence": ("Hide findings that are less sure.", {"type": "number", "minimum": 0, "maximum": 1}),
    "apply": ("`review` applies every fix at least that sure, not the safe ones alone.", {"enum": ["safe", "review"], "default": "safe"}),
}  # fmt: skip
_STATUS = {
    "400": "No JSON, no UTF-8, no article, or an unknown choice.",
    "403": "A page of an origin that may not ask.",
    "408": "The body did not come in time.",
    "413": "The body is too large.",
    "415": "A content type or encoding that is not read.",
    "421": "A host that the service does not answer to.",
    "503": "Too busy, or the request took too long and was stopped.",
}


def description(limits: Limits) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the service."""
    _, parts = components((Checked, Fixed, Refusal, Health), "#/components/schemas/{name}")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "cleantext",
            "version": __version__,
            "description": (
                "Findings and fixes for articles. Nothing of a request is kept. "
                f"At most {limits.size:,} bytes a body and {limits.time:g} seconds a request."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/check": {"post": _post("check", "Find; change nothing.", "Checked", ("select", "ignore", "min-confidence"))},
            "/fix": {"post": _post("fix", "Apply fixes: the safe ones, or all that are sure enough.", "Fixed", tuple(_CHOICES))},
            "/health": {"get": {"operationId": "health", "summary": "Whether it is up.", "responses": {"200": _answer("It is.", "Health")}}},
        },
        "components": {"schemas": {"Article": _article(), **parts}},
    }  # fmt: skip


def _answer(what: str, schema: str) -> dict[str, Any]:
    return {"description": what, "content": {"application/json": {"schema": _ref(schema)}}}


def _post(name: str, summary: str, answer: str, choices: tuple[str, ...]) -> dict[str, Any]:
    found = _answer("What was found." if name == "check" else "What was done.", answer)
    found["content"][LINES] = {
        "schema": {
            "type": "string",
            "description": f"Asked for by Accept: as `cleantext {name} --format jsonl`.",
        }
    }
    bodies = {
        "application/json": {
            "schema": {
                "anyOf": [
                    _ref("Article"),
                    _list("Article"),
                    _object({"articles": _list("Article")}, "articles"),
                ]
            }
        }
    }
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [
            {"name": choice, "in": "query", "description": _CHOICES[choice][0], "schema": _CHOICES[choice][1]}
            for choice in choices
        ],
        "requestBody": {
            "required": True,
            "content": bodies | {media: {"schema": _TEXT} for media in MEDIA if media not in bodies},
        },
        "responses": {"200": found}
        | {status: _answer(what, "Refusal") for status, what in _STATUS.items()},
    }  # fmt: skip


def page(limits: Limits) -> str:
    """Return the same as a page for people, which needs no script and nothing from elsewhere."""
    told = description(limits)
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>cleantext service</title>'
        "<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}"
        "code,pre{font-family:ui-monospace,monospace}pre{overflow-x:auto;padding:.75rem;border:1px solid #8886;border-radius:6px}"
        "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #8884}</style>"
        f"<h1>cleantext {escape(__version__)}</h1><p>{escape(told['info']['description'])} "
        '<a href="openapi.json">openapi.json</a> is for programs.</p>'
    ]
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            parts.append(f"<h2><code>{method.upper()} {path}</code></h2><p>{escape(one['summary'])}</p>")
            if "requestBody" in one:
                media = ", ".join(f"<code>{escape(name)}</code>" for name in one["requestBody"]["content"])
                example = f"curl -H 'Content-Type: application/json' -d '{{\"text\": \"Share\\n\\nThe talks failed.\"}}' http://…{path}"
                parts.append(f"<p>Body: {media}.</p><pre>{escape(example)}</pre>")
            rows = [(f"?{p['name']}=", p["description"]) for p in one.get("parameters", ())] + [
                (status, answer["description"]) for status, answer in one["responses"].items()
            ]
            parts += [
                "<table>",
                *(f"<tr><th><code>{escape(name)}</code><td>{escape(what)}" for name, what in rows),
                "</table>",
            ]
    return "".join(parts) + "</html>\n"

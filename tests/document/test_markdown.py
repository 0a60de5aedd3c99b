"""Markdown keeps its code, links, front matter and HTML, whatever rules say of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleantext
from cleantext.document.lines import split_lines
from cleantext.document.markdown import regions

PAGE = """\
---
title: "Share &amp; follow"
tags: [Share]
---

# A short page

The tag `&lt;em&gt;` stands in [the manual](https://example.org/?a=1&amp;b=2 "Tom &amp; Jerry") and
in ``a ` tick &amp; all``; <https://example.org/?x&amp;y> too. <span title="&amp;">Bold</span> cafÃ© too.

```html
Share
<p>Tom &amp; Jerry</p>
```

~~~~
Advertisement
~~~
&lt;
~~~~

    Share
    &lt;indented&gt;

<div class="x">
Share
&lt;b&gt;
</div>

<!-- Advertisement

&amp; -->

{{ figure &amp; }} {% include "&amp;" %}

[manual]: https://example.org/?a=1&amp;b=2
![picture &amp; words](a&amp;b.png)
"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(r.kind, text[r.start : r.end]) for r in regions(text, split_lines(text)).all]


def test_only_prose_changes_in_a_page_that_is_full_of_entities_and_labels() -> None:
    for apply in ("safe", "review"):
        cleaned = cleantext.check(PAGE, markup="markdown").fixed(apply=apply)  # type: ignore[arg-type]
        expected = PAGE.replace("cafÃ© too", "café too")
        assert cleaned == expected


def test_a_plain_text_of_the_same_words_is_no_markdown() -> None:
    assert cleantext.check(PAGE).article.markup is None
    assert cleantext.check(PAGE, markup="markdown").fixed() != cleantext.check(PAGE).fixed()


def test_an_unknown_markup_is_refused() -> None:
    with pytest.raises(ValueError, match="markup must be"):
        cleantext.check("a", markup="html")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `b` c", [("code", "`b`")]),
        ("a ``b ` c`` d", [("code", "``b ` c``")]),
        ("a `b\n\nc` d", []),
        ("```\nopen to the end", [("code", "```\nopen to the end")]),
        ("a\n    wrapped, no code", []),
        ("a\n\n    code", [("code", "    code")]),
        ("---\na: b\n---\nc", [("front matter", "---\na: b\n---")]),
        ("---\n\nA rule, and no head.\n\n---\n", []),
        ("[a](b(c)d) e", [("a link", "](b(c)d)")]),
        ("[a][b] c", [("a link", "][b]")]),
        ("3 < 4 and 5 > 4", []),
        ("<p>a\n\nb", [("HTML", "<p>a")]),
        ("<pre>a\n\nb</pre>\nc", [("HTML", "<pre>a\n\nb</pre>")]),
    ],
)
def test_what_is_no_prose(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@given(
    st.lists(
        st.sampled_from(
            [
                "`",
                "``",
                "```",
                "\n",
                "\n\n",
                "    a",
                "[",
                "](",
                ")",
                "<",
                "<!--",
                "-->",
                "a",
                "{{",
                "}}",
                "---",
                "~~~",
            ]
        )
    )
)
def test_regions_are_in_order_and_apart(parts: list[str]) -> None:
    text = "".join(parts)
    found = regions(text, split_lines(text)).all
    assert all(0 <= r.start < r.end <= len(text) for r in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.integers(0, 40), st.integers(0, 6))
def test_a_region_is_found_from_every_span_that_touches_it(start: int, length: int) -> None:
    text = "ab `cd` ef [g](h) ij <k> l"
    found = regions(text, split_lines(text))
    touched = found.touching(start, start + length)
    slow = [
        r
        for r in found.all
        if (r.start < start + length and start < r.end) or (not length and r.start < start < r.end)
    ]
    assert (touched in slow) if slow else touched is None

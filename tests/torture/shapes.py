"""Articles of any size in shapes that make careless code slow: what each shape is repeated and stretched from."""

from __future__ import annotations

from collections.abc import Callable

PROSE = (
    "The builders at the harbour said on Monday that a new bridge would be finished before winter, after "
    "eleven weeks of work. “We waited for years,” said Jonas Keller, who heads the council. Keller added that "
    "nobody, not even the mayor of Brenn, Marta Lindqvist, had believed in it. "
)


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _between(left: str, middle: str, right: str) -> Callable[[int], str]:
    def make(size: int) -> str:
        times = max(1, size // (len(left) + len(right) + 1))
        return left * times + middle + right * times

    return make


SHAPES: dict[str, Callable[[int], str]] = {
    "prose in lines": _repeated(PROSE + "\n\n"),
    "prose in one line": _repeated(PROSE),
    "prose in ASCII": _repeated(PROSE.translate({0x201C: '"', 0x201D: '"'}) + "\n\n"),
    "a paragraph again and again": lambda size: "".join(
        f"{PROSE}\n\nChapter {_name(n)}\n\n" for n in range(size // (len(PROSE) + 12) + 1)
    )[:size],
    "one letter": _repeated("a"),
    "capitals": _repeated("A"),
    "blanks": _repeated(" "),
    "blanks before a stop": _repeated("word" + " " * 200 + "."),
    "empty lines": _repeated("\n"),
    "empty CR lines": _repeated("\r"),
    "CR LF mixtures": _repeated("\r\n\n\r"),
    "lines of one letter": _repeated("a\n"),
    "one short line over and over": _repeated("Share this article\n"),
    "widget lines": _repeated("More news\nShare\nTweet\n\n"),
    "straight marks": _repeated('"'),
    "closing marks": _repeated('a" '),
    "opening marks": _repeated(' "a'),
    "curly pairs": _repeated("“a” "),
    "curly openings": _repeated("“a "),
    "curly closings": _repeated("a” "),
    "single openings": _repeated(" 'a"),
    "single closings": _repeated("a' "),
    "plural apostrophes": _repeated("voters' choice "),
    "guillemets the wrong way": _repeated("»a« "),
    "marks in lines": _repeated('"a" said b.\n'),
    "nested quotations": _between("“‘", "a", "’”"),
    "nested brackets": _between("([{", "a", "}])"),
    "open brackets": _repeated("("),
    "names": _repeated("Jonas Keller "),
    "a run of names": _repeated("Keller-Moreau de la "),
    "new names": lambda size: "".join(f"Jonas {_name(n)} said so. " for n in range(size // 22 + 1))[:size],
    "said": _repeated("he said "),
    "quotations with speakers": _repeated("“We waited,” said Jonas Keller. "),
    "speakers and pronouns": _repeated("“We waited,” he said. Keller agreed. "),
    "according to": _repeated("according to the "),
    "president": _repeated("President Hollande of France said that Chirac said. "),
    "commas": _repeated(","),
    "spaced commas": _repeated("a , b "),
    "dots": _repeated("."),
    "dashes": _repeated("-"),
    "doubled words": _repeated("the the "),
    "one word": _repeated("word "),
    "digits": _repeated("3,5 % "),
    "entities": _repeated("&amp; "),
    "nested entities": _repeated("&amp;amp;quot; "),
    "mojibake": _repeated("cafÃ© "),
    "mojibake in quotes": _repeated("â€œsoâ€\x9d "),
    "mojibake in lines": _repeated("cafÃ© â€œsoâ€\x9d\n"),
    "controls": _repeated("\x01a"),
    "surrogates": _repeated("\ud800a "),
    "combining marks": _repeated("\u0301"),
    "right to left": _repeated("שלום \u202eabc "),
    "emoji": _repeated("👩‍👩‍👧 "),
    "ideographs": _repeated("新闻报道"),
    "links": _repeated("http://a.example/b?c=d "),
    "a long link": lambda size: "http://a.example/" + "b/" * (size // 2),
    "tags": _repeated("<b>"),
    "open tags": _repeated("<"),
    "backslashes": _repeated("\\"),
    "l’ Assemblée": _repeated("l’ Assemblée "),
    "quotations opened in every paragraph": _repeated('"We go on and on\n\n'),
    "questions": _repeated("Q: Why? A: So. "),
    "torn sentence": _repeated("the President of the Republic in the words of the President of "),
}


def _name(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number, 26)
        letters += chr(97 + rest)
    return "K" + letters

"""Letters of other scripts: those that no space parts, and others as Latin ones, near enough to compare names by."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

UNSPACED = r"\u3040-\u30ff\u3400-\u9fff"
"""Kana and Han, for a class of a pattern: no space parts their words."""

_CYRILLIC = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюяёўђјљњћџ",
        [
            "a",
            "b",
            "v",
            "g",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "i",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "ts",
            "ch",
            "sh",
            "sh",
            "_",
            "i",
            "_",
            "e",
            "u",
            "a",
            "e",
            "u",
            "d",
            "i",
            "l",
            "n",
            "c",
            "d",
        ],
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        [
            "a",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "th",
            "i",
            "k",
            "l",
            "m",
            "n",
            "x",
            "o",
            "p",
            "r",
            "s",
            "s",
            "t",
            "i",
            "f",
            "h",
            "ps",
            "o",
        ],
        strict=True,
    )
)
_KANA = (
    "アa イi ウu エe オo カka キki クku ケke コko サsa シshi スsu セse ソso タta チchi ツtsu テte トto "
    "ナna ニni ヌnu ネne ノno ハha ヒhi フfu ヘhe ホho マma ミmi ムmu メme モmo ヤya ユyu ヨyo "
    "ラra リri ルru レre ロro ワwa ヲo ンn ガga ギgi グgu ゲge ゴgo ザza ジji ズzu ゼze ゾzo "
    "ダda ヂji ヅzu デde ドdo バba ビbi ブbu ベbe ボbo パpa ピpi プpu ペpe ポpo ヴv ャa ュu ョo ァa ィi ゥu ェe ォo ッ ー"
)
_TABLE: dict[int, str] = {ord(c): "" if s == "_" else s for c, s in (_CYRILLIC | _GREEK).items()}
_TABLE.update({ord(entry[0]): entry[1:] for entry in _KANA.split()})
_TABLE.update(
    {
        ord("ø"): "o",
        ord("ł"): "l",
        ord("đ"): "d",
        ord("ß"): "ss",
        ord("þ"): "th",
        ord("ð"): "d",
        ord("æ"): "a",
    }
)


@lru_cache(1 << 16)
def latin(word: str) -> str:
    """Write a word in small letters with Latin letters alone; what has no such letters is left out."""
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFD", word.translate(_TABLE))
    return "".join(c for c in plain if c.isascii() and c.isalpha())

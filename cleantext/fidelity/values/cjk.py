"""Values in Chinese and Japanese, which write no spaces and count in myriads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleantext.fidelity.values.digits import decade_of, is_date, read_numeral, year_of
from cleantext.fidelity.values.roman import read_roman
from cleantext.fidelity.values.units import unit_of
from cleantext.fidelity.values.value import Kind, Strength, Value

_FIGURES = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2, "半": 0.5}
_STEPS = {"十": 1e1, "百": 1e2, "千": 1e3}
_MYRIADS = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12}
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民国": 1911}
_COUNTERS = (
    "个個人名位天年月日岁歲歳才次条條家场場种種项項届屆件只隻台辆架座所支本张張套倍分秒周週期部级級轮輪层層階国國省市"
    "县県村户戶对對双雙枚颗艘集季代页頁句字号號元块円米公里吨斤度時时点點回つ社ヶか箇カ番軒頭匹羽冊杯校区州間隻款方"
)
_NUMBER = re.compile(
    r"(?P<digits>\d+(?:[.,]\d+)*)(?P<vague>[余多几幾数數])?(?P<scale>[十百千]?[万萬亿億兆]+|[百千])?"
    r"(?P<more>\d+(?:[.,]\d+)*[百千]?[万萬]?)?"
    r"|(?P<han>[〇零一二三四五六七八九十百千万萬亿億兆两兩]+)"
    r"|(?P<roman>(?<![A-Za-z])[IVX]{1,5}(?![A-Za-z]))"
)
_HALF_MORE = re.compile(r"(?:年|か月|カ月|ヶ月|个月|個月|時間|小时|个|週間|周|日|倍)半")
_SET_ASIDE = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+|[\x21-\x7e]+@[\x21-\x7e]+|[#@]\w+")
_UNIT = re.compile(
    r"(?:平方)?(?:公里|千米|キロメートル|キロ|メートル|米|公尺)|公顷|亩|ヘクタール|平米|公斤|千克|吨|トン|斤|克|グラム|升|リットル"
    r"|千瓦|小时|時間|分钟|分間|个月|か月|カ月|ヶ月|週間|年間|欧元|美元|ドル|ユーロ|日元|円|元|英里|マイル|英尺|百分点|%"
    r"|[A-Za-z²³/]+"
)


_HALVES = {
    "半年": (0.5, 6.0),
    "半月": (0.5, 15.0),
    "半小": (0.5, 30.0),
    "半時": (0.5, 30.0),
    "半数": (0.5, 50.0),
}
_HALF = re.compile("半(?:年|月|小|時|数)")


def read_cjk(text: str, lang: str) -> Iterator[Value]:
    """Yield the values of a passage whose digits are ASCII, in order."""
    values = list(_read(text, lang))
    values += [
        Value(found.start(), found.start() + 1, "number", _HALVES[found.group()], Strength.HINT)
        for found in _HALF.finditer(text)
    ]
    values.sort(key=lambda value: value.start)
    yield from values


def _read(text: str, lang: str) -> Iterator[Value]:
    masked = _SET_ASIDE.sub(lambda found: " " * len(found.group()), text)
    for found in _NUMBER.finditer(masked):
        if found.group("digits"):
            yield from _digits(masked, found)
        elif found.group("han"):
            value = _han(masked, found, lang)
            if value is not None:
                yield value
        else:
            amount = read_roman(found.group())
            if amount is not None:
                yield Value(found.start(), found.end(), "ordinal", (float(amount),), Strength.HINT)


def _digits(text: str, found: re.Match[str]) -> Iterator[Value]:
    start, end = found.start(), found.end()
    written = found.group("digits")
    numeral = read_numeral(written, ".")
    after = text[end : end + 3]
    before = text[max(0, start - 4) : start]
    if text[found.end("digits") : found.end("digits") + 1] == ":" or before.endswith(":"):
        yield Value(start, end, "time", (float(written.replace(",", "").split(".")[0]),), _firm(written))
        return
    if not numeral.amounts and not is_date(numeral.pieces):
        return
    if not numeral.amounts:
        at = start
        for piece in numeral.pieces:
            yield Value(at, at + len(piece), "number", (float(piece or 0),), _firm(piece or "0"))
            at += len(piece) + 1
        return
    if (before[-1:].isascii() and before[-1:].isalpha()) or (before[-1:] == "-" and before[-2:-1].isalpha()):
        yield Value(start, end, "label", numeral.amounts, Strength.HINT)
        return
    scale, more = found.group("scale") or "", found.group("more")
    if more and not scale:
        more, end = None, found.end("vague") if found.group("vague") else found.end("digits")
    amounts = numeral.amounts
    for step in scale:
        amounts = tuple(a * (_STEPS.get(step) or _MYRIADS[step]) for a in amounts)
    if more:
        amounts = (amounts[0] + _plus(more),)
    kind: Kind = "number"
    head = after[:1]
    if not scale and not more:
        if head == "年" and after[:2] not in ("年间", "年間", "年来", "年後", "年后") and numeral.plain:
            kind, amounts = _year(before, amounts[0], written, after)
        elif head == "月" and amounts[0] <= 12:
            kind = "month"
        elif head in ("日", "号", "號") and amounts[0] <= 31 and after[:2] != "日間":
            kind = "day"
        elif head in ("时", "時", "点", "點") and amounts[0] <= 24 and after[:2] != "時間":
            kind, amounts = "time", (amounts[0], amounts[0] + 12 if amounts[0] < 12 else amounts[0] - 12)
        elif after[:2] in ("世纪", "世紀") or text[start - 1 : start] == "第":
            kind = "ordinal"
        elif head in ("成", "割") or "割" in before:
            # 3割2分 is a batting average of .320: read as it stands, held to nothing.
            yield Value(start, end, "number", (amounts[0] * 10, amounts[0]), Strength.HINT)
            return
        elif after.startswith("年生"):
            yield Value(start, end, "ordinal", amounts, Strength.HINT)
            return
        elif after[:1] == "分" and after[1:2] in ("の", "之"):
            yield Value(start, end, "number", amounts, Strength.HINT)
            return
    if _HALF_MORE.match(text, end):
        amounts = (*amounts, amounts[0] + 0.5)
    if before.endswith("ら") and head in ("人", "名"):
        amounts = (*amounts, amounts[0] - 1)  # "and three others" are four with the one named
    unit = None
    if kind == "number":
        named = _UNIT.match(text, end + (1 if after[:1] in ("余", "多", "几", "数") else 0))
        unit = unit_of(named.group().lower().removeprefix("平方")) if named else None
    if before.endswith("百分之"):
        unit = "%"
    parts = () if scale else tuple(float(p) for p in numeral.pieces)
    exact = not scale and not found.group("vague")
    yield Value(start, end, kind, amounts, _firm(written), unit, parts, exact)


def _firm(written: str) -> Strength:
    return Strength.HINT if not written.strip("0.,") else Strength.DIGITS


def _plus(written: str) -> float:
    """Read what follows a myriad: the 5000 of 2万5000, the 3千 of 1億3千万."""
    number = re.match(r"\d+(?:[.,]\d+)*", written)
    assert number is not None
    amounts = read_numeral(number.group(), ".").amounts
    amount = amounts[0] if amounts else 0.0
    for step in written[number.end() :]:
        amount *= _STEPS.get(step) or _MYRIADS[step]
    return amount


def _year(before: str, amount: float, written: str, after: str) -> tuple[Kind, tuple[float, ...]]:
    for era, zero in _ERAS.items():
        if before.endswith(era):
            return "year", (zero + amount, amount)
    if after.startswith("年代"):
        return "decade", decade_of(amount)
    if len(written) == 4:
        return "year", year_of(amount)
    if len(written) == 2:
        return "number", (amount, 1900 + amount, 2000 + amount)
    return "number", (amount,)


def read_han(written: str) -> float | None:
    """Read a number in Han figures: 三百二十, 二〇二〇, 十二万; None for what is no number."""
    if all(c in _FIGURES for c in written):
        if len(written) == 1:
            return _FIGURES[written]
        return float("".join(str(int(_FIGURES[c])) for c in written)) if len(written) == 4 else None
    total, section, figure = 0.0, 0.0, -1.0
    for c in written:
        if c in _FIGURES:
            if figure > 0:
                return None
            figure = float(_FIGURES[c])
        elif c in _STEPS:
            section += (figure if figure > 0 else 1.0) * _STEPS[c]
            figure = -1.0
        else:
            section += max(figure, 0.0)
            total += (section or 1.0) * _MYRIADS[c]
            section, figure = 0.0, -1.0
    return total + section + max(figure, 0.0)


def _han(text: str, found: re.Match[str], lang: str) -> Value | None:
    written, start, end = found.group(), found.start(), found.end()
    after, before = text[end : end + 3], text[max(0, start - 3) : start]
    if before.endswith(("星期", "周", "週", "礼拜", "禮拜")):
        return None
    amount = read_han(written)
    if amount is None:
        figures = [float(_FIGURES[c]) for c in written if c in _FIGURES]
        return Value(start, end, "number", tuple(figures) or (0.0,), Strength.HINT)
    amounts: tuple[float, ...] = (amount,)
    strength = Strength.HINT
    counted = after[:1] in _COUNTERS and bool(after)
    vague = after[:1] in ("几", "幾", "数", "數", "余", "多", "来") or before[-1:] in (
        "几",
        "幾",
        "数",
        "數",
        "好",
    )
    ordinal = before[-1:] == "第"
    if written == "十" and after[:1] == "分" and after[:2] not in ("分钟", "分鐘", "分間"):
        return None  # "very"
    bare = all(c in _STEPS or c in _MYRIADS for c in written) and written != "十"
    if (
        amount >= 2
        and counted
        and not vague
        and not ordinal
        and not bare
        and after[:2] not in ("分之", "分の", "方面", "代表")
    ):
        strength = Strength.WORD
    if after[:1] in ("成", "割"):
        amounts = (amount * 10, amount)
    kind: Kind = "number"
    unit = "%" if before.endswith("分之") and before.startswith("百") else None
    if after[:1] == "月" and amount <= 12 and lang in ("zh", "ja"):
        kind = "month"
    elif after[:1] == "年" and len(written) == 4:
        kind, strength = "year", Strength.DIGITS
    elif after[:1] in ("日", "号") and amount <= 31:
        kind = "day"
    elif after[:1] in ("时", "時", "点", "點") and amount <= 24:
        amounts = (amount, amount + 12 if amount < 12 else amount - 12)
        strength = Strength.HINT
    elif ordinal:
        kind = "ordinal"
    if _HALF_MORE.match(text, end):
        amounts = (*amounts, amount + 0.5)
    return Value(start, end, kind, amounts, strength, unit, (), False)

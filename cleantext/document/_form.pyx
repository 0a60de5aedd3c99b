# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The form of a text's lines, counted in C: what ``pagekind.form`` says, in two passes over the letters."""

from libc.math cimport log1p
from libc.stdint cimport uint32_t

from cleantext.document._words cimport (
    PyUnicode_DATA,
    PyUnicode_GET_LENGTH,
    PyUnicode_IS_ASCII,
    PyUnicode_KIND,
    PyUnicode_READ,
    is_decimal,
)

from cleantext.document.pageform import (
    CLOSERS as _CLOSERS,
    CODE_POINTS_A_WORD as _CODE_POINTS_A_WORD,
    GLIMPSE as _GLIMPSE,
    LABEL as _LABEL,
    LONG as _LONG,
    PROSE as _PROSE,
    STOPS as _STOPS,
    repeated,
)

cdef int PROSE = _PROSE, LONG = _LONG, LABEL = _LABEL, GLIMPSE = _GLIMPSE
cdef double CODE_POINTS_A_WORD = _CODE_POINTS_A_WORD
cdef str CLOSERS = _CLOSERS, STOPS = "".join(sorted(_STOPS))


cdef inline bint among(uint32_t ch, str letters):
    cdef Py_ssize_t at
    for at in range(PyUnicode_GET_LENGTH(letters)):
        if PyUnicode_READ(PyUnicode_KIND(letters), PyUnicode_DATA(letters), at) == ch:
            return True
    return False


cdef Py_ssize_t size_of(str line) noexcept:
    """Return the length of a line, letters of scripts without spaces three times where they are many."""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(line), at, more = 0, wide = 0
    cdef int kind = PyUnicode_KIND(line)
    cdef void* data = PyUnicode_DATA(line)
    cdef uint32_t ch
    if PyUnicode_IS_ASCII(line):
        return size
    for at in range(size):
        ch = PyUnicode_READ(kind, data, at)
        if ch >= 0x80:
            more += 1 if ch < 0x800 else 2 if ch < 0x10000 else 3
            wide += 0x3040 <= ch <= 0x30FF or 0x3400 <= ch <= 0x9FFF or 0xAC00 <= ch <= 0xD7AF
    return size if 4 * more < size else size + 2 * wide


cdef bint is_prose(str line, Py_ssize_t size):
    cdef Py_ssize_t last = PyUnicode_GET_LENGTH(line) - 1, least = last - 3
    cdef uint32_t ch
    if size >= LONG:
        return True
    if size < PROSE:
        return False
    while last >= 0 and last >= least:
        ch = PyUnicode_READ(PyUnicode_KIND(line), PyUnicode_DATA(line), last)
        if not among(ch, CLOSERS):
            return among(ch, STOPS)
        last -= 1
    return False


cdef bint is_bullet(str line):
    """Whether a line begins with a bullet, or with a number of at most three figures, a mark and a blank."""
    cdef int kind = PyUnicode_KIND(line)
    cdef void* data = PyUnicode_DATA(line)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(line), at = 0
    if among(PyUnicode_READ(kind, data, 0), "-–—•·*|►▪◦"):
        return True
    while at < size and at < 3 and is_decimal(PyUnicode_READ(kind, data, at)):
        at += 1
    return (
        at > 0
        and at + 1 < size
        and PyUnicode_READ(kind, data, at) in (0x2E, 0x29)
        and PyUnicode_READ(kind, data, at + 1) == 0x20
    )


cdef bint stands(int kind, void* data, Py_ssize_t size, Py_ssize_t at, str word):
    cdef Py_ssize_t k, length = PyUnicode_GET_LENGTH(word)
    if at + length > size:
        return False
    for k in range(length):
        if PyUnicode_READ(kind, data, at + k) != PyUnicode_READ(PyUnicode_KIND(word), PyUnicode_DATA(word), k):
            return False
    return True


cdef tuple _glimpsed(str text, tuple speaker):
    """Count prices, questions, addresses, signs of code and words of a speaker, each where the one before has ended."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at
    cdef Py_ssize_t prices = 0, questions = 0, addresses = 0, code = 0, speaks = 0
    cdef uint32_t ch, following
    cdef Py_ssize_t free[16]  # from where on each word of a speaker may begin again
    cdef int k
    for k in range(16):
        free[k] = 0
    for at in range(size):
        ch = PyUnicode_READ(kind, data, at)
        if 0x61 <= ch <= 0x7A:
            if ch == 0x68:
                addresses += stands(kind, data, size, at, "http")
                speaks += stands(kind, data, size, at, "hanks")
            elif ch == 0x77:
                addresses += stands(kind, data, size, at, "www.")
        elif ch == 0x20:
            if at + 1 < size:
                following = PyUnicode_READ(kind, data, at + 1)
                if following in (0x49, 0x6D, 0x79):
                    for k in range(<int>len(speaker)):
                        if at >= free[k] and stands(kind, data, size, at, <str>speaker[k]):
                            free[k] = at + PyUnicode_GET_LENGTH(<str>speaker[k])
                            speaks += 1
        elif ch == 0x3F:
            questions += 1
        elif ch == 0x40:
            addresses += 1
        elif ch in (0x7B, 0x3D, 0x3C, 0x5C, 0x5F):
            code += 1
        elif ch == 0x28:
            code += stands(kind, data, size, at, "()")
        elif ch in (0x24, 0x20AC, 0xA3, 0xA5, 0x20B9):
            prices += 1
    return prices, questions, addresses, code, speaks


_SPEAKER = (" I ", " I'", " I’", " my ", " me ", " you ", " your ")


def form(lines):
    """Return the features of form of stripped, non-blank lines; see ``pagekind.form``."""
    cdef Py_ssize_t total = 0, prose = 0, prose_lines = 0, run = 0, longest = 0, labels = 0, bullets = 0
    cdef Py_ssize_t digits = 0, digit_lines = 0, size, length, at, here
    cdef str line, text, rest
    cdef list others = []
    cdef int kind
    cdef void* data
    for line in lines:
        size = size_of(line)
        length = PyUnicode_GET_LENGTH(line)
        total += size
        kind, data = PyUnicode_KIND(line), PyUnicode_DATA(line)
        if is_prose(line, size):
            prose += size
            prose_lines += 1
            run += 1
            longest = max(longest, run)
            continue
        run = 0
        labels += size <= LABEL and not among(PyUnicode_READ(kind, data, length - 1), STOPS)
        others.append(line)
        bullets += is_bullet(line)
        here = digits
        for at in range(length):
            digits += is_decimal(PyUnicode_READ(kind, data, at))
        digit_lines += digits > here
    text = "\n".join(lines)
    rest = "\n".join(others)
    cdef double count = max(1, len(lines)), whole = PyUnicode_GET_LENGTH(text)
    cdef double hundred = max(1.0, total / CODE_POINTS_A_WORD) / 100
    glimpse = text if len(text) <= GLIMPSE else text[: GLIMPSE // 2] + text[len(text) - GLIMPSE // 2 :]
    cdef double glimpsed = hundred * len(glimpse) / max(1.0, whole) if glimpse else 1.0
    prices, questions, addresses, code, speaks = _glimpsed(glimpse, _SPEAKER)
    same, openings, board, shop = repeated(rest, digits > 0)
    return [
        log1p(100 * hundred),
        prose / <double>max(1, total),
        log1p(prose / CODE_POINTS_A_WORD),
        prose_lines / count,
        log1p(longest),
        labels / count,
        digits / <double>max(1, len(rest)),
        digit_lines / count,
        bullets / count,
        same / count,
        openings / count,
        log1p((text.count("|") + text.count("»")) / count),
        log1p(board / hundred),
        log1p(shop / hundred),
        log1p(prices / glimpsed),
        log1p(questions / glimpsed),
        log1p(addresses / glimpsed),
        log1p(code / glimpsed),
        log1p(speaks / glimpsed),
        log1p(prose / CODE_POINTS_A_WORD / max(1, prose_lines)),
    ]


cdef class Weights:
    """The weights of a model, laid out for :meth:`odds`."""

    cdef double mean[32]
    cdef double scale[32]
    cdef double linear[32]
    cdef double products[32][32]
    cdef double bias
    cdef int count

    def __init__(self, model):
        cdef int place, other
        self.count = <int>len(model.linear)
        if self.count > 32:
            raise ValueError("a model of form has at most 32 features")
        self.bias = model.bias
        for place in range(self.count):
            self.mean[place], self.scale[place] = model.mean[place], model.scale[place]
            self.linear[place] = model.linear[place]
            for other in range(self.count - place):
                self.products[place][other] = model.products[place][other]

    def evidence(self, list row):
        """Return what the features add to the log odds, the bias among it; see ``pagekind.evidence_of``."""
        cdef double values[32]
        cdef double evidence = self.bias, inner
        cdef int place, other
        for place in range(self.count):
            values[place] = min(4.0, max(-4.0, (<double>row[place] - self.mean[place]) / self.scale[place]))
        for place in range(self.count):
            inner = 0.0
            for other in range(self.count - place):
                inner += self.products[place][other] * values[place + other]
            evidence += values[place] * (self.linear[place] + inner)
        return evidence

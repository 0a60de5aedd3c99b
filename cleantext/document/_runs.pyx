# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Runs of capitalised words found in C: what ``capital_run`` in ``runs.py`` finds, ten times as fast."""

from cpython cimport array
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

from cleantext.document._words cimport (
    PyUnicode_DATA,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
)

cdef extern from "Python.h":
    bint Py_UNICODE_ISALPHA(uint32_t ch)
    bint Py_UNICODE_ISALNUM(uint32_t ch)
    bint Py_UNICODE_ISUPPER(uint32_t ch)

cdef enum:
    WORDS = 15  # a run has at most so many

ctypedef fused letter_t:  # a text's code points have one, two or four bytes
    uint8_t
    uint16_t
    uint32_t

# Small words that may stand before a capital within a run, those that may follow one of them, and what else joins.
cdef tuple PARTICLES = (
    "de", "del", "della", "di", "da", "dos", "du", "van", "von", "der", "den", "bin", "ibn", "al", "el", "ten", "ter", "y",
)
cdef tuple SECOND = ("la", "los", "der", "den", "de")
cdef tuple JOINS = ("of the", "of", "for", "&")


cdef enum:
    UPPER = 1
    WORD = 2
    BLANK = 4

cdef uint8_t CLASSES[256]


# What cannot raise says so: else each answer would be compared with that of an error.

cdef uint8_t class_beyond(uint32_t ch) noexcept:
    """Say what a code point is that has no place in the table."""
    cdef uint8_t found = 0
    if 0x2000 <= ch <= 0x206F:  # quotation marks and dashes
        return 0
    if Py_UNICODE_ISALNUM(ch):
        found = WORD
        if ch < 0x2C00 and Py_UNICODE_ISUPPER(ch) and Py_UNICODE_ISALPHA(ch):
            found |= UPPER
    return found


cdef inline uint8_t class_of(uint32_t ch) noexcept:
    """Say whether a code point is a capital, belongs to a word, or is a blank within a line."""
    return CLASSES[ch] if ch < 256 else class_beyond(ch)


def _fill():
    cdef int ch
    for ch in range(256):
        CLASSES[ch] = class_beyond(ch)
    CLASSES[0x5F] = WORD
    CLASSES[0x20] = CLASSES[0xA0] = BLANK


_fill()


cdef class RunScanner:
    """Knows the abbreviations whose stop belongs to a run."""

    cdef list dotted

    def __init__(self, dotted):
        self.dotted = sorted(dotted)

    def spans(self, str text):
        """Give the starts of all runs, in order, and their ends; linear in the text's length."""
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
        cdef array.array starts = array.array("q"), ends = array.array("q")
        if kind == 1:
            scan(<const uint8_t*>data, size, self.dotted, starts, ends)
        elif kind == 2:
            scan(<const uint16_t*>data, size, self.dotted, starts, ends)
        else:
            scan(<const uint32_t*>data, size, self.dotted, starts, ends)
        return starts, ends


cdef int scan(const letter_t* text, Py_ssize_t size, list dotted, array.array starts, array.array ends) except -1:
    cdef Py_ssize_t at = 0, start, count = 0
    while True:
        while at < size and not class_of(text[at]) & UPPER:
            at += 1
        if at >= size:
            return 0
        if at and class_of(text[at - 1]) & WORD:
            at += 1
            continue
        start = at
        at = end_of(text, size, at, dotted)
        array.resize_smart(starts, count + 1)
        array.resize_smart(ends, count + 1)
        starts.data.as_longlongs[count] = start
        ends.data.as_longlongs[count] = at
        count += 1


cdef Py_ssize_t end_of(const letter_t* text, Py_ssize_t size, Py_ssize_t at, list dotted) except -1:
    """Give the end of the run that starts at a capital."""
    cdef Py_ssize_t next_
    cdef int count
    at = tail(text, size, at + 1, dotted)
    for count in range(WORDS - 1):
        if at >= size:
            break
        next_ = -1
        if class_of(text[at]) & BLANK:
            next_ = capital_after(text, size, at + 1)
            if next_ < 0:
                next_ = joined(text, size, at + 1)
        elif text[at - 1] == 0x2E:
            next_ = capital_after(text, size, at)
        if next_ < 0:
            break
        at = tail(text, size, next_ + 1, dotted)
    return at


cdef Py_ssize_t tail(const letter_t* text, Py_ssize_t size, Py_ssize_t at, list dotted) except -1:
    """Give the end of a word after its capital: the stops of initials, or letters and the stop of a title."""
    cdef uint32_t ch
    if at < size and text[at] == 0x2E:
        at += 1
        while at + 1 < size and text[at + 1] == 0x2E and class_of(text[at]) & UPPER:
            at += 2
        return at
    while at < size:
        ch = text[at]
        if class_of(ch) & WORD or ((ch == 0x2D or ch == 0x27 or ch == 0x2019) and goes_on(text, size, at + 1)):
            at += 1
        else:
            break
    if at < size and text[at] == 0x2E and is_dotted(text, at, dotted):
        at += 1
    return at


cdef bint is_dotted(const letter_t* text, Py_ssize_t at, list dotted) except -1:
    """Say whether an abbreviation ends before a code point."""
    cdef str word
    for word in dotted:
        if stands(text, at, at - PyUnicode_GET_LENGTH(word), word):
            return True
    return False


cdef inline bint goes_on(const letter_t* text, Py_ssize_t size, Py_ssize_t at) noexcept:
    """Say whether a word goes on after a hyphen or an apostrophe: a capital or three letters follow."""
    if at >= size:
        return False
    return class_of(text[at]) & UPPER or (
        at + 2 < size
        and class_of(text[at]) & WORD
        and class_of(text[at + 1]) & WORD
        and class_of(text[at + 2]) & WORD
    )


cdef inline bint stands(const letter_t* text, Py_ssize_t size, Py_ssize_t at, str word) noexcept:
    """Say whether a word stands at a code point, within ``size``."""
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(word), n
    cdef int own = PyUnicode_KIND(word)
    cdef void* letters = PyUnicode_DATA(word)
    if at < 0 or at + length > size:
        return False
    for n in range(length - 1, -1, -1):
        if text[at + n] != PyUnicode_READ(own, letters, n):
            return False
    return True


cdef inline bint may_be_particle(uint32_t first, uint32_t second) noexcept:
    """Tell by its first two letters whether a word may be a particle; few of an article's small words may."""
    if first == 0x64:  # d
        return second in (0x65, 0x69, 0x61, 0x6F, 0x75)
    if first == 0x76:  # v
        return second == 0x61 or second == 0x6F
    if first == 0x61 or first == 0x65:  # al, el
        return second == 0x6C
    if first == 0x62:  # bin
        return second == 0x69
    if first == 0x69:  # ibn
        return second == 0x62
    if first == 0x74:  # ten, ter
        return second == 0x65
    return first == 0x79  # y


for _particle in PARTICLES:
    if not may_be_particle(ord(_particle[0]), ord((_particle + " ")[1])):
        raise ImportError(f"{_particle!r} would never be tried")


cdef Py_ssize_t capital_after(const letter_t* text, Py_ssize_t size, Py_ssize_t at) noexcept:
    """Give where a capital stands at a code point, or after a particle there; -1 where there is none."""
    cdef uint32_t ch
    cdef str word
    cdef Py_ssize_t end
    if at >= size:
        return -1
    ch = text[at]
    if class_of(ch) & UPPER:
        return at
    if at + 1 >= size or not may_be_particle(ch, text[at + 1]):
        return -1
    for word in PARTICLES:
        end = at + PyUnicode_GET_LENGTH(word)
        if end >= size or not stands(text, size, at, word):
            continue
        ch = text[end]
        if ch == 0x2D and (word == "al" or word == "el"):
            end += 1
            return end if end < size and class_of(text[end]) & UPPER else -1
        if not class_of(ch) & BLANK:
            continue
        end += 1
        if end < size and class_of(text[end]) & UPPER:
            return end
        for word in SECOND:
            at = end + PyUnicode_GET_LENGTH(word)
            if at + 1 < size and stands(text, size, end, word) and class_of(text[at]) & BLANK:
                return at + 1 if class_of(text[at + 1]) & UPPER else -1
        return -1
    return -1


cdef Py_ssize_t joined(const letter_t* text, Py_ssize_t size, Py_ssize_t at) noexcept:
    """Give where a capital stands after "of the", "of", "for" or "&" at a code point; -1 where there is none."""
    cdef str word
    cdef Py_ssize_t end
    if at >= size or not (text[at] == 0x6F or text[at] == 0x66 or text[at] == 0x26):
        return -1
    for word in JOINS:
        end = at + PyUnicode_GET_LENGTH(word)
        if end + 1 < size and class_of(text[end]) & BLANK and stands(text, end, at, word):
            if class_of(text[end + 1]) & UPPER:
                return end + 1
    return -1


def runs_holding(str text, array.array starts, array.array ends, list parts):
    """Give start and end of the runs that hold one of these parts of keys, or anything beyond ASCII, in order."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), number, start, end, at
    cdef uint64_t[2] first = [0, 0]  # the letters that a part begins with, as bits
    cdef uint32_t ch
    cdef str part
    cdef list found = []
    if starts.typecode != "q" or ends.typecode != "q" or len(starts) != len(ends):
        raise ValueError("no runs")
    for part in parts:
        if not part:
            raise ValueError("an empty part")
        ch = ord(part[0])
        if ch < 0x80:
            first[ch >> 6] |= <uint64_t>1 << (ch & 63)
    for number in range(len(starts)):
        start, end = starts.data.as_longlongs[number], ends.data.as_longlongs[number]
        if not 0 <= start < end <= size:
            raise ValueError("a run beyond the text")
        for at in range(start, end):
            ch = PyUnicode_READ(kind, data, at)
            if ch >= 0x80 or (first[ch >> 6] >> (ch & 63) & 1 and holds(kind, data, end, at, parts)):
                found.append((start, end))
                break
    return found


cdef bint holds(int kind, void* data, Py_ssize_t end, Py_ssize_t at, list parts) noexcept:
    """Say whether one of the parts stands at a code point, within a run."""
    cdef str part
    for part in parts:
        if kind == 1:
            if stands(<const uint8_t*>data, end, at, part):
                return True
        elif kind == 2:
            if stands(<const uint16_t*>data, end, at, part):
                return True
        elif stands(<const uint32_t*>data, end, at, part):
            return True
    return False

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Runs of capitalised words found in C: what ``capital_run`` in ``runs.py`` finds, ten times as fast."""

from cpython cimport array
from libc.stdint cimport uint32_t, uint64_t

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

# Small words that may stand before a capital within a run, those that may follow one of them, and what else joins.
cdef tuple PARTICLES = (
    "de", "del", "della", "di", "da", "dos", "du", "van", "von", "der", "den", "bin", "ibn", "al", "el", "ten", "ter", "y",
)
cdef tuple SECOND = ("la", "los", "der", "den", "de")
cdef tuple JOINS = ("of the ", "of ", "for ", "& ")


cdef inline bint is_upper(uint32_t ch):
    if ch < 0x80:
        return 0x41 <= ch <= 0x5A
    return ch < 0x2C00 and Py_UNICODE_ISUPPER(ch) and Py_UNICODE_ISALPHA(ch)


cdef inline bint is_word(uint32_t ch):
    if ch < 0x80:
        return 0x61 <= ch <= 0x7A or 0x41 <= ch <= 0x5A or 0x30 <= ch <= 0x39 or ch == 0x5F
    return Py_UNICODE_ISALNUM(ch)


cdef inline bint is_gap(uint32_t ch):
    return ch == 0x20 or ch == 0xA0


cdef class RunScanner:
    """Knows the abbreviations whose stop belongs to a run."""

    cdef list dotted

    def __init__(self, dotted):
        self.dotted = sorted(dotted)

    def spans(self, str text):
        """Give the starts of all runs, in order, and their ends; linear in the text's length."""
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at = 0, start, count = 0
        cdef uint32_t before = 0, ch
        cdef array.array starts = array.array("q"), ends = array.array("q")
        while at < size:
            ch = PyUnicode_READ(kind, data, at)
            if is_upper(ch) and not (at and is_word(before)):
                start = at
                at = self.end_of(kind, data, size, at)
                array.resize_smart(starts, count + 1)
                array.resize_smart(ends, count + 1)
                starts.data.as_longlongs[count] = start
                ends.data.as_longlongs[count] = at
                count += 1
                before = PyUnicode_READ(kind, data, at - 1)
            else:
                before = ch
                at += 1
        return starts, ends

    cdef Py_ssize_t end_of(self, int kind, void* data, Py_ssize_t size, Py_ssize_t at) except -1:
        """Give the end of the run that starts at a capital."""
        cdef Py_ssize_t next_
        cdef int count
        at = self.tail(kind, data, size, at + 1)
        for count in range(WORDS - 1):
            if at >= size:
                break
            next_ = -1
            if is_gap(PyUnicode_READ(kind, data, at)):
                next_ = capital_after(kind, data, size, at + 1)
                if next_ < 0:
                    next_ = joined(kind, data, size, at + 1)
            elif PyUnicode_READ(kind, data, at - 1) == 0x2E:
                next_ = capital_after(kind, data, size, at)
            if next_ < 0:
                break
            at = self.tail(kind, data, size, next_ + 1)
        return at

    cdef Py_ssize_t tail(self, int kind, void* data, Py_ssize_t size, Py_ssize_t at) except -1:
        """Give the end of a word after its capital: the stops of initials, or letters and the stop of a title."""
        cdef uint32_t ch
        if at < size and PyUnicode_READ(kind, data, at) == 0x2E:
            at += 1
            while (
                at + 1 < size
                and PyUnicode_READ(kind, data, at + 1) == 0x2E
                and is_upper(PyUnicode_READ(kind, data, at))
            ):
                at += 2
            return at
        while at < size:
            ch = PyUnicode_READ(kind, data, at)
            if is_word(ch):
                at += 1
            elif ch in (0x2D, 0x2019, 0x27) and goes_on(kind, data, size, at + 1):
                at += 1
            else:
                break
        if at < size and PyUnicode_READ(kind, data, at) == 0x2E and self.is_dotted(kind, data, at):
            at += 1
        return at

    cdef bint is_dotted(self, int kind, void* data, Py_ssize_t at) except -1:
        """Say whether an abbreviation ends before a code point."""
        cdef str word
        for word in self.dotted:
            if stands(kind, data, at, at - PyUnicode_GET_LENGTH(word), word):
                return True
        return False


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


cdef bint holds(int kind, void* data, Py_ssize_t end, Py_ssize_t at, list parts):
    """Say whether one of the parts stands at a code point, within a run."""
    cdef str part
    for part in parts:
        if stands(kind, data, end, at, part):
            return True
    return False


cdef inline bint goes_on(int kind, void* data, Py_ssize_t size, Py_ssize_t at):
    """Say whether a word goes on after a hyphen or an apostrophe: a capital or three letters follow."""
    if at >= size:
        return False
    return is_upper(PyUnicode_READ(kind, data, at)) or (
        at + 2 < size
        and is_word(PyUnicode_READ(kind, data, at))
        and is_word(PyUnicode_READ(kind, data, at + 1))
        and is_word(PyUnicode_READ(kind, data, at + 2))
    )


cdef inline bint stands(int kind, void* data, Py_ssize_t size, Py_ssize_t at, str word):
    """Say whether a word stands at a code point, within ``size``."""
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(word), n
    cdef int own = PyUnicode_KIND(word)
    cdef void* letters = PyUnicode_DATA(word)
    if at < 0 or at + length > size:
        return False
    for n in range(length - 1, -1, -1):
        if PyUnicode_READ(kind, data, at + n) != PyUnicode_READ(own, letters, n):
            return False
    return True


cdef Py_ssize_t capital_after(int kind, void* data, Py_ssize_t size, Py_ssize_t at):
    """Give where a capital stands at a code point, or after a particle there; -1 where there is none."""
    cdef uint32_t ch
    cdef str word
    cdef Py_ssize_t end
    if at >= size:
        return -1
    ch = PyUnicode_READ(kind, data, at)
    if is_upper(ch):
        return at
    if ch not in (0x61, 0x62, 0x64, 0x65, 0x69, 0x74, 0x76, 0x79):  # the first letters of particles
        return -1
    for word in PARTICLES:
        end = at + PyUnicode_GET_LENGTH(word)
        if end >= size or not stands(kind, data, size, at, word):
            continue
        ch = PyUnicode_READ(kind, data, end)
        if ch == 0x2D and (word == "al" or word == "el"):
            end += 1
            return end if end < size and is_upper(PyUnicode_READ(kind, data, end)) else -1
        if not is_gap(ch):
            continue
        end += 1
        if end < size and is_upper(PyUnicode_READ(kind, data, end)):
            return end
        for word in SECOND:
            at = end + PyUnicode_GET_LENGTH(word)
            if at + 1 < size and stands(kind, data, size, end, word) and is_gap(PyUnicode_READ(kind, data, at)):
                return at + 1 if is_upper(PyUnicode_READ(kind, data, at + 1)) else -1
        return -1
    return -1


cdef Py_ssize_t joined(int kind, void* data, Py_ssize_t size, Py_ssize_t at):
    """Give where a capital stands after "of the", "of", "for" or "&" at a code point; -1 where there is none."""
    cdef str word
    cdef Py_ssize_t length, end
    cdef uint32_t ch
    if at >= size or PyUnicode_READ(kind, data, at) not in (0x6F, 0x66, 0x26):
        return -1
    for word in JOINS:
        length = PyUnicode_GET_LENGTH(word) - 1
        end = at + length
        # The last blank may be a no-break space.
        if end + 1 < size and is_gap(PyUnicode_READ(kind, data, end)) and stands(kind, data, end, at, word[:length]):
            if is_upper(PyUnicode_READ(kind, data, end + 1)):
                return end + 1
    return -1

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What of a text may stand twice in it: passages that begin like another place, lines that share a beginning or an end,
lines that loop."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memset

from cleantext.document._words cimport (
    Py_UNICODE_ISSPACE,
    PyUnicode_DATA,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
    letter_t,
)

from cleantext.checks.boilerplate.twice import ENDS as _ENDS, MARKS, PROBE as _PROBE, PROBED as _PROBED, PULL, PULL_WORDS as _PULL_WORDS

cdef extern from "Python.h":
    Py_ssize_t PyUnicode_Count(object text, object part, Py_ssize_t start, Py_ssize_t end) except -1
    Py_ssize_t PyUnicode_Find(object text, object part, Py_ssize_t start, Py_ssize_t end, int direction)

cdef enum:
    WINDOW = 16  # code points of a beginning
    KNOWN_BITS = 15  # logarithm of how many bits say of two code points whether a beginning can begin with them
cdef uint64_t BASE = 0x9E3779B97F4A7C15
cdef Py_ssize_t ENDS = _ENDS, PROBE = _PROBE, LEAST = PULL[0], MOST = PULL[1], PULL_WORDS = _PULL_WORDS
cdef double PROBED = _PROBED
cdef uint32_t _marks[64]
cdef int _marks_count = len(MARKS)
if _marks_count > 64:
    raise ImportError("more marks than are looked at")
for _n, _ch in enumerate(MARKS):
    _marks[_n] = ord(_ch)


def share_an_end(list lines not None):
    """Say whether two lines have as many as `ENDS` code points at a beginning, or at an end, in common, or seem to."""
    cdef Py_ssize_t count = len(lines), size, side, number
    cdef int32_t room = 64, slot
    cdef uint64_t* hashes
    cdef uint64_t value
    cdef str line
    while room < 4 * count:
        room *= 2
    hashes = <uint64_t*> PyMem_Malloc(room * sizeof(uint64_t))
    if not hashes:
        raise MemoryError
    try:
        for side in range(2):
            memset(hashes, 0, room * sizeof(uint64_t))
            for number in range(count):
                line = <str> lines[number]
                size = PyUnicode_GET_LENGTH(line)
                if size < ENDS:
                    continue
                value = _hash(PyUnicode_KIND(line), PyUnicode_DATA(line), size - ENDS if side else 0, ENDS)
                slot = _slot(hashes, room, value)
                if hashes[slot]:
                    return True
                hashes[slot] = value
        return False
    finally:
        PyMem_Free(hashes)


def may_loop(list lines not None):
    """Give the places of the lines in which what stands past the middle stands three times or more."""
    cdef Py_ssize_t number, at, size, first, second
    cdef str line, probe
    cdef list found = []
    for number in range(len(lines)):
        line = <str> lines[number]
        size = PyUnicode_GET_LENGTH(line)
        if size < 6 * PROBE:
            continue
        at = <Py_ssize_t> (PROBED * size)
        probe = line[at : at + PROBE]
        first = PyUnicode_Find(line, probe, 0, size, 1)
        second = PyUnicode_Find(line, probe, first + PROBE, size, 1)
        if second >= 0 and PyUnicode_Find(line, probe, second + PROBE, size, 1) >= 0:
            found.append(number)
    return found


def may_be_pulled(str text not None, list lines not None, filled not None):
    """Give the lines, by place, that may be a pull quote and whose words begin like some other place of the text."""
    cdef Py_ssize_t number, at, size, lead
    cdef str line
    cdef int kind, whole = PyUnicode_KIND(text)
    cdef void* data
    cdef void* letters = PyUnicode_DATA(text)
    cdef uint32_t ch
    cdef list starts = [], places = []
    for number in range(2, len(lines) - 1):
        line = <str> lines[number]
        size = PyUnicode_GET_LENGTH(line)
        if not LEAST <= size <= MOST:
            continue
        kind, data = PyUnicode_KIND(line), PyUnicode_DATA(line)
        if PyUnicode_READ(kind, data, size - 1) in (0x3F, 0x3A):
            continue
        lead = 0
        while lead < size and _is_mark(PyUnicode_READ(kind, data, lead)):
            lead += 1
        if PyUnicode_Count(line, " ", lead, size) < PULL_WORDS - 1:
            continue
        at = <Py_ssize_t> filled[number][0]
        while Py_UNICODE_ISSPACE(PyUnicode_READ(whole, letters, at)):
            at += 1
        starts.append(at + lead)
        places.append(number)
    if not starts:
        return places
    kept = set(begin_elsewhere(text, starts))
    return [number for number, at in zip(places, starts) if at in kept]


cdef bint _is_mark(uint32_t ch) noexcept nogil:
    cdef int n
    for n in range(_marks_count):
        if _marks[n] == ch:
            return True
    return False


cdef struct Beginnings:
    uint8_t known[1 << KNOWN_BITS >> 3]
    uint64_t* hashes
    int32_t* seen  # how often each stands in the text, two at most
    int32_t size


cdef inline uint32_t _bit(uint32_t first, uint32_t second) noexcept nogil:
    """Return the bit of two code points; those of ASCII have one for each pair."""
    return (first << 7 ^ second) & ((1 << KNOWN_BITS) - 1)


def begin_elsewhere(str text not None, list starts not None):
    """Give the starts, in order, whose first 16 code points stand at another place of the text, too, or seem to.

    Starts are places in the text, each once; what has fewer code points after it is given, too.
    """
    cdef Py_ssize_t length = len(text), count = len(starts), at
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef uint64_t value
    cdef uint32_t bit
    cdef Beginnings of
    cdef list found = []
    if not count:
        return found
    of.size = 64
    while of.size < 4 * count:
        of.size *= 2
    of.hashes = <uint64_t*> PyMem_Malloc(of.size * (sizeof(uint64_t) + sizeof(int32_t)))
    if not of.hashes:
        raise MemoryError
    of.seen = <int32_t*> (of.hashes + of.size)
    try:
        memset(of.known, 0, sizeof(of.known))
        memset(of.hashes, 0, of.size * (sizeof(uint64_t) + sizeof(int32_t)))
        for at in starts:
            if 0 <= at <= length - WINDOW:
                value = _hash(kind, data, at, WINDOW)
                bit = _bit(PyUnicode_READ(kind, data, at), PyUnicode_READ(kind, data, at + 1))
                of.known[bit >> 3] |= 1 << (bit & 7)
                of.hashes[_slot(of.hashes, of.size, value)] = value
        if length < WINDOW:
            pass
        elif kind == 1:
            _count(&of, kind, <const uint8_t*> data, length)
        elif kind == 2:
            _count(&of, kind, <const uint16_t*> data, length)
        else:
            _count(&of, kind, <const uint32_t*> data, length)
        for at in starts:
            if (
                not 0 <= at <= length - WINDOW
                or of.seen[_slot(of.hashes, of.size, _hash(kind, data, at, WINDOW))] > 1
            ):
                found.append(at)
        return found
    finally:
        PyMem_Free(of.hashes)


cdef void _count(Beginnings* of, int kind, const letter_t* text, Py_ssize_t length) noexcept nogil:
    """Count how often each beginning stands in a text."""
    cdef Py_ssize_t at
    cdef uint32_t bit
    cdef int32_t slot
    for at in range(length - WINDOW + 1):
        bit = _bit(text[at], text[at + 1])
        if of.known[bit >> 3] >> (bit & 7) & 1:
            slot = _slot(of.hashes, of.size, _hash(kind, <void*> text, at, WINDOW))
            of.seen[slot] += of.hashes[slot] != 0 and of.seen[slot] < 2


cdef uint64_t _hash(int kind, void* data, Py_ssize_t start, Py_ssize_t size) noexcept nogil:
    """Hash of so many code points from a start on; never 0, which marks an empty slot."""
    cdef uint64_t value = 0
    cdef Py_ssize_t at
    for at in range(start, start + size):
        value = value * BASE + PyUnicode_READ(kind, data, at) + 1
    return value | (value == 0)


cdef int32_t _slot(uint64_t* hashes, int32_t size, uint64_t value) noexcept nogil:
    """Place of a hash, or the empty one where it would be filed; there are at least four times as many as hashes."""
    cdef int32_t slot = <int32_t> ((value >> 20) & <uint64_t> (size - 1))
    while hashes[slot] and hashes[slot] != value:
        slot = (slot + 1) & (size - 1)
    return slot

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What of a text may stand twice in it: passages that begin like another place (a rolling hash, after Karp and Rabin),
lines that share a beginning or an end, lines that loop."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, uint32_t, uint64_t
from libc.string cimport memset

from cleantext.document._words cimport (
    Py_UNICODE_ISSPACE,
    PyUnicode_DATA,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
)

from cleantext.checks.boilerplate.twice import ENDS as _ENDS, MARKS, PROBE as _PROBE, PROBED as _PROBED, PULL, PULL_WORDS as _PULL_WORDS

cdef extern from "Python.h":
    Py_ssize_t PyUnicode_Find(object text, object part, Py_ssize_t start, Py_ssize_t end, int direction)

cdef enum:
    WINDOW = 16  # code points of a beginning
    KNOWN = 1 << 15  # bytes that say of a hash whether it can be one of a beginning
    KNOWN_SHIFT = 64 - 15
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
    cdef Py_ssize_t number, at, size, blanks, lead
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
        blanks = 0
        for at in range(lead, size):
            blanks += PyUnicode_READ(kind, data, at) == 0x20
        if blanks < PULL_WORDS - 1:
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


def begin_elsewhere(str text not None, list starts not None):
    """Give the starts, in order, whose first 16 code points stand at another place of the text, too, or seem to.

    Starts are places in the text, each once; what has fewer code points after it is given, too.
    """
    cdef Py_ssize_t length = len(text), count = len(starts), at, number, place
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef uint64_t value, top = 1
    cdef unsigned char[KNOWN] known
    cdef uint64_t* hashes
    cdef int32_t* seen
    cdef int32_t size = 64, slot
    if not count:
        return []
    while size < 4 * count:
        size *= 2
    for number in range(WINDOW):
        top *= BASE
    hashes = <uint64_t*> PyMem_Malloc(size * sizeof(uint64_t))
    seen = <int32_t*> PyMem_Malloc(size * sizeof(int32_t))
    if not hashes or not seen:
        PyMem_Free(hashes)
        PyMem_Free(seen)
        raise MemoryError
    try:
        memset(known, 0, KNOWN)
        memset(hashes, 0, size * sizeof(uint64_t))
        memset(seen, 0, size * sizeof(int32_t))
        for number in range(count):
            at = starts[number]
            if at < 0 or at + WINDOW > length:
                continue
            value = _hash(kind, data, at, WINDOW)
            known[value >> KNOWN_SHIFT] = 1
            slot = _slot(hashes, size, value)
            hashes[slot] = value
        if length >= WINDOW:
            value = 0
            for at in range(WINDOW):
                value = value * BASE + PyUnicode_READ(kind, data, at) + 1
            for at in range(length - WINDOW + 1):
                if known[value >> KNOWN_SHIFT]:
                    slot = _slot(hashes, size, value | (value == 0))
                    if hashes[slot] and seen[slot] < 2:
                        seen[slot] += 1
                if at + WINDOW < length:
                    # What leaves is worked out beside what stays: one product to wait for instead of two.
                    value = value * BASE + (
                        <uint64_t> PyUnicode_READ(kind, data, at + WINDOW) + 1
                        - (<uint64_t> PyUnicode_READ(kind, data, at) + 1) * top
                    )
        found = []
        for number in range(count):
            place = starts[number]
            if place < 0 or place + WINDOW > length:
                found.append(place)
                continue
            if seen[_slot(hashes, size, _hash(kind, data, place, WINDOW))] > 1:
                found.append(place)
        return found
    finally:
        PyMem_Free(hashes)
        PyMem_Free(seen)


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

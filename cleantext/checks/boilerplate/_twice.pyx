# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Which passages of a text begin like another place of it: one pass with a rolling hash, after Karp and Rabin."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, uint32_t, uint64_t
from libc.string cimport memset

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t at) noexcept nogil

cdef enum:
    WINDOW = 16  # code points of a beginning
    KNOWN = 1 << 15  # bytes that say of a hash whether it can be one of a beginning
    KNOWN_SHIFT = 64 - 15
cdef uint64_t BASE = 0x9E3779B97F4A7C15


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
            value = _hash(kind, data, at)
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
            if seen[_slot(hashes, size, _hash(kind, data, place))] > 1:
                found.append(place)
        return found
    finally:
        PyMem_Free(hashes)
        PyMem_Free(seen)


cdef uint64_t _hash(int kind, void* data, Py_ssize_t start) noexcept nogil:
    """Hash of the code points from a start on; never 0, which marks an empty slot."""
    cdef uint64_t value = 0
    cdef Py_ssize_t at
    for at in range(start, start + WINDOW):
        value = value * BASE + PyUnicode_READ(kind, data, at) + 1
    return value | (value == 0)


cdef int32_t _slot(uint64_t* hashes, int32_t size, uint64_t value) noexcept nogil:
    """Place of a hash, or the empty one where it would be filed; there are at least four times as many as hashes."""
    cdef int32_t slot = <int32_t> ((value >> 20) & <uint64_t> (size - 1))
    while hashes[slot] and hashes[slot] != value:
        slot = (slot + 1) & (size - 1)
    return slot

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Every byte of a text looked at, or changed, many at once: the twin of `is_usual_slowly` and `ascii_folded_slowly` in ``literals.py``."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from libc.stdint cimport uint8_t

cdef enum:
    BLOCK = 64  # bytes that are looked at side by side


def is_usual(bytes data):
    """Whether a text in UTF-8 holds no letters but usual ones."""
    cdef const uint8_t* text = <const uint8_t*>PyBytes_AS_STRING(data)
    cdef Py_ssize_t size = PyBytes_GET_SIZE(data), at = 0, n
    cdef uint8_t odd
    while at + BLOCK <= size:
        odd = 0
        for n in range(BLOCK):
            odd |= <uint8_t>(text[at + n] - 0x20) > 0x5E
        if odd and not are_usual(text, size, &at, at + BLOCK):
            return False
        elif not odd:
            at += BLOCK
    return are_usual(text, size, &at, size)


cdef bint are_usual(const uint8_t* text, Py_ssize_t size, Py_ssize_t* place, Py_ssize_t end) noexcept:
    """Whether all letters that begin before ``end`` are usual, from a place on, which moves behind them."""
    cdef Py_ssize_t at = place[0]
    cdef uint8_t one
    while at < end:
        one = text[at]
        if 0x20 <= one <= 0x7E or one == 0x0A or one == 0x09 or one == 0x0D:
            at += 1
        elif one == 0xE2 and at + 2 < size and text[at + 1] == 0x80 and text[at + 2] in (
            0x93, 0x94, 0x98, 0x99, 0x9C, 0x9D, 0xA6
        ):
            at += 3
        else:
            return False
    place[0] = at
    return True


def folded(bytes data):
    """Make ASCII letters small, and every ASCII digit 0."""
    cdef Py_ssize_t size = PyBytes_GET_SIZE(data), at
    cdef bytes made = PyBytes_FromStringAndSize(NULL, size)
    cdef const uint8_t* old = <const uint8_t*>PyBytes_AS_STRING(data)
    cdef uint8_t* new = <uint8_t*>PyBytes_AS_STRING(made)
    cdef uint8_t one
    for at in range(size):
        one = old[at]
        one += (<uint8_t>(one - 0x41) < 26) << 5
        new[at] = 0x30 if <uint8_t>(one - 0x30) < 10 else one
    return made

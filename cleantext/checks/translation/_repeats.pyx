# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Runs of repeated words in C: what ``repeats.runs_slowly`` gives, in one pass and without a string for each word."""

from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcmp

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)

cdef enum:
    LONGEST = 5

# One byte for each of the last words.
cdef uint64_t ONES = 0x0101010101, TOPS = 0x8080808080

ctypedef fused letter:
    uint8_t
    uint16_t
    uint32_t


cdef struct Run:
    Py_ssize_t first  # place of a word, -1 where there is no run
    Py_ssize_t last


def runs(str text):
    """Give groups of one to five words that stand twice or more in a row, as first word, size and times."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    if kind == 1:
        return find_runs(<const uint8_t*>data, size)
    if kind == 2:
        return find_runs(<const uint16_t*>data, size)
    return find_runs(<const uint32_t*>data, size)


cdef list find_runs(const letter* text, Py_ssize_t size):
    cdef Py_ssize_t at = 0, start, word = 0, length, place, other
    cdef Py_ssize_t starts[8]  # of the last words, by their number's last bits
    cdef Py_ssize_t lengths[8]
    cdef Run found[LONGEST + 1]
    cdef list lists = [[] for _ in range(LONGEST + 1)]
    cdef int group
    cdef uint64_t looks = 0, like  # of each of the last words a byte: what looks unlike is unlike
    cdef uint8_t look
    for group in range(LONGEST + 1):
        found[group].first, found[group].last = -1, -2
    while True:
        start = at
        while at < size and text[at] != 0x20:
            at += 1
        length = at - start
        look = <uint8_t>(31 * length + text[start] + 7 * text[at - 1]) if length else 0
        like = looks ^ look * ONES
        if (like - ONES) & ~like & TOPS:
            for group in range(1, LONGEST + 1):
                place = word - group
                if place < 0:
                    break
                other = place & 7
                if lengths[other] != length or memcmp(
                    text + starts[other], text + start, length * sizeof(letter)
                ):
                    continue
                if place != found[group].last + 1:
                    tell(lists[group], &found[group], group)
                    found[group].first = place
                found[group].last = place
        looks = looks << 8 | look
        starts[word & 7] = start
        lengths[word & 7] = length
        word += 1
        if at == size:
            break
        at += 1
    for group in range(1, LONGEST + 1):
        tell(lists[group], &found[group], group)
    return lists[1] + lists[2] + lists[3] + lists[4] + lists[5]


cdef int tell(list found, Run* run, int group) except -1:
    """Add a run of words that are like the one so many places on, if whole groups are."""
    cdef Py_ssize_t many = run.last - run.first + 1
    if run.first >= 0 and many >= group:
        found.append((run.first, group, many // group + 1))
    return 0

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Runs of repeated words in C: what ``repeats.runs_slowly`` gives, in one pass and without a string for each word."""

from libc.string cimport memcmp

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    unsigned int PyUnicode_READ(int kind, void* data, Py_ssize_t place)

cdef enum:
    LONGEST = 5


def runs(str text):
    """Give groups of one to five words that stand twice or more in a row, as first word, size and times."""
    cdef int kind = PyUnicode_KIND(text)
    cdef char* data = <char*>PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at, start = 0, word = 0, length, place, other
    cdef Py_ssize_t starts[8]  # of the last words, by their number's last bits
    cdef Py_ssize_t lengths[8]
    cdef Py_ssize_t first[LONGEST + 1]
    cdef Py_ssize_t last[LONGEST + 1]
    cdef int group
    cdef list found = [[] for _ in range(LONGEST + 1)]
    for group in range(LONGEST + 1):
        first[group] = -1
        last[group] = -2
    for at in range(size + 1):
        if at < size and PyUnicode_READ(kind, data, at) != 0x20:
            continue
        length = at - start
        for group in range(1, LONGEST + 1):
            place = word - group
            if place < 0:
                break
            other = place & 7
            if lengths[other] != length or memcmp(
                data + starts[other] * kind, data + start * kind, length * kind
            ):
                continue
            if place != last[group] + 1:
                if first[group] >= 0 and last[group] - first[group] + 1 >= group:
                    (<list>found[group]).append((first[group], group, (last[group] - first[group] + 1) // group + 1))
                first[group] = place
            last[group] = place
        starts[word & 7] = start
        lengths[word & 7] = length
        word += 1
        start = at + 1
    for group in range(1, LONGEST + 1):
        if first[group] >= 0 and last[group] - first[group] + 1 >= group:
            (<list>found[group]).append((first[group], group, (last[group] - first[group] + 1) // group + 1))
    return found[1] + found[2] + found[3] + found[4] + found[5]

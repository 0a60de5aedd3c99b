# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The lines of a text in C: what ``lines.py`` says, without a string or a search a line."""

from cpython.unicode cimport PyUnicode_Substring
from libc.stdint cimport uint8_t, uint16_t, uint32_t

from cleantext.document._words cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(uint32_t ch)

cdef object new_tuple = tuple.__new__  # a named tuple's own constructor is a function in Python

ctypedef fused letter_t:
    uint8_t
    uint16_t
    uint32_t


cdef int cut(const letter_t* text, Py_ssize_t size, Line, list lines) except -1:
    cdef Py_ssize_t start = 0, at = 0, after
    while at < size:
        if text[at] == 0x0A or text[at] == 0x0D:
            after = at + 2 if text[at] == 0x0D and at + 1 < size and text[at + 1] == 0x0A else at + 1
            lines.append(new_tuple(Line, (start, at, after)))
            start = at = after
        else:
            at += 1
    if start < size:
        lines.append(new_tuple(Line, (start, size, size)))
    return 0


def split_lines(str text not None, Line):
    """Return every line of a text as a ``Line``."""
    cdef list lines = []
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    if kind == 1:
        cut(<const uint8_t*>PyUnicode_DATA(text), size, Line, lines)
    elif kind == 2:
        cut(<const uint16_t*>PyUnicode_DATA(text), size, Line, lines)
    else:
        cut(<const uint32_t*>PyUnicode_DATA(text), size, Line, lines)
    return tuple(lines)


def filled_lines(str text not None, lines):
    """Return the lines that are not blank."""
    cdef list filled = []
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at, end
    for line in lines:
        at, end, _ = line
        end = min(end, PyUnicode_GET_LENGTH(text))
        while 0 <= at < end and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at)):
            at += 1
        if at < end:
            filled.append(line)
    return tuple(filled)


def contents(str text not None, lines):
    """Return what stands in each of these lines, without the blank space around it."""
    cdef list found = []
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t start, end
    for line in lines:
        start, end, _ = line
        start, end = max(0, start), min(end, PyUnicode_GET_LENGTH(text))
        while start < end and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, start)):
            start += 1
        while end > start and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, end - 1)):
            end -= 1
        found.append(PyUnicode_Substring(text, start, end))
    return found

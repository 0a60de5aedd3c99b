# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The words and signs of a text in C: what the expression of ``tokens.py`` finds, in one pass."""

from cpython.unicode cimport PyUnicode_Substring
from libc.stdint cimport uint8_t, uint16_t, uint32_t

from cleantext.document._words cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(uint32_t ch)
    bint Py_UNICODE_ISALNUM(uint32_t ch)
    bint Py_UNICODE_ISDECIMAL(uint32_t ch)

ctypedef fused letter_t:
    uint8_t
    uint16_t
    uint32_t

cdef inline bint is_joint(uint32_t ch) noexcept:
    """Whether a sign joins letters and figures to one word: - ' ’ . @"""
    return ch == 0x2D or ch == 0x27 or ch == 0x2019 or ch == 0x2E or ch == 0x40


cdef inline bint is_small(uint32_t ch) noexcept:
    return 0x61 <= ch <= 0x7A


cdef inline bint is_word(uint32_t ch) noexcept:
    """Whether the letter or figure belongs to a word; an underscore is a sign of its own."""
    if ch < 0x80:
        return is_small(ch) or 0x41 <= ch <= 0x5A or 0x30 <= ch <= 0x39
    return Py_UNICODE_ISALNUM(ch)


cdef Py_ssize_t initials(const letter_t* text, Py_ssize_t size, Py_ssize_t at) noexcept:
    """Return where letters with their stops end, as of "U.S. " before a word; ``at`` where none begin there."""
    cdef Py_ssize_t end = at, before
    while end + 1 < size and text[end + 1] == 0x2E and is_word(text[end]) and not Py_UNICODE_ISDECIMAL(text[end]):
        end += 2
    if end == at:
        return at
    before = end
    if before < size and Py_UNICODE_ISSPACE(text[before]):
        before += 1
    if before < size and (is_word(text[before]) or text[before] == 0x5F):
        return end
    return end - 2  # the letter of the last stop follows the one before


cdef Py_ssize_t word(const letter_t* text, Py_ssize_t size, Py_ssize_t at) noexcept:
    """Return where the word that begins at a letter ends."""
    while at < size:
        if is_word(text[at]):
            at += 1
        elif is_joint(text[at]) and at + 1 < size and is_word(text[at + 1]):
            at += 2
        else:
            break
    return at


cdef int cut(const letter_t* text, Py_ssize_t size, str whole, frozenset dotted, list words, list lower, list starts) except -1:
    cdef Py_ssize_t at = 0, end, plain
    cdef bint small
    cdef str found
    while at < size:
        if Py_UNICODE_ISSPACE(text[at]):
            at += 1
            continue
        small = False
        if is_word(text[at]):
            plain = at
            while plain < size and is_small(text[plain]):
                plain += 1
            if at < plain < size and (
                text[plain] == 0x20
                or text[plain] == 0x2C
                or (text[plain] == 0x2E and plain + 1 < size and Py_UNICODE_ISSPACE(text[plain + 1]))
            ):
                end, small = plain, True  # most words
            else:
                end = at + 1
                while end < size and end < at + 5 and is_word(text[end]):
                    end += 1
                if end < size and text[end] == 0x2E and PyUnicode_Substring(whole, at, end) in dotted:
                    end += 1
                else:
                    end = initials(text, size, at)
                    if end == at:
                        end = word(text, size, at)
                        small = end == plain
        elif (text[at] == 0x27 or text[at] == 0x60) and at + 1 < size and text[at + 1] == text[at]:
            end = at + 2
        elif text[at] == 0x5F:
            end = at + 1
            while end < size and text[end] == 0x5F:
                end += 1
        else:
            end = at + 1
        found = PyUnicode_Substring(whole, at, end)
        words.append(found)
        lower.append(found if small else found.lower())
        starts.append(at)
        at = end
    return 0


def tokens(str text not None, frozenset dotted not None):
    """Return words, words in lower case and where each starts; ``dotted`` are abbreviations that keep their stop."""
    cdef list words = [], lower = [], starts = []
    cdef int kind = PyUnicode_KIND(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    if kind == 1:
        cut(<const uint8_t*>PyUnicode_DATA(text), size, text, dotted, words, lower, starts)
    elif kind == 2:
        cut(<const uint16_t*>PyUnicode_DATA(text), size, text, dotted, words, lower, starts)
    else:
        cut(<const uint32_t*>PyUnicode_DATA(text), size, text, dotted, words, lower, starts)
    return words, lower, starts

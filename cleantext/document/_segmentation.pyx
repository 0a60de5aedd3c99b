# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A text cut in C: into lines, as ``lines.py`` says, into words and signs, as ``tokens.py`` says, and groups of words that stand twice in a row."""

from cpython.unicode cimport PyUnicode_Substring
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcmp

from cleantext.document._words cimport (
    Py_UNICODE_ISALNUM,
    Py_UNICODE_ISDECIMAL,
    Py_UNICODE_ISSPACE,
    PyUnicode_DATA,
    PyUnicode_FindChar,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
    is_small,
    letter_t,
)

cdef object new_tuple = tuple.__new__  # a named tuple's own constructor is a function in Python

cdef enum:
    LONGEST = 5  # words of a group that may stand twice

cdef uint64_t ONES = 0x0101010101, TOPS = 0x8080808080  # a byte for each of the last words


def split_lines(str text not None, Line):
    """Return every line of a text as a ``Line``."""
    cdef list lines = []
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), start = 0, end, after, feed = -1, back = -1
    while start < size:
        if feed < start:
            feed = next_sign(text, 0x0A, start, size)
        if back < start:
            back = next_sign(text, 0x0D, start, size)
        end = min(feed, back)
        after = min(size, end + (2 if feed == back + 1 else 1))
        lines.append(new_tuple(Line, (start, end, after)))
        start = after
    return tuple(lines)


cdef inline Py_ssize_t next_sign(str text, uint32_t sign, Py_ssize_t at, Py_ssize_t size) except -1:
    """Return where a sign stands next; the text's size where it stands no more."""
    cdef Py_ssize_t found = PyUnicode_FindChar(text, sign, at, size, 1)
    return found if found >= 0 else size


def filled_lines(str text not None, lines):
    """Return the lines that are not blank."""
    cdef list filled = []
    cdef Py_ssize_t start, end
    for line in lines:
        start, end, _ = line
        strip(text, &start, &end)
        if start < end:
            filled.append(line)
    return tuple(filled)


def contents(str text not None, lines):
    """Return what stands in each of these lines, without the blank space around it."""
    cdef list found = []
    cdef Py_ssize_t start, end
    for line in lines:
        start, end, _ = line
        strip(text, &start, &end)
        found.append(PyUnicode_Substring(text, start, end))
    return found


cdef inline void strip(str text, Py_ssize_t* start, Py_ssize_t* end) noexcept:
    """Move the ends of a span inwards, past the blank space there, and into the text."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    start[0], end[0] = max(0, start[0]), min(end[0], PyUnicode_GET_LENGTH(text))
    while start[0] < end[0] and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, start[0])):
        start[0] += 1
    while end[0] > start[0] and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, end[0] - 1)):
        end[0] -= 1


def tokens(str text not None, frozenset dotted not None):
    """Return words, words in lower case and where each starts; ``dotted`` are abbreviations that keep their stop."""
    cdef list words = [], lower = [], starts = []
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    if kind == 1:
        cut(<const uint8_t*>data, size, text, dotted, words, lower, starts)
    elif kind == 2:
        cut(<const uint16_t*>data, size, text, dotted, words, lower, starts)
    else:
        cut(<const uint32_t*>data, size, text, dotted, words, lower, starts)
    return words, lower, starts


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
        else:
            end = at + 1
            while text[at] == 0x5F and end < size and text[end] == 0x5F:
                end += 1
        found = PyUnicode_Substring(whole, at, end)
        words.append(found)
        lower.append(found if small else found.lower())
        starts.append(at)
        at = end
    return 0


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


cdef inline bint is_joint(uint32_t ch) noexcept:
    """Whether a sign joins letters and figures to one word: - ' ’ . @"""
    return ch == 0x2D or ch == 0x27 or ch == 0x2019 or ch == 0x2E or ch == 0x40


cdef inline bint is_word(uint32_t ch) noexcept:
    """Whether the letter or figure belongs to a word; an underscore is a sign of its own."""
    if ch < 0x80:
        return is_small(ch) or 0x41 <= ch <= 0x5A or 0x30 <= ch <= 0x39
    return Py_UNICODE_ISALNUM(ch)


cdef struct Run:
    Py_ssize_t first  # number of a word, -1 where there is no run
    Py_ssize_t last


def repeats(str text not None):
    """Return groups of one to five words that stand twice or more in a row, as first word, size and times.

    The twin of ``checks.translation.repeats.runs_slowly``: words are what stands between two blanks.
    """
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    if kind == 1:
        return find_repeats(<const uint8_t*>data, size)
    if kind == 2:
        return find_repeats(<const uint16_t*>data, size)
    return find_repeats(<const uint32_t*>data, size)


cdef list find_repeats(const letter_t* text, Py_ssize_t size):
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
                if lengths[other] != length or memcmp(text + starts[other], text + start, length * sizeof(letter_t)):
                    continue
                if place != found[group].last + 1:
                    keep(lists[group], &found[group], group)
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
        keep(lists[group], &found[group], group)
    return lists[1] + lists[2] + lists[3] + lists[4] + lists[5]


cdef int keep(list found, const Run* run, int group) except -1:
    """Add a run of words that are like the one so many places on, if whole groups are."""
    cdef Py_ssize_t many = run.last - run.first + 1
    if run.first >= 0 and many >= group:
        found.append((run.first, group, many // group + 1))
    return 0

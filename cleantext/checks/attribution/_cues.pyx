# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Runs of capitals beside a cue of speech, found in C: no less than `suspects` finds by the search for mentions, and hardly more."""

from cpython cimport array
from libc.stdint cimport int32_t, uint32_t, uint64_t

from cleantext.document._words cimport (
    PyUnicode_DATA,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
    Words,
    mixed,
)

cdef enum:
    LONGEST = 24  # letters of a cue or an adverb
    WINDOW = 60  # code points after a name within which its cue begins
    BETWEEN = 6  # words between a name and its cue: three adverbs, "in turn" being two words


cdef inline bint is_small(uint32_t ch) noexcept:
    return 0x61 <= ch <= 0x7A


cdef inline bint is_blank(uint32_t ch) noexcept:
    return ch == 0x20 or ch == 0xA0


cdef inline bint closes(uint32_t ch) noexcept:
    """Say whether a mark may end what is said before "said Chirac"."""
    if ch < 0x80:
        return ch in (0x2C, 0x3B, 0x22, 0x27, 0x2D)
    return ch in (0xAB, 0xBB, 0x2013, 0x2014, 0x2019, 0x201C, 0x201D)


cdef class CueScanner:
    """Knows the cues, and the words that may stand between a name and one."""

    cdef Words after
    cdef Words before
    cdef Words adverbs

    def __init__(self, after, before, adverbs):
        self.after, self.before, self.adverbs = Words(), Words(), Words()
        for table, entries in ((self.after, after), (self.before, before), (self.adverbs, adverbs)):
            for word in entries:
                if not (word.isascii() and word.isalpha() and word.islower() and len(word) < LONGEST):
                    raise ValueError(f"{word!r} is no word of small letters")
                (<Words>table).number_of(word, True)

    def beside(self, str text, array.array starts, array.array ends):
        """Give start and end of the runs that have a cue right before or after them, in order; linear in their number."""
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), number, start, end
        cdef list found = []
        if starts.typecode != "q" or ends.typecode != "q" or len(starts) != len(ends):
            raise ValueError("no runs")
        for number in range(len(starts)):
            start, end = starts.data.as_longlongs[number], ends.data.as_longlongs[number]
            if not 0 <= start < end <= size:
                raise ValueError("a run beyond the text")
            if self.goes_before(kind, data, size, end) or self.stands_before(kind, data, start):
                found.append((start, end))
        return found

    cdef bint goes_before(self, int kind, void* data, Py_ssize_t size, Py_ssize_t at) noexcept:
        """Say whether a cue follows on what ends there, with adverbs between them or none."""
        cdef Py_ssize_t last = min(size, at + WINDOW)
        cdef uint32_t word[LONGEST]
        cdef int32_t length
        cdef uint32_t ch, letter = 0, letter_before
        cdef uint64_t hash
        cdef int count
        for count in range(BETWEEN + 1):
            if at < last and PyUnicode_READ(kind, data, at) == 0x2C:
                at += 1
            if at >= last or PyUnicode_READ(kind, data, at) != 0x20:
                return False
            at += 1
            length = 0
            letter = letter_before = 0
            hash = self.after.seed  # the same of all tables
            while at < last:
                ch = PyUnicode_READ(kind, data, at)
                if not is_small(ch):
                    break
                if length < LONGEST:
                    word[length] = ch
                    hash = mixed(hash, ch)
                length += 1
                letter_before, letter = letter, ch
                at += 1
            if not length:
                return False
            if length < LONGEST and self.after.find(word, length, hash) >= 0:
                return True
            if letter == 0x79 and letter_before == 0x6C:  # "…ly"
                continue
            if length == 2 and word[0] == 0x69 and word[1] == 0x6E:  # "in turn"
                continue
            if length >= LONGEST or self.adverbs.find(word, length, hash) < 0:
                return False
        return False

    cdef bint stands_before(self, int kind, void* data, Py_ssize_t start) noexcept:
        """Say whether a cue after a mark, or "according to", stands right before a code point."""
        cdef Py_ssize_t at = start - 1, low
        cdef uint32_t word[LONGEST]
        cdef int32_t length, k
        cdef uint64_t hash = self.before.seed
        if at < 3 or not is_blank(PyUnicode_READ(kind, data, at)):
            return False
        low = max(0, at - LONGEST)
        while at > low and is_small(PyUnicode_READ(kind, data, at - 1)):
            at -= 1
        length = <int32_t>(start - 1 - at)
        if not 0 < length < LONGEST or at < 2:
            return False
        if length == 2 and PyUnicode_READ(kind, data, at) == 0x74 and PyUnicode_READ(kind, data, at + 1) == 0x6F:
            # "to": after "according", as its last letter tells well enough
            return PyUnicode_READ(kind, data, at - 1) == 0x20 and PyUnicode_READ(kind, data, at - 2) == 0x67
        if not is_blank(PyUnicode_READ(kind, data, at - 1)) or not closes(PyUnicode_READ(kind, data, at - 2)):
            return False
        for k in range(length):
            word[k] = PyUnicode_READ(kind, data, at + k)
            hash = mixed(hash, word[k])
        return self.before.find(word, length, hash) >= 0

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Cues of speech beside a capital or a mark, found in C: no less than `glance` asks RE2 for, and hardly more."""

from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t

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
    ADVERBS = 3  # between a name and its cue

ctypedef fused letter:
    uint8_t
    uint16_t
    uint32_t


cdef inline bint opens(uint32_t ch):
    """Say whether what stands before a cue may begin with it: a capital, a mark, anything beyond ASCII."""
    return ch >= 0x80 or 0x41 <= ch <= 0x5A or ch in (0x2C, 0x3B, 0x22, 0x27, 0x2D)


cdef inline bint goes_on(uint32_t ch):
    """Say whether a word may go on over a character."""
    if ch < 0x80:
        return (
            0x61 <= ch <= 0x7A or 0x41 <= ch <= 0x5A or 0x30 <= ch <= 0x39 or ch in (0x5F, 0x2E, 0x27, 0x2D)
        )
    return ch not in (0xA0, 0xAB, 0xBB, 0x2013, 0x2014, 0x2018, 0x201C, 0x201D, 0x201E, 0x2026)


cdef class CueScanner:
    """Knows the cues, and the words that may stand between a name and one."""

    cdef Words cues
    cdef Words adverbs
    cdef uint32_t lengths[26]  # by the first letter a bit for each length of a cue

    def __init__(self, cues, adverbs):
        self.cues, self.adverbs = Words(), Words()
        for table, entries in ((self.cues, cues), (self.adverbs, adverbs)):
            for word in entries:
                if not (word.isascii() and word.isalpha() and word.islower() and len(word) < LONGEST):
                    raise ValueError(f"{word!r} is no word of small letters")
                (<Words>table).number_of(word, True)
                if table is self.cues:
                    self.lengths[<int>ord(word[0]) - 0x61] |= <uint32_t>1 << <int>len(word)

    def spans(self, str text):
        """Give start and end of each cue with what stands before it, in order."""
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
        if kind == 1:
            return self.scan(<const uint8_t*>data, size, kind, data)
        if kind == 2:
            return self.scan(<const uint16_t*>data, size, kind, data)
        return self.scan(<const uint32_t*>data, size, kind, data)

    cdef list scan(self, const letter* text, Py_ssize_t size, int kind, void* data):
        cdef Py_ssize_t at = 0, end, begin
        cdef int32_t length
        cdef list found = []
        while at < size:
            if text[at] != 0x20 and text[at] != 0xA0:
                at += 1
                continue
            end = at + 1
            while end < size and end <= at + LONGEST and 0x61 <= text[end] <= 0x7A:
                end += 1
            length = <int32_t>(end - at - 1)
            # Few words begin and are as long as a cue.
            if 0 < length < LONGEST and self.lengths[text[at + 1] - 0x61] >> length & 1 and self.is_cue(text + at + 1, length):
                begin = self.begin(kind, data, at)
                if begin >= 0:
                    found.append((begin, end))
            at = end
        return found

    cdef bint is_cue(self, const letter* text, int32_t length):
        cdef uint32_t word[LONGEST]
        cdef uint64_t hash = self.cues.seed
        cdef int32_t at
        for at in range(length):
            word[at] = text[at]
            hash = mixed(hash, word[at])
        return self.cues.find(word, length, hash) >= 0

    cdef Py_ssize_t begin(self, int kind, void* data, Py_ssize_t cue):
        """Give where the word before a cue begins, or a word before adverbs; -1 where nobody may stand there."""
        cdef Py_ssize_t best = word_before(kind, data, cue), found, at = cue
        cdef int level
        for level in range(ADVERBS):
            at = self.without_adverb(kind, data, at)
            if at < 0:
                break
            found = word_before(kind, data, at)
            if at > 0 and PyUnicode_READ(kind, data, at - 1) == 0x2C:
                # The comma may belong to the adverb, or end what stands there.
                at -= 1
                if word_before(kind, data, at) >= 0:
                    found = word_before(kind, data, at)
            if found >= 0:
                best = found
        return best

    cdef Py_ssize_t without_adverb(self, int kind, void* data, Py_ssize_t end):
        """Give the space before the adverb that ends there, -1 where none does."""
        cdef Py_ssize_t at, last = end
        cdef uint32_t word[LONGEST]
        cdef int32_t length, k
        cdef uint64_t hash = self.adverbs.seed
        if last > 0 and PyUnicode_READ(kind, data, last - 1) == 0x2C:
            last -= 1
        at = last
        while at > 0 and 0x61 <= PyUnicode_READ(kind, data, at - 1) <= 0x7A:
            at -= 1
        length = <int32_t>min(last - at, <Py_ssize_t>0x7FFFFFFF)
        if not length or at == 0 or PyUnicode_READ(kind, data, at - 1) != 0x20:
            return -1
        if length >= 3 and PyUnicode_READ(kind, data, last - 1) == 0x79 and PyUnicode_READ(kind, data, last - 2) == 0x6C:
            return at - 1
        if length >= LONGEST:
            return -1
        for k in range(length):
            word[k] = PyUnicode_READ(kind, data, at + k)
            hash = mixed(hash, word[k])
        if self.adverbs.find(word, length, hash) < 0:
            return -1
        if length == 4 and word[0] == 0x74 and word[1] == 0x75:  # "in turn"
            if at < 4 or PyUnicode_READ(kind, data, at - 2) != 0x6E or PyUnicode_READ(kind, data, at - 3) != 0x69:
                return -1
            at -= 3
            if PyUnicode_READ(kind, data, at - 1) != 0x20:
                return -1
        return at - 1


cdef Py_ssize_t word_before(int kind, void* data, Py_ssize_t end):
    """Give the first place before ``end`` from which on a word that may be somebody's goes up to it, -1 for none."""
    cdef Py_ssize_t at = end, best = -1
    cdef uint32_t ch
    while at > 0:
        at -= 1
        ch = PyUnicode_READ(kind, data, at)
        if opens(ch):
            best = at
        if not goes_on(ch):
            break
    return best

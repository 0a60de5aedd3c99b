# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Thousands of literals looked for in C: what `SlowLiteralSet` gives, in tables that stay in the processor's cache.

After Wu and Manber: each literal is filed under a window of six bytes of it, one that is rare and
that few others hold (of four or two, where it is shorter). Each place of the text asks tables of
bits whether any literal is filed under what stands there; few are, and those are compared whole.
"""

from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.math cimport log
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memcpy, memset

from cleantext.matching.literals import as_bytes, frequency

cdef enum:
    WORD_EDGE = 0x08
    LONGEST = 1000  # bytes of a literal that are looked for; a text that holds all of it holds these
    CROWD_BITS = 16
    CROWD = 1 << CROWD_BITS

cdef uint64_t SIX = 0xFFFFFFFFFFFF, FOUR = 0xFFFFFFFF, TWO = 0xFFFF


cdef struct Entry:
    uint64_t key
    int32_t following  # the next entry at the same place of the table, -1 for none
    int32_t number  # index into `numbers`
    int32_t start  # of the literal, in `codes`
    uint16_t length
    uint16_t window  # place of the window in the literal


cdef struct Seen:
    Py_ssize_t first  # -1 for nowhere
    Py_ssize_t last


cdef struct Table:
    int bits  # logarithm of the size of `known`, two bits of which are set for each key
    int places  # logarithm of the size of `heads`
    uint8_t* known
    int32_t* heads


cdef inline uint64_t hashed(uint64_t window) noexcept nogil:
    return window * <uint64_t>0x9E3779B97F4A7C15


cdef inline bint bit(const uint8_t* bits, uint32_t place) noexcept nogil:
    return bits[place >> 3] >> (place & 7) & 1


cdef inline bint is_word(uint8_t byte) noexcept nogil:
    return 48 <= byte <= 57 or 65 <= byte <= 90 or byte == 95 or 97 <= byte <= 122


cdef class LiteralSet:
    """Literals, each with a number; several may share one."""

    cdef Entry* entries
    cdef uint8_t* codes
    cdef Table six
    cdef Table four
    cdef Table two
    cdef list single  # bytes that are a literal by themselves, and whose
    cdef Py_ssize_t count
    cdef list numbers

    def __cinit__(self, literals):
        cdef int32_t at = 0, i
        cdef uint64_t key
        cdef Py_ssize_t n, window
        cdef int width, low
        cdef bytes code
        cdef const uint8_t* data
        coded = [(number, as_bytes(literal)[:LONGEST]) for number, literal in literals]
        self.numbers = sorted({number for number, _ in coded})
        index = {number: i for i, number in enumerate(self.numbers)}
        crowd = bytearray(CROWD * 2)
        for _, code in coded:
            _count(code, crowd)
        windows = [_window(code, crowd) for _, code in coded]
        self.single = []
        places = sum([256 if width == 1 else 1 for _, width in windows])
        self.entries = <Entry*>PyMem_Malloc((places + 1) * sizeof(Entry))
        self.codes = <uint8_t*>PyMem_Malloc(sum([len(code) for _, code in coded]) + 1)
        if not (self.entries and self.codes and made(&self.six, 17, 13) and made(&self.four, 14, 10) and made(&self.two, 13, 8)):
            raise MemoryError
        self.count = 0
        for (number, code), (window, width) in zip(coded, windows):
            data = <const uint8_t*>PyBytes_AS_STRING(code)
            memcpy(self.codes + at, data, len(code))
            i = index[number]
            key = 0
            for n in range(width):
                key |= <uint64_t>data[window + n] << 8 * n
            if width == 6:
                self.file(&self.six, key, i, at, len(code), window)
            elif width == 4:
                self.file(&self.four, key, i, at, len(code), window)
            elif width == 2:
                self.file(&self.two, key, i, at, len(code), window)
            elif len(code) == 1:
                self.single.append((data[window], i))
            else:  # one byte between boundaries, whatever follows it
                for low in range(256):
                    self.file(&self.two, key | low << 8, i, at, len(code), window)
            at += len(code)

    cdef void file(
        self, Table* table, uint64_t key, int32_t number, int32_t start, int32_t length, int32_t window
    ) noexcept:
        cdef Entry* entry = &self.entries[self.count]
        cdef uint64_t hash = hashed(key)
        cdef int32_t* head = &table.heads[hash >> (64 - table.places)]
        cdef uint32_t place = <uint32_t>(hash >> (64 - table.bits))
        entry.number, entry.start, entry.key = number, start, key
        entry.length, entry.window = <uint16_t>length, <uint16_t>window
        entry.following = head[0]
        head[0] = <int32_t>self.count
        table.known[place >> 3] |= 1 << (place & 7)
        place = <uint32_t>(hash << 24 >> (64 - table.bits))
        table.known[place >> 3] |= 1 << (place & 7)
        self.count += 1

    def __dealloc__(self):
        PyMem_Free(self.entries)
        PyMem_Free(self.codes)
        free(&self.six)
        free(&self.four)
        free(&self.two)

    def matching(self, bytes data):
        """Give the numbers of the literals that stand in a folded text in UTF-8, each with the first and last byte of its places."""
        cdef const uint8_t* text = <const uint8_t*>PyBytes_AS_STRING(data)
        cdef Py_ssize_t size = PyBytes_GET_SIZE(data), at, n
        cdef uint64_t window
        cdef Seen* seen
        cdef Py_ssize_t many = len(self.numbers), i
        cdef const void* place
        if not size or not (self.count or self.single):
            return {}
        seen = <Seen*>PyMem_Malloc(many * sizeof(Seen))
        if not seen:
            raise MemoryError
        memset(seen, 0xFF, many * sizeof(Seen))
        with nogil:
            for at in range(size):
                if at + 8 <= size:
                    memcpy(&window, text + at, 8)
                else:
                    window = 0
                    for n in range(at, size):
                        window |= <uint64_t>text[n] << 8 * (n - at)
                self.look(&self.six, window & SIX, text, size, at, seen)
                self.look(&self.four, window & FOUR, text, size, at, seen)
                self.look(&self.two, window & TWO, text, size, at, seen)
        for byte, i in self.single:
            place = memchr(text, byte, size)
            if place:
                at = <const uint8_t*>place - text
                seen[i].last = size - 1  # there may be more of them
                if seen[i].first < 0 or at < seen[i].first:
                    seen[i].first = at
        try:
            return {self.numbers[i]: (seen[i].first, seen[i].last) for i in range(many) if seen[i].first >= 0}
        finally:
            PyMem_Free(seen)

    cdef inline void look(
        self, Table* table, uint64_t key, const uint8_t* text, Py_ssize_t size, Py_ssize_t at, Seen* seen
    ) noexcept nogil:
        """Compare every literal that is filed under a window with the text around it."""
        cdef uint64_t hash = hashed(key)
        cdef int32_t following
        cdef Entry* entry
        if not bit(table.known, <uint32_t>(hash >> (64 - table.bits))):
            return
        if not bit(table.known, <uint32_t>(hash << 24 >> (64 - table.bits))):
            return
        following = table.heads[hash >> (64 - table.places)]
        while following >= 0:
            entry = &self.entries[following]
            if entry.key == key and seen[entry.number].last < at:
                if stands(self.codes + entry.start, entry.length, entry.window, text, size, at):
                    seen[entry.number].last = at
                    if seen[entry.number].first < 0 or at < seen[entry.number].first:
                        seen[entry.number].first = at
            following = entry.following


cdef void free(Table* table) noexcept:
    PyMem_Free(table.known)
    PyMem_Free(table.heads)


cdef bint made(Table* table, int bits, int places):
    table.bits, table.places = bits, places
    table.known = <uint8_t*>PyMem_Malloc(1 << bits >> 3)
    table.heads = <int32_t*>PyMem_Malloc((1 << places) * sizeof(int32_t))
    if not (table.known and table.heads):
        return False
    memset(table.known, 0, 1 << bits >> 3)
    memset(table.heads, 0xFF, (1 << places) * sizeof(int32_t))
    return True


cdef bint stands(
    const uint8_t* code, int32_t length, int32_t window, const uint8_t* text, Py_ssize_t size, Py_ssize_t at
) noexcept nogil:
    """Whether a literal stands in the text, what is at ``window`` in it being at ``at``."""
    cdef Py_ssize_t place = at
    cdef int32_t i
    cdef uint8_t one
    for i in range(window, length):
        one = code[i]
        if one == WORD_EDGE:
            if not edge(text, size, place):
                return False
        elif place >= size or text[place] != one:
            return False
        else:
            place += 1
    place = at
    for i in range(window - 1, -1, -1):
        one = code[i]
        if one == WORD_EDGE:
            if not edge(text, size, place):
                return False
        elif place == 0:
            return False
        elif text[place - 1] != one:
            return False
        else:
            place -= 1
    return True


cdef inline bint edge(const uint8_t* text, Py_ssize_t size, Py_ssize_t place) noexcept nogil:
    """Whether no ASCII word goes on across a place."""
    return place == 0 or place >= size or not (is_word(text[place - 1]) and is_word(text[place]))


cdef inline uint64_t _six(const uint8_t* data) noexcept:
    cdef uint64_t window = 0
    memcpy(&window, data, 6)
    return window


cdef void _count(bytes code, bytearray crowd):
    """Count the literals that hold each window of six; a few windows share a place."""
    cdef const uint8_t* data = <const uint8_t*>PyBytes_AS_STRING(code)
    cdef uint16_t* counts = <uint16_t*>PyByteArray_AS_STRING(crowd)
    cdef Py_ssize_t at
    cdef uint64_t place
    for at in range(PyBytes_GET_SIZE(code) - 5):
        place = hashed(_six(data + at)) >> (64 - CROWD_BITS)
        if counts[place] < 0xFFFF:
            counts[place] += 1


cdef (Py_ssize_t, int) _window(bytes code, bytearray crowd):
    """Give the place and the width of the best window: six plain bytes, else four, two or one."""
    cdef const uint8_t* data = <const uint8_t*>PyBytes_AS_STRING(code)
    cdef uint16_t* counts = <uint16_t*>PyByteArray_AS_STRING(crowd)
    cdef Py_ssize_t at, i, best
    cdef int width
    cdef double chance, least
    for width in (6, 4, 2, 1):
        best, least = -1, 1000
        for at in range(PyBytes_GET_SIZE(code) - width + 1):
            chance = 0
            for i in range(at, at + width):
                if data[i] == WORD_EDGE:
                    break
                chance += _rarity[data[i]]
            else:
                if width == 6:
                    chance += 4 * log(1 + counts[hashed(_six(data + at)) >> (64 - CROWD_BITS)])
                if chance < least:
                    best, least = at, chance
        if best >= 0:
            return best, width
    raise ValueError("a literal holds at least one plain character")


cdef double[256] _rarity
for _byte in range(256):
    _rarity[_byte] = log(frequency(frozenset([chr(_byte)])) if _byte < 0x80 else 1e-3 if _byte < 0xE0 else 1e-2)
_rarity[0x80] = log(1e-2)

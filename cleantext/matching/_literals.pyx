# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Thousands of literals searched for in C: what `SlowLiteralSet` finds, in tables that stay in the processor's cache.

After Wu and Manber: each literal is filed under a window of it, one that is rare and that few others hold.
Nearly all literals hold the beginning of a word, and their windows stand there: six bytes from it on, or four, or
the four before it and two after. So only where a word begins are those looked up. The few other literals are filed
under two neighbouring bytes. One table with a bit for each pair of bytes says at which places of the text there
is anything to look up at all; what is filed there is compared by up to eight bytes at once, and then whole.
"""

from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cython cimport final
from libc.math cimport log
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memcpy, memset

import sys

from cleantext.matching.literals import as_bytes, frequency

if sys.byteorder != "little":
    raise ImportError("windows are read as numbers whose first byte is the lowest: RE2 searches for literals here")

cdef enum:
    WORD_EDGE = 0x08
    NEW_LINE = 0x0A
    LONGEST = 1000  # bytes of a literal that are searched for; a text that holds all of it holds these
    CROWD_BITS = 16
    BLOCK = 256  # places that are picked before any is looked up
    MOST_STRETCHES = 8  # of a number's places that are told apart
    BEFORE = 4  # bytes of a window around a word's beginning that stand before it
    # Kinds of windows, each with its table.
    SIX = 0  # six bytes from a word's beginning on
    FOUR = 1
    AROUND = 2  # six bytes around it
    PAIR = 3  # two bytes anywhere
    KINDS = 4
    # Bytes of a window of each kind, and the logarithm of how many bits say which ones are filed.
    SIX_BYTES = 6
    FOUR_BYTES = 4
    AROUND_BYTES = 6
    PAIR_BYTES = 2
    SIX_BITS = 15
    FOUR_BITS = 12
    AROUND_BITS = 14
    PAIR_BITS = 12
    LONE = 4  # a byte by itself or between boundaries: under each pair that begins with it

cdef int[KINDS] widths = [SIX_BYTES, FOUR_BYTES, AROUND_BYTES, PAIR_BYTES]
cdef int[KINDS] known_bits = [SIX_BITS, FOUR_BITS, AROUND_BITS, PAIR_BITS]
cdef double digit_follows = log(0.5)
cdef uint8_t[256] in_word
cdef double[256] rarities
for _byte in range(256):
    in_word[_byte] = _byte < 0x80 and (chr(_byte).isalnum() or _byte == 0x5F)
    rarities[_byte] = log(frequency(frozenset([chr(_byte)])) if _byte < 0x80 else 1e-3 if 0x80 < _byte < 0xE0 else 1e-2)


cdef struct Entry:
    uint64_t word  # the plain bytes from the window's first on, at most eight, shifted to the upper end
    int32_t number  # index into `numbers`
    int32_t start  # of the literal, in `codes`
    uint16_t length
    uint16_t window  # its place in the literal
    uint8_t shift
    uint8_t last  # of those under one window
    uint8_t before  # what stands before the window and behind the bytes of `word`, 0 for nothing: most fail there
    uint8_t after


cdef struct Slot:
    int32_t entry  # the first one of a window, -1 for an empty place
    uint32_t tag  # part of the hash: other windows are told apart without a look at their entries


cdef struct Table:
    int places  # logarithm of the size of `slots`
    uint8_t* known  # a bit is set for each window; as many as `known_bits` says
    Slot* slots


cdef struct Stretch:
    Py_ssize_t first
    Py_ssize_t last


cdef struct Search:
    const uint8_t* text
    Py_ssize_t size
    Py_ssize_t readable  # bytes from `text` on: a line has others behind it
    Stretch* stretches  # of each number as many as are told apart, in order; the last one may go on
    int32_t* stretched  # how many of each number there are
    int32_t* found  # the numbers that have some
    int32_t count


cdef inline uint64_t hashed(uint64_t window, int width) noexcept nogil:
    """Return the hash of the first bytes of eight."""
    return (window << 8 * (8 - width)) * <uint64_t>0x9E3779B97F4A7C15


cdef inline uint32_t tag_of(uint64_t hash) noexcept nogil:
    return <uint32_t>(hash >> 32)  # the upper half: the lower one holds nothing of a narrow window


cdef inline bint bit(const uint8_t* bits, uint32_t place) noexcept nogil:
    return bits[place >> 3] >> (place & 7) & 1


cdef inline uint64_t window_at(const uint8_t* text, Py_ssize_t size, Py_ssize_t at) noexcept nogil:
    """Return eight bytes of a text, 0 for those beyond its end."""
    cdef uint64_t window = 0
    cdef Py_ssize_t n
    if at + 8 <= size:
        memcpy(&window, text + at, 8)
    else:
        for n in range(at, size):
            window |= <uint64_t>text[n] << 8 * (n - at)
    return window


@final
cdef class LiteralSet:
    """Literals, each with a number; several may share one."""

    cdef Entry* entries
    cdef uint8_t* codes
    cdef Table tables[KINDS]
    cdef uint8_t pairs[0x2000]  # a bit for each pair of bytes at which there is something to look up
    cdef list numbers

    def __cinit__(self, literals):
        cdef int32_t start = 0
        cdef Py_ssize_t place
        cdef int kind, low
        cdef bytes code
        coded = [(number, bare(as_bytes(literal)[:LONGEST])) for number, literal in literals]
        self.numbers = sorted({number for number, _ in coded})
        index = {number: i for i, number in enumerate(self.numbers)}
        crowd = bytearray(2 << CROWD_BITS)
        for _, code in coded:
            count_windows(code, crowd)
        # Of each kind the windows, and what is filed under each.
        filed = [{} for _ in range(KINDS)]
        self.codes = <uint8_t*>PyMem_Malloc(sum([len(code) for _, code in coded]) + 1)
        if not self.codes:
            raise MemoryError
        for number, code in coded:
            kind, place = best_window(code, crowd)
            memcpy(self.codes + start, PyBytes_AS_STRING(code), len(code))
            entry = (index[number], start, len(code), place)
            if kind == LONE:
                for low in range(256):
                    filed[PAIR].setdefault(code[place] | low << 8, []).append(entry)
            else:
                key = word_at(code, place) & (<uint64_t>1 << 8 * widths[kind]) - 1
                filed[kind].setdefault(key, []).append(entry)
            start += len(code)
        self.file(filed)

    cdef int file(self, list filed) except -1:
        """Lay the windows out in tables, with their entries side by side."""
        cdef Py_ssize_t count = sum([len(entries) for windows in filed for entries in windows.values()])
        cdef int32_t at = 0
        cdef int kind, known
        cdef uint64_t key
        cdef uint8_t begins[256]  # first letters of words
        cdef uint32_t before, first
        cdef Entry* entry
        self.entries = <Entry*>PyMem_Malloc((count + 1) * sizeof(Entry))
        if not self.entries:
            raise MemoryError
        memset(begins, 0, sizeof(begins))
        memset(self.pairs, 0, sizeof(self.pairs))
        for kind in range(KINDS):
            make(&self.tables[kind], kind, len(filed[kind]))
            for window, entries in filed[kind].items():
                key = window
                put(&self.tables[kind], kind, key, at)
                for number, start, length, place in entries:
                    entry = &self.entries[at]
                    entry.number, entry.start, entry.length, entry.window = number, start, length, place
                    known = plain_bytes(self.codes + entry.start, length, place, &entry.word)
                    entry.shift = <uint8_t>(8 * (8 - known))
                    entry.before = self.codes[start + place - 1] if place else 0
                    entry.after = self.codes[start + place + known] if place + known < length else 0
                    entry.last = False
                    at += 1
                self.entries[at - 1].last = True
                if kind == PAIR:
                    self.pairs[key >> 3] |= 1 << (key & 7)
                else:
                    begins[(key >> 8 * BEFORE if kind == AROUND else key) & 0xFF] = True
        for first in range(256):
            for before in range(256):
                if begins[first] and not in_word[before]:
                    self.pairs[(before | first << 8) >> 3] |= 1 << (before & 7)
        return 0

    def __dealloc__(self):
        cdef int kind
        PyMem_Free(self.entries)
        PyMem_Free(self.codes)
        for kind in range(KINDS):
            PyMem_Free(self.tables[kind].known)
            PyMem_Free(self.tables[kind].slots)

    def matching(self, bytes data):
        """Return the numbers of the literals that stand in a folded text in UTF-8, each with its places; see ``sets.py``."""
        cdef Search search
        cdef int32_t i
        begin(&search, data, len(self.numbers))
        try:
            with nogil:
                self.search(&search)
            return {self.numbers[i]: places(&search, i) for i in search.found[: search.count]}
        finally:
            PyMem_Free(search.stretches)

    def matching_lines(self, bytes data):
        """Return the numbers of the literals that stand in each line of a folded text, by the line's number; see ``sets.py``."""
        cdef Search search
        cdef const uint8_t* end
        cdef Py_ssize_t line = 0
        cdef int32_t i
        cdef dict found = {}
        begin(&search, data, len(self.numbers))
        try:
            while search.readable:
                end = <const uint8_t*>memchr(search.text + 1, NEW_LINE, search.readable - 1)
                if not end:
                    break
                search.size = end + 1 - search.text
                self.search(&search)
                if search.count:
                    found[line] = [self.numbers[i] for i in search.found[: search.count]]
                    for i in search.found[: search.count]:
                        search.stretched[i] = 0
                    search.count = 0
                line += 1
                search.readable -= end - search.text
                search.text = end
        finally:
            PyMem_Free(search.stretches)
        return found

    cdef void search(self, Search* search) noexcept nogil:
        """Look up what stands at each place of a text where the pair of bytes says that something may."""
        cdef const uint8_t* text = search.text
        cdef Py_ssize_t begin = 0, at, end
        cdef uint16_t picked[BLOCK]
        cdef uint16_t pair
        cdef int n, k
        if in_word[text[0]]:
            self.look_at_word(search, 0)
        while begin < search.size:
            end = min(begin + BLOCK, search.size)
            n = 0
            for at in range(begin, end):
                memcpy(&pair, text + at, 2)  # after the last byte there is a 0
                picked[n] = <uint16_t>(at - begin)
                n += bit(self.pairs, pair)
            for k in range(n):
                at = begin + picked[k]
                self.look(PAIR, PAIR_BYTES, PAIR_BITS, search, at, at)
                if in_word[text[at + 1]] > in_word[text[at]]:
                    self.look_at_word(search, at + 1)
            begin = end

    cdef inline void look_at_word(self, Search* search, Py_ssize_t at) noexcept nogil:
        """Look up what is filed under a word's beginning."""
        self.look(SIX, SIX_BYTES, SIX_BITS, search, at, at)
        self.look(FOUR, FOUR_BYTES, FOUR_BITS, search, at, at)
        if at >= BEFORE:
            self.look(AROUND, AROUND_BYTES, AROUND_BITS, search, at - BEFORE, at)

    cdef inline void look(
        self, int kind, int width, int bits, Search* search, Py_ssize_t place, Py_ssize_t at
    ) noexcept nogil:
        """Look up the window at a place; what is found there is said to stand at ``at``, and the next one no earlier."""
        cdef uint64_t window = window_at(search.text, search.readable, place), hash = hashed(window, width)
        if bit(self.tables[kind].known, <uint32_t>(hash >> (64 - bits))):
            self.compare(&self.tables[kind], search, window, hash, place, at)

    cdef void compare(
        self, Table* table, Search* search, uint64_t window, uint64_t hash, Py_ssize_t place, Py_ssize_t at
    ) noexcept nogil:
        """Compare every literal that is filed under a window with the text around it."""
        cdef uint32_t slot = <uint32_t>(hash >> (64 - table.places)), tag = tag_of(hash)
        cdef Entry* entry
        while table.slots[slot].entry >= 0:
            if table.slots[slot].tag == tag:
                entry = &self.entries[table.slots[slot].entry]
                while True:
                    if (
                        window << entry.shift == entry.word
                        and fits_in(entry, search.text, search.size, place)
                        and is_news(search, entry.number, at)
                        and stands(self.codes + entry.start, entry, search.text, search.size, place)
                    ):
                        note(search, entry.number, at)
                    if entry.last:
                        break
                    entry += 1
            slot = (slot + 1) & ((1 << table.places) - 1)


cdef int begin(Search* search, bytes data, Py_ssize_t numbers) except -1:
    """Begin the search through a text; whoever asks frees ``stretches``."""
    cdef Py_ssize_t each = MOST_STRETCHES * sizeof(Stretch) + 2 * sizeof(int32_t)
    search.text = <const uint8_t*>PyBytes_AS_STRING(data)
    search.size = search.readable = PyBytes_GET_SIZE(data)
    search.stretches = <Stretch*>PyMem_Malloc(numbers * each + 1)
    if not search.stretches:
        raise MemoryError
    search.stretched = <int32_t*>(search.stretches + numbers * MOST_STRETCHES)
    search.found = search.stretched + numbers
    search.count = 0
    memset(search.stretched, 0, numbers * sizeof(int32_t))
    return 0


cdef inline bint is_news(const Search* search, int32_t number, Py_ssize_t at) noexcept nogil:
    """Whether a place of a number is later than those that are noted."""
    cdef int32_t count = search.stretched[number]
    return not count or search.stretches[number * MOST_STRETCHES + count - 1].last < at


cdef inline void note(Search* search, int32_t number, Py_ssize_t at) noexcept nogil:
    """Note that a literal stands at a place, later than those before: a new stretch where a line feed lies between."""
    cdef int32_t count = search.stretched[number]
    cdef Stretch* last = &search.stretches[number * MOST_STRETCHES + count - 1]
    if not count:
        search.found[search.count] = number
        search.count += 1
    if not count or (count < MOST_STRETCHES and memchr(search.text + last.last, NEW_LINE, at - last.last)):
        search.stretched[number] += 1
        last += 1
        last.first = at
    last.last = at


cdef list places(const Search* search, Py_ssize_t number):
    """Return the stretches in which a number's places lie."""
    cdef const Stretch* own = search.stretches + number * MOST_STRETCHES
    cdef int32_t n
    return [(own[n].first, own[n].last) for n in range(search.stretched[number])]


cdef int make(Table* table, int kind, Py_ssize_t windows) except -1:
    """Make room for so many windows."""
    table.places = 1
    while 1 << table.places < 2 * windows:
        table.places += 1
    table.known = <uint8_t*>PyMem_Malloc(1 << known_bits[kind] >> 3)
    table.slots = <Slot*>PyMem_Malloc((1 << table.places) * sizeof(Slot))
    if not (table.known and table.slots):
        raise MemoryError
    memset(table.known, 0, 1 << known_bits[kind] >> 3)
    memset(table.slots, 0xFF, (1 << table.places) * sizeof(Slot))
    return 0


cdef void put(Table* table, int kind, uint64_t key, int32_t entry) noexcept:
    """File a new window, with its first entry."""
    cdef uint64_t hash = hashed(key, widths[kind])
    cdef uint32_t slot = <uint32_t>(hash >> (64 - table.places)), place = <uint32_t>(hash >> (64 - known_bits[kind]))
    table.known[place >> 3] |= 1 << (place & 7)
    while table.slots[slot].entry >= 0:
        slot = (slot + 1) & ((1 << table.places) - 1)
    table.slots[slot].entry, table.slots[slot].tag = entry, tag_of(hash)


cdef inline bint fits_in(const Entry* entry, const uint8_t* text, Py_ssize_t size, Py_ssize_t at) noexcept nogil:
    """Whether what stands next to the bytes of an entry may be a literal's, by what the entry says before the literal is read."""
    cdef Py_ssize_t end = at + 8 - (entry.shift >> 3)
    return agrees(entry.after, text, size, end, end) and agrees(entry.before, text, size, at - 1, at)


cdef inline bint agrees(uint8_t one, const uint8_t* text, Py_ssize_t size, Py_ssize_t byte, Py_ssize_t place) noexcept nogil:
    """Whether a text goes on as a byte of a literal says: with it, at ``byte``, or with an edge, at ``place``."""
    if one == WORD_EDGE:
        return place == 0 or place >= size or not (in_word[text[place - 1]] and in_word[text[place]])
    return not one or (0 <= byte < size and text[byte] == one)


cdef inline bint stands(const uint8_t* code, const Entry* entry, const uint8_t* text, Py_ssize_t size, Py_ssize_t at) noexcept nogil:
    """Whether a literal stands in the text, its window being at ``at``; the plain bytes from there on are known to."""
    cdef Py_ssize_t known = 8 - (entry.shift >> 3), place = at + known
    cdef Py_ssize_t i
    if place > size:
        return False
    for i in range(entry.window + known, <Py_ssize_t>entry.length):
        if not agrees(code[i], text, size, place, place):
            return False
        place += code[i] != WORD_EDGE
    place = at
    for i in range(entry.window - 1, -1, -1):
        if not agrees(code[i], text, size, place - 1, place):
            return False
        place -= code[i] != WORD_EDGE
    return True


cdef bytes bare(bytes code):
    """Leave out boundaries that the bytes on both sides make sure of, and repeated ones."""
    cdef const uint8_t* data = <const uint8_t*>PyBytes_AS_STRING(code)
    cdef Py_ssize_t size = PyBytes_GET_SIZE(code), at, n = 0
    cdef uint8_t kept[LONGEST]
    for at in range(size):
        if data[at] == WORD_EDGE and at + 1 < size:
            if data[at + 1] == WORD_EDGE or (n and not (in_word[kept[n - 1]] and in_word[data[at + 1]])):
                continue
        kept[n] = data[at]
        n += 1
    return kept[:n]


cdef int plain_bytes(const uint8_t* code, Py_ssize_t length, Py_ssize_t place, uint64_t* word) noexcept:
    """Count the plain bytes from a place on, at most eight, and write them at the upper end of a word."""
    cdef int n = 0
    word[0] = 0
    while n < 8 and place + n < length and code[place + n] != WORD_EDGE:
        word[0] = word[0] >> 8 | <uint64_t>code[place + n] << 56
        n += 1
    return n


cdef inline uint64_t word_at(bytes code, Py_ssize_t place) noexcept:
    return window_at(<const uint8_t*>PyBytes_AS_STRING(code), PyBytes_GET_SIZE(code), place)


cdef inline int first_kind(const uint8_t* data, Py_ssize_t at) noexcept:
    """Return the first kind of window that a place may have: all of them where a word begins, whatever stands before the literal."""
    return SIX if at > 0 and in_word[data[at]] > in_word[data[at - 1]] else PAIR


cdef inline Py_ssize_t window_about(bytes code, Py_ssize_t at, int kind) noexcept:
    """Return where a window of a kind starts that is about a place, -1 where no plain bytes fill one."""
    cdef Py_ssize_t place = at - BEFORE if kind == AROUND else at
    cdef uint64_t word
    if place < 0:
        return -1
    return place if plain_bytes(<const uint8_t*>PyBytes_AS_STRING(code), PyBytes_GET_SIZE(code), place, &word) >= widths[kind] else -1


cdef inline uint16_t* crowd_of(bytearray crowd, bytes code, Py_ssize_t place, int kind) noexcept:
    """Return the count of literals that hold a window; a few windows share one."""
    cdef uint64_t hash = hashed(word_at(code, place), widths[kind]) ^ <uint64_t>kind << 60
    return <uint16_t*>PyByteArray_AS_STRING(crowd) + (hash >> (64 - CROWD_BITS))


cdef void count_windows(bytes code, bytearray crowd) noexcept:
    """Count the windows of a literal."""
    cdef Py_ssize_t at, place
    cdef int kind
    cdef uint16_t* count
    for at in range(PyBytes_GET_SIZE(code)):
        for kind in range(first_kind(<const uint8_t*>PyBytes_AS_STRING(code), at), KINDS):
            place = window_about(code, at, kind)
            if place >= 0:
                count = crowd_of(crowd, code, place, kind)
                count[0] += count[0] < 0xFFFF


cdef (int, Py_ssize_t) best_window(bytes code, bytearray crowd) except *:
    """Return the kind of the best window, and its place."""
    cdef const uint8_t* data = <const uint8_t*>PyBytes_AS_STRING(code)
    cdef Py_ssize_t size = PyBytes_GET_SIZE(code), at, place, best = -1
    cdef int kind, chosen = LONE
    cdef double chance, least = 1000
    for at in range(size):
        for kind in range(first_kind(data, at), KINDS):
            place = window_about(code, at, kind)
            if place >= 0:
                chance = rarity(data + place, widths[kind]) + 2 * log(1 + crowd_of(crowd, code, place, kind)[0])
                if chance < least:
                    best, chosen, least = place, kind, chance
    for at in range(size):
        if chosen == LONE and data[at] != WORD_EDGE and rarities[data[at]] < least:
            best, least = at, rarities[data[at]]
    if best < 0:
        raise ValueError("a literal holds at least one plain character")
    return chosen, best


cdef inline double rarity(const uint8_t* data, int width) noexcept:
    """Estimate how seldom bytes follow each other; a digit often follows another."""
    cdef double chance = 0
    cdef int n
    for n in range(width):
        chance += digit_follows if n and data[n] == 0x30 == data[n - 1] else rarities[data[n]]
    return chance

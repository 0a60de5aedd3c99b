# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Thousands of literals looked for in C: what `SlowLiteralSet` gives, in tables that stay in the processor's cache.

After Wu and Manber: each literal is filed under a window of it, one that is rare and that few others hold.
Nearly all literals hold the beginning of a word, and their windows stand there: six bytes from it on, or four, or
the four before it and two after. So only where a word begins are those looked up. The few other literals are filed
under two neighbouring bytes. One table with a bit for each pair of bytes says at which places of the text there
is anything to look up at all; what is filed there is compared by up to eight bytes at once, and then whole.
"""

from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_RawFree, PyMem_RawRealloc
from libc.math cimport log
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memchr, memcpy, memset

import sys

from cleantext.matching.literals import as_bytes, frequency

if sys.byteorder != "little":
    raise ImportError("windows are read as numbers whose first byte is the lowest: RE2 looks for literals here")

cdef enum:
    WORD_EDGE = 0x08
    NEW_LINE = 0x0A
    LONGEST = 1000  # bytes of a literal that are looked for; a text that holds all of it holds these
    CROWD_BITS = 16
    CROWD = 1 << CROWD_BITS
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
    SINGLE = 4  # a byte that is a literal by itself
    LONE = 5  # a byte between boundaries: under each pair that begins with it

cdef uint8_t[256] _in_word
for _byte in range(256):
    _in_word[_byte] = _byte < 0x80 and (chr(_byte).isalnum() or _byte == 0x5F)
cdef int[KINDS] _width = [SIX_BYTES, FOUR_BYTES, AROUND_BYTES, PAIR_BYTES]
cdef int[KINDS] _bits = [SIX_BITS, FOUR_BITS, AROUND_BITS, PAIR_BITS]


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
    uint8_t* known  # a bit is set for each window; as many as `_bits` says
    Slot* slots


cdef struct Seen:
    Py_ssize_t first  # of the stretch that may go on; -1 for nowhere
    Py_ssize_t last
    int32_t stretches  # how many lie before that


cdef struct Stretch:
    Py_ssize_t first
    Py_ssize_t last


cdef struct InLine:
    Py_ssize_t line
    int32_t number


cdef struct Search:
    const uint8_t* text
    Py_ssize_t size
    Seen* seen
    int32_t* found  # the numbers that were seen
    int32_t count
    Stretch* earlier  # as many of each number as are told apart
    bint by_line  # then what is found goes here, and `first` of a number is the line that was told last
    InLine* told
    Py_ssize_t tellings
    Py_ssize_t room
    Py_ssize_t at  # a place of the text up to which line feeds are counted
    Py_ssize_t line
    bint out_of_memory


cdef inline uint64_t hashed(uint64_t window, int width) noexcept nogil:
    """Give the hash of the first bytes of eight."""
    return (window << 8 * (8 - width)) * <uint64_t>0x9E3779B97F4A7C15


cdef inline uint32_t tag_of(uint64_t hash) noexcept nogil:
    return <uint32_t>(hash >> 32)  # the upper half: the lower one holds nothing of a narrow window


cdef inline bint bit(const uint8_t* bits, uint32_t place) noexcept nogil:
    return bits[place >> 3] >> (place & 7) & 1


cdef inline uint64_t window_at(const uint8_t* text, Py_ssize_t size, Py_ssize_t at) noexcept nogil:
    """Give eight bytes of a text, 0 for those beyond its end."""
    cdef uint64_t window = 0
    cdef Py_ssize_t n
    if at + 8 <= size:
        memcpy(&window, text + at, 8)
    else:
        for n in range(at, size):
            window |= <uint64_t>text[n] << 8 * (n - at)
    return window


cdef class LiteralSet:
    """Literals, each with a number; several may share one."""

    cdef Entry* entries
    cdef uint8_t* codes
    cdef Table tables[KINDS]
    cdef uint8_t pairs[0x2000]  # a bit for each pair of bytes at which there is something to look up
    cdef list single  # bytes that are a literal by themselves, and whose
    cdef list numbers

    def __cinit__(self, literals):
        cdef int32_t start = 0, i
        cdef Py_ssize_t place
        cdef int kind, low
        cdef bytes code
        coded = [(number, bare(as_bytes(literal)[:LONGEST])) for number, literal in literals]
        self.numbers = sorted({number for number, _ in coded})
        index = {number: i for i, number in enumerate(self.numbers)}
        crowd = bytearray(CROWD * 2)
        for _, code in coded:
            _count(code, crowd)
        self.single = []
        # Of each kind the windows, and what is filed under each.
        filed = [{} for _ in range(KINDS)]
        self.codes = <uint8_t*>PyMem_Malloc(sum([len(code) for _, code in coded]) + 1)
        if not self.codes:
            raise MemoryError
        for number, code in coded:
            kind, place = _window(code, crowd)
            i = index[number]
            if kind == SINGLE:
                self.single.append((code[0], i))
                continue
            memcpy(self.codes + start, PyBytes_AS_STRING(code), len(code))
            entry = (i, start, len(code), place)
            if kind == LONE:
                for low in range(256):
                    filed[PAIR].setdefault(code[place] | low << 8, []).append(entry)
            else:
                key = _word(code, place) & (<uint64_t>1 << 8 * _width[kind]) - 1
                filed[kind].setdefault(key, []).append(entry)
            start += len(code)
        self.file(filed)

    cdef int file(self, list filed) except -1:
        """Lay the windows out in tables, with their entries side by side."""
        cdef Py_ssize_t count = sum([len(entries) for windows in filed for entries in windows.values()])
        cdef int32_t at = 0
        cdef int kind
        cdef uint64_t key
        cdef int known
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
                    entry.word = _plain(self.codes + entry.start, length, place, &entry.shift)
                    known = 8 - (entry.shift >> 3)
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
                if begins[first] and not _in_word[before]:
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
        """Give the numbers of the literals that stand in a folded text in UTF-8, each with its places; see ``sets.py``."""
        cdef Search search
        cdef Py_ssize_t at, k
        cdef int32_t i
        cdef const void* place
        if not self.looked_through(&search, data, False):
            return {}
        for byte, i in self.single:
            place = memchr(search.text, byte, search.size)
            if place:
                at = <const uint8_t*>place - search.text
                if search.seen[i].first < 0:
                    search.found[search.count] = i
                    search.count += 1
                    search.seen[i].first = at
                elif search.seen[i].stretches:
                    search.seen[i].first = search.earlier[i * MOST_STRETCHES].first
                search.seen[i].first = min(search.seen[i].first, at)
                search.seen[i].last = search.size - 1  # there may be more of them
                search.seen[i].stretches = 0
        try:
            return {self.numbers[search.found[k]]: places(&search, search.found[k]) for k in range(search.count)}
        finally:
            PyMem_Free(search.seen)

    def matching_lines(self, bytes data):
        """Give the numbers of the literals that stand in each line of a folded text, by the line's number; see ``sets.py``."""
        cdef Search search
        cdef Py_ssize_t lines = data.count(b"\n") - 1, k
        cdef const void* place
        cdef int32_t i
        cdef dict found = {}
        if not self.looked_through(&search, data, True):
            return found
        for byte, i in self.single:
            place = memchr(search.text, byte, search.size)
            while place:
                k = <const uint8_t*>place - search.text
                tell(&search, i, k)
                place = memchr(search.text + k + 1, byte, search.size - k - 1)
        try:
            if search.out_of_memory:
                raise MemoryError
            for k in range(search.tellings):
                if search.told[k].line < lines:  # no line begins with the last line feed
                    found.setdefault(search.told[k].line, []).append(self.numbers[search.told[k].number])
        finally:
            PyMem_Free(search.seen)
            PyMem_RawFree(search.told)
        return found

    cdef bint looked_through(self, Search* search, bytes data, bint by_line) except -1:
        """Search a text for all but single bytes; False where there is nothing to search. Whoever asks frees ``seen``."""
        cdef Py_ssize_t many = len(self.numbers)
        memset(search, 0, sizeof(Search))
        search.text, search.size = <const uint8_t*>PyBytes_AS_STRING(data), PyBytes_GET_SIZE(data)
        search.by_line, search.line = by_line, -1
        if not search.size or not many:
            return False
        search.seen = <Seen*>PyMem_Malloc(many * (sizeof(Seen) + MOST_STRETCHES * sizeof(Stretch) + sizeof(int32_t)))
        if not search.seen:
            raise MemoryError
        search.earlier = <Stretch*>(search.seen + many)
        search.found = <int32_t*>(search.earlier + many * MOST_STRETCHES)
        memset(search.seen, 0xFF, many * sizeof(Seen))
        with nogil:
            self.search(search)
        return True

    cdef void search(self, Search* search) noexcept nogil:
        """Look up what stands at each place of a text where the pair of bytes says that something may."""
        cdef const uint8_t* text = search.text
        cdef Py_ssize_t size = search.size, begin = 0, at, end
        cdef uint16_t picked[BLOCK]
        cdef uint16_t pair
        cdef int n, k
        if _in_word[text[0]]:
            self.look_at_word(search, 0)
        while begin < size:
            end = min(begin + BLOCK, size)
            n = 0
            for at in range(begin, end):
                memcpy(&pair, text + at, 2)  # after the last byte there is a 0
                picked[n] = <uint16_t>(at - begin)
                n += bit(self.pairs, pair)
            for k in range(n):
                at = begin + picked[k]
                self.look(PAIR, PAIR_BYTES, PAIR_BITS, search, window_at(text, size, at), at, at)
                if _in_word[text[at + 1]] > _in_word[text[at]]:
                    self.look_at_word(search, at + 1)
            begin = end

    cdef inline void look_at_word(self, Search* search, Py_ssize_t at) noexcept nogil:
        """Look up what is filed under a word's beginning."""
        cdef uint64_t window = window_at(search.text, search.size, at)
        self.look(SIX, SIX_BYTES, SIX_BITS, search, window, at, at)
        self.look(FOUR, FOUR_BYTES, FOUR_BITS, search, window, at, at)
        if at >= BEFORE:
            window = window_at(search.text, search.size, at - BEFORE)
            self.look(AROUND, AROUND_BYTES, AROUND_BITS, search, window, at - BEFORE, at)

    cdef inline void look(
        self, int kind, int width, int bits, Search* search, uint64_t window, Py_ssize_t place, Py_ssize_t at
    ) noexcept nogil:
        """Look up a window; what is found there is said to stand at ``at``, and the next one no earlier."""
        cdef uint64_t hash = hashed(window, width)
        if bit(self.tables[kind].known, <uint32_t>(hash >> (64 - bits))):
            self.compare(&self.tables[kind], search, window, hash, place, at)

    cdef void compare(
        self, Table* table, Search* search, uint64_t window, uint64_t hash, Py_ssize_t place, Py_ssize_t at
    ) noexcept nogil:
        """Compare every literal that is filed under a window with the text around it."""
        cdef uint32_t slot = <uint32_t>(hash >> (64 - table.places)), tag = tag_of(hash)
        cdef Entry* entry
        cdef Seen* seen
        while table.slots[slot].entry >= 0:
            if table.slots[slot].tag == tag:
                entry = &self.entries[table.slots[slot].entry]
                while True:
                    if window << entry.shift == entry.word and fits_in(entry, search.text, search.size, place):
                        seen = &search.seen[entry.number]
                        if search.by_line:
                            if stands(self.codes + entry.start, entry, search.text, search.size, place):
                                tell(search, entry.number, place - plain_before(self.codes + entry.start, entry.window))
                        elif seen.last < at and stands(self.codes + entry.start, entry, search.text, search.size, place):
                            note(search, seen, entry.number, at)
                    if entry.last:
                        break
                    entry += 1
            slot = (slot + 1) & ((1 << table.places) - 1)


cdef inline void note(Search* search, Seen* seen, int32_t number, Py_ssize_t at) noexcept nogil:
    """Note that a literal stands at a place, later than those before: a new stretch where a line feed lies between."""
    cdef Stretch* earlier
    if seen.first < 0:
        seen.first = at
        seen.stretches = 0
        search.found[search.count] = number
        search.count += 1
    elif seen.stretches < MOST_STRETCHES - 1 and memchr(search.text + seen.last, NEW_LINE, at - seen.last):
        earlier = &search.earlier[number * MOST_STRETCHES + seen.stretches]
        earlier.first, earlier.last = seen.first, seen.last
        seen.stretches += 1
        seen.first = at
    seen.last = at


cdef list places(Search* search, Py_ssize_t number):
    """Give the stretches in which a number's places lie."""
    cdef Seen* seen = &search.seen[number]
    cdef Stretch* earlier = &search.earlier[number * MOST_STRETCHES]
    cdef int32_t n
    cdef list found = []
    for n in range(seen.stretches):
        found.append((earlier[n].first, earlier[n].last))
    found.append((seen.first, seen.last))
    return found


cdef void tell(Search* search, int32_t number, Py_ssize_t place) noexcept nogil:
    """Note that a literal stands at a place: in the line that holds it, or begins with it where it is a line feed."""
    cdef InLine* told
    place += search.text[place] == NEW_LINE
    while search.at < place:
        search.line += search.text[search.at] == NEW_LINE
        search.at += 1
    while search.at > place:
        search.at -= 1
        search.line -= search.text[search.at] == NEW_LINE
    if search.seen[number].first == search.line:
        return
    search.seen[number].first = search.line
    if search.tellings == search.room:
        told = <InLine*>PyMem_RawRealloc(search.told, (2 * search.room + 16) * sizeof(InLine))
        if not told:
            search.out_of_memory = True
            return
        search.told, search.room = told, 2 * search.room + 16
    search.told[search.tellings].line, search.told[search.tellings].number = search.line, number
    search.tellings += 1


cdef inline Py_ssize_t plain_before(const uint8_t* code, Py_ssize_t window) noexcept nogil:
    """Count the plain bytes of a literal before its window."""
    cdef Py_ssize_t count = 0, at
    for at in range(window):
        count += code[at] != WORD_EDGE
    return count


cdef int make(Table* table, int kind, Py_ssize_t windows) except -1:
    """Make room for so many windows."""
    table.places = 1
    while 1 << table.places < 2 * windows:
        table.places += 1
    table.known = <uint8_t*>PyMem_Malloc(1 << _bits[kind] >> 3)
    table.slots = <Slot*>PyMem_Malloc((1 << table.places) * sizeof(Slot))
    if not (table.known and table.slots):
        raise MemoryError
    memset(table.known, 0, 1 << _bits[kind] >> 3)
    memset(table.slots, 0xFF, (1 << table.places) * sizeof(Slot))
    return 0


cdef void put(Table* table, int kind, uint64_t key, int32_t entry) noexcept:
    """File a new window, whose first entry is given."""
    cdef uint64_t hash = hashed(key, _width[kind])
    cdef uint32_t slot = <uint32_t>(hash >> (64 - table.places)), place = <uint32_t>(hash >> (64 - _bits[kind]))
    table.known[place >> 3] |= 1 << (place & 7)
    while table.slots[slot].entry >= 0:
        slot = (slot + 1) & ((1 << table.places) - 1)
    table.slots[slot].entry, table.slots[slot].tag = entry, tag_of(hash)


cdef inline bint fits_in(const Entry* entry, const uint8_t* text, Py_ssize_t size, Py_ssize_t at) noexcept nogil:
    """Whether what stands next to the bytes of an entry may be a literal's: what the entry itself tells, before a look at the literal."""
    cdef Py_ssize_t end = at + 8 - (entry.shift >> 3)
    if entry.after == WORD_EDGE:
        if not edge(text, size, end):
            return False
    elif entry.after and (end >= size or text[end] != entry.after):
        return False
    if entry.before == WORD_EDGE:
        return edge(text, size, at)
    return not entry.before or (at > 0 and text[at - 1] == entry.before)


cdef inline bint stands(const uint8_t* code, const Entry* entry, const uint8_t* text, Py_ssize_t size, Py_ssize_t at) noexcept nogil:
    """Whether a literal stands in the text, its window being at ``at``; the plain bytes from there on are known to."""
    cdef Py_ssize_t known = 8 - (entry.shift >> 3), place = at + known
    cdef Py_ssize_t i
    cdef uint8_t one
    if place > size:
        return False
    for i in range(entry.window + known, <Py_ssize_t>entry.length):
        one = code[i]
        if one == WORD_EDGE:
            if not edge(text, size, place):
                return False
        elif place >= size or text[place] != one:
            return False
        else:
            place += 1
    place = at
    i = entry.window
    while i > 0:
        i -= 1
        one = code[i]
        if one == WORD_EDGE:
            if not edge(text, size, place):
                return False
        elif place == 0 or text[place - 1] != one:
            return False
        else:
            place -= 1
    return True


cdef inline bint edge(const uint8_t* text, Py_ssize_t size, Py_ssize_t place) noexcept nogil:
    """Whether no ASCII word goes on across a place."""
    return place == 0 or place >= size or not (_in_word[text[place - 1]] and _in_word[text[place]])


cdef bytes bare(bytes code):
    """Leave out boundaries that the bytes on both sides make sure of, and repeated ones."""
    cdef const uint8_t* data = <const uint8_t*>PyBytes_AS_STRING(code)
    cdef Py_ssize_t size = PyBytes_GET_SIZE(code), at, n = 0
    cdef uint8_t kept[LONGEST]
    for at in range(size):
        if data[at] == WORD_EDGE and at + 1 < size:
            if data[at + 1] == WORD_EDGE:
                continue
            if n and not (_in_word[kept[n - 1]] and _in_word[data[at + 1]]):
                continue
        kept[n] = data[at]
        n += 1
    return kept[:n]


cdef uint64_t _plain(const uint8_t* code, Py_ssize_t length, Py_ssize_t place, uint8_t* shift) noexcept:
    """Give the plain bytes from a place on, at most eight, at the upper end, and how far they were shifted."""
    cdef uint64_t word = 0
    cdef int n = 0
    while n < 8 and place + n < length and code[place + n] != WORD_EDGE:
        word |= <uint64_t>code[place + n] << 8 * n
        n += 1
    shift[0] = <uint8_t>(8 * (8 - n))
    return word << shift[0]


cdef inline uint64_t _word(bytes code, Py_ssize_t place) noexcept:
    return window_at(<const uint8_t*>PyBytes_AS_STRING(code), PyBytes_GET_SIZE(code), place)


cdef inline bint _begins(const uint8_t* data, Py_ssize_t at) noexcept:
    """Whether a word begins at a place of a literal, whatever stands before that."""
    return at > 0 and _in_word[data[at]] > _in_word[data[at - 1]]


cdef inline bint _plain_from(const uint8_t* data, Py_ssize_t size, Py_ssize_t at, int width) noexcept:
    """Whether so many plain bytes follow each other."""
    cdef int n
    if at + width > size:
        return False
    for n in range(width):
        if data[at + n] == WORD_EDGE:
            return False
    return True


cdef inline Py_ssize_t _fits(const uint8_t* data, Py_ssize_t size, Py_ssize_t at, int kind) noexcept:
    """Give where a window of a kind starts that is about a place, -1 where there is none."""
    cdef Py_ssize_t place = at - BEFORE if kind == AROUND else at
    return place if place >= 0 and _plain_from(data, size, place, _width[kind]) else -1


cdef inline uint16_t* _crowded(bytearray crowd, bytes code, Py_ssize_t place, int kind) noexcept:
    """Give the count of literals that hold a window; a few windows share one."""
    cdef uint64_t hash = hashed(_word(code, place), _width[kind]) ^ <uint64_t>kind << 60
    return <uint16_t*>PyByteArray_AS_STRING(crowd) + (hash >> (64 - CROWD_BITS))


cdef void _count(bytes code, bytearray crowd) noexcept:
    """Count the windows of a literal."""
    cdef const uint8_t* data = <const uint8_t*>PyBytes_AS_STRING(code)
    cdef Py_ssize_t size = PyBytes_GET_SIZE(code), at, place
    cdef int kind
    cdef uint16_t* count
    for at in range(size):
        for kind in range(SIX if _begins(data, at) else PAIR, KINDS):
            place = _fits(data, size, at, kind)
            if place >= 0:
                count = _crowded(crowd, code, place, kind)
                if count[0] < 0xFFFF:
                    count[0] += 1


cdef (int, Py_ssize_t) _window(bytes code, bytearray crowd) except *:
    """Give the kind of the best window, and its place."""
    cdef const uint8_t* data = <const uint8_t*>PyBytes_AS_STRING(code)
    cdef Py_ssize_t size = PyBytes_GET_SIZE(code), at, place, best = -1
    cdef int kind, chosen = LONE
    cdef double chance, least = 1000
    if size == 1 and data[0] != WORD_EDGE:
        return SINGLE, 0
    for at in range(size):
        for kind in range(SIX if _begins(data, at) else PAIR, KINDS):
            place = _fits(data, size, at, kind)
            if place >= 0:
                chance = rarity(data + place, _width[kind]) + 2 * log(1 + _crowded(crowd, code, place, kind)[0])
                if chance < least:
                    best, chosen, least = place, kind, chance
    if best < 0:
        for at in range(size):
            if data[at] != WORD_EDGE and _rarity[data[at]] < least:
                best, least = at, _rarity[data[at]]
    if best < 0:
        raise ValueError("a literal holds at least one plain character")
    return chosen, best


cdef inline double rarity(const uint8_t* data, int width) noexcept:
    """Estimate how seldom bytes follow each other; a digit often follows another."""
    cdef double chance = 0
    cdef int n
    for n in range(width):
        chance += _DIGIT_FOLLOWS if n and data[n] == 0x30 == data[n - 1] else _rarity[data[n]]
    return chance


cdef double _DIGIT_FOLLOWS = log(0.5)
cdef double[256] _rarity
for _byte in range(256):
    _rarity[_byte] = log(frequency(frozenset([chr(_byte)])) if _byte < 0x80 else 1e-3 if _byte < 0xE0 else 1e-2)
_rarity[0x80] = log(1e-2)

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The garble model's n-grams, added up in C: as `garble.weigh` and `WordClasses.of` do, a class being a number.

The model's groups are a tree, each group being a step from that of its classes but the last: where no group begins
with some classes, no longer one is looked for. The words that the model lists are found by their letters themselves,
packed into two numbers. So what an article needs of either table is few lines of the processor's cache.
"""

from cpython.mem cimport PyMem_Free
from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

from cleantext.document._words cimport (
    Py_UNICODE_ISSPACE,
    PyUnicode_DATA,
    PyUnicode_FromKindAndData,
    PyUnicode_GET_LENGTH,
    PyUnicode_IS_ASCII,
    PyUnicode_KIND,
    Words,
    grown,
    letter_t,
    mixed,
)

from threading import Lock

from cleantext.document.garblemodel import MARK, ORDER

cdef enum:
    NO_CLASS = 0xFFFF
    MOST = 0xFFFE  # classes, and groups that go on
    HALF = 8  # letters of a word in one number; a simple word has two of them at most
    MOST_SIMPLE = 4  # classes of one
    ELSEWHERE = -0x8000  # in place of a weight: it, and its mark, are kept with the node
    REMEMBERED = 100_000  # words whose classes are kept from text to text, about

cdef int LONGEST = ORDER
cdef uint64_t SMALL = 0x2020202020202020  # the bits that make letters small


cdef struct Classes:
    int32_t first  # in the pool
    int32_t count


cdef struct Listed:  # a word of ASCII letters, and its class as it is written and in small letters
    uint64_t first  # half of its letters; 0 for an empty place
    uint64_t rest
    uint16_t kind  # NO_CLASS where it has none
    uint16_t vocabulary


cdef struct Step:
    uint16_t after  # a node; 0 for an empty place
    uint16_t by  # a class
    uint16_t node  # 0 where no longer group begins so
    int16_t weight


cdef struct Group:  # a single class, or a node that keeps what is too large for a step
    int64_t weight
    int32_t mark
    uint16_t node
    uint16_t english


cdef class NgramReader:
    """Reads texts with one model's classes and weights. A class that no weight asks for is 0."""

    cdef object turn
    cdef object classes_of
    cdef dict numbers
    cdef Words words  # those that were met, at most so many
    cdef Classes* known
    cdef int32_t room
    cdef uint16_t* pool
    cdef Py_ssize_t pooled
    cdef Py_ssize_t pool_room
    cdef Listed* listed
    cdef int listed_bits  # logarithm of how many places there are
    cdef uint16_t mark_class[128]
    cdef uint16_t ending_class[676]
    cdef uint8_t is_ending[676]
    cdef uint16_t capitals
    cdef uint16_t capital
    cdef uint16_t plain
    cdef Group* single  # by class
    cdef Group* large  # by node
    cdef Step* steps
    cdef int steps_bits

    def __cinit__(self, classes, weights):
        self.classes_of = classes.classes_of
        self.numbers = {}
        self.turn = Lock()
        self.words = Words()
        self.known = NULL
        self.pool = NULL
        for names in (*weights, *zip(sorted(classes.vocabulary))):
            for name in names:
                self.numbers.setdefault(name, len(self.numbers) + 1)
        if len(self.numbers) > MOST:
            raise ValueError("the model has more classes than a step can hold")
        self.plant(weights)
        for name in classes.vocabulary:
            self.single[self.number(name)].english = 1
        self.prepare(classes)

    cdef int plant(self, weights) except -1:
        """Lay out the groups as a tree."""
        cdef Step step
        cdef uint32_t slot
        cdef Group* group
        cdef int64_t weight
        cdef dict nodes = {}
        cdef tuple names, begin
        cdef Py_ssize_t size
        cdef bint large
        for names, value in weights.items():
            begin = names
            while len(begin) > 1:
                begin = begin[: len(begin) - 1]
                if begin in nodes:
                    break
                nodes[begin] = len(nodes) + 1
            if not ELSEWHERE < value < -ELSEWHERE:
                nodes.setdefault(names, len(nodes) + 1)
        if len(nodes) > MOST:
            raise ValueError("the model has more groups than a step can hold")
        groups = list(weights.items())
        groups += [(names, 0) for names in nodes if names not in weights]
        self.steps_bits = bits_for(len(groups))
        self.steps = <Step*>zeros((<size_t>1 << self.steps_bits) * sizeof(Step))
        self.single = <Group*>zeros((len(self.numbers) + 1) * sizeof(Group))
        self.large = <Group*>zeros((len(nodes) + 1) * sizeof(Group))
        for names, value in groups:
            size = len(names)
            large = not ELSEWHERE < value < -ELSEWHERE
            step.node = nodes.get(names, 0)
            step.by = self.number(names[size - 1])
            marks = (value + MARK // 2) // MARK if large else 0
            weight = value - marks * MARK if large else value
            if size == 1 or large:
                group = &self.single[step.by] if size == 1 else &self.large[step.node]
                group.weight, group.mark, group.node = weight, marks, step.node
                weight = ELSEWHERE
            if size > 1:
                step.weight = <int16_t>weight
                step.after = nodes[names[: size - 1]]
                slot = step_slot(step.after, step.by, self.steps_bits)
                while self.steps[slot].after:
                    slot = (slot + 1) & ((1 << self.steps_bits) - 1)
                self.steps[slot] = step
        return 0

    cdef int prepare(self, classes) except -1:
        """Lay out what the classes of simple words follow from."""
        cdef int at
        cdef Listed* place
        self.listed_bits = bits_for(len(classes.kinds) + len(classes.vocabulary))
        self.listed = <Listed*>zeros((<size_t>1 << self.listed_bits) * sizeof(Listed))
        for word, name in classes.kinds.items():
            place = self.place_of(word)
            if place:
                place.kind = self.number(name)
        for word in classes.vocabulary:
            place = self.place_of(word)
            if place:
                place.vocabulary = self.number(word)
        for at in range(128):
            # A mark that no weight asks for has no number; such words take the long way.
            self.mark_class[at] = self.number(chr(at)) if chr(at) in ".,:;?!)%" else 0
        for at in range(676):
            ending = chr(0x61 + at // 26) + chr(0x61 + at % 26)
            self.is_ending[at] = ending in classes.endings
            self.ending_class[at] = self.number("x" + ending)
        self.capitals, self.capital, self.plain = self.number("AA"), self.number("X"), self.number("x")
        return 0

    cdef Listed* place_of(self, str word) noexcept:
        """Return a listed word's place, made where it has none; NULL for one that is never looked up here."""
        cdef const uint8_t* letters = <const uint8_t*>PyUnicode_DATA(word)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(word), at
        cdef uint64_t first = 0, rest = 0
        cdef Listed* place
        if not PyUnicode_IS_ASCII(word) or not 0 < size <= 2 * HALF:
            return NULL
        for at in range(size):
            if not is_letter(letters[at]):
                return NULL
            if at < HALF:
                first = first << 8 | letters[at]
            else:
                rest = rest << 8 | letters[at]
        place = self.find(first, rest)
        if not place.first:
            place.first, place.rest, place.kind, place.vocabulary = first, rest, NO_CLASS, NO_CLASS
        return place

    cdef inline Listed* find(self, uint64_t first, uint64_t rest) noexcept:
        """Return the place of a word, or the empty one where it would be."""
        cdef uint64_t hash = (first ^ rest * <uint64_t>0xC2B2AE3D27D4EB4F) * <uint64_t>0x9E3779B97F4A7C15
        cdef uint32_t slot = <uint32_t>(hash >> (64 - self.listed_bits))
        while self.listed[slot].first and (self.listed[slot].first != first or self.listed[slot].rest != rest):
            slot = (slot + 1) & ((1 << self.listed_bits) - 1)
        return &self.listed[slot]

    cdef uint16_t number(self, str name):
        return <uint16_t>self.numbers.get(name, 0)

    def __dealloc__(self):
        PyMem_Free(self.listed)
        PyMem_Free(self.single)
        PyMem_Free(self.large)
        PyMem_Free(self.steps)
        PyMem_Free(self.known)
        PyMem_Free(self.pool)

    cdef int32_t learn(self, int32_t length, uint64_t hash) except -1:
        """Number the new word that stands after the used letters, its classes beside it."""
        cdef Words table = self.words
        # What may fail comes first: a word that is numbered has its classes, whatever happens.
        cdef tuple names = self.classes_of(PyUnicode_FromKindAndData(4, table.letters + table.used, length))
        cdef int32_t count = <int32_t>len(names), number = table.count
        if number >= self.room:
            self.known = <Classes*>grown(self.known, 2 * (number + 1) * sizeof(Classes))
            self.room = 2 * (number + 1)
        if self.pooled + count > self.pool_room:
            self.pool = <uint16_t*>grown(self.pool, 2 * (self.pooled + count) * sizeof(uint16_t))
            self.pool_room = 2 * (self.pooled + count)
        self.known[number].first = <int32_t>self.pooled
        self.known[number].count = count
        for name in names:
            self.pool[self.pooled] = self.number(name)
            self.pooled += 1
        return table.add(length, hash)

    cdef uint16_t class_of(self, uint64_t first, uint64_t rest, Py_ssize_t letters) noexcept:
        """Return the class of a word of ASCII letters, as ``WordClasses.classes_of`` does, from two small tables."""
        cdef uint64_t small_first = SMALL >> 8 * (HALF - min(letters, <Py_ssize_t>HALF)), small_rest = 0, last
        cdef Listed* found = self.find(first, rest)
        cdef bint capital
        cdef int ending
        if found.first and found.kind != NO_CLASS:
            return found.kind
        if letters > HALF:
            small_rest = SMALL >> 8 * (2 * HALF - letters)
        if letters > 1 and not first & small_first and not rest & small_rest:
            return self.capitals
        capital = not first >> 8 * (min(letters, <Py_ssize_t>HALF) - 1) & 0x20
        if first & small_first != small_first or rest & small_rest != small_rest:
            first |= small_first
            rest |= small_rest
            found = self.find(first, rest)
        if found.first and found.vocabulary != NO_CLASS:
            return found.vocabulary
        if capital:
            return self.capital
        if letters > 4:
            last = rest if letters > HALF else first
            ending = <int>((last & 0xFF) - 0x61)
            ending += 26 * <int>(((first if letters == HALF + 1 else last >> 8) & 0xFF) - 0x61)
            if self.is_ending[ending]:
                return self.ending_class[ending]
        return self.plain

    cdef Py_ssize_t read_classes(self, const letter_t* text, Py_ssize_t size, uint16_t** ids) except -1:
        """Write the classes of all words, and return how many there are."""
        cdef Py_ssize_t total = 0, room = 512, at = 0, begin, letters, k
        cdef uint64_t first, rest, hash
        cdef uint32_t ch
        cdef int32_t number
        cdef int marks
        cdef Words table = self.words
        ids[0] = <uint16_t*>grown(ids[0], room * sizeof(uint16_t))
        while True:
            while at < size and Py_UNICODE_ISSPACE(text[at]):
                at += 1
            if at == size:
                return total
            if total + MOST_SIMPLE > room:
                room *= 2
                ids[0] = <uint16_t*>grown(ids[0], room * sizeof(uint16_t))
            # Most words are a few ASCII letters, with a mark or two after them; they need no memory.
            begin = at
            first = rest = 0
            while at < size and at < begin + HALF and is_letter(text[at]):
                first = first << 8 | text[at]
                at += 1
            if at == begin + HALF:
                while at < size and at < begin + 2 * HALF and is_letter(text[at]):
                    rest = rest << 8 | text[at]
                    at += 1
            letters = at - begin
            if letters:
                marks = 1
                while at < size and text[at] < 128 and marks < MOST_SIMPLE and self.mark_class[text[at]]:
                    ids[0][total + marks] = self.mark_class[text[at]]
                    marks += 1
                    at += 1
                if at == size or Py_UNICODE_ISSPACE(text[at]):
                    ids[0][total] = self.class_of(first, rest, letters)
                    total += marks
                    continue
            while at < size and not Py_UNICODE_ISSPACE(text[at]):
                at += 1
            table.reserve(at - begin)
            hash = table.seed
            for k in range(at - begin):
                ch = text[begin + k]
                table.letters[table.used + k] = ch
                hash = mixed(hash, ch)
            number = table.find(table.letters + table.used, <int32_t>(at - begin), hash)
            if number < 0:
                number = self.learn(<int32_t>(at - begin), hash)
            k = self.known[number].count
            if total + k > room:
                room = 2 * (total + k)
                ids[0] = <uint16_t*>grown(ids[0], room * sizeof(uint16_t))
            memcpy(ids[0] + total, self.pool + self.known[number].first, k * sizeof(uint16_t))
            total += k

    def read(self, str text):
        """Return the sums of one text; threads take turns, for what is learnt of words is shared."""
        with self.turn:
            return self.sums(text)

    cdef tuple sums(self, str text):
        """Return the weight of all groups of one to four classes, the marks among them, how many classes there are,
        how many of those looked at are English function words, and how many were looked at.

        Of a text of more than 400 classes every eighth is looked at.
        """
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at, place, end, total, looked = 0, step
        cdef int64_t weight = 0, marks = 0, english = 0
        cdef uint16_t* ids = NULL
        cdef uint16_t node
        cdef uint32_t slot
        cdef Group* group
        cdef Step* found
        if self.words.count > REMEMBERED or self.words.used > REMEMBERED * 16:
            # Articles share most of their words; a hostile one must not fill the memory.
            self.words = Words()
            self.pooled = 0
        try:
            if kind == 1:
                total = self.read_classes(<const uint8_t*>data, size, &ids)
            elif kind == 2:
                total = self.read_classes(<const uint16_t*>data, size, &ids)
            else:
                total = self.read_classes(<const uint32_t*>data, size, &ids)
            step = 8 if total > 400 else 1
            for at in range(0, total, step):
                looked += 1
                english += self.single[ids[at]].english
            for at in range(total):
                group = &self.single[ids[at]]
                weight += group.weight
                marks += group.mark
                node = group.node
                end = min(at + LONGEST, total)
                place = at + 1
                while node and place < end:
                    slot = step_slot(node, ids[place], self.steps_bits)
                    found = &self.steps[slot]
                    while found.after and (found.after != node or found.by != ids[place]):
                        slot = (slot + 1) & ((1 << self.steps_bits) - 1)
                        found = &self.steps[slot]
                    if not found.after:
                        break
                    node = found.node
                    if found.weight == ELSEWHERE:
                        weight += self.large[node].weight
                        marks += self.large[node].mark
                    else:
                        weight += found.weight
                    place += 1
        finally:
            PyMem_Free(ids)
        return weight, marks, total, english, looked


cdef inline uint32_t step_slot(uint16_t after, uint16_t by, int bits) noexcept:
    return (<uint32_t>after << 16 | by) * <uint32_t>0x9E3779B1 >> (32 - bits)


cdef inline bint is_letter(uint32_t ch) noexcept:
    """Whether it is one of ASCII."""
    return <uint32_t>((ch | 0x20) - 0x61) < 26


cdef int bits_for(Py_ssize_t entries):
    """Return the logarithm of the size of a table that so many entries fill by half."""
    cdef int bits = 1
    while <Py_ssize_t>1 << bits < 2 * entries:
        bits += 1
    return bits


cdef void* zeros(size_t size) except NULL:
    return memset(grown(NULL, size), 0, size)

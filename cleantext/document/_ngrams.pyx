# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The garble model's n-grams, added up in C: what `garble.weigh` and `WordClasses.of` give, a class being a number."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

from cleantext.document._words cimport (
    PyUnicode_DATA,
    PyUnicode_FromKindAndData,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
    Words,
    grown,
    mixed,
)

from threading import Lock

from cleantext.document.garblemodel import MARK, ORDER

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(uint32_t ch)

cdef enum:
    MOST_CLASSES = 0xFFFF
    BITS = 1 << 18
    LONGEST = 32  # letters of a simple word
    MOST_SIMPLE = 4  # classes of one
    REMEMBERED = 100_000  # words whose classes are kept from text to text, about

if ORDER != 4:
    raise ImportError("a group of classes is packed into 64 bits, 16 each")


cdef struct Classes:
    int32_t first  # in the pool
    int32_t count


cdef struct Group:
    uint64_t key  # up to four classes; 0 for an empty place
    int32_t weight
    int32_t mark


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
    cdef Words listed  # words that stand for a class as they are written, and those of the vocabulary
    cdef int32_t* kind_class  # of each as it is written, and -1 where it has none
    cdef int32_t* vocabulary_class  # and in small letters
    cdef uint16_t mark_class[128]
    cdef uint16_t ending_class[676]
    cdef uint8_t is_ending[676]
    cdef uint16_t capitals
    cdef uint16_t capital
    cdef uint16_t plain
    cdef uint8_t* english
    cdef Group* groups
    cdef uint32_t mask
    cdef uint64_t* marked  # a bit for each group that there may be: small enough to stay in the processor's cache

    def __cinit__(self, classes, weights):
        cdef uint64_t key
        cdef uint32_t slot
        cdef int64_t weight
        self.mask = 1023
        while self.mask < 2 * len(weights):
            self.mask = self.mask * 2 + 1
        self.groups = <Group*>PyMem_Malloc((self.mask + 1) * sizeof(Group))
        self.english = <uint8_t*>PyMem_Malloc(MOST_CLASSES + 1)
        self.marked = <uint64_t*>PyMem_Malloc(BITS / 8)
        if not self.groups or not self.english or not self.marked:
            raise MemoryError
        memset(self.marked, 0, BITS / 8)
        memset(self.groups, 0, (self.mask + 1) * sizeof(Group))
        memset(self.english, 0, MOST_CLASSES + 1)
        self.classes_of = classes.classes_of
        self.numbers = {}
        self.turn = Lock()
        self.words = Words()
        self.known = NULL
        self.pool = NULL
        for names in (*weights, *zip(sorted(classes.vocabulary))):
            for name in names:
                self.numbers.setdefault(name, len(self.numbers) + 1)
        if len(self.numbers) > MOST_CLASSES:
            raise ValueError("the model has more classes than a group can hold")
        for name in classes.vocabulary:
            self.english[<uint16_t>self.numbers[name]] = 1
        self.prepare(classes)
        for names, value in weights.items():
            key = 0
            for name in names:
                key = key << 16 | <uint64_t>self.numbers[name]
            slot = slot_of(key)
            self.marked[(slot & (BITS - 1)) >> 6] |= <uint64_t>1 << (slot & 63)
            slot = slot & self.mask
            while self.groups[slot].key:
                slot = (slot + 1) & self.mask
            marks = (value + MARK // 2) // MARK
            weight = value - marks * MARK
            self.groups[slot].key = key
            self.groups[slot].weight = <int32_t>weight
            self.groups[slot].mark = <int32_t>marks

    cdef int prepare(self, classes) except -1:
        """Lay out what the classes of simple words follow from."""
        cdef int at
        cdef size_t most = (len(classes.kinds) + len(classes.vocabulary) + 1) * sizeof(int32_t)
        self.listed = Words()
        self.kind_class = <int32_t*>PyMem_Malloc(most)
        self.vocabulary_class = <int32_t*>PyMem_Malloc(most)
        if not self.kind_class or not self.vocabulary_class:
            raise MemoryError
        memset(self.kind_class, 0xFF, most)
        memset(self.vocabulary_class, 0xFF, most)
        for word, name in classes.kinds.items():
            self.kind_class[self.listed.number_of(word, True)] = self.number(name)
        for word in classes.vocabulary:
            self.vocabulary_class[self.listed.number_of(word, True)] = self.number(word)
        for at in range(128):
            # A mark that no weight asks for has no number; such words take the long way.
            self.mark_class[at] = self.number(chr(at)) if chr(at) in ".,:;?!)%" else 0
        for at in range(676):
            ending = chr(0x61 + at // 26) + chr(0x61 + at % 26)
            self.is_ending[at] = ending in classes.endings
            self.ending_class[at] = self.number("x" + ending)
        self.capitals, self.capital, self.plain = self.number("AA"), self.number("X"), self.number("x")
        return 0

    cdef uint16_t number(self, str name):
        return <uint16_t>self.numbers.get(name, 0)

    def __dealloc__(self):
        PyMem_Free(self.kind_class)
        PyMem_Free(self.vocabulary_class)
        PyMem_Free(self.groups)
        PyMem_Free(self.marked)
        PyMem_Free(self.english)
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

    cdef int32_t simple(self, uint32_t* word, int32_t length, uint16_t* out) noexcept:
        """Write the classes of a word of ASCII letters, with a mark or two after it; 0 for a word that is not so simple.

        Most words are, so they need no memory: their classes follow from two small tables. What
        ``WordClasses.classes_of`` says, for such words.
        """
        cdef uint32_t low[LONGEST]
        cdef int32_t letters = 0, uppers = 0, at, number
        cdef uint64_t exact = self.listed.seed, lowered
        cdef uint32_t ch
        cdef bint capital = 0x41 <= word[0] <= 0x5A
        while letters < length:
            ch = word[letters]
            if 0x61 <= ch <= 0x7A:
                low[letters] = ch
            elif 0x41 <= ch <= 0x5A:
                low[letters] = ch + 32
                uppers += 1
            else:
                break
            exact = mixed(exact, ch)
            letters += 1
            if letters == LONGEST:
                return 0
        if not letters or length - letters >= MOST_SIMPLE:
            return 0
        for at in range(letters, length):
            if word[at] >= 128 or not self.mark_class[word[at]]:
                return 0
            out[1 + at - letters] = self.mark_class[word[at]]
        number = self.listed.find(word, letters, exact)
        if number >= 0 and self.kind_class[number] >= 0:
            out[0] = <uint16_t>self.kind_class[number]
        elif letters > 1 and uppers == letters:
            out[0] = self.capitals
        else:
            if uppers:
                lowered = self.listed.seed
                for at in range(letters):
                    lowered = mixed(lowered, low[at])
                number = self.listed.find(low, letters, lowered)
            if number >= 0 and self.vocabulary_class[number] >= 0:
                out[0] = <uint16_t>self.vocabulary_class[number]
            elif capital:
                out[0] = self.capital
            else:
                out[0] = self.plain
                if letters > 4:
                    at = (low[letters - 2] - 0x61) * 26 + low[letters - 1] - 0x61
                    if self.is_ending[at]:
                        out[0] = self.ending_class[at]
        return 1 + length - letters

    def read(self, str text):
        """Give the sums of one text; threads take turns, for what is learnt of words is shared."""
        with self.turn:
            return self.sums(text)

    cdef tuple sums(self, str text):
        """Give the weight of all groups of one to four classes, the marks among them, how many classes there are,
        how many of those looked at are English function words, and how many were looked at.

        Of a text of more than 400 classes every eighth is looked at.
        """
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at, total = 0, room = 512, looked = 0, step
        cdef Words table
        cdef int32_t length = 0, number, k
        cdef uint64_t hash, key
        cdef uint32_t ch
        cdef int64_t weight = 0, marks = 0, english = 0
        cdef uint16_t* ids = <uint16_t*>PyMem_Malloc(room * sizeof(uint16_t))
        cdef int order
        cdef Group* group
        if self.words.count > REMEMBERED or self.words.used > REMEMBERED * 16:
            # Articles share most of their words; a hostile one must not fill the memory.
            self.words = Words()
            self.pooled = 0
        table = self.words
        try:
            if not ids:
                raise MemoryError
            table.reserve(size + 1)
            for at in range(size + 1):
                if at < size:
                    ch = PyUnicode_READ(kind, data, at)
                    if not Py_UNICODE_ISSPACE(ch):
                        table.letters[table.used + length] = ch
                        length += 1
                        continue
                if not length:
                    continue
                if total + MOST_SIMPLE > room:
                    room *= 2
                    ids = <uint16_t*>grown(ids, room * sizeof(uint16_t))
                k = self.simple(table.letters + table.used, length, ids + total)
                if k:
                    total += k
                    length = 0
                    continue
                hash = table.seed
                for k in range(length):
                    hash = mixed(hash, table.letters[table.used + k])
                number = table.find(table.letters + table.used, length, hash)
                if number < 0:
                    number = self.learn(length, hash)
                    table.reserve(size + 1 - at)
                k = self.known[number].count
                if total + k > room:
                    room = 2 * (total + k)
                    ids = <uint16_t*>grown(ids, room * sizeof(uint16_t))
                memcpy(ids + total, self.pool + self.known[number].first, k * sizeof(uint16_t))
                total += k
                length = 0
            step = 8 if total > 400 else 1
            for at in range(0, total, step):
                looked += 1
                english += self.english[ids[at]]
            for at in range(total):
                key = 0
                for order in range(4):
                    if at + order >= total or not ids[at + order]:
                        break
                    key = key << 16 | ids[at + order]
                    group = self.find(key)
                    if group:
                        weight += group.weight
                        marks += group.mark
        finally:
            PyMem_Free(ids)
        return weight, marks, total, english, looked

    cdef inline Group* find(self, uint64_t key):
        cdef uint32_t slot = slot_of(key)
        if not self.marked[(slot & (BITS - 1)) >> 6] >> (slot & 63) & 1:
            return NULL
        slot = slot & self.mask
        while self.groups[slot].key:
            if self.groups[slot].key == key:
                return &self.groups[slot]
            slot = (slot + 1) & self.mask
        return NULL


cdef inline uint32_t slot_of(uint64_t key):
    return <uint32_t>((key * <uint64_t>0x9E3779B97F4A7C15) >> 32)

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The garble model's n-grams, added up in C: what `garble.weigh` and `WordClasses.of` give, a class being a number."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memset

from cleantext.document.garblemodel import MARK, ORDER

cdef enum:
    MOST_CLASSES = 0xFFFF
    REMEMBERED = 100_000  # words whose classes are kept, at most
    LONGEST = 64  # code points of a word that is kept

if ORDER != 4:
    raise ImportError("a group of classes is packed into 64 bits, 16 each")


cdef struct Group:
    uint64_t key  # up to four classes; 0 for an empty place
    int32_t weight
    int32_t mark


cdef class NgramReader:
    """Reads texts with one model's classes and weights. A class that no weight asks for is 0."""

    cdef object classes_of
    cdef dict numbers
    cdef dict remembered  # word -> its classes, two bytes each
    cdef uint8_t* english
    cdef Group* groups
    cdef uint32_t mask

    def __cinit__(self, classes, weights):
        cdef uint64_t key
        cdef uint32_t slot
        cdef int64_t weight
        self.mask = 1023
        while self.mask < 4 * len(weights):
            self.mask = self.mask * 2 + 1
        self.groups = <Group*>PyMem_Malloc((self.mask + 1) * sizeof(Group))
        self.english = <uint8_t*>PyMem_Malloc(MOST_CLASSES + 1)
        if not self.groups or not self.english:
            raise MemoryError
        memset(self.groups, 0, (self.mask + 1) * sizeof(Group))
        memset(self.english, 0, MOST_CLASSES + 1)
        self.classes_of = classes.classes_of
        self.numbers = {}
        self.remembered = {}
        for names in (*weights, *zip(sorted(classes.vocabulary))):
            for name in names:
                self.numbers.setdefault(name, len(self.numbers) + 1)
        if len(self.numbers) > MOST_CLASSES:
            raise ValueError("the model has more classes than a group can hold")
        for name in classes.vocabulary:
            self.english[<uint16_t>self.numbers[name]] = 1
        for names, value in weights.items():
            key = 0
            for name in names:
                key = key << 16 | <uint64_t>self.numbers[name]
            slot = slot_of(key) & self.mask
            while self.groups[slot].key:
                slot = (slot + 1) & self.mask
            marks = (value + MARK // 2) // MARK
            weight = value - marks * MARK
            self.groups[slot].key = key
            self.groups[slot].weight = <int32_t>weight
            self.groups[slot].mark = <int32_t>marks

    def __dealloc__(self):
        PyMem_Free(self.groups)
        PyMem_Free(self.english)

    cdef bytes classes(self, str word):
        """Give a word's classes as numbers, and remember them."""
        cdef bytes found = b"".join(
            [(<int>self.numbers.get(name, 0)).to_bytes(2, "little") for name in self.classes_of(word)]
        )
        if len(word) <= LONGEST:
            # Articles share most of their words; a hostile one must not fill the memory.
            if len(self.remembered) >= REMEMBERED:
                self.remembered.clear()
            self.remembered[word] = found
        return found

    def read(self, str text):
        """Give the weight of all groups of one to four classes, the marks among them, how many classes there are,
        how many of those looked at are English function words, and how many were looked at.

        Of a text of more than 400 classes every eighth is looked at.
        """
        cdef list words = text.split()
        cdef list found = []
        cdef object word, kept
        cdef Py_ssize_t total = 0, at, n, looked = 0, step
        cdef int64_t weight = 0, marks = 0, english = 0
        cdef uint16_t* ids
        cdef uint8_t* data
        cdef uint64_t key
        cdef uint16_t number
        cdef int order
        cdef Group* group
        cdef dict remembered = self.remembered
        for word in words:
            kept = remembered.get(word)
            if kept is None:
                kept = self.classes(<str>word)
            found.append(kept)
            total += len(<bytes>kept) // 2
        ids = <uint16_t*>PyMem_Malloc((total + 1) * sizeof(uint16_t))
        if not ids:
            raise MemoryError
        at = 0
        for kept in found:
            data = <uint8_t*><char*><bytes>kept
            for n in range(0, len(<bytes>kept), 2):
                ids[at] = data[n] | data[n + 1] << 8
                at += 1
        step = 8 if total > 400 else 1
        for at in range(0, total, step):
            looked += 1
            english += self.english[ids[at]]
        for at in range(total):
            key = 0
            for order in range(4):
                if at + order >= total:
                    break
                number = ids[at + order]
                if not number:
                    break
                key = key << 16 | number
                group = self.find(key)
                if group:
                    weight += group.weight
                    marks += group.mark
        PyMem_Free(ids)
        return weight, marks, total, english, looked

    cdef inline Group* find(self, uint64_t key):
        cdef uint32_t slot = slot_of(key) & self.mask
        while self.groups[slot].key:
            if self.groups[slot].key == key:
                return &self.groups[slot]
            slot = (slot + 1) & self.mask
        return NULL


cdef inline uint32_t slot_of(uint64_t key):
    return <uint32_t>((key * <uint64_t>0x9E3779B97F4A7C15) >> 32)

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""A table of different words in C, for the modules that count words there."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, uint32_t, uint64_t
from libc.string cimport memcmp, memset

import secrets

cdef enum:
    MOST_LETTERS = 0x7FFFFFFF

cdef uint64_t _SEED = secrets.randbits(64)  # so that nobody can write words that collide


cdef class Words:
    """A table of different words, numbered in the order in which they came."""

    def __cinit__(self):
        self.count = 0
        self.seed = _SEED
        self.room = 256
        self.mask = 511
        self.used = 0
        self.letters_room = 2048
        self.words = <Word*>PyMem_Malloc(self.room * sizeof(Word))
        self.slots = <Slot*>PyMem_Malloc((self.mask + 1) * sizeof(Slot))
        self.letters = <uint32_t*>PyMem_Malloc(self.letters_room * sizeof(uint32_t))
        if not self.words or not self.slots or not self.letters:
            raise MemoryError
        memset(self.slots, 0xFF, (self.mask + 1) * sizeof(Slot))

    def __dealloc__(self):
        PyMem_Free(self.words)
        PyMem_Free(self.slots)
        PyMem_Free(self.letters)

    cdef int reserve(self, Py_ssize_t letters) except -1:
        """Make room for so many letters after the used ones."""
        cdef Py_ssize_t room = self.letters_room
        if self.used + letters > MOST_LETTERS:
            raise MemoryError("more text than a table of words can number")
        if self.used + letters > room:
            while self.used + letters > room:
                room *= 2
            self.letters = <uint32_t*>grown(self.letters, room * sizeof(uint32_t))
            self.letters_room = room
        return 0

    cdef int32_t find(self, uint32_t* word, int32_t length, uint64_t hash) noexcept:
        """Return a word's number, -1 for one that is not there."""
        cdef uint32_t slot = <uint32_t>hash & self.mask, tag = <uint32_t>(hash >> 32)
        cdef Slot* at = &self.slots[slot]
        cdef Word* known
        while at.number >= 0:
            if at.tag == tag:
                known = &self.words[at.number]
                if known.hash == hash and known.length == length and not memcmp(
                    self.letters + known.start, word, length * sizeof(uint32_t)
                ):
                    return at.number
            slot = (slot + 1) & self.mask
            at = &self.slots[slot]
        return -1

    cdef int32_t add(self, int32_t length, uint64_t hash) except -1:
        """Number the word that stands after the used letters, and keep it if it is new."""
        cdef uint32_t* word = self.letters + self.used
        cdef int32_t number = self.find(word, length, hash)
        cdef Word* new
        if number >= 0:
            return number
        if self.count == self.room:
            self.grow()
        number = self.count
        self.place(number, hash)
        new = &self.words[number]
        new.hash = hash
        new.start = <uint32_t>self.used
        new.length = length
        self.used += length
        self.count += 1
        return number

    cdef void place(self, int32_t number, uint64_t hash) noexcept:
        cdef uint32_t slot = <uint32_t>hash & self.mask
        while self.slots[slot].number >= 0:
            slot = (slot + 1) & self.mask
        self.slots[slot].number, self.slots[slot].tag = number, <uint32_t>(hash >> 32)

    cdef int grow(self) except -1:
        cdef int32_t number
        cdef uint32_t mask = self.mask * 2 + 1
        self.words = <Word*>grown(self.words, 2 * self.room * sizeof(Word))
        self.slots = <Slot*>grown(self.slots, (mask + 1) * sizeof(Slot))
        self.room *= 2
        self.mask = mask
        memset(self.slots, 0xFF, (mask + 1) * sizeof(Slot))
        for number in range(self.count):
            self.place(number, self.words[number].hash)
        return 0

    cdef int32_t number_of(self, str word, bint add) except -2:
        """Return the number of a Python string, -1 for one that is not there and is not to be added."""
        cdef int32_t length = <int32_t>len(word), at
        cdef uint64_t hash = self.seed
        cdef int kind = PyUnicode_KIND(word)
        cdef void* data = PyUnicode_DATA(word)
        self.reserve(length)
        for at in range(length):
            self.letters[self.used + at] = PyUnicode_READ(kind, data, at)
            hash = mixed(hash, PyUnicode_READ(kind, data, at))
        if add:
            return self.add(length, hash)
        return self.find(self.letters + self.used, length, hash)

    cdef str spelled(self, int32_t number):
        return PyUnicode_FromKindAndData(4, self.letters + self.words[number].start, self.words[number].length)

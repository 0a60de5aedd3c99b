from cpython.mem cimport PyMem_Realloc
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t

cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(uint32_t ch)
    bint Py_UNICODE_ISALPHA(uint32_t ch)
    bint Py_UNICODE_ISDECIMAL(uint32_t ch)
    bint Py_UNICODE_ISDIGIT(uint32_t ch)
    bint Py_UNICODE_ISLOWER(uint32_t ch)
    bint Py_UNICODE_ISSPACE(uint32_t ch)
    bint Py_UNICODE_ISUPPER(uint32_t ch)
    bint PyUnicode_IS_ASCII(object text)
    Py_ssize_t PyUnicode_FindChar(object text, uint32_t ch, Py_ssize_t start, Py_ssize_t end, int direction) except? -2
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)
    uint32_t PyUnicode_READ(int kind, void* data, Py_ssize_t place) nogil
    Py_ssize_t PyUnicode_GET_LENGTH(object text)
    object PyUnicode_FromKindAndData(int kind, const void* data, Py_ssize_t size)

ctypedef fused letter_t:  # a text's code points have one, two or four bytes
    uint8_t
    uint16_t
    uint32_t


cdef struct Word:
    uint64_t hash
    uint32_t start  # in the table's letters
    int32_t length


cdef struct Slot:
    int32_t number  # -1 for an empty place
    uint32_t tag  # half of the word's hash: other words are told apart without a look at them


cdef class Words:
    cdef Word* words
    cdef int32_t count
    cdef int32_t room
    cdef Slot* slots
    cdef uint32_t mask
    cdef uint64_t seed
    cdef uint32_t* letters
    cdef Py_ssize_t used
    cdef Py_ssize_t letters_room
    cdef int reserve(self, Py_ssize_t letters) except -1
    cdef int32_t find(self, uint32_t* word, int32_t length, uint64_t hash) noexcept
    cdef int32_t add(self, int32_t length, uint64_t hash) except -1
    cdef void place(self, int32_t number, uint64_t hash) noexcept
    cdef int grow(self) except -1
    cdef int32_t number_of(self, str word, bint add) except -2
    cdef str spelled(self, int32_t number)


cdef inline void* grown(void* old, size_t size) except NULL:
    """Return memory in its new size, in bytes; raises MemoryError with the old memory as it was."""
    cdef void* new = PyMem_Realloc(old, size)
    if not new:
        raise MemoryError
    return new


cdef inline uint64_t mixed(uint64_t hash, uint32_t ch) noexcept:
    """Take one more letter into a hash, which begins as the table's seed."""
    hash = (hash ^ ch) * <uint64_t>0x9E3779B97F4A7C15
    return hash ^ (hash >> 32)


cdef inline bint is_small(uint32_t ch) noexcept:
    """Whether it is a small letter of ASCII."""
    return 0x61 <= ch <= 0x7A


cdef inline bint is_decimal(uint32_t ch) noexcept:
    """Whether it is a digit of any script."""
    return 0x30 <= ch <= 0x39 if ch < 128 else Py_UNICODE_ISDECIMAL(ch)

from libc.stdint cimport uint32_t


cdef inline bint is_closer(uint32_t ch) noexcept:
    return ch in (
        0x22, 0x201D, 0x2019, 0x27, 0x29, 0x5D, 0xBB, 0x300D, 0x300F, 0xFF09, 0x201C, 0x20
    )


cdef inline bint is_stop(uint32_t ch) noexcept:
    return ch in (0x2E, 0x21, 0x3F, 0x2026, 0x3002, 0xFF01, 0xFF1F, 0x964, 0x61F, 0x6D4)


cdef inline bint is_comma(uint32_t ch) noexcept:
    return ch in (0x2C, 0xFF0C, 0x3001, 0x60C)


cdef inline bint is_other_end(uint32_t ch) noexcept:
    return ch in (
        0x2C, 0x3B, 0x2013, 0x2014, 0x2D, 0x7C, 0xBB, 0x3E, 0x2192, 0x203A, 0x60C, 0x3001, 0xFF0C
    )


cdef inline bint is_pipe(uint32_t ch) noexcept:
    return ch in (0x7C, 0x2022, 0xB7, 0x203A, 0xBB, 0x2192, 0x2F)


cdef inline bint is_quote(uint32_t ch) noexcept:
    return ch in (0x22, 0x201C, 0x201D, 0xAB, 0xBB, 0x201E) or 0x300C <= ch <= 0x300F


cdef inline bint is_simple(uint32_t ch) noexcept:
    """Whether a character beyond ASCII is a letter of Latin-1 or a mark: what it is to patterns is worked out here.

    Left out are ``ß``, whose case-folded form is two letters, and ``µ``, whose is another letter.
    """
    if ch < 0x100:
        return ch != 0xDF and ch != 0xB5
    return 0x2000 <= ch <= 0x206F or 0x20A0 <= ch <= 0x20CF or 0x2190 <= ch <= 0x245F or 0x2500 <= ch <= 0x2BFF


cdef inline bint is_capital(uint32_t ch) noexcept:
    """Whether a simple character is a capital."""
    return 0x41 <= ch <= 0x5A or (0xC0 <= ch <= 0xDE and ch != 0xD7)


cdef inline uint32_t small(uint32_t ch) noexcept:
    """Return the small letter of a simple character."""
    return ch + 32 if is_capital(ch) else ch


cdef inline int bits_of(uint32_t mask) noexcept:
    cdef int found = 0
    while mask:
        found += mask & 1
        mask >>= 1
    return found


cdef bint all_simple(str text)
cdef uint32_t tail_of(int kind, void* data, Py_ssize_t size) noexcept
cdef bint is_mark(uint32_t ch) noexcept
cdef double capitals_of(str text)
cdef bint may_date(str text)
cdef bint is_name(str text, Py_ssize_t size)
cdef int sentences_of(str text, Py_ssize_t sampled, bint simple) except -1
cdef bint ends_sentence(str text)
cdef bint folds_alike(str text)
cdef bint is_legal(str text)
cdef str simple_key(str text)

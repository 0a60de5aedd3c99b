# Looks of one line, part of `_page.pyx`: what `patterns.py`, `facts.py` and `headlines.py` say of it, word for word.

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


cdef int LONGEST_LINE = _LONGEST_LINE
cdef enum:
    LONGEST_KEY = 512
if _LONGEST_LINE > LONGEST_KEY:
    raise ImportError("a normal form is longer than the room for it")
cdef uint8_t _outer[0x2C00]
for _ch in range(0x2C00):
    _outer[_ch] = chr(_ch) in OUTER
# What a character is in a normal form: a small letter, 0 for every digit, a blank for all blank space.
cdef uint8_t _keyed[256]
for _ch in range(256):
    _keyed[_ch] = 0x20 if chr(_ch).isspace() else 0x30 if 0x30 <= _ch <= 0x39 else small(_ch)
# Letters, digits and low lines.
cdef uint8_t _wordly[256]
for _ch in range(256):
    _wordly[_ch] = WORD.match(chr(_ch)) is not None
# The digits and marks of ASCII that patterns are about.
cdef uint8_t _mark[128]
for _ch in range(128):
    _mark[_ch] = MARKS.match(chr(_ch)) is not None


cdef uint32_t tail_of(int kind, void* data, Py_ssize_t size) noexcept:
    """Return the last of the last four characters that closes nothing, 0 for none."""
    cdef Py_ssize_t at = size
    while at > 0 and at > size - 4:
        at -= 1
        if not is_closer(PyUnicode_READ(kind, data, at)):
            return PyUnicode_READ(kind, data, at)
    return 0


cdef bint is_mark(uint32_t ch) noexcept:
    if ch < 128:
        return _mark[ch]
    return ch in (0xA9, 0xBB, 0x203A, 0x2192, 0xAB, 0x2039, 0x2190, 0x2022, 0xB7) or Py_UNICODE_ISDECIMAL(ch)


cdef bint all_simple(str text):
    """Whether all that a line holds beyond ASCII is simple."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    if PyUnicode_IS_ASCII(text):
        return True
    if kind == 4:
        return False
    if kind == 1:
        return all_simple_letters(<const uint8_t*>data, PyUnicode_GET_LENGTH(text))
    return all_simple_letters(<const uint16_t*>data, PyUnicode_GET_LENGTH(text))


cdef inline bint all_simple_letters(const letter_t* text, Py_ssize_t size):
    cdef Py_ssize_t at
    for at in range(size):
        if text[at] >= 128 and not is_simple(text[at]):
            return False
    return True


cdef double capitals_of(str text):
    """Return the share of capitals among the first characters, if letters, of a line's first 40 words."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    if kind == 1:
        return share_of_capitals(<const uint8_t*>data, PyUnicode_GET_LENGTH(text))
    if kind == 2:
        return share_of_capitals(<const uint16_t*>data, PyUnicode_GET_LENGTH(text))
    return share_of_capitals(<const uint32_t*>data, PyUnicode_GET_LENGTH(text))


cdef inline double share_of_capitals(const letter_t* text, Py_ssize_t size):
    """Return the share of capitals among the first characters, if letters, of a line's first 40 words."""
    cdef Py_ssize_t at
    cdef int32_t words = 0, lettered = 0, capitals = 0
    cdef bint between = True
    cdef uint32_t ch
    for at in range(size):
        ch = text[at]
        if ch > 0x20 and ch < 128 and not between:
            continue
        if Py_UNICODE_ISSPACE(ch):
            between = True
        elif between:
            between = False
            words += 1
            if words > 40:
                break
            if ch < 128:
                if 0x61 <= ch | 32 <= 0x7A:
                    lettered += 1
                    capitals += ch < 0x61
            elif Py_UNICODE_ISALPHA(ch):
                lettered += 1
                capitals += Py_UNICODE_ISUPPER(ch)
    return <double>capitals / lettered if lettered else 0.0


cdef inline bint is_blank(uint32_t ch):
    r"""Whether `\s` takes a character; `str.isspace` takes four more."""
    return Py_UNICODE_ISSPACE(ch) and not 0x1C <= ch <= 0x1F


cdef inline bint is_digit(int kind, void* data, Py_ssize_t at, Py_ssize_t size):
    return at < size and 0x30 <= PyUnicode_READ(kind, data, at) <= 0x39


cdef inline bint is_word(uint32_t ch):
    return _wordly[ch] if ch < 256 else WORD.match(chr(ch)) is not None


cdef bint may_date(str text):
    """Whether a simple line may hold a date: digits joined to digits, a month beside a number, or "ago"."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at, next_
    cdef uint32_t ch, three, before = 0
    for at in range(size - 2):
        ch = PyUnicode_READ(kind, data, at)
        if 0x30 <= ch <= 0x39:
            if is_digit(kind, data, at + 2, size):
                ch = PyUnicode_READ(kind, data, at + 1)
                if ch == 0x3A:
                    return True
                if ch == 0x2D or ch == 0x2E or ch == 0x2F:
                    next_ = at + 4 if is_digit(kind, data, at + 3, size) else at + 3
                    if next_ < size and PyUnicode_READ(kind, data, next_) in (0x2D, 0x2E, 0x2F):
                        return True
            before = 0x30
            continue
        if 0x40 < ch < 128 and not is_word(before):
            three = (
                (ch | 32) << 16
                | (PyUnicode_READ(kind, data, at + 1) | 32) << 8
                | PyUnicode_READ(kind, data, at + 2) | 32
            )
            if three == 0x61676F:  # ago
                return True
            if three in (
                0x6A616E, 0x666562, 0x6D6172, 0x617072, 0x6D6179, 0x6A756E, 0x6A756C, 0x617567, 0x736570, 0x6F6374,
                0x6E6F76, 0x646563,
            ):
                if at >= 2 and before == 0x20 and is_digit(kind, data, at - 2, size):
                    return True
                next_ = at + 3
                while next_ < size and 0x61 <= PyUnicode_READ(kind, data, next_) | 32 <= 0x7A:
                    next_ += 1
                if next_ < size and PyUnicode_READ(kind, data, next_) == 0x2E:
                    next_ += 1
                if is_digit(kind, data, next_ + 1, size) and PyUnicode_READ(kind, data, next_) == 0x20:
                    return True
        before = ch
    return False


cdef bint is_name(str text, Py_ssize_t size):
    """Whether the beginning of a simple line is a bare name: what ``features.NAME`` says.

    A capital amid a word may begin another part of the name, so four words at most hold two capitals at least.
    """
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at
    cdef int words = 0, capitals = 0
    cdef uint32_t ch
    cdef bint between = True
    for at in range(size):
        ch = PyUnicode_READ(kind, data, at)
        if is_capital(ch):
            capitals += 1
            words += between
            between = False
        elif is_blank(ch):
            between = True
        elif between or not (ch in (0x27, 0x2019, 0x2E, 0x2D) or Py_UNICODE_ISALPHA(ch)):
            return False
    return words <= 4 and capitals >= 2


cdef int sentences_of(str text, Py_ssize_t sampled, bint simple) except -1:
    """Count the ends of sentences that another follows."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at = 0, next_
    cdef int found = 0
    cdef uint32_t ch
    if not simple:
        return <int>len(_SENTENCES.findall(text, 0, sampled))
    while at < sampled:
        ch = PyUnicode_READ(kind, data, at)
        at += 1
        if ch != 0x2E and ch != 0x21 and ch != 0x3F:
            continue
        next_ = at
        if next_ < sampled and PyUnicode_READ(kind, data, next_) in (0x22, 0x29, 0x201D, 0x2019):
            next_ += 1
        if next_ >= sampled or not is_blank(PyUnicode_READ(kind, data, next_)):
            continue
        while next_ < sampled and is_blank(PyUnicode_READ(kind, data, next_)):
            next_ += 1
        if next_ < sampled and PyUnicode_READ(kind, data, next_) in (0x22, 0x28, 0x201C, 0x2018):
            next_ += 1
        if next_ < sampled and is_capital(PyUnicode_READ(kind, data, next_)):
            found += 1
            at = next_ + 1
    return found


cdef bint ends_sentence(str text):
    """Say what ``headlines.is_sentence`` does."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t at = PyUnicode_GET_LENGTH(text)
    cdef uint32_t ch
    while at > 0:
        at -= 1
        ch = PyUnicode_READ(kind, data, at)
        if ch not in (0x22, 0x201D, 0x2019, 0xBB, 0x29, 0x27, 0x20):
            return ch == 0x2E or ch == 0x21
    return False


cdef bint folds_alike(str text):
    """Whether the small letters of a line are those that do not differ by case."""
    return lowered(text) == text.casefold()


cdef bint is_legal(str text):
    """Whether a line holds a copyright sign, or that rights are reserved."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    if kind == 1:
        return is_legal_text(<const uint8_t*>data, PyUnicode_GET_LENGTH(text))
    if kind == 2:
        return is_legal_text(<const uint16_t*>data, PyUnicode_GET_LENGTH(text))
    return is_legal_text(<const uint32_t*>data, PyUnicode_GET_LENGTH(text))


cdef inline bint is_legal_text(const letter_t* text, Py_ssize_t size):
    cdef Py_ssize_t at
    cdef int k
    cdef uint32_t ch
    for at in range(size):
        ch = text[at]
        if ch == 0xA9:
            return True
        if ch | 32 == 0x72 and at + 15 <= size:
            for k in range(1, 15):
                ch = text[at + k]
                if (ch | 32 if 0x41 <= ch <= 0x5A else ch) != RESERVED[k]:
                    break
            else:
                return True
    return False


cdef const char* RESERVED = b"rights reserved"


cdef str simple_key(str text):
    """Return the normal form of a stripped line, all simple; see :func:`cleantext.document.repeats.normal_line`."""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), first = 0, end
    cdef uint16_t key[LONGEST_KEY]
    if size > LONGEST_LINE:
        return normal_line(text)
    if PyUnicode_KIND(text) == 1:
        end = write_key(<const uint8_t*>PyUnicode_DATA(text), size, key)
    else:
        end = write_key(<const uint16_t*>PyUnicode_DATA(text), size, key)
    while first < end and _outer[key[first]]:
        first += 1
    while end > first and _outer[key[end - 1]]:
        end -= 1
    return PyUnicode_FromKindAndData(2, key + first, end - first)


cdef inline Py_ssize_t write_key(const letter_t* text, Py_ssize_t size, uint16_t* key):
    """Write the normal form of a simple line, with its outer marks."""
    cdef Py_ssize_t at, end = 0
    cdef uint16_t ch
    cdef bint number = False
    for at in range(size):
        ch = <uint16_t>text[at]
        if letter_t is uint8_t:
            ch = _keyed[ch]
        elif ch < 256:
            ch = _keyed[ch]
        elif ch == 0x2019:
            ch = 0x27
        elif Py_UNICODE_ISSPACE(ch):
            ch = 0x20
        if ch == 0x30:
            if number:
                continue
            number = True
        elif number and (ch == 0x2E or ch == 0x2C or ch == 0x3A):
            continue
        else:
            number = False
            if ch == 0x20 and end and key[end - 1] == 0x20:
                continue
        key[end] = ch
        end += 1
    return end

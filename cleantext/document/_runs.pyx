# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Runs of capitalised words found in C, as ``capital_run`` in ``runs.py`` finds them, and those beside a cue of speech."""

from cpython cimport array
from cython cimport final
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t

from cleantext.document._words cimport (
    Py_UNICODE_ISALNUM,
    Py_UNICODE_ISALPHA,
    Py_UNICODE_ISUPPER,
    PyUnicode_DATA,
    PyUnicode_GET_LENGTH,
    PyUnicode_KIND,
    PyUnicode_READ,
    Words,
    is_small,
    letter_t,
    mixed,
)

cdef enum:
    WORDS = 15  # a run has at most so many
    LONGEST = 24  # letters of a cue or an adverb
    WINDOW = 60  # code points after a name within which its cue begins
    BETWEEN = 6  # words between a name and its cue: three adverbs, "in turn" being two words


cdef enum:
    UPPER = 1
    WORD = 2
    BLANK = 4

cdef uint8_t CLASSES[256]


# What cannot raise says so: else each answer would be compared with that of an error.

cdef uint8_t class_beyond(uint32_t ch) noexcept:
    """Return the classes of a code point that has no place in the table."""
    cdef uint8_t found = 0
    if 0x2000 <= ch <= 0x206F:  # quotation marks and dashes
        return 0
    if Py_UNICODE_ISALNUM(ch):
        found = WORD
        if ch < 0x2C00 and Py_UNICODE_ISUPPER(ch) and Py_UNICODE_ISALPHA(ch):
            found |= UPPER
    return found


cdef inline uint8_t class_of(uint32_t ch) noexcept:
    """Return whether a code point is a capital, belongs to a word, or is a blank within a line, as bits."""
    return CLASSES[ch] if ch < 256 else class_beyond(ch)


def _fill():
    cdef int ch
    for ch in range(256):
        CLASSES[ch] = class_beyond(ch)
    CLASSES[0x5F] = WORD
    CLASSES[0x20] = CLASSES[0xA0] = BLANK


_fill()


@final
cdef class RunScanner:
    """Knows the abbreviations whose stop belongs to a run, and the small words that hold one together.

    ``particles`` may stand before a capital within a run, those of ``second`` after one of them, and ``hyphened`` may
    be bound to the capital by a hyphen; ``joins`` may stand between two parts of a run.
    """

    cdef list dotted
    cdef tuple particles
    cdef tuple second
    cdef tuple hyphened
    cdef tuple joins
    cdef uint64_t[2] joins_begin  # the letters of ASCII that one begins with, as bits
    cdef uint32_t second_letters[26]  # of particles, by their first letter, as bits; bit 26 says that one has a single letter

    def __init__(self, dotted, particles, second, hyphened, joins):
        self.dotted = sorted(dotted)
        self.particles, self.second = tuple(sorted(particles)), tuple(sorted(second))
        self.hyphened, self.joins = tuple(sorted(hyphened)), tuple(joins)
        beginnings(self.joins, self.joins_begin)
        for first in range(26):
            self.second_letters[<int>first] = 0
        for word in self.particles:
            if not (word.isascii() and word.isalpha() and word.islower()):
                raise ValueError(f"{word!r} is no word of small letters")
            self.second_letters[<int>(ord(word[0]) - 0x61)] |= 1 << (ord(word[1]) - 0x61 if len(word) > 1 else 26)

    def spans(self, str text not None):
        """Return the starts of all runs, in order, and their ends; linear in the text's length."""
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
        cdef array.array starts = array.array("q"), ends = array.array("q")
        if kind == 1:
            self.scan(<const uint8_t*>data, size, starts, ends)
        elif kind == 2:
            self.scan(<const uint16_t*>data, size, starts, ends)
        else:
            self.scan(<const uint32_t*>data, size, starts, ends)
        return starts, ends

    cdef int scan(self, const letter_t* text, Py_ssize_t size, array.array starts, array.array ends) except -1:
        cdef Py_ssize_t at = 0, start, count = 0
        while True:
            while at < size and not class_of(text[at]) & UPPER:
                at += 1
            if at >= size:
                return 0
            if at and class_of(text[at - 1]) & WORD:
                at += 1
                continue
            start = at
            at = self.end_of(text, size, at)
            array.resize_smart(starts, count + 1)
            array.resize_smart(ends, count + 1)
            starts.data.as_longlongs[count] = start
            ends.data.as_longlongs[count] = at
            count += 1

    cdef Py_ssize_t end_of(self, const letter_t* text, Py_ssize_t size, Py_ssize_t at) noexcept:
        """Return the end of the run that starts at a capital."""
        cdef Py_ssize_t next_
        cdef int count
        at = self.tail(text, size, at + 1)
        for count in range(WORDS - 1):
            if at >= size:
                break
            next_ = -1
            if class_of(text[at]) & BLANK:
                next_ = self.capital_after(text, size, at + 1)
                if next_ < 0:
                    next_ = self.joined(text, size, at + 1)
            elif text[at - 1] == 0x2E:
                next_ = self.capital_after(text, size, at)
            if next_ < 0:
                break
            at = self.tail(text, size, next_ + 1)
        return at

    cdef Py_ssize_t tail(self, const letter_t* text, Py_ssize_t size, Py_ssize_t at) noexcept:
        """Return the end of a word after its capital: the stops of initials, or letters and the stop of a title."""
        cdef uint32_t ch
        cdef str word
        if at < size and text[at] == 0x2E:
            at += 1
            while at + 1 < size and text[at + 1] == 0x2E and class_of(text[at]) & UPPER:
                at += 2
            return at
        while at < size:
            ch = text[at]
            if class_of(ch) & WORD or ((ch == 0x2D or ch == 0x27 or ch == 0x2019) and goes_on(text, size, at + 1)):
                at += 1
            else:
                break
        if at < size and text[at] == 0x2E:
            for word in self.dotted:
                if stands(text, at, at - PyUnicode_GET_LENGTH(word), word):
                    return at + 1
        return at

    cdef inline bint may_be_particle(self, uint32_t first, uint32_t second) noexcept:
        """Tell by its first two letters whether a word may be a particle; few of an article's small words may."""
        return is_small(first) and self.second_letters[first - 0x61] >> (second - 0x61 if is_small(second) else 26) & 1

    cdef Py_ssize_t capital_after(self, const letter_t* text, Py_ssize_t size, Py_ssize_t at) noexcept:
        """Return where a capital stands at a code point, or after a particle there; -1 where there is none."""
        cdef str word
        cdef Py_ssize_t end
        if at >= size:
            return -1
        if class_of(text[at]) & UPPER:
            return at
        if at + 1 >= size or not self.may_be_particle(text[at], text[at + 1]):
            return -1
        for word in self.hyphened:
            end = at + PyUnicode_GET_LENGTH(word)
            if end + 1 < size and text[end] == 0x2D and class_of(text[end + 1]) & UPPER and stands(text, size, at, word):
                return end + 1
        end = blank_after(text, size, at, self.particles)
        if end < 0 or class_of(text[end]) & UPPER:
            return end
        end = blank_after(text, size, end, self.second)
        return end if end >= 0 and class_of(text[end]) & UPPER else -1

    cdef Py_ssize_t joined(self, const letter_t* text, Py_ssize_t size, Py_ssize_t at) noexcept:
        """Return where a capital stands after a join at a code point; -1 where there is none."""
        cdef str word
        cdef Py_ssize_t end
        if at >= size or not is_one(text[at], self.joins_begin):
            return -1
        for word in self.joins:
            end = at + PyUnicode_GET_LENGTH(word)
            if end + 1 < size and class_of(text[end]) & BLANK and stands(text, end, at, word):
                if class_of(text[end + 1]) & UPPER:
                    return end + 1
        return -1


cdef inline Py_ssize_t blank_after(const letter_t* text, Py_ssize_t size, Py_ssize_t at, tuple words) noexcept:
    """Return the code point behind one of the words and a blank; -1 where none stands there, or nothing behind it."""
    cdef str word
    cdef Py_ssize_t end
    for word in words:
        end = at + PyUnicode_GET_LENGTH(word)
        if end + 1 < size and class_of(text[end]) & BLANK and stands(text, size, at, word):
            return end + 1
    return -1


cdef inline bint goes_on(const letter_t* text, Py_ssize_t size, Py_ssize_t at) noexcept:
    """Whether a word goes on after a hyphen or an apostrophe: a capital or three letters follow."""
    if at >= size:
        return False
    return class_of(text[at]) & UPPER or (
        at + 2 < size
        and class_of(text[at]) & WORD
        and class_of(text[at + 1]) & WORD
        and class_of(text[at + 2]) & WORD
    )


cdef inline bint stands(const letter_t* text, Py_ssize_t size, Py_ssize_t at, str word) noexcept:
    """Whether a word stands at a code point, within ``size``."""
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(word), n
    cdef int own = PyUnicode_KIND(word)
    cdef void* letters = PyUnicode_DATA(word)
    if at < 0 or at + length > size:
        return False
    for n in range(length - 1, -1, -1):
        if text[at + n] != PyUnicode_READ(own, letters, n):
            return False
    return True


cdef int beginnings(words, uint64_t* bits) except -1:
    """Note the letters of ASCII that some words begin with; raises ValueError for an empty one."""
    cdef uint32_t ch
    bits[0] = bits[1] = 0
    for word in words:
        if not word:
            raise ValueError("an empty word")
        ch = ord(word[0])
        if ch < 0x80:
            bits[ch >> 6] |= <uint64_t>1 << (ch & 63)
    return 0


cdef inline bint is_one(uint32_t ch, const uint64_t* bits) noexcept:
    return ch < 0x80 and bits[ch >> 6] >> (ch & 63) & 1


cdef int check_runs(array.array starts, array.array ends, Py_ssize_t size) except -1:
    """Raise ValueError for what are no runs of a text of that size."""
    cdef Py_ssize_t number
    if starts.typecode != "q" or ends.typecode != "q" or len(starts) != len(ends):
        raise ValueError("no runs")
    for number in range(len(starts)):
        if not 0 <= starts.data.as_longlongs[number] < ends.data.as_longlongs[number] <= size:
            raise ValueError("a run beyond the text")
    return 0


def runs_holding(str text not None, array.array starts not None, array.array ends not None, list parts not None):
    """Return start and end of the runs that hold one of these parts of keys, or anything beyond ASCII, in order."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t number, start, end, at
    cdef uint64_t[2] first
    cdef uint32_t ch
    cdef list found = []
    check_runs(starts, ends, PyUnicode_GET_LENGTH(text))
    beginnings(parts, first)
    for number in range(len(starts)):
        start, end = starts.data.as_longlongs[number], ends.data.as_longlongs[number]
        for at in range(start, end):
            ch = PyUnicode_READ(kind, data, at)
            if ch >= 0x80 or (is_one(ch, first) and holds(kind, data, end, at, parts)):
                found.append((start, end))
                break
    return found


cdef bint holds(int kind, void* data, Py_ssize_t end, Py_ssize_t at, list parts) noexcept:
    """Whether one of the parts stands at a code point, within a run."""
    cdef str part
    cdef Py_ssize_t length, n
    for part in parts:
        length = PyUnicode_GET_LENGTH(part)
        if at + length <= end:
            for n in range(length):
                if PyUnicode_READ(kind, data, at + n) != PyUnicode_READ(PyUnicode_KIND(part), PyUnicode_DATA(part), n):
                    break
            else:
                return True
    return False


cdef inline bint closes(uint32_t ch) noexcept:
    """Whether a mark may end what is said before "said Chirac"."""
    if ch < 0x80:
        return ch in (0x2C, 0x3B, 0x22, 0x27, 0x2D)
    return ch in (0xAB, 0xBB, 0x2013, 0x2014, 0x2019, 0x201C, 0x201D)


@final
cdef class CueScanner:
    """Knows the cues, and the adverbs that may stand between a name and one."""

    cdef Words cues
    cdef Words adverbs

    def __init__(self, cues, adverbs):
        self.cues, self.adverbs = Words(), Words()
        for table, entries in ((self.cues, cues), (self.adverbs, adverbs)):
            for word in entries:
                if not (word.isascii() and word.isalpha() and word.islower() and len(word) < LONGEST):
                    raise ValueError(f"{word!r} is no word of small letters")
                (<Words>table).number_of(word, True)

    def beside(self, str text not None, array.array starts not None, array.array ends not None):
        """Return start and end of the runs that have a cue right before or after them, in order; linear in their number.

        None is missing that ``suspects.runs_beside_cues_slowly`` finds; a few may be too many.
        """
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), number, start, end
        cdef list found = []
        check_runs(starts, ends, size)
        for number in range(len(starts)):
            start, end = starts.data.as_longlongs[number], ends.data.as_longlongs[number]
            if self.goes_before(kind, data, size, end) or self.stands_before(kind, data, start):
                found.append((start, end))
        return found

    cdef bint goes_before(self, int kind, void* data, Py_ssize_t size, Py_ssize_t at) noexcept:
        """Whether a cue follows on what ends there, with adverbs between them or none."""
        cdef Py_ssize_t last = min(size, at + WINDOW)
        cdef uint32_t word[LONGEST]
        cdef int32_t length
        cdef uint32_t ch, letter = 0, letter_before
        cdef uint64_t hash
        cdef int count
        for count in range(BETWEEN + 1):
            if at < last and PyUnicode_READ(kind, data, at) == 0x2C:
                at += 1
            if at >= last or PyUnicode_READ(kind, data, at) != 0x20:
                return False
            at += 1
            length = 0
            letter = letter_before = 0
            hash = self.cues.seed  # the same of all tables
            while at < last:
                ch = PyUnicode_READ(kind, data, at)
                if not is_small(ch):
                    break
                if length < LONGEST:
                    word[length] = ch
                    hash = mixed(hash, ch)
                length += 1
                letter_before, letter = letter, ch
                at += 1
            if not length:
                return False
            if length < LONGEST and self.cues.find(word, length, hash) >= 0:
                return True
            if letter == 0x79 and letter_before == 0x6C:  # "…ly"
                continue
            if length == 2 and word[0] == 0x69 and word[1] == 0x6E:  # "in turn"
                continue
            if length >= LONGEST or self.adverbs.find(word, length, hash) < 0:
                return False
        return False

    cdef bint stands_before(self, int kind, void* data, Py_ssize_t start) noexcept:
        """Whether a cue after a mark, or "according to", stands right before a code point."""
        cdef Py_ssize_t at = start - 1, low
        cdef uint32_t word[LONGEST]
        cdef int32_t length, k
        cdef uint64_t hash = self.cues.seed
        if at < 3 or not class_of(PyUnicode_READ(kind, data, at)) & BLANK:
            return False
        low = max(0, at - LONGEST)
        while at > low and is_small(PyUnicode_READ(kind, data, at - 1)):
            at -= 1
        length = <int32_t>(start - 1 - at)
        if not 0 < length < LONGEST or at < 2:
            return False
        if length == 2 and PyUnicode_READ(kind, data, at) == 0x74 and PyUnicode_READ(kind, data, at + 1) == 0x6F:
            # "to": after "according", as its last letter tells well enough
            return PyUnicode_READ(kind, data, at - 1) == 0x20 and PyUnicode_READ(kind, data, at - 2) == 0x67
        if not class_of(PyUnicode_READ(kind, data, at - 1)) & BLANK or not closes(PyUnicode_READ(kind, data, at - 2)):
            return False
        for k in range(length):
            word[k] = PyUnicode_READ(kind, data, at + k)
            hash = mixed(hash, word[k])
        return self.cues.find(word, length, hash) >= 0

# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""An article as the line model sees it, in C: what ``slow_page.py`` says, word for word, twenty times as fast.

The words of an article are interned once, each with its classes (function word, cue ...), so that everything
else works on small numbers. Python is asked only for what is rare: normal forms, lists and patterns of lines that
are not plainly prose.
"""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.math cimport INFINITY, log1p
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcmp, memset

from cleantext.checks.boilerplate._forest cimport ROWS, Forest
from cleantext.document._words cimport (
    PyUnicode_DATA,
    PyUnicode_FromKindAndData,
    PyUnicode_GET_LENGTH,
    PyUnicode_IS_ASCII,
    PyUnicode_KIND,
    PyUnicode_READ,
    Words,
    grown,
    mixed,
)

from cleantext.checks.boilerplate.cues import GROUPS, cues, word_set
from cleantext.checks.boilerplate.dump_features import (
    CONSENT as _CONSENT,
    FOOT as _FOOT,
    LOOSE as _LOOSE,
    MENU as _MENU,
)
from cleantext.checks.boilerplate.facts import LIST_PLACE, MARKS, UNLISTED, WORD, Facts
from cleantext.checks.boilerplate.facts import PROSE_FUNCTION as _PROSE_FUNCTION
from cleantext.checks.boilerplate.facts import PROSE_WORDS as _PROSE_WORDS
from cleantext.checks.boilerplate.features import (
    ADDRESS as _ADDRESS,
    BULLET as _BULLET,
    CODE as _CODE,
    DATE as _DATE,
    FEATURES,
    FINITE as _FINITE,
    NAME as _NAME,
    NUMBERED as _NUMBERED,
    PROSE as _PROSE,
    SENTENCES as _SENTENCES,
)
from cleantext.checks.boilerplate.headlines import (
    ALIKE as _ALIKE,
    CUT as _CUT,
    LONGEST as _LONGEST_HEADLINE,
    RUNNING as _RUNNING,
    TOP as _TOP,
)
from cleantext.checks.boilerplate.known_lines import LISTS, known_by_pattern, known_lines
from cleantext.checks.boilerplate.metadata import metadata_of
from cleantext.document.pieces import lowered
from cleantext.document.repeats import LONGEST_LINE as _LONGEST_LINE
from cleantext.document.repeats import OUTER, normal_line

cdef extern from "Python.h":
    bint Py_UNICODE_ISALPHA(uint32_t ch)
    bint Py_UNICODE_ISDIGIT(uint32_t ch)
    bint Py_UNICODE_ISDECIMAL(uint32_t ch)
    bint Py_UNICODE_ISUPPER(uint32_t ch)
    bint Py_UNICODE_ISLOWER(uint32_t ch)
    bint Py_UNICODE_ISSPACE(uint32_t ch)

# Classes of a word. The lowest bits are the cue groups.
cdef enum:
    CUES = 0xFFFF
    FUNCTION = 1 << 16
    PROSE_CUE = 1 << 17
    FINITE = 1 << 18
    ADDRESS = 1 << 19
    IMPERATIVE = 1 << 20
    OPENS_PHRASE = 1 << 21
    IN_TITLE = 1 << 22
    IN_ADDRESS = 1 << 23
    IN_HEADLINE = 1 << 24

# Lists as sets of bits: what each means to a page dump.
cdef uint32_t MENU = sum([1 << place for place in _MENU])
cdef uint32_t FOOT = sum([1 << place for place in _FOOT])
cdef uint32_t LOOSE = sum([1 << place for place in _LOOSE])
cdef int32_t CONSENT = _CONSENT

cdef object new_tuple = tuple.__new__  # a named tuple's own constructor is a function in Python

cdef int PROSE_WORDS = _PROSE_WORDS
cdef double PROSE_FUNCTION = _PROSE_FUNCTION
cdef double PROSE = _PROSE
cdef int TOP = _TOP
cdef int LONGEST_HEADLINE = _LONGEST_HEADLINE
cdef double ALIKE = _ALIKE
cdef double CUT = _CUT
cdef double RUNNING = _RUNNING
cdef int COUNT_OF_GROUPS = len(GROUPS)
cdef int COUNT_OF_LISTS = len(LISTS)
cdef int WIDTH = len(FEATURES)
cdef int SAMPLE = 400
cdef int LONGEST_LINE = _LONGEST_LINE
cdef enum:
    LONGEST_KEY = 512
if _LONGEST_LINE > LONGEST_KEY:
    raise ImportError("a normal form is longer than the room for it")
cdef uint8_t _outer[0x2C00]
for _ch in range(0x2C00):
    _outer[_ch] = chr(_ch) in OUTER


ctypedef fused letter_t:  # a text's code points have one, two or four bytes
    uint8_t
    uint16_t
    uint32_t


# The small letter, digit or low line that a character is to a word, 0 for none.
cdef uint8_t _letter[256]
# What it is in a normal form: a small letter, 0 for every digit, a blank for all blank space.
cdef uint8_t _keyed[256]
for _ch in range(256):
    _letter[_ch] = small(_ch) if WORD.match(chr(_ch)) else 0
    _keyed[_ch] = 0x20 if chr(_ch).isspace() else 0x30 if 0x30 <= _ch <= 0x39 else small(_ch)


# The digits and marks of ASCII that patterns are about.
cdef uint8_t _mark[128]
for _ch in range(128):
    _mark[_ch] = MARKS.match(chr(_ch)) is not None


# What `\w` is, asked of the same `regex` that the slow twin asks, 256 code points at a time.
cdef uint8_t _word_char[0x110000]
cdef uint8_t _word_page_known[0x1100]
memset(_word_page_known, 0, sizeof(_word_page_known))


cdef void _learn_page(uint32_t ch):
    cdef int page = ch >> 8
    cdef int place
    for place in range(page << 8, (page + 1) << 8):
        _word_char[place] = WORD.match(chr(place)) is not None
    _word_page_known[page] = 1


cdef inline bint is_word(uint32_t ch):
    if not _word_page_known[ch >> 8]:
        _learn_page(ch)
    return _word_char[ch]


cdef struct Known:
    uint32_t classes
    int32_t lexicon  # place in the lexicon, -1 for none
    int32_t in_prose  # lines of prose that hold the word
    int32_t seen  # the last line that counted it


cdef class Lexicon:
    """The words that features ask for, and the phrases among them."""

    cdef Words words
    cdef uint32_t* classes
    cdef int32_t room
    cdef dict phrases  # number of the first word -> ((numbers of the others, bit), ...)

    def __init__(self):
        self.words = Words()
        self.phrases = {}
        self.classes = NULL
        self.room = 0
        table = cues()
        for word, mask in table.words.items():
            self.mark(word, mask)
        for name, bit in (
            (word_set("function-words"), FUNCTION),
            (word_set("prose-cues"), PROSE_CUE),
            (word_set("imperative"), IMPERATIVE),
            (_FINITE, FINITE),
            (_ADDRESS, ADDRESS),
        ):
            for word in name:
                self.mark(word, bit)
        for first, found in table.phrases.items():
            rests = tuple(
                (tuple([self.number_of(word) for word in rest]), bit) for rest, bit in found
            )
            self.phrases[self.mark(first, OPENS_PHRASE)] = rests

    def __dealloc__(self):
        PyMem_Free(self.classes)

    cdef int32_t number_of(self, str word) except -1:
        cdef int32_t number = self.words.number_of(word, True)
        if number >= self.room:
            self.classes = <uint32_t*>grown(self.classes, 2 * (number + 1) * sizeof(uint32_t))
            memset(self.classes + self.room, 0, (2 * (number + 1) - self.room) * sizeof(uint32_t))
            self.room = 2 * (number + 1)
        return number

    cdef int32_t mark(self, str word, uint32_t classes) except -1:
        cdef int32_t number = self.number_of(word)
        self.classes[number] |= classes
        return number


cdef Lexicon _lexicon = None


cdef struct Line:
    int32_t first  # of its tokens
    int32_t words
    int32_t function_words
    uint32_t mask
    int32_t place  # in LISTS, -1 for none
    int32_t how
    int32_t opening  # the first line with the same first words
    int32_t opened  # there: how many such lines
    int32_t run
    int32_t same
    double sentence
    double cue
    double function
    double capitals
    double log_words
    bint stop
    bint plain
    bint digits
    bint looked
    bint colon
    bint date
    bint has_key
    bint simple  # all that it holds beyond ASCII
    bint able  # may be a copy of the headline
    bint above  # may be the headline


cdef inline bint is_closer(uint32_t ch):
    return ch in (0x22, 0x201D, 0x2019, 0x27, 0x29, 0x5D, 0xBB, 0x20)


cdef inline bint is_stop(uint32_t ch):
    return ch in (0x2E, 0x21, 0x3F, 0x2026, 0x3002, 0xFF01, 0xFF1F)


cdef inline uint32_t tail_of(int kind, void* data, Py_ssize_t size):
    """Give the last of the last four characters that closes nothing, 0 for none."""
    cdef Py_ssize_t at = size
    while at > 0 and at > size - 4:
        at -= 1
        if not is_closer(PyUnicode_READ(kind, data, at)):
            return PyUnicode_READ(kind, data, at)
    return 0


cdef inline bint is_mark(uint32_t ch):
    if ch < 128:
        return _mark[ch]
    return ch in (0xA9, 0xBB, 0x203A, 0x2192, 0xAB, 0x2039, 0x2190, 0x2022, 0xB7) or Py_UNICODE_ISDECIMAL(ch)


cdef inline bint is_decimal(uint32_t ch):
    return 0x30 <= ch <= 0x39 if ch < 128 else Py_UNICODE_ISDECIMAL(ch)


cdef inline bint is_pipe(uint32_t ch):
    return ch in (0x7C, 0x2022, 0xB7, 0x203A, 0xBB, 0x2192, 0x2F)


cdef inline bint is_quote(uint32_t ch):
    return ch in (0x22, 0x201C, 0x201D, 0xAB, 0xBB, 0x201E)


cdef inline bint is_simple(uint32_t ch):
    """Whether a character beyond ASCII is a letter of Latin-1 or a mark: what it is to patterns is worked out here.

    Left out are ``ß``, whose case-folded form is two letters, and ``µ``, whose is another letter.
    """
    if ch < 0x100:
        return ch != 0xDF and ch != 0xB5
    return 0x2000 <= ch <= 0x206F or 0x20A0 <= ch <= 0x20CF or 0x2190 <= ch <= 0x245F or 0x2500 <= ch <= 0x2BFF


cdef inline bint is_capital(uint32_t ch):
    """Whether a simple character is a capital."""
    return 0x41 <= ch <= 0x5A or (0xC0 <= ch <= 0xDE and ch != 0xD7)


cdef inline uint32_t small(uint32_t ch):
    """Give the small letter of a simple character."""
    return ch + 32 if is_capital(ch) else ch


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


cdef class Page:
    """An article summed up, and the rows of features of its lines. What the fields mean is said in ``page.py``."""

    cdef readonly tuple core
    cdef readonly str site
    cdef readonly Py_ssize_t words
    cdef Lexicon lexicon
    cdef Words table
    cdef list _lines
    cdef list keys  # their normal forms
    cdef list asked  # the lines that patterns are asked about
    cdef dict exact
    cdef Line* line
    cdef Known* known
    cdef int32_t known_room
    cdef int32_t* tokens
    cdef Py_ssize_t tokens_count
    cdef Py_ssize_t tokens_room
    cdef int32_t count
    cdef int32_t* prose
    cdef int32_t prose_count
    cdef double* cues_before
    cdef double* sentences_before
    cdef int32_t* listed_before
    cdef int32_t* words_before
    cdef double* rows  # of features, for as many lines as go through the trees side by side
    cdef double* buffer  # the one that is written to
    cdef double prose_share
    cdef int32_t core_first
    cdef int32_t core_last
    cdef int32_t title_words
    cdef int32_t title_line
    cdef Py_ssize_t function_words

    def __cinit__(self, lines, title=None, url=None, source=None):
        cdef int32_t i
        self.count = <int32_t>len(lines)
        self.tokens_room = 1024
        self.known_room = 512
        self.known = <Known*>PyMem_Malloc(self.known_room * sizeof(Known))
        self.line = <Line*>PyMem_Malloc(max(1, self.count) * sizeof(Line))
        self.tokens = <int32_t*>PyMem_Malloc(self.tokens_room * sizeof(int32_t))
        self.prose = <int32_t*>PyMem_Malloc(max(1, self.count) * sizeof(int32_t))
        self.cues_before = <double*>PyMem_Malloc((self.count + 1) * sizeof(double))
        self.sentences_before = <double*>PyMem_Malloc((self.count + 1) * sizeof(double))
        self.listed_before = <int32_t*>PyMem_Malloc((self.count + 1) * sizeof(int32_t))
        self.words_before = <int32_t*>PyMem_Malloc((self.count + 1) * sizeof(int32_t))
        self.rows = self.buffer = <double*>PyMem_Malloc(ROWS * WIDTH * sizeof(double))
        if not (
            self.line and self.known and self.tokens and self.prose and self.cues_before and self.sentences_before
            and self.listed_before and self.words_before and self.rows
        ):
            raise MemoryError
        memset(self.line, 0, max(1, self.count) * sizeof(Line))

    def __init__(self, lines, title=None, url=None, source=None):
        global _lexicon
        cdef int32_t i
        cdef Py_ssize_t prose_words = 0
        cdef dict keys = {}
        cdef Line* line
        if _lexicon is None:
            _lexicon = Lexicon()
        self.lexicon = _lexicon
        self._lines = list(lines)
        self.table = Words()
        self.keys = []
        self.asked = []
        self.exact = known_lines().exact
        for i in range(self.count):
            self.keys.append(self.read(i, self._lines[i]))
        # What patterns know is asked once for all lines.
        if self.asked:
            for at, name in known_by_pattern([self._lines[i] for i in self.asked]):
                line = &self.line[<int32_t>self.asked[at]]
                line.place, line.how = LIST_PLACE[name], 1
        self.prose_count = 0
        self.words_before[0] = self.listed_before[0] = 0
        self.cues_before[0] = self.sentences_before[0] = 0.0
        for i in range(self.count):
            line = &self.line[i]
            if line.sentence > PROSE:
                self.prose[self.prose_count] = i
                self.prose_count += 1
                prose_words += line.words
                self.count_words(i)
            if line.has_key:
                key = self.keys[i]
                keys[key] = keys.get(key, 0) + 1
            self.words_before[i + 1] = self.words_before[i] + line.words
            self.listed_before[i + 1] = self.listed_before[i] + (line.how > 0)
            self.cues_before[i + 1] = self.cues_before[i] + line.cue
            self.sentences_before[i + 1] = self.sentences_before[i] + line.sentence
        for i in range(self.count):
            if self.line[i].has_key:
                self.line[i].same = min(3, <int32_t>keys[self.keys[i]] - 1)
        self.words = self.words_before[self.count]
        self.prose_share = <double>prose_words / (self.words or 1)
        self.find_openings()
        self.find_core()
        self.find_runs()
        self.read_metadata(title, url, source)

    def __dealloc__(self):
        PyMem_Free(self.line)
        PyMem_Free(self.known)
        PyMem_Free(self.tokens)
        PyMem_Free(self.prose)
        PyMem_Free(self.cues_before)
        PyMem_Free(self.sentences_before)
        PyMem_Free(self.listed_before)
        PyMem_Free(self.words_before)
        PyMem_Free(self.rows)

    cdef uint32_t read_words(self, Line* line, const letter_t* text, Py_ssize_t size) except? 0xFFFFFFFF:
        """Split a line in small letters, or a simple one, into words; give the classes of all of them."""
        cdef Words table = self.table
        cdef Py_ssize_t at
        cdef uint32_t ch, seen = 0
        cdef uint32_t* letters
        cdef int32_t length = 0, number
        cdef uint64_t hash = table.seed
        line.first = <int32_t>self.tokens_count
        # Room for all words of the line: nothing moves until its end.
        table.reserve(size + 1)
        while self.tokens_count + size // 2 + 1 > self.tokens_room:
            self.more_tokens()
        letters = table.letters + table.used
        for at in range(size + 1):
            if at < size:
                ch = text[at]
                if letter_t is uint8_t:
                    ch = _letter[ch]
                elif ch < 256:
                    ch = _letter[ch]
                elif not is_word(ch):
                    ch = 0
                if ch:
                    letters[length] = ch
                    hash = mixed(hash, ch)
                    length += 1
                    continue
            if length:
                number = self.take(length, hash)
                seen |= self.known[number].classes
                line.function_words += (self.known[number].classes & FUNCTION) != 0
                self.tokens[self.tokens_count] = number
                self.tokens_count += 1
                length = 0
                hash = table.seed
                letters = table.letters + table.used
        line.words = <int32_t>self.tokens_count - line.first
        return seen

    cdef inline int32_t take(self, int32_t length, uint64_t hash) except -1:
        """Number the word that stands after the used letters of the table."""
        cdef Words table = self.table
        cdef int32_t new = table.count, number = table.add(length, hash), place
        if number == new:  # what does the lexicon know of it?
            if number == self.known_room:
                self.more_known()
            place = self.lexicon.words.find(table.letters + table.words[number].start, length, hash)
            self.known[number].classes = self.lexicon.classes[place] if place >= 0 else 0
            self.known[number].lexicon = place
            self.known[number].in_prose = 0
            self.known[number].seen = -1
        return number

    cdef str read(self, int32_t i, str text):
        """Split a line into words, look at it by itself, and give its normal form."""
        cdef Line* line = &self.line[i]
        cdef bint simple = all_simple(text), marks = False
        cdef str low = text if simple else lowered(text)
        cdef int kind = PyUnicode_KIND(low)
        cdef void* data = PyUnicode_DATA(low)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(low), at
        cdef uint32_t ch, seen
        cdef int32_t words, function
        if kind == 1:
            seen = self.read_words(line, <const uint8_t*>data, size)
        elif kind == 2:
            seen = self.read_words(line, <const uint16_t*>data, size)
        else:
            seen = self.read_words(line, <const uint32_t*>data, size)
        words, function = line.words, line.function_words
        kind = PyUnicode_KIND(text)
        data = PyUnicode_DATA(text)
        size = PyUnicode_GET_LENGTH(text)
        ch = tail_of(kind, data, size)
        line.simple = simple
        line.log_words = log1p(words)
        self.function_words += function
        line.stop = ch != 0 and is_stop(ch)
        line.function = <double>function / words if words else 0.0
        line.place = -1
        if words >= PROSE_WORDS and line.stop and line.function >= PROSE_FUNCTION and not seen & PROSE_CUE:
            line.plain = True
            line.sentence = min(1.0, words / 25.0) * min(1.0, line.function / 0.35)
            return ""
        line.sentence = min(1.0, words / 25.0) * (1.0 if line.stop else 0.5) * min(1.0, line.function / 0.35)
        line.mask = self.mask_of(line, seen)
        line.cue = 0.0 if not line.mask else 1.0 if words <= 12 else 12.0 / words
        for at in range(size):
            ch = PyUnicode_READ(kind, data, at)
            if is_mark(ch):
                marks = True
                if is_decimal(ch):
                    line.digits = True
                    break
        key = simple_key(text) if simple else normal_line(text)
        line.has_key = key != ""
        if words <= 60 and line.has_key:
            name = self.exact.get(key)
            if name is not None:
                line.place, line.how = LIST_PLACE[name], 2
            elif line.mask or words <= 6 or (marks and not line.stop):
                self.asked.append(i)
        return key

    @property
    def facts(self):
        """Give the facts of every line."""
        return [self.fact(i) for i in range(self.count)]

    def is_known(self, Py_ssize_t i):
        """Say whether a list knows a line."""
        if not 0 <= i < self.count:
            raise IndexError(i)
        return self.line[i].how > 0

    def fact(self, Py_ssize_t i):
        """Give the facts of a line."""
        if not 0 <= i < self.count:
            raise IndexError(i)
        cdef Line* line = &self.line[i]
        return new_tuple(
            Facts,
            (
                self._lines[i],
                line.words,
                line.sentence,
                bool(line.stop),
                line.mask,
                line.cue,
                self.keys[i],
                (line.place, line.how) if line.how else UNLISTED,
                bool(line.plain),
                line.function,
            ),
        )

    cdef int more_known(self) except -1:
        self.known = <Known*>grown(self.known, 2 * self.known_room * sizeof(Known))
        self.known_room *= 2
        return 0

    cdef int more_tokens(self) except -1:
        self.tokens = <int32_t*>grown(self.tokens, 2 * self.tokens_room * sizeof(int32_t))
        self.tokens_room *= 2
        return 0

    cdef uint32_t mask_of(self, Line* line, uint32_t seen) except? 0xFFFFFFFF:
        """Give the cue groups of a line: those of its words, and of its phrases."""
        cdef uint32_t mask = seen & CUES
        cdef int32_t at, number, k
        cdef Known* known = self.known
        if not seen & OPENS_PHRASE:
            return mask
        for at in range(line.words):
            number = self.tokens[line.first + at]
            if known[number].classes & OPENS_PHRASE:
                for rest, bit in <tuple>self.lexicon.phrases[known[number].lexicon]:
                    if mask & <uint32_t>bit or at + len(<tuple>rest) >= line.words:
                        continue
                    for k in range(<int32_t>len(<tuple>rest)):
                        if known[self.tokens[line.first + at + 1 + k]].lexicon != <int32_t>(<tuple>rest)[k]:
                            break
                    else:
                        mask |= <uint32_t>bit
        return mask

    cdef void count_words(self, int32_t i):
        """Count each different word of a line of prose once."""
        cdef Line* line = &self.line[i]
        cdef int32_t at
        cdef Known* word
        for at in range(line.first, line.first + line.words):
            word = &self.known[self.tokens[at]]
            if word.seen != i:
                word.seen = i
                word.in_prose += 1

    cdef int find_openings(self) except -1:
        """Count the lines that open with the same six words."""
        cdef uint32_t mask = 63, slot
        cdef int32_t i, other
        cdef int32_t* slots
        cdef uint64_t hash
        cdef int k
        while mask < <uint32_t>(2 * self.count):
            mask = mask * 2 + 1
        slots = <int32_t*>PyMem_Malloc((mask + 1) * sizeof(int32_t))
        if not slots:
            raise MemoryError
        memset(slots, 0xFF, (mask + 1) * sizeof(int32_t))
        for i in range(self.count):
            self.line[i].opening = -1
            if self.line[i].words < 6:
                continue
            hash = self.table.seed
            for k in range(6):
                hash = mixed(hash, <uint32_t>self.tokens[self.line[i].first + k])
            slot = <uint32_t>hash & mask
            while True:
                other = slots[slot]
                if other < 0:
                    slots[slot] = other = i
                if not memcmp(
                    self.tokens + self.line[i].first, self.tokens + self.line[other].first, 6 * sizeof(int32_t)
                ):
                    break
                slot = (slot + 1) & mask
            self.line[i].opening = other
            self.line[other].opened += 1
        PyMem_Free(slots)
        return 0

    cdef inline int32_t opened(self, int32_t i):
        return self.line[self.line[i].opening].opened if self.line[i].opening >= 0 else 0

    cdef void find_core(self):
        """Find the stretch with the most prose for the fewest other lines (maximum subarray)."""
        cdef double best = -INFINITY, running = 0.0, value
        cdef int32_t i, start = 0
        self.core_first, self.core_last = 0, self.count - 1
        for i in range(self.count):
            value = self.line[i].words if self.line[i].sentence > 0.3 else -6 - 0.2 * self.line[i].words
            if running <= 0:
                running, start = value, i
            else:
                running += value
            if running > best:
                best, self.core_first, self.core_last = running, start, i
        self.core = (self.core_first, self.core_last)

    cdef void find_runs(self):
        """Count how many short lines without a sentence end stand together."""
        cdef int32_t start = 0, end, i
        while start < self.count:
            end = start
            while end < self.count and self.line[end].words <= 8 and not self.line[end].stop:
                end += 1
            for i in range(start, end):
                self.line[i].run = end - start
            start = max(end, start + 1)

    cdef int read_metadata(self, title, url, source) except -1:
        """Mark the words of the title and the address, and find the first line that is nearly the title."""
        cdef int32_t number, i, common, different
        words, self.site, sections = metadata_of(title, url, source)
        self.title_words = <int32_t>len(words)
        self.title_line = -1
        for word in words:
            number = self.table.number_of(word, False)
            if number >= 0:
                self.known[number].classes |= IN_TITLE
        for word in sections:
            number = self.table.number_of(word, False)
            if number >= 0:
                self.known[number].classes |= IN_ADDRESS
        if not self.title_words:
            return 0
        for i in range(self.count):
            if 0 < self.line[i].words <= 3 * self.title_words:
                self.covered(i, &common, &different)
                if common >= 0.5 * self.title_words and common >= 0.7 * different:
                    self.title_line = i
                    return 0
        return 0

    cdef void covered(self, int32_t i, int32_t* common, int32_t* different):
        """Count a line's different words, and those of them that the title holds, too."""
        cdef Line* line = &self.line[i]
        cdef int32_t at
        cdef Known* word
        common[0] = different[0] = 0
        # Marks of this count must not meet those of `count_words`, nor of this line's last count.
        for at in range(line.first, line.first + line.words):
            self.known[self.tokens[at]].seen = -1
        for at in range(line.first, line.first + line.words):
            word = &self.known[self.tokens[at]]
            if word.seen != i:
                word.seen = i
                different[0] += 1
                common[0] += (word.classes & IN_TITLE) != 0

    def is_prose(self, Py_ssize_t i):
        """Say whether a line is plainly running prose in the midst of prose, and nothing of it is repeated."""
        if not 0 <= i < self.count:
            raise IndexError(i)
        return bool(self.prose_line(<int32_t>i))

    cdef bint prose_line(self, int32_t i):
        cdef Line* line = &self.line[i]
        if not self.core_first <= i <= self.core_last or self.opened(i) >= 2:
            return False
        if line.plain:
            return True
        return (
            self.core_first < i < self.core_last
            and line.stop
            and not line.how
            and self.line[i - 1].stop
            and self.line[i + 1].stop
            and (
                (line.words >= 6 and line.cue == 0.0 and line.function >= 0.2)
                or (line.words >= 12 and line.cue < 0.5 and line.function >= 0.25)
            )
        )

    def function_share(self):
        """Give the share of function words."""
        return self.function_words / <double>(self.words or 1)

    def dump_features(self):
        """Give the features that tell a page dump from an article; see ``dump_features.py``."""
        cdef int32_t i, how, place, legal, foot = self.count - 20, some = max(1, min(20, self.count))
        cdef int32_t outside = 0, first_listed = 0, last_listed = 0, all_legal = 0, last_legal = 0
        cdef int32_t menu = 0, foot_labels = 0
        cdef uint32_t kinds = 0
        for i in range(self.count):
            if self.line[i].plain:
                continue
            how, place = self.line[i].how, self.line[i].place
            if how:
                outside += how > 1 and not self.core_first <= i <= self.core_last
                first_listed += i < 20
                last_listed += i >= foot
                if how > 1 or LOOSE >> place & 1:
                    kinds |= 1 << place
                    menu += i < 15 and MENU >> place & 1
                    foot_labels += i >= foot and FOOT >> place & 1
            if all_legal < 3 or (i >= foot and last_legal < 3):
                legal = (place == CONSENT) + is_legal(self._lines[i])
                all_legal += legal
                last_legal += legal if i >= foot else 0
        return [
            log1p(self.count - max(0, self.core_last - self.core_first + 1)),
            log1p(outside),
            log1p(self.count),
            first_listed / <double>some,
            last_listed / <double>some,
            log1p(min(3, last_legal)),
            log1p(min(3, all_legal)),
            log1p(menu),
            log1p(bits_of(kinds)),
            log1p(foot_labels),
        ]

    def likely_copies(self):
        """Give the lines that may be the headline and may stand again, each with those that may be its copies."""
        cdef dict found = {}
        cdef list copies
        cdef int32_t i, above = 0, able = 0
        cdef Line* line
        cdef bint sentence
        cdef bint prose = False
        for i in range(self.count):
            line = &self.line[i]
            line.able = line.above = False
            prose = prose or line.sentence > RUNNING
            if not 3 < line.words <= LONGEST_HEADLINE or line.sentence > RUNNING:
                continue
            sentence = ends_sentence(self._lines[i])
            line.able = i == 0 or not sentence
            able += line.able
            line.above = not sentence and not prose and i < TOP
            above += line.above
        if not above or able < 2:
            return found
        for i in range(self.count):
            # There the words are case-folded.
            if self.line[i].able and not self.line[i].simple and not folds_alike(self._lines[i]):
                return None
        for i in range(min(TOP, self.count)):
            if self.line[i].above:
                copies = self.copies_of(i)
                if copies:
                    found[i] = copies
        return found

    cdef list copies_of(self, int32_t i):
        """Give the lines most of whose words stand in a line."""
        cdef Line* line = &self.line[i]
        cdef Line* other
        cdef int32_t at, j, common, shared, different
        cdef list found = []
        cdef Known* word
        for at in range(line.first, line.first + line.words):
            self.known[self.tokens[at]].classes |= IN_HEADLINE
        for j in range(self.count):
            other = &self.line[j]
            if j == i or not other.able:
                continue
            common = 0
            for at in range(other.first, other.first + other.words):
                word = &self.known[self.tokens[at]]
                common += (word.classes & IN_HEADLINE) != 0
                word.seen = -1
            if not common:
                continue
            shared = different = 0
            for at in range(other.first, other.first + other.words):
                word = &self.known[self.tokens[at]]
                if word.seen != j:
                    word.seen = j
                    different += 1
                    shared += (word.classes & IN_HEADLINE) != 0
            if common >= CUT * other.words or shared >= ALIKE * different:
                found.append(j)
        for at in range(line.first, line.first + line.words):
            self.known[self.tokens[at]].classes &= ~<uint32_t>IN_HEADLINE
        return found

    def verdicts(self, Forest forest, double hopeless):
        """Give number and log odds of each line that is not plainly prose."""
        cdef double odds[ROWS]
        cdef int32_t numbers[ROWS]
        cdef int32_t i, k, count = 0
        cdef list found = []
        for i in range(self.count):
            if not self.prose_line(i):
                self.buffer = self.rows + count * WIDTH
                self.fill(i)
                numbers[count] = i
                count += 1
            if count == ROWS or i == self.count - 1:
                forest.odds(self.rows, count, hopeless, odds)
                for k in range(count):
                    found.append((numbers[k], odds[k]))
                count = 0
        return found

    def contributions(self, Forest forest, Py_ssize_t i):
        """Say what each feature of line ``i`` did to its log odds, by its place in ``FEATURES``."""
        if not 0 <= i < self.count:
            raise IndexError(i)
        self.fill(<int32_t>i)
        return forest.contributions(self.buffer)

    def strongest(self, Forest forest, Py_ssize_t i, double least, Py_ssize_t most):
        """Give the features that added most to the log odds of line ``i``, by their places, with what each added."""
        cdef list found = []
        cdef double share
        cdef Py_ssize_t place, at
        for place, share in (<dict>self.contributions(forest, i)).items():  # in the order of their places
            if share <= least or len(found) == most and (not found or share <= <double>found[most - 1][1]):
                continue
            at = len(found)
            while at > 0 and share > <double>found[at - 1][1]:
                at -= 1
            found.insert(at, (place, share))
            if len(found) > most:
                found.pop()
        return found

    def row(self, Py_ssize_t i):
        """Give the features of line ``i``, in the order of ``FEATURES``."""
        cdef int place
        if not 0 <= i < self.count:
            raise IndexError(i)
        self.fill(<int32_t>i)
        return [self.buffer[place] for place in range(WIDTH)]

    cdef int look(self, int32_t i) except -1:
        """See whether a line ends in a colon, how many of its words start with a capital, whether it dates."""
        cdef Line* line = &self.line[i]
        cdef str text
        cdef int kind
        cdef void* data
        cdef Py_ssize_t size, at
        if line.looked:
            return 0
        text = self._lines[i]
        kind, data, size = PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text)
        if kind == 1:
            line.capitals = share_of_capitals(<const uint8_t*>data, size)
        elif kind == 2:
            line.capitals = share_of_capitals(<const uint16_t*>data, size)
        else:
            line.capitals = share_of_capitals(<const uint32_t*>data, size)
        line.looked = True
        line.colon = size > 0 and PyUnicode_READ(kind, data, size - 1) == 0x3A
        if line.plain and line.words <= 40:  # was not searched for digits yet
            for at in range(size):
                if is_decimal(PyUnicode_READ(kind, data, at)):
                    line.digits = True
                    break
        line.date = (
            line.digits and line.words <= 40 and (not line.simple or may_date(text)) and _DATE.search(text) is not None
        )
        return 0

    cdef int fill(self, int32_t i) except -1:
        """Write the features of a line into the buffer."""
        cdef Line* line = &self.line[i]
        cdef double* out = self.buffer
        cdef int n, place, width, offset
        cdef int32_t j, low, high
        n = self.fill_own(i)
        for place in range(COUNT_OF_GROUPS):
            out[n] = line.cue if line.mask >> place & 1 else 0.0
            n += 1
        for place in range(COUNT_OF_LISTS):
            out[n] = line.how if line.place == place else 0.0
            n += 1
        n = self.fill_place(i, n)
        for offset in range(-3, 4):
            if offset == 0:
                continue
            j = i + offset
            if 0 <= j < self.count:
                out[n] = self.line[j].sentence
                out[n + 1] = self.line[j].log_words
                out[n + 2] = self.line[j].cue
                out[n + 3] = self.line[j].stop
                out[n + 4] = self.line[j].how
            else:
                out[n] = out[n + 1] = out[n + 2] = out[n + 3] = out[n + 4] = -1.0
            n += 5
        for offset in range(-1, 2, 2):
            j = i + offset
            if 0 <= j < self.count:
                self.look(j)
                out[n] = self.line[j].mask & 1
                out[n + 1] = self.line[j].mask >> 2 & 1
                out[n + 2] = self.line[j].mask >> 5 & 1
                out[n + 3] = self.line[j].mask >> 8 & 1
                out[n + 4] = self.line[j].colon
                out[n + 5] = self.line[j].capitals
                out[n + 6] = self.line[j].date
            else:
                out[n] = out[n + 1] = out[n + 2] = out[n + 3] = out[n + 4] = out[n + 6] = 0.0
                out[n + 5] = -1.0
            n += 7
        for width in (5, 12):
            n = self.fill_window(max(0, i - width), i, n)
            n = self.fill_window(i + 1, min(self.count, i + 1 + width), n)
        out[n] = log1p(self.count)
        out[n + 1] = self.prose_share
        out[n + 2] = <double>self.prose_count / self.count
        out[n + 3] = <double>self.listed_before[self.count] / self.count
        n = self.fill_metadata(i, n + 4)
        if n != WIDTH:
            raise AssertionError("the native page computes other features")
        return 0

    cdef int fill_window(self, int32_t low, int32_t high, int n):
        cdef double size = high - low
        if high > low:
            self.buffer[n] = (self.sentences_before[high] - self.sentences_before[low]) / size
            self.buffer[n + 1] = (self.cues_before[high] - self.cues_before[low]) / size
            self.buffer[n + 2] = (self.listed_before[high] - self.listed_before[low]) / size
        else:
            self.buffer[n] = self.buffer[n + 1] = self.buffer[n + 2] = 0.0
        return n + 3

    cdef int fill_own(self, int32_t i) except -1:
        """Write a line's own looks."""
        cdef Line* line = &self.line[i]
        cdef double* out = self.buffer
        cdef str text = self._lines[i]
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), sampled = min(size, SAMPLE), at, skip = 0
        cdef int32_t letters = 0, digits = 0, uppers = 0, commas = 0, spaces = 0, pipes = 0, sentences = 0, stops = 0
        cdef int32_t k, characters = 0, known = min(line.words, 60)
        cdef Py_ssize_t number = -1  # where a run of digits, blanks and brackets begins
        cdef bint quote = False, code = False, call = False, bullet = False, leading = True, upper, alpha
        cdef uint32_t ch, following, first = PyUnicode_READ(kind, data, 0), tail = tail_of(kind, data, size)
        cdef uint32_t heads = 0
        self.look(i)
        for at in range(sampled):
            ch = PyUnicode_READ(kind, data, at)
            if ch < 128:
                upper = 0x41 <= ch <= 0x5A
                alpha = upper or 0x61 <= ch <= 0x7A
                letters += alpha
                uppers += upper
                if alpha:
                    leading = False
                    number = -1
                    continue
                if 0x30 <= ch <= 0x39:
                    digits += 1
                    leading = False
                    if number < 0:
                        number = at
                    elif at - number >= 9:
                        call = True
                    continue
                following = PyUnicode_READ(kind, data, at + 1) if at + 1 < sampled else 0
                if ch == 0x20:
                    spaces += 1
                    if following == 0x2D and at >= skip and at + 2 < sampled and PyUnicode_READ(kind, data, at + 2) == 0x20:
                        pipes += 1
                        skip = at + 3
                    continue
                if ch != 0x28 and ch != 0x29 and ch != 0x2D:
                    number = -1
                if ch == 0x5F:
                    leading = False
                elif ch == 0x2C:
                    commas += 1
                elif ch == 0x2E or ch == 0x21 or ch == 0x3F:
                    stops += 1
                    code = code or following == 0x63 or (ch == 0x2E and at > 0 and PyUnicode_READ(kind, data, at - 1) == 0x77)
                elif ch == 0x40 or ch == 0x23:
                    code = True
                elif ch == 0x3A and following == 0x2F:
                    code = True
            else:
                number = -1
                letters += Py_UNICODE_ISALPHA(ch)
                digits += Py_UNICODE_ISDIGIT(ch)
                uppers += Py_UNICODE_ISUPPER(ch)
                if leading and is_word(ch):
                    leading = False
            if is_quote(ch):
                quote = True
            if is_pipe(ch) and at >= skip:
                pipes += 1
            if leading and ch in (0x2022, 0xB7, 0x2A, 0x2D, 0x2013, 0x2014, 0x25AA, 0x25BA, 0x3E, 0xBB, 0x2192, 0x2713):
                bullet = True
        # Where a mark stands that the patterns need, they say the rest.
        if stops:
            sentences = min(5, self.sentences_of(text, sampled, line.simple))
        if leading and not bullet and size > sampled:  # 400 characters and no word yet
            bullet = _BULLET.match(text) is not None
        for k in range(line.words):
            heads |= self.known[self.tokens[line.first + k]].classes
        for k in range(known):
            characters += self.table.words[self.tokens[line.first + k]].length
        out[0] = line.log_words
        out[1] = line.words == 1
        out[2] = line.stop
        out[3] = line.colon
        out[4] = tail == 0x3F
        out[5] = tail in (0x2C, 0x3B, 0x2013, 0x2014, 0x2D, 0x7C, 0xBB, 0x3E, 0x2192, 0x203A)
        out[6] = min(3, commas)
        out[7] = sentences
        out[8] = line.function
        out[9] = line.capitals
        out[10] = <double>uppers / letters if letters else 0.0
        out[11] = <double>digits / sampled
        out[12] = Py_UNICODE_ISLOWER(first)
        out[13] = bullet
        out[14] = Py_UNICODE_ISDECIMAL(first) and _NUMBERED.match(text) is not None
        out[15] = min(3, pipes)
        out[16] = quote
        out[17] = <double>(sampled - letters - spaces - digits) / sampled
        out[18] = min(12.0, <double>characters / known) if known else 0.0
        out[19] = (heads & FINITE) != 0
        out[20] = (heads & ADDRESS) != 0
        out[21] = line.words > 0 and (self.known[self.tokens[line.first]].classes & IMPERATIVE) != 0
        out[22] = line.sentence
        out[23] = line.date
        out[24] = call or ((code or (digits >= 2 and not line.simple)) and _CODE.search(text, 0, sampled) is not None)
        out[25] = line.words <= 5 and Py_UNICODE_ISUPPER(first) and (
            is_name(text, sampled) if line.simple else _NAME.fullmatch(text, 0, sampled) is not None
        )
        out[26] = line.cue
        out[27] = bits_of(line.mask) if line.words <= 25 else 0.0
        out[28] = <double>letters / sampled
        return 29

    cdef int sentences_of(self, str text, Py_ssize_t sampled, bint simple) except -1:
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

    cdef int fill_place(self, int32_t i, int n):
        """Write where a line stands, what of it is repeated, and whether it is about the same as the prose."""
        cdef Line* line = &self.line[i]
        cdef double* out = self.buffer
        cdef int32_t last_line = self.count - 1, first, last, own = line.sentence > PROSE
        cdef int32_t content = 0, common = 0, strong = 0, k, low = 0, high = self.prose_count, middle
        cdef Known* word
        first = self.prose[0] if self.prose_count else 0
        last = self.prose[self.prose_count - 1] if self.prose_count else last_line
        for k in range(min(line.words, 60)):
            word = &self.known[self.tokens[line.first + k]]
            if not word.classes & FUNCTION:
                content += 1
                common += word.in_prose > own
                strong += word.in_prose > 2 + own
        while low < high:
            middle = (low + high) // 2
            if self.prose[middle] < i:
                low = middle + 1
            else:
                high = middle
        if high < self.prose_count and self.prose[high] == i:
            high += 1
        out[n] = i / <double>max(1, last_line)
        out[n + 1] = min(1.0, i / 10.0)
        out[n + 2] = min(1.0, (last_line - i) / 10.0)
        out[n + 3] = self.words_before[i] / <double>(self.words or 1)
        out[n + 4] = max(-15, min(15, i - first))
        out[n + 5] = max(-15, min(15, i - last))
        out[n + 6] = self.core_first <= i <= self.core_last
        if self.core_first <= i <= self.core_last:
            out[n + 7] = 0.0
        elif i < self.core_first:
            out[n + 7] = max(-20, i - self.core_first)
        else:
            out[n + 7] = min(20, i - self.core_last)
        out[n + 8] = log1p(line.run)
        out[n + 9] = line.same if line.has_key else 0
        out[n + 10] = min(3, self.opened(i) - 1) if line.words >= 6 else 0
        out[n + 11] = common / <double>max(1, content)
        out[n + 12] = strong / <double>max(1, content)
        out[n + 13] = min(15, i - self.prose[low - 1]) if low > 0 else 16.0
        out[n + 14] = min(15, self.prose[high] - i) if high < self.prose_count else 16.0
        return n + 15

    cdef int fill_metadata(self, int32_t i, int n) except -1:
        """Write what title, site and address say of a line."""
        cdef Line* line = &self.line[i]
        cdef double* out = self.buffer
        cdef int32_t common, different, k, in_address = 0
        out[n] = self.title_words > 0
        if self.title_words:
            self.covered(i, &common, &different)
            out[n + 1] = common / <double>max(1, different)
            out[n + 2] = common / <double>self.title_words
        else:
            out[n + 1] = out[n + 2] = -1.0
        out[n + 3] = max(-20, min(20, i - self.title_line)) if self.title_line >= 0 else -30.0
        out[n + 4] = i == self.title_line
        out[n + 5] = len(self.site) > 2 and line.words <= 12 and self.site in self.joined(i)
        if 0 < line.words <= 6:
            for k in range(line.words):
                in_address += (self.known[self.tokens[line.first + k]].classes & IN_ADDRESS) != 0
            out[n + 6] = in_address / <double>line.words
        else:
            out[n + 6] = 0.0
        out[n + 7] = self.site != ""
        return n + 8

    cdef str joined(self, int32_t i):
        cdef int32_t k
        return "".join(
            [self.table.spelled(self.tokens[self.line[i].first + k]) for k in range(self.line[i].words)]
        )


cdef inline double share_of_capitals(const letter_t* text, Py_ssize_t size):
    """Give the share of capitals among the first characters, if letters, of a line's first 40 words."""
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


cdef bint may_date(str text):
    """Say whether a simple line may hold a date: digits joined to digits, a month beside a number, or "ago"."""
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
    """Say whether the beginning of a simple line is a bare name: what ``features.NAME`` says.

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
    """Say whether a line holds a copyright sign, or that rights are reserved."""
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
    """Give the normal form of a stripped line, all simple; see :func:`cleantext.document.repeats.normal_line`."""
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


cdef inline int bits_of(uint32_t mask):
    cdef int found = 0
    while mask:
        found += mask & 1
        mask >>= 1
    return found

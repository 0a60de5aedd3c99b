# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""An article as the line model sees it, in C: what ``plain_page.py`` says, word for word, twenty times as fast.

One extension in five files: the looks of a line (``_page_looks.pxi``), lines by themselves (``_page_lines.pxi``), an
article summed up (``_page_article.pxi``), the trees that judge it (``_page_forest.pxi``), and here the rows of
features. The columns of a row are written in the order of ``features.COLUMNS``; what the table says of neighbours and
windows is read from it.
"""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cython cimport final
from libc.math cimport INFINITY, log1p, sqrt
from libc.stdint cimport int32_t, int8_t, uint16_t, uint32_t, uint64_t, uint8_t
from libc.string cimport memcmp, memcpy, memset

from cleantext.document._words cimport (
    PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_GET_LENGTH, PyUnicode_IS_ASCII, PyUnicode_KIND,
    PyUnicode_READ, Py_UNICODE_ISALPHA, Py_UNICODE_ISDECIMAL, Py_UNICODE_ISDIGIT, Py_UNICODE_ISLOWER,
    Py_UNICODE_ISSPACE, Py_UNICODE_ISUPPER, Words, grown, is_decimal, letter_t, mixed,
)

from cleantext.checks.boilerplate.cues import GROUPS, cues, word_set
from cleantext.checks.boilerplate.dump_features import (
    CONSENT as _CONSENT, FOOT as _FOOT, LOOSE as _LOOSE, MENU as _MENU,
)
from cleantext.checks.boilerplate.facts import (
    IDEOGRAPH, LIST_PLACE, MARKS, PROSE_WORDS as _PROSE_WORDS, UNLISTED, WORD, Facts,
)
from cleantext.checks.boilerplate.features import COLUMNS, FEATURES, GLANCE, LOOKS, MISSING as _MISSING
from cleantext.checks.boilerplate.headlines import (
    ALIKE as _ALIKE, CUT as _CUT, LONGEST as _LONGEST_HEADLINE, RUNNING as _RUNNING, TOP as _TOP,
)
from cleantext.checks.boilerplate.known_lines import LISTS, known_by_pattern, known_lines
from cleantext.checks.boilerplate.metadata import metadata_of
from cleantext.checks.boilerplate.patterns import (
    ADDRESS as _ADDRESS, BULLET as _BULLET, CODE as _CODE, FINITE as _FINITE, NAME as _NAME, NUMBERED as _NUMBERED,
    SENTENCES as _SENTENCES, is_dated as _is_dated,
)
from cleantext.checks.boilerplate.plain_page import (
    FAR as _FAR, LOOKED_AT as _LOOKED_AT, PROSE as _PROSE, SAMPLE as _SAMPLE,
)
from cleantext.checks.boilerplate.wording import (
    CLOSING as _CLOSING, FIRST_FACTOR as _FIRST_FACTOR, MOST_TOKENS as _MOST_TOKENS, OPENING as _OPENING,
    SECOND_FACTOR as _SECOND_FACTOR, SLOTS as _SLOTS, wording,
)
from cleantext.document.pieces import lowered
from cleantext.document.repeats import LONGEST_LINE as _LONGEST_LINE, OUTER, normal_line

cdef int WIDTH = len(FEATURES)

include "_page_looks.pxi"
include "_page_lines.pxi"
include "_page_article.pxi"
include "_page_forest.pxi"

cdef double PROSE = _PROSE
cdef double MISSING = _MISSING
cdef double FAR = _FAR
cdef int LOOKED_AT = _LOOKED_AT
cdef int SAMPLE = _SAMPLE
cdef int COUNT_OF_GROUPS = len(GROUPS)
cdef int COUNT_OF_LISTS = len(LISTS)
cdef int COLUMNS_COUNT = len(COLUMNS)
cdef int LOOKED = len(GLANCE) + len(LOOKS)


cdef struct Beside:  # a feature that other lines have a part in
    int32_t column
    int32_t low
    int32_t high


cdef Beside _beside[MOST_WIDTH]
if WIDTH > MOST_WIDTH:
    raise ImportError("the rows are too long")
for _n, _feature in enumerate(FEATURES):
    _beside[_n].column, _beside[_n].low, _beside[_n].high = _feature.column, _feature.low, _feature.high
    if (_n < COLUMNS_COUNT) != (_feature.low == 0 == _feature.high) or (
        _n >= COLUMNS_COUNT and _feature.column >= (LOOKED if _feature.low == _feature.high else GLANCED)
    ):
        raise ImportError(f"{_feature.name} asks what is not known of the lines around")


@final
cdef class Page(Summed):
    """An article summed up, and the rows of features of its lines. What the fields mean is said in ``page.py``."""

    cdef double* rows  # of features, for as many lines as go through the trees side by side
    cdef double* buffer  # the one that is written to

    def __cinit__(self, lines, title=None, url=None, source=None):
        self.rows = self.buffer = <double*>PyMem_Malloc(ROWS * WIDTH * sizeof(double))
        if not self.rows:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.rows)

    def verdicts(self, Forest forest, double hopeless, double sound):
        """Return number and log odds of each line but prose whose wording scores below ``sound``."""
        cdef double odds[ROWS]
        cdef int32_t numbers[ROWS]
        cdef int32_t i, k, count = 0
        cdef list found = []
        for i in range(self.count):
            if not (self.line[i].wording < sound and self.prose_line(i)):
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
        cdef double shares[MOST_WIDTH]
        cdef uint8_t asked[MOST_WIDTH]
        cdef int32_t place
        self.share_out(forest, i, shares, asked)
        return {place: shares[place] for place in range(WIDTH) if asked[place]}

    def strongest(self, Forest forest, Py_ssize_t i, double least, Py_ssize_t most):
        """Return the features that added most to the log odds of line ``i``, by their places, with what each added."""
        cdef double shares[MOST_WIDTH]
        cdef uint8_t asked[MOST_WIDTH]
        cdef list found = []
        cdef double share
        cdef Py_ssize_t place, at
        self.share_out(forest, i, shares, asked)
        for place in range(WIDTH):
            share = shares[place]
            if share <= least or len(found) == most and (not found or share <= <double>found[most - 1][1]):
                continue
            if not asked[place]:
                continue
            at = len(found)
            while at > 0 and share > <double>found[at - 1][1]:
                at -= 1
            found.insert(at, (place, share))
            if len(found) > most:
                found.pop()
        return found

    cdef int share_out(self, Forest forest, Py_ssize_t i, double* shares, uint8_t* asked) except -1:
        if not 0 <= i < self.count:
            raise IndexError(i)
        self.fill(<int32_t>i)
        forest.share_out(self.buffer, shares, asked)
        return 0

    def row(self, Py_ssize_t i):
        """Return the features of line ``i``, in the order of ``FEATURES``."""
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
        line.capitals = capitals_of(text)
        line.looked = True
        line.colon = size > 0 and PyUnicode_READ(kind, data, size - 1) in (0x3A, 0xFF1A)
        if line.plain and line.words <= 40:  # was not searched for digits yet
            for at in range(size):
                if is_decimal(PyUnicode_READ(kind, data, at)):
                    line.digits = True
                    break
        line.date = (
            line.digits and line.words <= 40 and (not line.simple or may_date(text)) and _is_dated(text)
        )
        return 0

    cdef int fill(self, int32_t i) except -1:
        """Write the features of a line into the buffer."""
        cdef Line* line = &self.line[i]
        cdef Line* other
        cdef double* out = self.buffer
        cdef const Beside* asked
        cdef int n, place
        cdef int32_t first, last
        self.look(i)
        for n in range(GLANCED):
            out[n] = self.glance[i * GLANCED + n]
        out[GLANCED], out[GLANCED + 1], out[GLANCED + 2] = line.colon, line.capitals, line.date
        n = self.fill_own(i, LOOKED)
        for place in range(COUNT_OF_GROUPS):
            out[n] = line.cue if line.mask >> place & 1 else 0.0
            n += 1
        for place in range(COUNT_OF_LISTS):
            out[n] = line.how if line.place == place else 0.0
            n += 1
        n = self.fill_place(i, n)
        n = self.fill_metadata(i, n)
        n = self.fill_article(n)
        if n != COLUMNS_COUNT:
            raise AssertionError("the native page computes other columns than the table names")
        for n in range(COLUMNS_COUNT, WIDTH):
            asked = &_beside[n]
            first, last = max(0, i + asked.low), min(self.count - 1, i + asked.high)
            if first > last:
                out[n] = MISSING
            elif asked.low != asked.high:
                out[n] = (
                    self.sums[(last + 1) * GLANCED + asked.column] - self.sums[first * GLANCED + asked.column]
                ) / (last + 1 - first)
            elif asked.column < GLANCED:
                out[n] = self.glance[first * GLANCED + asked.column]
            else:
                self.look(first)
                other = &self.line[first]
                place = asked.column - GLANCED
                out[n] = <double>other.colon if place == 0 else other.capitals if place == 1 else <double>other.date
        return 0

    cdef int fill_own(self, int32_t i, int n) except -1:
        """Write a line's own looks."""
        cdef Line* line = &self.line[i]
        cdef double* out = self.buffer
        cdef str text = self._lines[i]
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), sampled = min(size, SAMPLE), at, skip = 0
        cdef int32_t letters = 0, digits = 0, uppers = 0, commas = 0, spaces = 0, pipes = 0, sentences = 0, stops = 0
        cdef int32_t k, characters = 0, known = min(line.count, LOOKED_AT)
        cdef Py_ssize_t number = -1  # where a run of digits, blanks and brackets begins
        cdef bint quote = False, code = False, call = False, bullet = False, leading = True, upper, alpha
        cdef uint32_t ch, following, first = PyUnicode_READ(kind, data, 0), tail = tail_of(kind, data, size)
        cdef uint32_t heads = 0
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
                if leading and WORD.match(chr(ch)) is not None:
                    leading = False
                stops += is_stop(ch)
                commas += is_comma(ch)
            if is_quote(ch):
                quote = True
            if is_pipe(ch) and at >= skip:
                pipes += 1
            if leading and ch in (0x2022, 0xB7, 0x2A, 0x2D, 0x2013, 0x2014, 0x25AA, 0x25BA, 0x3E, 0xBB, 0x2192, 0x2713):
                bullet = True
        # Where a mark stands that the patterns need, they say the rest.
        if stops:
            sentences = min(5, sentences_of(text, sampled, line.simple))
        if leading and not bullet and size > sampled:  # 400 characters and no word yet
            bullet = _BULLET.match(text) is not None
        for k in range(line.count):
            heads |= self.known[self.tokens[line.first + k]].classes
        for k in range(known):
            characters += self.table.words[self.tokens[line.first + k]].length
        out[n] = line.words == 1
        out[n + 1] = tail in (0x3F, 0xFF1F, 0x61F)
        out[n + 2] = is_other_end(tail)
        out[n + 3] = min(3, commas)
        out[n + 4] = sentences
        out[n + 5] = line.function
        out[n + 6] = <double>uppers / letters if letters else 0.0
        out[n + 7] = <double>digits / sampled
        out[n + 8] = Py_UNICODE_ISLOWER(first)
        out[n + 9] = bullet
        out[n + 10] = Py_UNICODE_ISDECIMAL(first) and _NUMBERED.match(text) is not None
        out[n + 11] = min(3, pipes)
        out[n + 12] = quote
        out[n + 13] = <double>(sampled - letters - spaces - digits) / sampled
        out[n + 14] = min(12.0, <double>characters / known) if known else 0.0
        out[n + 15] = (heads & FINITE) != 0
        out[n + 16] = (heads & ADDRESS) != 0
        out[n + 17] = line.count > 0 and (self.known[self.tokens[line.first]].classes & IMPERATIVE) != 0
        out[n + 18] = call or (
            (code or (digits >= 2 and not line.simple)) and _CODE.search(text, 0, sampled) is not None
        )
        out[n + 19] = line.words <= 5 and Py_UNICODE_ISUPPER(first) and (
            is_name(text, sampled) if line.simple else _NAME.fullmatch(text, 0, sampled) is not None
        )
        out[n + 20] = bits_of(line.mask) if line.words <= 25 else 0.0
        out[n + 21] = <double>letters / sampled
        return n + 22

    cdef int fill_place(self, int32_t i, int n) noexcept:
        """Write where a line stands, what of it is repeated, and whether it is about the same as the prose."""
        cdef Line* line = &self.line[i]
        cdef double* out = self.buffer
        cdef int32_t last_line = self.count - 1, first, last, own = line.sentence > PROSE
        cdef int32_t content = 0, common = 0, strong = 0, k, low = 0, high = self.prose_count, middle
        cdef Known* word
        first = self.prose[0] if self.prose_count else 0
        last = self.prose[self.prose_count - 1] if self.prose_count else last_line
        for k in range(min(line.count, LOOKED_AT)):
            word = &self.known[self.tokens[line.first + k]]
            if word.classes & TOPICAL:
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
        out[n + 10] = min(3, self.opened(i) - 1) if line.count >= 6 else 0
        out[n + 11] = common / <double>max(1, content)
        out[n + 12] = strong / <double>max(1, content)
        out[n + 13] = log1p(common)
        out[n + 14] = min(15, i - self.prose[low - 1]) if low > 0 else FAR
        out[n + 15] = min(15, self.prose[high] - i) if high < self.prose_count else FAR
        out[n + 16] = log1p(low)
        out[n + 17] = log1p(self.prose_count - high)
        out[n + 18] = min(
            8.0, line.words / (self.prose_words / <double>self.prose_count if self.prose_count else 25.0)
        )
        return n + 19

    cdef int fill_metadata(self, int32_t i, int n) except -1:
        """Write what title, site and address say of a line."""
        cdef Line* line = &self.line[i]
        cdef double* out = self.buffer
        cdef int32_t common, different, k, in_address = 0
        if self.title_words:
            self.covered(i, &common, &different)
            out[n] = common / <double>max(1, different)
            out[n + 1] = common / <double>self.title_words
        else:
            out[n] = out[n + 1] = -1.0
        out[n + 2] = max(-20, min(20, i - self.title_line)) if self.title_line >= 0 else -30.0
        out[n + 3] = len(self.site) > 2 and line.words <= 12 and self.site in self.joined(i)
        if 0 < line.count <= 6:
            for k in range(line.count):
                in_address += (self.known[self.tokens[line.first + k]].classes & IN_ADDRESS) != 0
            out[n + 4] = in_address / <double>line.count
        else:
            out[n + 4] = 0.0
        return n + 5

    cdef int fill_article(self, int n) noexcept:
        """Write what is known of the article."""
        cdef double* out = self.buffer
        out[n] = log1p(self.count)
        out[n + 1] = log1p(self.words)
        out[n + 2] = self.prose_words / <double>(self.words or 1)
        out[n + 3] = self.prose_count / <double>self.count
        out[n + 4] = log1p(self.prose_words / <double>self.prose_count) if self.prose_count else 0.0
        out[n + 5] = self.listed / <double>self.count
        out[n + 6] = self.sums[self.count * GLANCED + 2] / self.count
        out[n + 7] = log1p(self.longest_run)
        return n + 8

    cdef str joined(self, int32_t i):
        cdef int32_t k
        return "".join(
            [self.table.spelled(self.tokens[self.line[i].first + k]) for k in range(self.line[i].count)]
        )

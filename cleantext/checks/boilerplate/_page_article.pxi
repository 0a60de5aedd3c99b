# An article summed up, part of `_page.pyx`: its prose, what is repeated, its densest part, its headline's copies and
# its metadata, as `plain_page.py` and `dump_features.py` say, word for word.

cdef enum:
    GLANCED = 6  # columns of every line

# Lists as sets of bits: what each means to a page dump.
cdef uint32_t MENU = sum([1 << place for place in _MENU])
cdef uint32_t FOOT = sum([1 << place for place in _FOOT])
cdef uint32_t LOOSE = sum([1 << place for place in _LOOSE])
cdef int32_t CONSENT = _CONSENT

cdef int TOP = _TOP
cdef int LONGEST_HEADLINE = _LONGEST_HEADLINE
cdef double ALIKE = _ALIKE
cdef double CUT = _CUT
cdef double RUNNING = _RUNNING
if len(GLANCE) != GLANCED:
    raise ImportError("the native page knows other columns of every line than the table names")


cdef class Summed(Lines):
    """An article summed up. What the fields mean is said in ``page.py``."""

    cdef readonly tuple core
    cdef readonly str site
    cdef int32_t* prose
    cdef int32_t prose_count
    cdef int32_t prose_words
    cdef int32_t listed
    cdef int32_t longest_run
    cdef double* glance  # the columns of every line
    cdef double* sums  # and of each such column its sums
    cdef int32_t* words_before
    cdef int32_t core_first
    cdef int32_t core_last
    cdef int32_t title_words
    cdef int32_t title_line

    def __cinit__(self, lines, title=None, url=None, source=None):
        self.prose = <int32_t*>PyMem_Malloc(max(1, self.count) * sizeof(int32_t))
        self.glance = <double*>PyMem_Malloc(max(1, self.count) * GLANCED * sizeof(double))
        self.sums = <double*>PyMem_Malloc((self.count + 1) * GLANCED * sizeof(double))
        self.words_before = <int32_t*>PyMem_Malloc((self.count + 1) * sizeof(int32_t))
        if not (self.prose and self.glance and self.sums and self.words_before):
            raise MemoryError

    def __init__(self, lines, title=None, url=None, source=None):
        Lines.__init__(self, lines, title, url, source)
        cdef int32_t i
        cdef int n
        cdef dict keys = {}
        cdef Line* line
        cdef double* at
        self.prose_count = self.prose_words = self.listed = self.longest_run = 0
        self.words_before[0] = 0
        for n in range(GLANCED):
            self.sums[n] = 0.0
        for i in range(self.count):
            line = &self.line[i]
            if line.sentence > PROSE:
                self.prose[self.prose_count] = i
                self.prose_count += 1
                self.prose_words += line.words
                self.count_words(i)
            if line.has_key:
                key = self.keys[i]
                keys[key] = keys.get(key, 0) + 1
            self.listed += line.how > 0
            self.words_before[i + 1] = self.words_before[i] + line.words
            at = self.glance + i * GLANCED
            at[0], at[1], at[2] = line.sentence, line.log_words, line.stop
            at[3], at[4], at[5] = line.cue, line.how, line.wording
            for n in range(GLANCED):
                self.sums[(i + 1) * GLANCED + n] = self.sums[i * GLANCED + n] + at[n]
        for i in range(self.count):
            if self.line[i].has_key:
                self.line[i].same = min(3, <int32_t>keys[self.keys[i]] - 1)
        self.find_openings()
        self.find_core()
        self.find_runs()
        self.read_metadata(title, url, source)

    def __dealloc__(self):
        PyMem_Free(self.prose)
        PyMem_Free(self.glance)
        PyMem_Free(self.sums)
        PyMem_Free(self.words_before)

    @final
    cdef void count_words(self, int32_t i):
        """Count each different word of a line of prose once."""
        cdef Line* line = &self.line[i]
        cdef int32_t at
        cdef Known* word
        for at in range(line.first, line.first + line.count):
            word = &self.known[self.tokens[at]]
            if word.seen != i:
                word.seen = i
                word.in_prose += 1

    @final
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
            if self.line[i].count < 6:
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

    @final
    cdef inline int32_t opened(self, int32_t i) noexcept:
        return self.line[self.line[i].opening].opened if self.line[i].opening >= 0 else 0

    @final
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

    @final
    cdef void find_runs(self):
        """Count how many short lines without a sentence end stand together."""
        cdef int32_t start = 0, end, i
        while start < self.count:
            end = start
            while end < self.count and self.line[end].words <= 8 and not self.line[end].stop:
                end += 1
            for i in range(start, end):
                self.line[i].run = end - start
            self.longest_run = max(self.longest_run, end - start)
            start = max(end, start + 1)

    @final
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
            if 0 < self.line[i].count <= 3 * self.title_words:
                self.covered(i, &common, &different)
                if common >= 0.5 * self.title_words and common >= 0.7 * different:
                    self.title_line = i
                    return 0
        return 0

    @final
    cdef void covered(self, int32_t i, int32_t* common, int32_t* different):
        """Count a line's different words, and those of them that the title holds, too."""
        cdef Line* line = &self.line[i]
        cdef int32_t at
        cdef Known* word
        common[0] = different[0] = 0
        # Marks of this count must not meet those of `count_words`, nor of this line's last count.
        for at in range(line.first, line.first + line.count):
            self.known[self.tokens[at]].seen = -1
        for at in range(line.first, line.first + line.count):
            word = &self.known[self.tokens[at]]
            if word.seen != i:
                word.seen = i
                different[0] += 1
                common[0] += (word.classes & IN_TITLE) != 0

    @property
    def lines(self):
        """How many lines there are."""
        return self.count

    def stands_again(self, Py_ssize_t i):
        """Whether another line has the same normal form."""
        if not 0 <= i < self.count:
            raise IndexError(i)
        return bool(self.line[i].has_key and self.line[i].same > 0)

    def is_prose(self, Py_ssize_t i):
        """Whether a line is plainly running prose in the midst of prose, and nothing of it is repeated."""
        if not 0 <= i < self.count:
            raise IndexError(i)
        return bool(self.prose_line(<int32_t>i))

    @final
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
                (line.words >= 6 and line.cue == 0.0)
                or (line.words >= 12 and line.cue < 0.5)
            )
        )

    def shares(self):
        """Return the shares of function words among the tokens, and of prose among the words."""
        cdef int32_t i
        cdef Py_ssize_t found = 0
        for i in range(self.count):
            found += self.line[i].function_words
        return found / <double>(self.tokens_count or 1), self.prose_words / <double>(self.words or 1)

    def dump_features(self):
        """Return the features that tell a page dump from an article; see ``dump_features.py``."""
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
        """Return the lines that may be the headline and may stand again, each with those that may be its copies."""
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

    @final
    cdef list copies_of(self, int32_t i):
        """Return the lines most of whose words stand in a line."""
        cdef Line* line = &self.line[i]
        cdef Line* other
        cdef int32_t at, j, common, shared, different
        cdef list found = []
        cdef Known* word
        for at in range(line.first, line.first + line.count):
            self.known[self.tokens[at]].classes |= IN_HEADLINE
        for j in range(self.count):
            other = &self.line[j]
            if j == i or not other.able:
                continue
            common = 0
            for at in range(other.first, other.first + other.count):
                word = &self.known[self.tokens[at]]
                common += (word.classes & IN_HEADLINE) != 0
                word.seen = -1
            if not common:
                continue
            shared = different = 0
            for at in range(other.first, other.first + other.count):
                word = &self.known[self.tokens[at]]
                if word.seen != j:
                    word.seen = j
                    different += 1
                    shared += (word.classes & IN_HEADLINE) != 0
            if common >= CUT * other.count or shared >= ALIKE * different:
                found.append(j)
        for at in range(line.first, line.first + line.count):
            self.known[self.tokens[at]].classes &= ~<uint32_t>IN_HEADLINE
        return found

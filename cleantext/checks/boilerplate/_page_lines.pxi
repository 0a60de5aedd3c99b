# The lines of an article, each by itself, part of `_page.pyx`: what `facts.py` and `wording.py` say, word for word.
#
# The words of an article are interned once, each with its classes (function word, cue ...), so that everything
# else works on small numbers. Python is asked only for what is rare: normal forms, lists and patterns of lines that
# are not plainly prose.

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
    TOPICAL = 1 << 25
    PAIR = 1 << 26


cdef struct Known:
    uint32_t classes
    uint32_t hash  # as the wording model knows the word
    int32_t lexicon  # place in the lexicon, -1 for none
    int32_t in_prose  # lines of prose that hold the word
    int32_t seen  # the last line that counted it


cdef struct Line:
    int32_t first  # of its tokens
    int32_t count  # of them
    int32_t pairs  # among them, of letters
    int32_t words  # that they stand for
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
    double wording
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


cdef object new_tuple = tuple.__new__  # a named tuple's own constructor is a function in Python

cdef int PROSE_WORDS = _PROSE_WORDS
cdef enum:
    SLOTS = 0x10000
if _SLOTS != SLOTS:
    raise ImportError("the wording model has another number of slots")
cdef int MOST_TOKENS = _MOST_TOKENS
cdef uint32_t OPENING = _OPENING, CLOSING = _CLOSING
cdef uint32_t FIRST_FACTOR = _FIRST_FACTOR, SECOND_FACTOR = _SECOND_FACTOR
cdef int8_t _weights[SLOTS]
cdef double _scale = 0.0, _bias = 0.0

# The small letter, digit or low line that a character is to a word, 0 for none.
cdef uint8_t _letter[256]
for _ch in range(256):
    _letter[_ch] = small(_ch) if WORD.match(chr(_ch)) else 0

# 1 for what `\w` is, 2 for a letter of a script without blanks, asked of the same patterns that the reference asks,
# 256 code points at a time.
cdef uint8_t _word_char[0x110000]
cdef uint8_t _word_page_known[0x1100]
memset(_word_page_known, 0, sizeof(_word_page_known))


cdef void _learn_page(uint32_t ch):
    cdef int page = ch >> 8
    cdef int place
    for place in range(page << 8, (page + 1) << 8):
        _word_char[place] = 2 if IDEOGRAPH.match(chr(place)) else WORD.match(chr(place)) is not None
    _word_page_known[page] = 1


cdef inline int word_kind(uint32_t ch):
    if not _word_page_known[ch >> 8]:
        _learn_page(ch)
    return _word_char[ch]


cdef class Lexicon:
    """The words that columns ask for, and the phrases among them."""

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

    @final
    cdef int32_t number_of(self, str word) except -1:
        cdef int32_t number = self.words.number_of(word, True)
        if number >= self.room:
            self.classes = <uint32_t*>grown(self.classes, 2 * (number + 1) * sizeof(uint32_t))
            memset(self.classes + self.room, 0, (2 * (number + 1) - self.room) * sizeof(uint32_t))
            self.room = 2 * (number + 1)
        return number

    @final
    cdef int32_t mark(self, str word, uint32_t classes) except -1:
        cdef int32_t number = self.number_of(word)
        self.classes[number] |= classes
        return number


cdef Lexicon _lexicon = None


cdef int learn() except -1:
    """Read the lists and the weights when the first article comes."""
    global _lexicon, _scale, _bias
    cdef bytes weights
    model = wording()
    weights = model.weights
    memcpy(_weights, <const char*>weights, SLOTS)
    _scale, _bias = model.scale, model.bias
    _lexicon = Lexicon()
    return 0


cdef class Lines:
    """Stripped, non-blank lines, each looked at by itself."""

    cdef readonly Py_ssize_t words
    cdef Lexicon lexicon
    cdef Words table
    cdef list _lines
    cdef list keys  # their normal forms
    cdef list made  # their facts, as far as somebody asked
    cdef list asked  # the lines that patterns are asked about
    cdef dict exact
    cdef Line* line
    cdef Known* known
    cdef int32_t known_room
    cdef int32_t* tokens
    cdef Py_ssize_t tokens_count
    cdef Py_ssize_t tokens_room
    cdef int32_t count

    def __cinit__(self, lines, title=None, url=None, source=None):
        self.count = <int32_t>len(lines)
        self.tokens_room = 1024
        self.known_room = 512
        self.known = <Known*>PyMem_Malloc(self.known_room * sizeof(Known))
        self.line = <Line*>PyMem_Malloc(max(1, self.count) * sizeof(Line))
        self.tokens = <int32_t*>PyMem_Malloc(self.tokens_room * sizeof(int32_t))
        if not (self.line and self.known and self.tokens):
            raise MemoryError
        memset(self.line, 0, max(1, self.count) * sizeof(Line))

    def __init__(self, lines, title=None, url=None, source=None):
        cdef int32_t i
        cdef Line* line
        if _lexicon is None:
            learn()
        self.lexicon = _lexicon
        self._lines = list(lines)
        self.table = Words()
        self.keys = []
        self.made = [None] * self.count
        self.asked = []
        self.exact = known_lines().exact
        self.words = 0
        for i in range(self.count):
            self.keys.append(self.read(i, self._lines[i]))
            self.words += self.line[i].words
        # What patterns know is asked once for all lines.
        if self.asked:
            for at, name in known_by_pattern([self._lines[i] for i in self.asked]):
                line = &self.line[<int32_t>self.asked[at]]
                line.place, line.how = LIST_PLACE[name], 1

    def __dealloc__(self):
        PyMem_Free(self.line)
        PyMem_Free(self.known)
        PyMem_Free(self.tokens)

    @final
    cdef uint32_t read_words(self, Line* line, const letter_t* text, Py_ssize_t size) except? 0xFFFFFFFF:
        """Split a line in small letters, or a simple one, into words; return the classes of all of them."""
        cdef Words table = self.table
        cdef Py_ssize_t at
        cdef uint32_t ch, seen = 0
        cdef uint32_t before = 0  # the last letter of a run that knows no blanks
        cdef bint paired = False  # and whether it is in a pair
        cdef uint32_t* letters
        cdef int32_t length = 0
        cdef int kind
        cdef uint64_t hash = table.seed
        line.first = <int32_t>self.tokens_count
        # Room for all words of the line: nothing moves until its end.
        table.reserve(2 * size + 2)
        if self.tokens_count + size + 1 > self.tokens_room:
            self.more_tokens(self.tokens_count + size + 1)
        letters = table.letters + table.used
        for at in range(size + 1):
            kind = 0
            if at < size:
                ch = text[at]
                if letter_t is uint8_t:
                    ch = _letter[ch]
                    kind = ch != 0
                elif ch < 256:
                    ch = _letter[ch]
                    kind = ch != 0
                else:
                    kind = word_kind(ch)
                if kind == 1:
                    if letter_t is not uint8_t:
                        if before:
                            if not paired:
                                seen |= self.keep_pair(line, before, 0)
                            before, paired = 0, False
                            letters = table.letters + table.used
                    letters[length] = ch
                    hash = mixed(hash, ch)
                    length += 1
                    continue
            if length:
                seen |= self.keep(line, length, hash)
                length = 0
                hash = table.seed
                letters = table.letters + table.used
            if letter_t is not uint8_t:
                if kind == 2:
                    if before:
                        seen |= self.keep_pair(line, before, ch)
                        paired = True
                    before = ch
                elif before:
                    if not paired:
                        seen |= self.keep_pair(line, before, 0)
                    before, paired = 0, False
                letters = table.letters + table.used
        line.count = <int32_t>self.tokens_count - line.first
        return seen

    @final
    cdef uint32_t keep(self, Line* line, int32_t length, uint64_t hash) except? 0xFFFFFFFF:
        """Take the word that stands after the used letters of the table into a line; return its classes."""
        cdef Words table = self.table
        cdef int32_t new = table.count, number = table.add(length, hash), place, at
        cdef uint32_t ch, sound = 2166136261
        cdef const uint32_t* letters
        cdef Known* known
        if number == new:  # what does the lexicon know of it?
            if number == self.known_room:
                self.more_known()
            known = &self.known[number]
            letters = table.letters + table.words[number].start
            place = self.lexicon.words.find(<uint32_t*>letters, length, hash)
            known.classes = self.lexicon.classes[place] if place >= 0 else 0
            known.lexicon = place
            known.in_prose = 0
            known.seen = -1
            for at in range(length):
                ch = letters[at]
                sound = (sound ^ (0x30 if is_decimal(ch) else ch)) * 16777619
            known.hash = sound
            if letters[0] >= 0x100 and word_kind(letters[0]) == 2:
                known.classes |= PAIR
            if (length > 3 or known.classes & PAIR) and not known.classes & FUNCTION:
                known.classes |= TOPICAL
        known = &self.known[number]
        line.function_words += (known.classes & FUNCTION) != 0
        line.pairs += (known.classes & PAIR) != 0
        self.tokens[self.tokens_count] = number
        self.tokens_count += 1
        return known.classes

    @final
    cdef uint32_t keep_pair(self, Line* line, uint32_t one, uint32_t other) except? 0xFFFFFFFF:
        """Take a pair of letters into a line, or one letter that stands alone."""
        cdef Words table = self.table
        cdef uint32_t* letters = table.letters + table.used
        letters[0], letters[1] = one, other
        if not other:
            return self.keep(line, 1, mixed(table.seed, one))
        return self.keep(line, 2, mixed(mixed(table.seed, one), other))

    @final
    cdef void word_it(self, Line* line) noexcept:
        """Score a line by its words and pairs of words, and count what its tokens stand for."""
        cdef int32_t k, total = 0, some = min(line.count, MOST_TOKENS)
        cdef uint32_t before = OPENING, sound
        cdef const int32_t* tokens = self.tokens + line.first
        for k in range(some):
            sound = self.known[tokens[k]].hash
            total += _weights[(sound ^ sound >> 16) & (SLOTS - 1)]
            total += _weights[(before * FIRST_FACTOR + sound * SECOND_FACTOR) >> 16]
            before = sound
        total += _weights[(before * FIRST_FACTOR + CLOSING * SECOND_FACTOR) >> 16]
        line.wording = _bias + _scale * total / sqrt(max(1, some))
        line.words = line.count - line.pairs + (line.pairs + 1) // 2

    @final
    cdef str read(self, int32_t i, str text):
        """Split a line into words, look at it by itself, and return its normal form."""
        cdef Line* line = &self.line[i]
        cdef bint simple = all_simple(text), marks = False
        cdef str low = text if simple else lowered(text)
        cdef int kind = PyUnicode_KIND(low)
        cdef void* data = PyUnicode_DATA(low)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(low), at
        cdef uint32_t ch, seen
        cdef int32_t words
        if kind == 1:
            seen = self.read_words(line, <const uint8_t*>data, size)
        elif kind == 2:
            seen = self.read_words(line, <const uint16_t*>data, size)
        else:
            seen = self.read_words(line, <const uint32_t*>data, size)
        self.word_it(line)
        words = line.words
        kind = PyUnicode_KIND(text)
        data = PyUnicode_DATA(text)
        size = PyUnicode_GET_LENGTH(text)
        ch = tail_of(kind, data, size)
        line.simple = simple
        line.log_words = log1p(words)
        line.stop = ch != 0 and is_stop(ch)
        line.function = <double>line.function_words / line.count if line.count else 0.0
        line.sentence = min(1.0, words / 25.0) * (1.0 if line.stop else 0.5)
        line.place = -1
        if words >= PROSE_WORDS and line.stop and not seen & PROSE_CUE:
            line.plain = True
            return ""
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
        """Return the facts of every line."""
        cdef int32_t i
        return [self.fact_of(i) for i in range(self.count)]

    def is_known(self, Py_ssize_t i):
        """Whether a list knows a line."""
        if not 0 <= i < self.count:
            raise IndexError(i)
        return self.line[i].how > 0

    def fact(self, Py_ssize_t i):
        """Return the facts of a line."""
        if not 0 <= i < self.count:
            raise IndexError(i)
        return self.fact_of(<int32_t>i)

    @final
    cdef object fact_of(self, int32_t i):
        """Return the facts of a line, made when it is first asked for."""
        cdef Line* line = &self.line[i]
        fact = self.made[i]
        if fact is None:
            fact = self.made[i] = new_tuple(
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
                    line.wording,
                ),
            )
        return fact

    @final
    cdef int more_known(self) except -1:
        self.known = <Known*>grown(self.known, 2 * self.known_room * sizeof(Known))
        self.known_room *= 2
        return 0

    @final
    cdef int more_tokens(self, Py_ssize_t least) except -1:
        cdef Py_ssize_t room = self.tokens_room
        while room < least:
            room *= 2
        self.tokens = <int32_t*>grown(self.tokens, room * sizeof(int32_t))
        self.tokens_room = room
        return 0

    @final
    cdef uint32_t mask_of(self, Line* line, uint32_t seen) except? 0xFFFFFFFF:
        """Return the cue groups of a line: those of its words, and of its phrases."""
        cdef uint32_t mask = seen & CUES
        cdef int32_t at, number, k
        cdef Known* known = self.known
        if not seen & OPENS_PHRASE:
            return mask
        for at in range(line.count):
            number = self.tokens[line.first + at]
            if known[number].classes & OPENS_PHRASE:
                for rest, bit in <tuple>self.lexicon.phrases[known[number].lexicon]:
                    if mask & <uint32_t>bit or at + len(<tuple>rest) >= line.count:
                        continue
                    for k in range(<int32_t>len(<tuple>rest)):
                        if known[self.tokens[line.first + at + 1 + k]].lexicon != <int32_t>(<tuple>rest)[k]:
                            break
                    else:
                        mask |= <uint32_t>bit
        return mask

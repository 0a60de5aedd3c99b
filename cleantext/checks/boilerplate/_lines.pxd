from cython cimport final
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t

from cleantext.document._words cimport Words, letter_t

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


cdef class Lexicon:
    cdef Words words
    cdef uint32_t* classes
    cdef int32_t room
    cdef dict phrases  # number of the first word -> ((numbers of the others, bit), ...)
    @final
    cdef int32_t number_of(self, str word) except -1
    @final
    cdef int32_t mark(self, str word, uint32_t classes) except -1


cdef class Lines:
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
    @final
    cdef uint32_t read_words(self, Line* line, const letter_t* text, Py_ssize_t size) except? 0xFFFFFFFF
    @final
    cdef uint32_t keep(self, Line* line, int32_t length, uint64_t hash) except? 0xFFFFFFFF
    @final
    cdef uint32_t keep_pair(self, Line* line, uint32_t one, uint32_t other) except? 0xFFFFFFFF
    @final
    cdef void word_it(self, Line* line) noexcept
    @final
    cdef str read(self, int32_t i, str text)
    @final
    cdef int more_known(self) except -1
    @final
    cdef int more_tokens(self, Py_ssize_t least) except -1
    @final
    cdef uint32_t mask_of(self, Line* line, uint32_t seen) except? 0xFFFFFFFF

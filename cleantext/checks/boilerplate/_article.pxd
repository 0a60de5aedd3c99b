from cython cimport final
from libc.stdint cimport int32_t

from cleantext.checks.boilerplate._lines cimport Lines

cdef enum:
    GLANCED = 6  # columns of every line


cdef class Summed(Lines):
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
    @final
    cdef void count_words(self, int32_t i)
    @final
    cdef int find_openings(self) except -1
    @final
    cdef int32_t opened(self, int32_t i) noexcept
    @final
    cdef void find_core(self)
    @final
    cdef void find_runs(self)
    @final
    cdef int read_metadata(self, title, url, source) except -1
    @final
    cdef void covered(self, int32_t i, int32_t* common, int32_t* different)
    @final
    cdef bint prose_line(self, int32_t i)
    @final
    cdef list copies_of(self, int32_t i)

from libc.stdint cimport int16_t, int32_t

cdef enum:
    ROWS = 16  # that go through the trees side by side


cdef struct Node:
    double threshold
    int16_t feature
    int16_t left
    int16_t right


cdef struct Stop:
    double under
    int32_t at
    int32_t _


cdef class Forest:
    cdef int32_t* roots
    cdef Node* nodes
    cdef double* value  # what a node would add if it were a leaf
    cdef double* leaf
    cdef Stop* stop
    cdef int32_t count
    cdef int32_t stops
    cdef void odds(self, const double* rows, int32_t count, double hopeless, double* odds) noexcept
    cdef dict contributions(self, double* row)

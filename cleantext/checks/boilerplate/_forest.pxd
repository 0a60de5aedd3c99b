from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t

cdef enum:
    MOST_WIDTH = 0x200  # of a row
    ROWS = 16  # that go through the trees side by side


cdef struct Node:
    float threshold  # rounded
    uint32_t left  # a bit for each leaf to the left of it
    uint16_t column  # of the feature, as many for each as there are rows
    uint8_t child[2]  # nodes of its tree, and after those its leaves


cdef struct Tree:
    int32_t nodes  # where its own begin
    int32_t leaves
    int32_t inner  # how many nodes it has


cdef struct Stop:
    double under
    int32_t at
    int32_t _


cdef class Forest:
    cdef Tree* trees
    cdef Node* nodes
    cdef double* leaf
    cdef double* threshold  # as it stands, of each node
    cdef double* value  # what a node would add if it were a leaf
    cdef Stop* stop
    cdef int32_t count
    cdef int32_t stops
    cdef int lay_out(self, object trees) except -1
    cdef void odds(self, const double* rows, int32_t count, double hopeless, double* odds) noexcept
    cdef void add_four(
        self, const Tree* tree, const float* columns, const double* rows, const int32_t* going, double* part
    ) noexcept
    cdef void fetch(self, int32_t tree) noexcept
    cdef void share_out(self, const double* row, double* shares, uint8_t* asked) noexcept

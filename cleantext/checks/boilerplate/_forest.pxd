from libc.stdint cimport int32_t, uint8_t, uint16_t

cdef enum:
    MOST_WIDTH = 0x200  # of a row, a power of two
    ROWS = 16  # that go through the trees side by side


cdef struct Node:
    float threshold  # rounded
    uint16_t feature
    uint8_t child[2]  # cells of its tree


cdef union Cell:
    Node node
    double leaf


cdef struct Tree:
    int32_t cells  # where its own begin: first its nodes, then its leaves
    int32_t nodes  # and those of its nodes among all nodes
    int32_t inner  # how many nodes it has
    int32_t depth  # of its deepest leaf


cdef struct Stop:
    double under
    int32_t at
    int32_t _


cdef class Forest:
    cdef Tree* trees
    cdef Cell* cells
    cdef double* threshold  # as it stands, of each node
    cdef double* value  # what a node would add if it were a leaf
    cdef Stop* stop
    cdef int32_t count
    cdef int32_t stops
    cdef int lay_out(self, object trees) except -1
    cdef void odds(self, const double* rows, int32_t count, double hopeless, double* odds) noexcept
    cdef void add_four(
        self, const Tree* tree, const float* rounded, const double* rows, const int32_t* going, double* part
    ) noexcept
    cdef void add_trees(self, const Tree* one, const float* rounded, const double* row, double* part) noexcept
    cdef void fetch(self, const Tree* tree) noexcept
    cdef void share_out(self, const double* row, double* shares, uint8_t* asked) noexcept

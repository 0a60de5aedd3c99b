# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Boosted trees in C: what ``trees.py`` says, fifty times as fast.

Several rows go through one tree after the other, so that each tree comes into the processor's cache once for all of
them. The trees are kept small for that: a node takes eight bytes, each tree's nodes stand together from the root
down, and then its leaves. A threshold is rounded, and so is what is held against it; that changes no order but among
those that become equal, and there the numbers as they stand are asked.
"""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, uint8_t, uint16_t
from libc.string cimport memset

from cleantext.checks.boilerplate.features import FEATURES

cdef int WIDTH = len(FEATURES)
cdef enum:
    MOST_CELLS = 0x100  # of a tree
    MOST_WIDTH = 0x200  # of a row


cdef class Forest:
    """Boosted trees, flattened into C arrays; see :class:`cleantext.checks.boilerplate.trees.Trees`."""

    def __cinit__(self, trees):
        cdef Py_ssize_t n
        if WIDTH > MOST_WIDTH:
            raise ValueError("the rows are too long")
        self.count = <int32_t>len(trees.roots)
        self.stops = <int32_t>len(trees.stops)
        self.stop = <Stop*>PyMem_Malloc(max(1, self.stops) * sizeof(Stop))
        self.trees = <Tree*>PyMem_Malloc(max(1, self.count) * sizeof(Tree))
        if not (self.stop and self.trees):
            raise MemoryError
        for n in range(self.stops):
            self.stop[n].at, self.stop[n].under = trees.stops[n]
            if not 0 <= self.stop[n].at <= self.count:
                raise ValueError("a stop lies outside the trees")
        self.lay_out(trees)

    cdef int lay_out(self, object trees) except -1:
        """Copy each tree's nodes and leaves side by side."""
        cdef list laid = [cells_of(trees, root) for root in trees.roots]
        cdef Py_ssize_t cells = sum([len(nodes) + len(leaves) for nodes, leaves in laid])
        cdef Py_ssize_t nodes_count = sum([len(nodes) for nodes, _ in laid])
        cdef int32_t cell = 0, node = 0, n
        cdef Tree* tree
        cdef Node* at
        self.cells = <Cell*>PyMem_Malloc(max(1, cells) * sizeof(Cell))
        self.threshold = <double*>PyMem_Malloc(max(1, nodes_count) * sizeof(double))
        self.value = <double*>PyMem_Malloc(max(1, nodes_count) * sizeof(double))
        if not (self.cells and self.threshold and self.value):
            raise MemoryError
        for n, (nodes, leaves) in enumerate(laid):
            tree = &self.trees[n]
            tree.cells, tree.nodes, tree.inner = cell, node, len(nodes)
            cell_of = {place: k for k, place in enumerate([*nodes, *leaves])}
            for place in nodes:
                at = &self.cells[cell].node
                at.threshold = <float><double>trees.threshold[place]
                at.feature = trees.feature[place]
                at.child[0], at.child[1] = cell_of[trees.left[place]], cell_of[trees.right[place]]
                self.threshold[node] = trees.threshold[place]
                self.value[node] = trees.value[place]
                cell += 1
                node += 1
            for place in leaves:
                self.cells[cell].leaf = trees.leaf[~place]
                cell += 1
        return 0

    def __dealloc__(self):
        PyMem_Free(self.trees)
        PyMem_Free(self.cells)
        PyMem_Free(self.threshold)
        PyMem_Free(self.value)
        PyMem_Free(self.stop)

    cdef void odds(self, const double* rows, int32_t count, double hopeless, double* odds) noexcept:
        """Write the log odds of at most `ROWS` rows, ``hopeless`` where a stop caught one."""
        cdef float rounded[ROWS * MOST_WIDTH]
        cdef double part[ROWS]  # what the trees up to the next stop add
        cdef int32_t going[ROWS]  # the rows that no stop has caught
        cdef int32_t left = count, kept, done = 0, after, n, k, at, inner, row
        cdef const Tree* tree
        cdef const Cell* cells
        for k in range(count * WIDTH):
            rounded[k] = <float>rows[k]
        for k in range(count):
            going[k] = k
            odds[k] = 0.0
        for n in range(self.stops + 1):
            after = self.stop[n].at if n < self.stops else self.count
            for k in range(left):
                part[k] = 0.0
            while done < after:
                tree = &self.trees[done]
                cells, inner = self.cells + tree.cells, tree.inner
                for k in range(left):
                    row = going[k] * WIDTH
                    at = 0
                    while at < inner:
                        at = next_cell(&cells[at].node, rounded + row, rows + row, self.threshold + tree.nodes + at)
                    part[k] += cells[at].leaf
                done += 1
            kept = 0
            for k in range(left):
                odds[going[k]] += part[k]
                if n < self.stops and odds[going[k]] < self.stop[n].under:
                    odds[going[k]] = hopeless
                else:
                    going[kept] = going[k]
                    kept += 1
            left = kept

    cdef dict contributions(self, const double* row):
        """Say what each feature did to the log odds (Saabas 2014), by its place."""
        cdef float rounded[MOST_WIDTH]
        cdef double shares[MOST_WIDTH]
        cdef uint8_t asked[MOST_WIDTH]
        cdef int32_t n, at, place
        cdef double before, then
        cdef const Tree* tree
        cdef const Cell* cells
        cdef const double* value
        for place in range(WIDTH):
            rounded[place] = <float>row[place]
        memset(shares, 0, WIDTH * sizeof(double))
        memset(asked, 0, WIDTH)
        for n in range(self.count):
            tree = &self.trees[n]
            cells, value = self.cells + tree.cells, self.value + tree.nodes
            at = 0
            before = value[0] if tree.inner else 0.0
            while at < tree.inner:
                place = cells[at].node.feature
                at = next_cell(&cells[at].node, rounded, row, self.threshold + tree.nodes + at)
                then = value[at] if at < tree.inner else cells[at].leaf
                shares[place] += then - before
                asked[place] = 1
                before = then
        return {place: shares[place] for place in range(WIDTH) if asked[place]}


cdef inline int32_t next_cell(
    const Node* node, const float* rounded, const double* row, const double* threshold
) noexcept:
    """Give the cell that a row comes to after a node."""
    cdef float asked = rounded[node.feature]
    cdef int32_t low = node.child[0], high = node.child[1]
    if asked == node.threshold:
        return low if row[node.feature] <= threshold[0] else high
    return low if asked <= node.threshold else high


cdef tuple cells_of(object trees, root):
    """Give the places of a tree's nodes from the root down, level by level, and of its leaves."""
    cdef list nodes = [root] if root >= 0 else [], leaves = [] if root >= 0 else [root]
    cdef Py_ssize_t count = len(trees.feature), most = len(trees.leaf)
    if not -most <= root < count:
        raise ValueError("a tree points outside itself")
    for place in nodes:
        if not 0 <= trees.feature[place] < WIDTH:
            raise ValueError("a tree asks for a feature that no row has")
        for child in (trees.left[place], trees.right[place]):
            if not -most <= child < count:
                raise ValueError("a tree points outside itself")
            (nodes if child >= 0 else leaves).append(child)
        if len(nodes) + len(leaves) > MOST_CELLS:
            raise ValueError("a tree is too large, or goes round in a circle")
    return nodes, leaves

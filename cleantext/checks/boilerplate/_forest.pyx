# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Boosted trees in C: what ``trees.py`` says, fifty times as fast.

Several rows go through one tree after the other, so that each tree comes into the processor's cache once for all of
them. The trees are kept small for that: a node takes eight bytes, each tree's nodes stand together from the root
down, and then its leaves. Every row takes as many steps as the deepest leaf of a tree is away, and stays where it
has come to one: so nothing has to be guessed, and four rows go down side by side. A threshold is rounded, and so is what is held against it; that changes no order but among
those that become equal, and there the numbers as they stand are asked.
"""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, uint8_t, uint16_t
from libc.string cimport memset

from cleantext.checks.boilerplate.features import FEATURES

cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define FETCH(place) __builtin_prefetch(place)
    #else
    #define FETCH(place) ((void)(place))
    #endif
    """
    void FETCH(const void*) noexcept

cdef int WIDTH = len(FEATURES)
cdef enum:
    MOST_CELLS = 0x100  # of a tree
    AHEAD = 2  # trees: by then what is fetched of one is there


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
            tree.cells, tree.nodes, tree.inner, tree.depth = cell, node, len(nodes), 0
            cell_of = {place: k for k, place in enumerate([*nodes, *leaves])}
            level = [trees.roots[n]]
            while level := [child for place in level if place >= 0 for child in (trees.left[place], trees.right[place])]:
                tree.depth += 1
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
        cdef int32_t left = count, kept, done = 0, after, n, k
        for k in range(count * WIDTH):
            rounded[k] = <float>rows[k]
        memset(rounded + count * WIDTH, 0, MOST_WIDTH * sizeof(float) if count < ROWS else 0)
        for k in range(count):
            going[k] = k
            odds[k] = 0.0
        for n in range(self.stops + 1):
            after = self.stop[n].at if n < self.stops else self.count
            for k in range((left + 3) & ~3):
                part[k] = 0.0
                if k >= left:
                    going[k] = going[left - 1]  # goes down beside the others, and counts for nothing
            while done < after:
                if left == 1 and done + 4 <= after:  # one row, and four trees side by side
                    for k in range(done + 4, min(done + 8, self.count)):
                        self.fetch(&self.trees[k])
                    self.add_trees(&self.trees[done], rounded + going[0] * WIDTH, rows + going[0] * WIDTH, part)
                    done += 4
                    continue
                if done + AHEAD < self.count:
                    self.fetch(&self.trees[done + AHEAD])
                for k in range(0, left, 4):
                    self.add_four(&self.trees[done], rounded, rows, going + k, part + k)
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
            if not left:
                break

    cdef inline void fetch(self, const Tree* tree) noexcept:
        """Have a tree brought into the cache; few rows go through all of them, and the trees fill a good part of it."""
        cdef int32_t cell
        for cell in range(tree.cells, tree.cells + 2 * tree.inner, 8):
            FETCH(self.cells + cell)

    cdef void add_four(
        self, const Tree* tree, const float* rounded, const double* rows, const int32_t* going, double* part
    ) noexcept:
        """Add what a tree says of four rows."""
        cdef const Cell* cells = self.cells + tree.cells
        cdef const double* threshold = self.threshold + tree.nodes
        cdef int32_t one = going[0] * WIDTH, two = going[1] * WIDTH, three = going[2] * WIDTH, four = going[3] * WIDTH
        cdef int32_t a = 0, b = 0, c = 0, d = 0, inner = tree.inner, step
        for step in range(tree.depth):
            a = cell_after(cells, inner, a, rounded + one, rows + one, threshold)
            b = cell_after(cells, inner, b, rounded + two, rows + two, threshold)
            c = cell_after(cells, inner, c, rounded + three, rows + three, threshold)
            d = cell_after(cells, inner, d, rounded + four, rows + four, threshold)
        part[0] += cells[a].leaf
        part[1] += cells[b].leaf
        part[2] += cells[c].leaf
        part[3] += cells[d].leaf

    cdef void add_trees(self, const Tree* one, const float* rounded, const double* row, double* part) noexcept:
        """Add what four trees that follow each other say of a row."""
        cdef const Tree* two = one + 1
        cdef const Tree* three = one + 2
        cdef const Tree* four = one + 3
        cdef int32_t a = 0, b = 0, c = 0, d = 0, step
        for step in range(max(max(one.depth, two.depth), max(three.depth, four.depth))):
            a = cell_after(self.cells + one.cells, one.inner, a, rounded, row, self.threshold + one.nodes)
            b = cell_after(self.cells + two.cells, two.inner, b, rounded, row, self.threshold + two.nodes)
            c = cell_after(self.cells + three.cells, three.inner, c, rounded, row, self.threshold + three.nodes)
            d = cell_after(self.cells + four.cells, four.inner, d, rounded, row, self.threshold + four.nodes)
        part[0] += self.cells[one.cells + a].leaf
        part[0] += self.cells[two.cells + b].leaf
        part[0] += self.cells[three.cells + c].leaf
        part[0] += self.cells[four.cells + d].leaf

    cdef void share_out(self, const double* row, double* shares, uint8_t* asked) noexcept:
        """Say what each feature did to the log odds (Saabas 2014), and which ones were asked."""
        cdef float rounded[MOST_WIDTH]
        cdef int32_t n, at, place, inner
        cdef double before, then
        cdef const Tree* tree
        cdef const Cell* cells
        cdef const double* value
        for place in range(WIDTH):
            rounded[place] = <float>row[place]
        memset(rounded + WIDTH, 0, (MOST_WIDTH - WIDTH) * sizeof(float))
        memset(shares, 0, WIDTH * sizeof(double))
        memset(asked, 0, WIDTH)
        for n in range(self.count):
            if n + AHEAD < self.count:
                self.fetch(&self.trees[n + AHEAD])
            tree = &self.trees[n]
            cells, value, inner = self.cells + tree.cells, self.value + tree.nodes, tree.inner
            at = 0
            before = value[0] if inner else 0.0
            while at < inner:
                place = cells[at].node.feature
                at = cell_after(cells, inner, at, rounded, row, self.threshold + tree.nodes)
                then = value[at] if at < inner else cells[at].leaf
                shares[place] += then - before
                asked[place] = 1
                before = then


cdef inline int32_t cell_after(
    const Cell* cells, int32_t inner, int32_t at, const float* rounded, const double* row, const double* threshold
) noexcept:
    """Give the cell that a row comes to after a node; a leaf is the last one.

    What a leaf's bytes would be as a node is read, too, but not heeded: `rounded` has `MOST_WIDTH` numbers from
    there on, whatever they are.
    """
    cdef const Node* node = &cells[at].node
    cdef float asked = rounded[node.feature & (MOST_WIDTH - 1)]
    cdef int32_t after = node.child[not asked <= node.threshold]
    if at >= inner:
        return at
    if asked == node.threshold:
        return node.child[row[node.feature] > threshold[at]]
    return after


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

# Boosted trees, part of `_page.pyx`: what `trees.py` says, a hundred times as fast.
#
# After QuickScorer (Lucchese et al. 2015) and its form for vectors: a row is held against all nodes of a tree, each that
# sends it to the right takes away the leaves to its left, and the first leaf that is left is where the row comes to. So
# nothing has to be guessed or waited for, and four rows go side by side. A threshold is rounded, and so is what is held
# against it; that changes no order but among those that become equal, and there the numbers as they stand are asked.

cdef enum:
    MOST_WIDTH = 0x200  # of a row
    ROWS = 16  # that go through the trees side by side


cdef struct Node:
    float threshold  # rounded
    uint32_t left  # a bit for each leaf to the left of it
    uint16_t column  # of the feature, as many for each as there are rows


cdef struct Step:  # what else is known of a node
    double threshold  # as it stands
    double value  # what it would add if it were a leaf
    uint16_t feature
    uint8_t child[2]  # nodes of its tree, and after those its leaves


cdef struct Tree:
    int32_t nodes  # where its own begin
    int32_t leaves
    int32_t inner  # how many nodes it has


cdef struct Stop:
    double under
    int32_t at
    int32_t _

cdef extern from *:
    """
    #include <stdint.h>
    #include <string.h>
    #if defined(__GNUC__) || defined(__clang__)
    #define FETCH(place) __builtin_prefetch(place)
    #define FIRST(bits) __builtin_ctz(bits)
    typedef float four_numbers __attribute__((vector_size(16)));
    typedef int32_t four_masks __attribute__((vector_size(16)));
    /* Take what stands left of a node from the leaves of the rows that it sends to the right; note what is equal. */
    #define NODE(threshold, left, column, lost, equal) do { \\
        four_numbers x_, t_ = {threshold, threshold, threshold, threshold}; \\
        four_masks b_ = {left, left, left, left}; \\
        memcpy(&x_, column, 16); \\
        lost |= ~(four_masks)(x_ <= t_) & b_; \\
        equal |= (four_masks)(x_ == t_); \\
    } while (0)
    #define LANE(masks, n) (masks)[n]
    #else
    #define FETCH(place) ((void)(place))
    typedef struct { int32_t at[4]; } four_masks;
    static int FIRST(uint32_t bits) { int n = 0; while (!(bits & 1)) { bits >>= 1; n++; } return n; }
    #define NODE(threshold, left, column, lost, equal) do { \\
        for (int n_ = 0; n_ < 4; n_++) { \\
            (lost).at[n_] |= (column)[n_] <= (threshold) ? 0 : (int32_t)(left); \\
            (equal).at[n_] |= (column)[n_] == (threshold); \\
        } \\
    } while (0)
    #define LANE(masks, n) (masks).at[n]
    #endif
    """
    ctypedef struct four_masks:
        pass
    void FETCH(const void*) noexcept
    int FIRST(uint32_t) noexcept
    void NODE(float, uint32_t, const float*, four_masks, four_masks) noexcept
    uint32_t LANE(four_masks, int) noexcept

cdef enum:
    MOST_LEAVES = 31  # of a tree: one bit is never taken
    AHEAD = 2  # trees: by then what is fetched of one is there


@final
cdef class Forest:
    """Boosted trees, flattened into C arrays; see :class:`cleantext.checks.boilerplate.trees.Trees`."""

    cdef Tree* trees
    cdef Node* nodes
    cdef double* leaf
    cdef Step* steps
    cdef Stop* stop
    cdef int32_t count
    cdef int32_t stops

    def __cinit__(self, trees):
        cdef Py_ssize_t n
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
        """Copy each tree's nodes and leaves side by side, the leaves from left to right."""
        cdef list laid = [parts_of(trees, root) for root in trees.roots]
        cdef Py_ssize_t nodes_count = max(1, sum([len(nodes) for nodes, _, _ in laid]))
        cdef Py_ssize_t leaves_count = max(1, sum([len(leaves) for _, leaves, _ in laid]))
        cdef int32_t node = 0, leaf = 0, n
        cdef Node* at
        cdef Step* step
        self.nodes = <Node*>PyMem_Malloc(nodes_count * sizeof(Node))
        self.leaf = <double*>PyMem_Malloc(leaves_count * sizeof(double))
        self.steps = <Step*>PyMem_Malloc(nodes_count * sizeof(Step))
        if not (self.nodes and self.leaf and self.steps):
            raise MemoryError
        for n, (nodes, leaves, left) in enumerate(laid):
            self.trees[n].nodes, self.trees[n].leaves, self.trees[n].inner = node, leaf, len(nodes)
            number = {place: k for k, place in enumerate([*nodes, *leaves])}
            for place in nodes:
                at, step = &self.nodes[node], &self.steps[node]
                at.threshold = <float><double>trees.threshold[place]
                at.left = left[place]
                at.column = trees.feature[place] * ROWS
                step.threshold, step.value, step.feature = trees.threshold[place], trees.value[place], trees.feature[place]
                step.child[0], step.child[1] = number[trees.left[place]], number[trees.right[place]]
                node += 1
            for place in leaves:
                self.leaf[leaf] = trees.leaf[~place]
                leaf += 1
        return 0

    def __dealloc__(self):
        PyMem_Free(self.trees)
        PyMem_Free(self.nodes)
        PyMem_Free(self.leaf)
        PyMem_Free(self.steps)
        PyMem_Free(self.stop)

    cdef void odds(self, const double* rows, int32_t count, double hopeless, double* odds) noexcept:
        """Write the log odds of at most `ROWS` rows, ``hopeless`` where a stop caught one."""
        cdef float columns[MOST_WIDTH * ROWS]  # of the rows that no stop has caught, and some that one has
        cdef double part[ROWS]  # what the trees up to the next stop add
        cdef int32_t going[ROWS]  # which row stands in a column, -1 for one that is caught
        cdef int32_t width = count, left, after, place, n, k, done = 0
        memset(columns, 0, WIDTH * ROWS * sizeof(float))
        for k in range(ROWS):
            going[k] = k if k < count else -1
        for k in range(count):
            odds[k] = 0.0
            for place in range(WIDTH):
                columns[place * ROWS + k] = <float>rows[k * WIDTH + place]
        for n in range(self.stops + 1):
            after = self.stop[n].at if n < self.stops else self.count
            memset(part, 0, sizeof(part))
            for done in range(done, after):
                self.fetch(done + AHEAD)
                for k in range(0, width, 4):
                    self.add_four(&self.trees[done], columns + k, rows, going + k, part + k)
            done = max(done, after)
            left = 0
            for k in range(width):
                place = going[k]
                if place < 0:
                    continue
                odds[place] += part[k]
                if n < self.stops and odds[place] < self.stop[n].under:
                    odds[place] = hopeless
                    going[k] = -1
                else:
                    left += 1
            if not left:
                break
            if (left + 3) // 4 < (width + 3) // 4:
                width = packed(columns, going, width)

    cdef void add_four(
        self, const Tree* tree, const float* columns, const double* rows, const int32_t* going, double* part
    ) noexcept:
        """Add what a tree says of four rows."""
        cdef const Node* nodes = self.nodes + tree.nodes
        cdef const double* leaf = self.leaf + tree.leaves
        cdef const double* row
        cdef const Step* steps = self.steps + tree.nodes
        cdef four_masks lost, equal
        cdef int32_t n, k
        memset(&lost, 0, sizeof(lost))
        memset(&equal, 0, sizeof(equal))
        for n in range(tree.inner):
            NODE(nodes[n].threshold, nodes[n].left, columns + nodes[n].column, lost, equal)
        for k in range(4):
            if LANE(equal, k) and going[k] >= 0:
                row = rows + going[k] * WIDTH
                n = 0
                while n < tree.inner:
                    n = steps[n].child[not row[steps[n].feature] <= steps[n].threshold]
                part[k] += leaf[n - tree.inner]
            else:
                part[k] += leaf[FIRST(~LANE(lost, k))]

    cdef inline void fetch(self, int32_t tree) noexcept:
        """Have a tree brought into the cache; few rows go through all of them, and the trees fill a good part of it."""
        cdef int32_t n
        if tree < self.count:
            for n in range(self.trees[tree].nodes, self.trees[tree].nodes + self.trees[tree].inner, 5):
                FETCH(self.nodes + n)

    cdef void share_out(self, const double* row, double* shares, uint8_t* asked) noexcept:
        """Say what each feature did to the log odds (Saabas 2014), and which ones were asked."""
        cdef int32_t n, at, inner
        cdef double before, then
        cdef const Step* steps
        cdef const Step* step
        cdef const double* leaf
        memset(shares, 0, WIDTH * sizeof(double))
        memset(asked, 0, WIDTH)
        for n in range(self.count):
            steps, inner = self.steps + self.trees[n].nodes, self.trees[n].inner
            leaf = self.leaf + self.trees[n].leaves - inner
            for at in range(0, <int32_t>sizeof(Step) * inner, 64):  # comes into the cache while this tree is walked
                FETCH(<const char*>(steps + inner) + at)
            at = 0
            before = steps[0].value if inner else 0.0
            while at < inner:
                step = &steps[at]
                at = step.child[not row[step.feature] <= step.threshold]
                then = steps[at].value if at < inner else leaf[at]
                shares[step.feature] += then - before
                asked[step.feature] = 1
                before = then


cdef int32_t packed(float* columns, int32_t* going, int32_t width) noexcept:
    """Bring the columns of rows that no stop has caught together; return how many there are."""
    cdef int32_t kept = 0, k, place
    for k in range(width):
        if going[k] >= 0:
            for place in range(WIDTH):
                columns[place * ROWS + kept] = columns[place * ROWS + k]
            going[kept] = going[k]
            kept += 1
    for k in range(kept, width):
        going[k] = -1
    return kept


cdef tuple parts_of(object trees, root):
    """Return the places of a tree's nodes, each before those below it, of its leaves from left to right, and the leaves left of each node as bits."""
    cdef list nodes = [], leaves = [], open_ones = [root], above = []
    cdef dict left = {}
    cdef Py_ssize_t count = len(trees.feature), most = len(trees.leaf)
    while open_ones:
        place = open_ones.pop()
        if place is None:  # all below the left child of a node are known
            place = above.pop()
            left[place] = (1 << len(leaves)) - (1 << left[place])
            continue
        if not -most <= place < count:
            raise ValueError("a tree points outside itself")
        if place < 0:
            leaves.append(place)
        elif place in left:
            raise ValueError("a tree goes round in a circle")
        elif not 0 <= trees.feature[place] < WIDTH:
            raise ValueError("a tree asks for a feature that no row has")
        else:
            nodes.append(place)
            left[place] = len(leaves)
            above.append(place)
            open_ones += [trees.right[place], None, trees.left[place]]
        if len(leaves) > MOST_LEAVES:
            raise ValueError(f"a tree has more than {MOST_LEAVES} leaves")
    return nodes, leaves, left

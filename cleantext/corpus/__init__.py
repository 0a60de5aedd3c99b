"""What only many articles can tell: lines that repeat over a site, one quotation in two mouths."""

from cleantext.corpus.index import CorpusIndex
from cleantext.corpus.store import Builder, IndexFileError
from cleantext.corpus.traces import Traces, traces_of

__all__ = ["Builder", "CorpusIndex", "IndexFileError", "Traces", "traces_of"]

"""Other pipelines: one function from Arrow batch to Arrow batch, and thin shells over it.

Nothing is imported here; import the shell that you use, such as :mod:`cleantext.adapters.spark`.
"""

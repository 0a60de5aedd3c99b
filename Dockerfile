# cleantext in a container: `docker run --rm -v "$PWD:/corpus" cleantext check`.
# Nothing of it needs the network, a volume beside the corpus, or root.
FROM python:3.12-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY cleantext cleantext
COPY rules rules
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim
COPY constraints.txt /tmp/constraints.txt
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --constraint /tmp/constraints.txt "$(ls /wheels/*.whl)[review,lsp,parquet,html,zstd,report]"
RUN useradd --create-home --uid 1000 cleantext
USER cleantext
# The corpus is mounted here, and its owner is rarely this user: whoever mounts it trusts it.
ENV CLEANTEXT_SAFE_DIRECTORIES=/corpus
WORKDIR /corpus
ENTRYPOINT ["cleantext"]
CMD ["check"]

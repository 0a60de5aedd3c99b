"""``python -m benchmarks.throughput.sieves``: write ``rules/sieves.json`` after a pattern or word list changed."""

from __future__ import annotations

import msgspec

from cleantext.matching.sieves import derive, key_of
from cleantext.rulebook import shipped
from cleantext.rulefiles import rules_dir


def main() -> None:
    """Derive every shipped rule's sieve anew."""
    sieves = {key_of(card): derive(card) for card in shipped() if card.pattern is not None}
    path = rules_dir() / "sieves.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(dict(sorted(sieves.items()))), indent=0) + b"\n")
    print(f"{len(sieves)} sieves written to {path}, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()

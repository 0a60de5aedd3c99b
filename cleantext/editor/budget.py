"""What one run may ask for and what it has: passages, tokens, money."""

from __future__ import annotations

from cleantext.configuration import Editor


class Budget:
    """The limits of one run, and what of them is spent. Whoever shares it between threads holds a lock."""

    def __init__(self, settings: Editor) -> None:
        """Begin with nothing spent. Raises ValueError for a limit of money without a price."""
        self._settings = settings
        if settings.cost_limit is not None and not priced(settings):
            raise ValueError(
                "cost-limit needs a price. Write price-in and price-out under [editor]: what a million tokens "
                "cost, in the currency of cost-limit."
            )
        self.passages = 0
        """Passages put to the server, answered or not."""
        self.tokens_in = 0
        self.tokens_out = 0
        """Tokens as the server counts them, or as estimated where it does not."""

    @property
    def spent(self) -> float | None:
        """What the tokens cost so far; None where no price is known."""
        return price(self._settings, self.tokens_in, self.tokens_out)

    def barred(self, told: int, heard: int) -> str:
        """Return the limit that a request of so many tokens in and out would pass, with its value; empty for none."""
        s = self._settings
        if s.limit is not None and self.passages >= s.limit:
            return f"limit = {s.limit}"
        if s.token_limit is not None and self.tokens_in + self.tokens_out + told + heard > s.token_limit:
            return f"token-limit = {s.token_limit}"
        cost = price(s, self.tokens_in + told, self.tokens_out + heard)
        if s.cost_limit is not None and cost is not None and cost > s.cost_limit:
            return f"cost-limit = {s.cost_limit:g}"
        return ""

    def spend(self, told: int, heard: int) -> None:
        """Count a request that goes out, as estimated."""
        self.passages += 1
        self.tokens_in += told
        self.tokens_out += heard

    def unspend(self, told: int, heard: int) -> None:
        """Take back a request that did not go out after all."""
        self.passages -= 1
        self.correct(-told, -heard)

    def correct(self, told: int, heard: int) -> None:
        """Add what a reply took beyond its estimate; less where it took less."""
        self.tokens_in += told
        self.tokens_out += heard


def priced(settings: Editor) -> bool:
    """Whether the configuration says what tokens cost."""
    return settings.price_in is not None or settings.price_out is not None


def price(settings: Editor, tokens_in: int, tokens_out: int) -> float | None:
    """Return what so many tokens cost, in the currency of the configuration; None where it names no price."""
    if not priced(settings):
        return None
    return (tokens_in * (settings.price_in or 0.0) + tokens_out * (settings.price_out or 0.0)) / 1e6

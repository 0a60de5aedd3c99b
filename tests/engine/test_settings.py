"""What is wrong with a configuration is said with file, line and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleantext.settings import ConfigurationError, read


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ('select = ["MT"]\nselekt = []\n', 2, 'unknown key "selekt". Did you mean "select"?'),
        ("jobs = 1\n\n[review]\nstor = 'x'\n", 4, 'unknown key "stor" in [review]. Did you mean "store"?'),
        ("[attribution]\ntables = []\n", 2, 'unknown key "tables" in [attribution]. Known are: offices, no-persons, prior.'),
        ("[review]\ntrust = { bound = 1 }\n", 2, 'unknown key "bound" in [review.trust]. Did you mean "lower-bound"?'),
        ('min-confidence = "high"\n', 1, '"min-confidence" must be a number, not text in quotation marks.'),
        ("\n[attribution]\noffices = 'a'\n", 3, '"attribution.offices" must be a list in brackets, not text in quotation marks.'),
        ("\nrules = [1]\n", 2, '"rules[0]" must be text in quotation marks, not a whole number.'),
        ("review = 1\n", 1, '"review" must be a table, not a whole number.'),
        ("[style]\nquotes = 'round'\n", 2,  '"style.quotes" must be one of "curly", "straight".'),
        ("min-confidence = 3\n", 1, '"min-confidence" must be between 0 and 1, not 3.0.'),
        ("min-confidence = nan\n", 1, '"min-confidence" must be between 0 and 1, not nan.'),
        ("\njobs = 0\n", 2, '"jobs" must be 1 or more, not 0.'),
        ("rule-time-limit = -1\n", 1, '"rule-time-limit" must be more than 0 seconds, not -1.0.'),
        ("[languagetool]\ntimeout = 0\n", 2, '"timeout" must be more than 0 seconds, not 0.0.'),
        ("[review.trust]\nlower-bound = 98\n", 2, '"lower-bound" must be between 0 and 1, not 98.0.'),
        ("[review]\ntrust = { min-decisions = 0 }\n", 2, '"min-decisions" must be 1 or more, not 0.'),
    ],
)  # fmt: skip
def test_an_error_names_file_line_and_what_to_write(
    tmp_path: Path, source: str, line: int, said: str
) -> None:
    path = tmp_path / "cleantext.toml"
    path.write_text(source, "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read(path)
    assert str(caught.value) == f"{path}:{line}: {said}"


@pytest.mark.parametrize("source", ["min-confidence = 0\njobs = 1\n", "min-confidence = 1.0\nrule-time-limit = 0.1\n"])  # fmt: skip
def test_the_ends_of_what_is_allowed_are_allowed(tmp_path: Path, source: str) -> None:
    path = tmp_path / "cleantext.toml"
    path.write_text(source, "utf-8")
    assert read(path).min_confidence in (0, 1)

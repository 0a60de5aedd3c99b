"""Who speaks is told for English alone: of other languages nothing is said, and that is said."""

from cleantext import quotes
from cleantext.article import Article
from cleantext.document import Document

GERMAN = (
    'Der Minister sagte: "Wir werden nicht aufhören". Die Post: Angela Merkel said am Montag. Laut Olaf Scholz ist die Lage '
    'ernst, und die Regierung wird bald entscheiden, was zu tun ist. "Das ist gut", sagte Merkel.'
)
ENGLISH = '"We will go," Hollande told reporters.'


def test_another_language_has_no_speakers():
    assert Document(Article(text=GERMAN)).attributions == ()
    assert list(quotes(GERMAN)) == []
    assert Document(Article(text=ENGLISH, lang="de")).attributions == ()


def test_english_and_what_is_too_short_to_tell_have_some():
    for lang in ("en", None):
        (said,) = Document(Article(text=ENGLISH, lang=lang)).attributions
        assert said.speaker_name == "Hollande"


def test_the_command_line_says_why_it_is_silent(cleantext, tmp_path):
    page = tmp_path / "seite.txt"
    page.write_text(GERMAN, "utf-8")
    done = cleantext("quotes", page)
    assert done.returncode == 0
    assert done.stdout == ""
    assert "another language (de)" in done.stderr
    assert cleantext("quotes", "--format", "jsonl", page).stdout == ""

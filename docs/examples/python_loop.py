"""A plain loop over articles, and the same over two processes."""

import cleantext

if __name__ == "__main__":
    articles = [
        {"id": "1", "text": "The cafÃ© by the harbour is open again.", "date": "2015-11-24"},
        {"id": "2", "text": "The council met on Monday."},
    ]
    cleaner = cleantext.Cleaner(select=["encoding"])
    for report in cleaner.check_many(articles):
        print(report.article.id, report.fixed(), [finding.rule for finding in report.findings])
    texts = [report.fixed() for report in cleaner.check_many(articles, jobs=2)]
    assert texts == ["The café by the harbour is open again.", "The council met on Monday."]

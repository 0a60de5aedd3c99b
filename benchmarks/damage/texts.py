"""The articles that are damaged: people's news from a data folder, or a few short ones written for this benchmark."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

SOURCES = ("newstest", "aeb")
"""The news among the sources of ``phrasing_human.jsonl.gz``; the rest are blogs with tables and code."""

OWN = (
    "The harbour board of Ørland voted on Monday to rebuild the eastern pier before the first winter storms. “We have waited"
    " nine years for this decision,” said its chairwoman, Renée Åkesson. The work will cost 14.5 million kroner, half of which"
    " comes from the government. Fishermen had asked for an earlier date, because the boats now land their catch on the other"
    " side of the bay. Nobody knows whether the old foundations will hold.\n\n"
    "A well-known engineer, José Núñez, examined the timber last spring. He found that the middle section had sunk by several"
    " centimetres. “It isn’t dangerous yet,” he wrote in his report, “but it won’t stand another winter.” The town’s council"
    " read the report in May. It took the council five months to answer him.",
    "Swimming lessons are coming back to the primary schools of the district. The education committee decided on Thursday that"
    " every pupil should be able to swim two hundred metres before leaving school. Figures from last year show that almost a"
    " third of them can’t. Parents welcomed the decision, although some asked where the teachers would come from.\n\n"
    "“We’re looking for eleven instructors,” said Karl König, who runs the department. “That is difficult, but it isn’t"
    " impossible.” The first courses begin after the summer holidays. Two older swimming halls will be repaired for them. The"
    " committee expects the repairs to finish in September.",
    "A retired postman has given the museum forty photographs that he found under his stairs. They show the market square before"
    " the great fire of 1911. The curator called the collection a small sensation. Several buildings in the pictures were known"
    " only from written descriptions.\n\n"
    "“He came in with a biscuit tin and asked if we were interested,” the curator remembered. “I didn’t sleep that night.”"
    " Specialists from Malmö will clean the glass plates in the coming weeks. Afterwards they will be shown in the entrance"
    " hall of the museum, together with letters from the same period. Admission is free on Sundays.",
    "Prices for potatoes have fallen to their lowest level in twelve years. Farmers in the southern provinces say that they earn"
    " less than it costs to harvest them. The ministry of agriculture has promised an investigation. What happens next? Nobody"
    " can say for certain.\n\n"
    "Supermarkets deny that they have put pressure on the producers. A spokeswoman for the largest of them said the company paid"
    " what had been agreed. The farmers’ association wants long-term contracts with a minimum price. Its president, François"
    " Lefèvre, threatened to block the central market in November. “We’ve nothing left to lose,” he said.",
    "The northern railway will close for six weeks while workers replace the signals between the capital and the coast. Buses"
    " will carry the passengers during that time. The company apologised for the inconvenience and promised a reliable service"
    " afterwards. About thirty thousand people use the line every day.\n\n"
    "Commuters were not convinced. “They said the same thing four years ago,” complained a teacher who travels to her school by"
    " train. The signals were installed in the nineteen-seventies and fail about twice a month. An independent expert told the"
    " parliament in Zürich that a decision should have been taken much earlier. The minister didn’t contradict him.",
    "Researchers have discovered a colony of rare bats in the cellars of an abandoned brewery. The animals were thought to have"
    " disappeared from the region more than fifty years ago. A group of students heard their calls with special equipment. The"
    " discovery could delay the construction of apartments on the site.\n\n"
    "The owner has known the rules for protected species since the beginning, the authority said. He may have to wait until the"
    " young can fly. “It’s a question of weeks, not of years,” explained the biologist Jürgen Weiß. His colleagues will count"
    " the bats every evening until the end of August. Visitors are asked to keep away from the building.",
)


def articles(data: Path | None, most: int) -> list[str]:
    """Return the articles; without a folder the few of this module."""
    if data is None:
        return list(OWN)
    found: list[str] = []
    with gzip.open(data / "phrasing_human.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in rows:
            article = json.loads(row)
            if article["source"] in SOURCES:
                found.append(article["text"])
    return found[:most]

"""Who is meant stays who is meant: pronouns, roles, articles and numbers, in sentences of our own."""

from __future__ import annotations

import pytest

from cleantext.editor.change import Context
from cleantext.editor.guards.persons import gender, one_role
from cleantext.editor.judging import judge
from tests.editor.test_editor_planted import made, refused

FAULTS = [
    # A pronoun for somebody of whom nothing is said, or for somebody else than before.
    ("It proposes that the well be dug on the other side of the hill.", "He proposes that the well be dug on the other side of the hill."),
    ("It is counted on that the ferry sails again in the spring.", "He counts on it that the ferry sails again in the spring."),
    ("It was decided in the night to shut the gate of the mill.", "They decided in the night to shut the gate of the mill."),
    ("Anna Lund has sold her boat in the harbour of the town.", "Anna Lund has sold his boat in the harbour of the town."),
    ("Peter Lund have repaired his boat in the harbour of the town.", "Peter Lund has repaired their boat in the harbour of the town."),
    ("The boatman told to his sister that she must wait for the ferry.", "The boatman told his sister that he must wait for the ferry."),
    ("We has bought the mill from the neighbours in the spring.", "They have bought the mill from the neighbours in the spring."),
    ("They has heard the bells over the harbour in the night.", "We have heard the bells over the harbour in the night."),
    ("In the bank itself one is sure that the mill will be paid.", "They are sure that the mill will be paid."),
    ("The miller was content, and the miller opened the gate of the dam.", "The miller was content, and she opened the gate of the dam."),
    # A role becomes another one, more than one, or unknown.
    ("The geologist Tor Lund warns from the hill since years.", "The mayor Tor Lund warns from the hill since years."),
    ("The leader of the mill school complained about the noise of the road.", "The parents of the mill school complained about the noise of the road."),
    ("According to the firemen the roof has burnt since the morning.", "According to the gendarmes the roof has burnt since the morning."),
    ("The brother of the miller has sold the meadow to the river.", "The brothers of the miller have sold the meadow by the river."),
    ("The minister has visit the mill in the night of the flood.", "A minister has visited the mill in the night of the flood."),
    ("The man was seen by an acquaintance in front of the mill.", "The man was seen by the acquaintance in front of the mill."),
    ("Her physiotherapist has announced on Wednesday that she not will play.", "She announced on Wednesday that she will not play."),
    ("The flour was hidden in a barrel with apples from the valley.", "The flour was hidden in barrels with apples from the valley."),
    ("According to it the mill was shut and she has asked for help. Mrs Lund was ill.", "According to it the mill was shut and it has asked for help. Mrs Lund was ill."),
    # This or that, one or several, all or a part.
    ("This bridge over the river is older than the mill.", "That bridge over the river is older than the mill."),
    ("The two unions of the mill will go on strike in the spring.", "Two of the unions of the mill will go on strike in the spring."),
    ("Both sluices of the mill was shut before the flood came.", "Either sluice of the mill was shut before the flood came."),
    ("He will keep all helpers but those that are ill since the flood.", "He will keep all helpers but the one that is ill since the flood."),
]  # fmt: skip
"""A passage, and a reply that means somebody or something else."""

SOUND = [
    ("Anna Lund has sold his boat in the harbour.", "Anna Lund has sold her boat in the harbour."),
    ("The miller told that it has sold the boat.", "The miller said that he has sold the boat."),
    ("The village has lost her church in the flood.", "The village has lost its church in the flood."),
    (
        "The court has said on his page that the mill is shut.",
        "The court said on its page that the mill is shut.",
    ),
    ("The boat of the miller, he lies in the harbour.", "The boat of the miller lies in the harbour."),
    ("I close the eyes when the bells ring.", "I close my eyes when the bells ring."),
    ("The council it says that five miller have come.", "The council says that five millers have come."),
    ("The trainer of the club has a good team.", "The coach of the club has a good team."),
    ("She was the journalist of the small paper.", "She was a journalist of the small paper."),
    ("These man have seen the bridge over the river.", "These men have seen the bridge over the river."),
    (
        "The partyless mayor of the town has opened the mill.",
        "The independent mayor of the town has opened the mill.",
    ),
    ("One has closed the gate of the mill in the night.", "The gate of the mill was closed in the night."),
]
"""A passage, and a reply that only puts its grammar right."""


@pytest.mark.parametrize(("text", "reply"), FAULTS)
def test_whoever_is_meant_does_not_become_somebody_else(text: str, reply: str) -> None:
    assert made(text, reply) != reply
    assert refused(text, reply)


@pytest.mark.parametrize(("text", "reply"), SOUND)
def test_a_wrong_gender_of_grammar_is_put_right(text: str, reply: str) -> None:
    assert made(text, reply) == reply


def test_the_sentence_before_says_who_it_is() -> None:
    text, reply = "It has sold the boat in the harbour.", "She has sold the boat in the harbour."
    told = Context(neighbours="The widow Karin Lund came to the harbour.\nNobody saw the boat again.")
    assert judge(text, reply, told).cuts
    assert not judge(text, reply, Context(neighbours="The weather was fine.\n")).cuts
    assert not judge(text, reply, Context(neighbours="The journalist came.\n")).cuts


@pytest.mark.parametrize(
    ("word", "told"),
    [("Diana", "f"), ("sportsmen", "m"), ("daughters", "f"), ("Miss", "f"), ("miss", ""), ("German", ""), ("human", "")],
)  # fmt: skip
def test_what_a_word_tells_of_a_gender(word: str, told: str) -> None:
    assert gender(word) == told


def test_roles_of_one_person_share_a_group() -> None:
    assert one_role("trainer", "coach")
    assert one_role("firemen", "firefighter")
    assert not one_role("geologist", "mayor")


OTHERS = [
    ("The price of the flour fell in 150 crowns since March.", "The price of the flour fell to 150 crowns since March.", "ED101"),
    ("The frost reached minus 25 degrees in the valley of the mill.", "The frost reached 25 degrees in the valley of the mill.", "ED101"),
    ("The mill costs 1,5 millions of crowns with the meadow.", "The mill costs 1.500.000 crowns with the meadow.", "ED101"),
    ("The guests of the mill can see the wheel from after-tomorrow.", "The guests of the mill can see the wheel from tomorrow.", "ED101"),
    ("The council has shut the school in the valley of the mill.", "The council has shut the school and the mill shop in the valley of the mill.", "ED111"),
    ("The new road is conducted under the river since the spring.", "The new road has been dug under the river since the spring.", "ED107"),
    ("The miller must go before the winter comes to the valley.", "The miller had to go before the winter comes to the valley.", "ED107"),
    ("She drives her last race in the valley on Sunday.", "She won her last race in the valley on Sunday.", "ED107"),
    ("The town already builds the houses beside the old mill.", "The town has already built the houses beside the old mill.", "ED107"),
    ("The helpers were being heard by the judge in the town.", "The helpers had been heard by the judge in the town.", "ED107"),
    ("The painting, attributed to a pupil of the master, hangs in the mill.", "The painting, painted by a pupil of the master, hangs in the mill.", "ED104"),
    ("The judge believes that the miller has hidden the flour.", "The judge proves that the miller has hidden the flour.", "ED104"),
    ("The owner threatened to sell the mill before the spring.", "The owner sold the mill before the spring.", "ED104"),
    ("The miller, Karin Lund, explained that the wheel is broken.", "The miller explained to Karin Lund that the wheel is broken.", "ED106"),
    ("The noise comes from the road, the miller says, but the smith hears it from the quarry.", "The noise comes from the quarry, the miller says, but the smith hears it from the road.", "ED113"),
    ("The miller have sold the mill in the spring of the year.", "THE MILLER HAS SOLD THE MILL IN THE SPRING OF THE YEAR.", "ED122"),
    ("The miller have sold the mill in the spring of the year.", "Sorry! The miller has sold the mill in the spring of the year.", "ED123"),
    ("The miller have sold the mill in the spring of the year.", "The miller has sold the mill in the spring of the year. Year. Year.", "ED127"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reply", "guard"), OTHERS)
def test_the_neighbouring_kinds_are_refused_by_their_guard(text: str, reply: str, guard: str) -> None:
    assert made(text, reply) != reply
    assert guard in refused(text, reply)

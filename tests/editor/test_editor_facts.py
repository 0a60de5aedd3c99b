"""Small words that say who, which, how many and how much: each kind in sentences of our own, and what is no fault."""

from __future__ import annotations

import pytest

from tests.editor.test_editor_planted import made, refused

FAULTS = [
    # Who is meant.
    ("The firm said that it would not part with its mills for them.", "The firm said that they would not part with their mills for them.", "ED114"),
    ("The dog of the guard, that had smelled smoke, ran to the mill.", "The dog of the guard, who had smelled smoke, ran to the mill.", "ED114"),
    ("The smith says that “their clerks count fish, and our boats lie in port”.", "The smith says that “our clerks count fish, and our boats lie in port”.", "ED114"),
    ("Lund and Holm have each other congratulated after the race of the boats.", "Lund and Holm congratulated themselves after the race of the boats.", "ED114"),
    ("It is her doctor who has told the news in the hall on Monday.", "It is her doctor who told the news herself in the hall on Monday.", "ED114"),
    ("The writer Anna Lund thanked the smith Peter Holm, and this one said nothing.", "The writer Anna Lund thanked the smith Peter Holm, and she said nothing.", "ED114"),
    ("The guests say that the mayor, if he wants, must look in his own mirror, not theirs.", "The guests say that the mayor, if he wants, must look in their own mirror, not his.", "ED114"),
    ("The team lost because of the own mistakes, and the coach says that he is not glad.", "The team lost because of his own mistakes, and the coach says that he is not glad.", "ED114"),
    ("The chemist said that the result not surprised her in the spring.", "The chemist said that the result did not surprise anyone in the spring.", "ED114"),
    ("Old Holm does not hide that he would rather see the mill without Lund.", "Old Holm does not hide that Lund would rather see the mill without him.", "ED114"),
    ("It is of that gone out that the flood ends, the spokeswoman writes.", "She assumes that the flood ends, the spokeswoman writes.", "ED114"),
    ("In the mill was found some flour, and he is not glad of it.", "In the mill he found some flour, and he is not glad of it.", "ED115"),
    ("The chemist said that the result her not surprised in the spring.", "The chemist said that the result did not surprise anyone in the spring.", "ED114"),
    ("The actress Anna Lund thanked the director, Pau Mir, and this one said that it is late.", "The actress Anna Lund thanked the director, Pau Mir, and she said that it is late.", "ED114"),
    ("The smith Otto Lund burned himself the hand in the old mill.", "The smith Otto Lund burned him the hand in the old mill.", "ED114"),
    ("The council has refused the plan of the towns, because he costs too much.", "The council refused the plan of the towns, because they cost too much.", "ED114"),
    ("The two mayors accused the one to the other to lie in the hall.", "The two mayors accused themselves of lying in the hall.", "ED114"),
    ("The widow of the donor has seen the girl with his watch.", "The widow of the donor has seen the girl with her watch.", "ED114"),
    ("Which of both brothers the boat steered, said nobody in the mill.", "Whose boat both brothers steered, nobody said in the mill.", "ED114"),
    ("In the mill the guards found the book of the man and two bags.", "In the mill the guards found the man's book and his two bags.", "ED114"),
    ("The minister Anna Lund said that not resigns and tells what she knew of the mill.", "The minister Anna Lund said that she does not resign and tells what they knew of the mill.", "ED114"),
    ("The deputy quarreled with the smith and left without of coat.", "The deputy quarreled with the smith and left without their coat.", "ED114"),
    # Which one, and how many.
    ("It is the same boat, with that he came over the river.", "It is the same kind of boat, with which he came over the river.", "ED114"),
    ("This glacier has lost much ice, write the chemists that know him.", "These glaciers have lost much ice, write the chemists who know them.", "ED114"),
    ("The harvest is less than the one of the summer in the old valley.", "The harvest is less than those of the summer in the old valley.", "ED114"),
    ("In one of the letters from the mill the poet say that it is late.", "In the letters from the mill the poet says that it is late.", "ED114"),
    ("The guest must bring both keys, that of the mill and that of the boat.", "The guest must bring both keys, that of the mill or that of the boat.", "ED110"),
    ("The minister for health left open when the mill is sold.", "The minister left open when the mill is sold.", "ED114"),
    ("Expert consider that the wolves have left the valley of the mill.", "An expert believes that the wolves have left the valley of the mill.", "ED114"),
    ("This mill is old, says the town, and will be sold in the spring.", "The other mill is old, says the town, and will be sold in the spring.", "ED114"),
    ("Another picture from the same painter was brought to the mill.", "The other picture by the same painter was brought to the mill.", "ED114"),
    ("The widow gave to the town that portrait which he loved.", "The widow gave the town a portrait which he loved.", "ED114"),
    ("In that evening the smith had already shut the old mill.", "One evening the smith had already shut the old mill.", "ED114"),
    ("One former minister of the land will be heard in the mill.", "The former minister of the land will be heard in the mill.", "ED114"),
    ("Driver of bus and three passengers went to the clinic at night.", "The driver of the bus and the three passengers went to the clinic at night.", "ED114"),
    ("The council wants to spare those workers that live beside the mill.", "The council wants to spare the workers, who live beside the mill.", "ED114"),
    ("Expert believe that the wolves have left the valley of the mill.", "An expert believes that the wolves have left the valley of the mill.", "ED114"),
    ("Against his former club scored the striker in the last race.", "Against his former clubs the striker scored in the last race.", "ED114"),
    ("The glaciers have lost much ice in the summer of the year.", "The glacier lost much ice in the summer of the year.", "ED114"),
    ("The cameras saw a hooded that ran from the mill in the night.", "The cameras saw the hooded men who ran from the mill in the night.", "ED114"),
    ("One of the offer of the town is planned for the spring.", "An offer of the town is planned for the spring.", "ED114"),
    ("It is possible to buy new brakes, the package of oil, a lamp and two wheels.", "It is possible to buy new brakes and a package of oil, a lamp and two wheels.", "ED110"),
    ("The fever of the child have risen in the valley of the mill.", "The fever of children has risen in the valley of the mill.", "ED114"),
    ("The town has drop this law because of the mill of Lund.", "The town dropped such laws because of the mill of Lund.", "ED114"),
    ("The smiths look for the cause of this refusal in the old mill.", "The smiths look for the cause of these failures in the old mill.", "ED114"),
    ("The guests drink twice, and after the second glass comes the miller.", "The guests drink twice, and after a second glass comes the miller.", "ED114"),
    # Who does it, who says it.
    ("Deputy Lund was by journalists accused to have sold the mill.", "Deputy Lund accused journalists of having sold the mill.", "ED115"),
    ("The patient has told to the doctor that the leg does not hurt.", "The patient was told by the doctor that the leg does not hurt.", "ED115"),
    ("“I heard nothing more,” told Lund at her sister, who trains her.", "“I heard nothing more,” said Lund's sister, who trains her.", "ED106"),
    ("The engineer Otto Lund warned, the water will rise in the old mill.", "The engineer Otto Lund, he warned, the water will rise in the old mill.", "ED106"),
    ("According to his friends, the former smith thinks that the mill is lost.", "The former smith's friends think that the mill is lost.", "ED106"),
    ("Spokesman of ministry of health denied that the mill is sold.", "The Minister of Health denied that the mill is sold.", "ED114"),
    ("On words of the witnesses, the train stood long, and the guards slept beside the mill.", "According to the guards, the train stood long, and the witnesses slept beside the mill.", "ED106"),
    ("And then, I am with the old mill in the spring of the year.", "And then there is the old mill in the spring of the year.", "ED114"),
    # What nothing tells.
    ("The miller looks into the river, and the guards access.", "The miller looks into the river, and the guards step in.", "ED117"),
    ("The guests looked puzzled at back and shoulders of the miller.", "The guests looked puzzled at back over shoulders of the miller.", "ED110"),
    # How much, and from where to where.
    ("The larger of the boats was sold to the town in the spring.", "The largest of the boats was sold to the town in the spring.", "ED116"),
    ("The mayor has seen the mill before the flood came to the valley.", "Even the mayor has seen the mill before the flood came to the valley.", "ED109"),
    ("The mayor has already sold the mill to the owner of the boats.", "The mayor has sold the mill to the owner of the boats.", "ED109"),
    ("The road from the mill have been closed since the flood.", "The road to the mill has been closed since the flood.", "ED108"),
]  # fmt: skip
"""A passage, a reply that says something else, and the guard that has to refuse it."""

SOUND = [
    ("The chairman of the club, Otto Lund, have sold the mill to the town.", "Chairman of the club, Otto Lund, has sold the mill to the town."),
    ("The sportswoman have run to the mill in the morning.", "The athlete has run to the mill in the morning."),
    ("Which two boats has been sold said nobody, but of the mills, two belong to the smith.", "Which two boats have been sold nobody said, but of the mills, two belong to the smith."),
    ("The family says that she wants it back with her daughter, wrote Otto Lund.", "The family says that she wants her back with her daughter, wrote Otto Lund."),
    ("The fever with the child has grown of 18 per cent in the valley.", "The fever in children has grown by 18 per cent in the valley."),
    ("The mill has wheels, two of them from Oslo, sails.", "The mill has wheels, two of them from Oslo and sails."),
    ("The strong industry of the TI was not left to die.", "The strong IT industry was not left to die."),
    ("The lawyer of Lund say that the mill is sold to the town.", "Lund's lawyer says that the mill is sold to the town."),
    # Roles, owners and adverbs that say the same in English.
    ("The brother of the mayor have sold the mill to the town.", "The mayor's brother has sold the mill to the town."),
    ("The mill is closed, the firemen said in the night.", "The mill is closed, the firefighters said in the night."),
    ("The court cannot to change the law of the town.", "The court cannot change the law of the town."),
    ("The bells can not to ring before the evening of the feast.", "The bells cannot ring before the evening of the feast."),
    ("The miller will already soon have sold the flour of the year.", "The miller will soon have sold the flour of the year."),
    ("The little shareholders has sold the mill to the town.", "The small shareholders have sold the mill to the town."),
    ("Deputy Lund was by journalists accused in the hall of the town.", "Deputy Lund was accused by journalists in the hall of the town."),
    ("The office heads Otto Lund since the spring of the year.", "The office has been headed by Otto Lund since the spring of the year."),
    ("Their tails go to one side, and sometimes into another.", "Their tails go to one side, and sometimes to the other."),
    ("The miller must climb to the mill every day, and it carries his sack.", "The miller must climb to the mill every day, and he carries his sack."),
    ("One of the guests, which came late, has seen the mill.", "One of the guests, who came late, has seen the mill."),
    ("The harbour reaches nor the half of the ships in winter.", "The harbour reaches not even half of the ships in winter."),
]  # fmt: skip
"""A passage, and a reply that only puts it right."""


@pytest.mark.parametrize(("text", "reply", "guard"), FAULTS)
def test_who_which_and_how_much_stay_what_they_were(text: str, reply: str, guard: str) -> None:
    assert made(text, reply) != reply
    assert guard in refused(text, reply)


@pytest.mark.parametrize(("text", "reply"), SOUND)
def test_what_says_the_same_is_proposed_whole(text: str, reply: str) -> None:
    assert made(text, reply) == reply

"""Sentences of our own with one fault planted in a careful correction: kind, passage, sound reply, faulty reply.

They were written before the guards that they test were mended, twenty of each kind that let most through.
"""

from __future__ import annotations

SPEAKERS = (
    (
        "The trainer Holm was content with the points, his captain Berg on the contrary spoke from a lost evening.",
        "The trainer Holm was content with the points; his captain Berg, on the contrary, spoke of a lost evening.",
        "The captain Berg was content with the points; his trainer Holm, on the contrary, spoke of a lost evening.",
    ),
    (
        "The bridge is safe, said the engineer Karin Lund, while the mayor Otto Brandt from dangerous cracks reported.",
        "The bridge is safe, said the engineer Karin Lund, while the mayor Otto Brandt reported dangerous cracks.",
        "The bridge is safe, said the mayor Otto Brandt, while the engineer Karin Lund reported dangerous cracks.",
    ),
    (
        "The minister it has accused to the deputy of to have lost the letters, to what this one did not answer.",
        "The minister accused the deputy of having lost the letters, to which the latter did not answer.",
        "The deputy accused the minister of having lost the letters, to which the latter did not answer.",
    ),
    (
        "The judge Vera Nemec has asked the witness for the key, and she said that she it never had.",
        "The judge Vera Nemec asked the witness for the key, and she said that she never had it.",
        "The judge Vera Nemec asked the witness for the key, and he said that he never had it.",
    ),
    (
        "He told to the journalists that the team will travel without its goalkeeper on Sunday.",
        "He told the journalists that the team will travel without its goalkeeper on Sunday.",
        "She told the journalists that the team will travel without its goalkeeper on Sunday.",
    ),
    (
        "Doctor Amato called the vaccine useful, Nurse Ricci warned on the contrary, that the cold chain breaks.",
        "Doctor Amato called the vaccine useful; Nurse Ricci, on the contrary, warned that the cold chain breaks.",
        "Doctor Amato called the vaccine useful; on the contrary, he warned Nurse Ricci that the cold chain breaks.",
    ),
    (
        "According to the fishermen is the water since the May too warm, reported the harbour master on Friday.",
        "According to the fishermen the water has been too warm since May, reported the harbour master on Friday.",
        "According to the harbour master the water has been too warm since May, reported the fishermen on Friday.",
    ),
    (
        "The writer Ana Duarte thanked to the publisher Luis Prado the patience, and he answered that the book it was worth it.",
        "The writer Ana Duarte thanked the publisher Luis Prado for his patience, and he answered that the book was worth it.",
        "The writer Ana Duarte thanked the publisher Luis Prado for his patience, and she answered that the book was worth it.",
    ),
    (
        "The colleague Dietz said in the court, that the driver has not braked and the lamp red was.",
        "The colleague Dietz said in court that the driver had not braked and the lamp was red.",
        "He told his colleague Dietz in court that the driver had not braked and the lamp was red.",
    ),
    (
        "The farmers say the wolf has the sheep torn, the foresters mean it was a dog.",
        "The farmers say the wolf killed the sheep, the foresters think it was a dog.",
        "The foresters say the wolf killed the sheep, the farmers think it was a dog.",
    ),
    (
        "The workers want more wage, explained the unionist Petrov, but the director Sidorov promised only a new canteen.",
        "The workers want higher wages, explained the unionist Petrov, but the director Sidorov promised only a new canteen.",
        "The workers want higher wages, explained the director Sidorov, but the unionist Petrov promised only a new canteen.",
    ),
    (
        "She declared before the press that her husband the money gave back.",
        "She declared before the press that her husband gave the money back.",
        "He declared before the press that her husband gave the money back.",
    ),
    (
        "In the opinion of the teachers the pupils need the break, the parents hold her for too long.",
        "In the opinion of the teachers the pupils need the break; the parents consider it too long.",
        "In the opinion of the parents the pupils need the break; the teachers consider it too long.",
    ),
    (
        "The pilot reported to the tower, that the left engine smokes, and asked for a free runway.",
        "The pilot reported to the tower that the left engine was smoking and asked for a free runway.",
        "The tower reported to the pilot that the left engine was smoking and asked for a free runway.",
    ),
    (
        "Marek Novy denied all, his brother Jan confessed the burglary in the first hearing.",
        "Marek Novy denied everything; his brother Jan confessed to the burglary at the first hearing.",
        "Jan Novy denied everything; his brother Marek confessed to the burglary at the first hearing.",
    ),
    (
        "The doctor said to the patient that he must to stay one week more in the clinic.",
        "The doctor told the patient that he must stay one week more in the clinic.",
        "The patient told the doctor that he must stay one week more in the clinic.",
    ),
    (
        "Not the club, but the association has the fine announced, said president Keller.",
        "Not the club but the association announced the fine, said president Keller.",
        "Not the association but the club announced the fine, said president Keller.",
    ),
    (
        "We have the train missed, they said at the counter, and must now until the morning wait.",
        "We missed the train, they said at the counter, and must now wait until the morning.",
        "We missed the train, she said at the counter, and must now wait until the morning.",
    ),
    (
        "The lawyer of Rossi claims that the contract is valid, the lawyer of Bianchi holds it for forged.",
        "Rossi's lawyer claims that the contract is valid; Bianchi's lawyer considers it forged.",
        "Bianchi's lawyer claims that the contract is valid; Rossi's lawyer considers it forged.",
    ),
    (
        "The coach praised to the referee, who against criticised the benches of both teams.",
        "The coach praised the referee, who on the other hand criticised the benches of both teams.",
        "The referee praised the coach, who on the other hand criticised the benches of both teams.",
    ),
)

TENSES = (
    (
        "The council will the old market hall in the next year sell.",
        "The council will sell the old market hall next year.",
        "The council sold the old market hall next year.",
    ),
    (
        "Before three years she has sold the hotel, and the garden she has kept.",
        "Three years ago she sold the hotel, and she kept the garden.",
        "In three years she will sell the hotel, and she kept the garden.",
    ),
    (
        "The two towers have been painted and the roof it will be painted in the spring.",
        "The two towers have been painted and the roof will be painted in the spring.",
        "The two towers will be painted and the roof has been painted in the spring.",
    ),
    (
        "The club used to play in the valley, where today stands a supermarket.",
        "The club used to play in the valley, where a supermarket stands today.",
        "The club still plays in the valley, where a supermarket stands today.",
    ),
    (
        "The road to the pass is closed because of the snow, tell the police.",
        "The road to the pass is closed because of the snow, the police say.",
        "The road to the pass was closed because of the snow, the police say.",
    ),
    (
        "He has been director of the theatre and writes now novels.",
        "He was director of the theatre and now writes novels.",
        "He is director of the theatre and wrote novels.",
    ),
    (
        "The strike of the drivers it begins the Monday and lasts a week.",
        "The strike of the drivers begins on Monday and lasts a week.",
        "The strike of the drivers began on Monday and lasted a week.",
    ),
    (
        "The villagers live since the flood in containers and wait on new houses.",
        "The villagers have lived in containers since the flood and wait for new houses.",
        "The villagers lived in containers since the flood and waited for new houses.",
    ),
    (
        "The firm has dismissed forty workers and shall dismiss others in autumn.",
        "The firm has dismissed forty workers and will dismiss others in autumn.",
        "The firm will dismiss forty workers and has dismissed others in autumn.",
    ),
    (
        "The ferry sank in the night before the island, no one of the passengers was hurt.",
        "The ferry sank in the night off the island; none of the passengers was hurt.",
        "The ferry will sink in the night off the island; none of the passengers was hurt.",
    ),
    (
        "The museum should open in the May, if the works end in time.",
        "The museum should open in May if the works end in time.",
        "The museum opened in May if the works ended in time.",
    ),
    (
        "Till to end of the year the factory must have reduced the noise.",
        "By the end of the year the factory must have reduced the noise.",
        "By the end of the year the factory reduced the noise.",
    ),
    (
        "The parliament is going to vote the law on the water the Wednesday.",
        "The parliament is going to vote on the water law on Wednesday.",
        "The parliament voted on the water law on Wednesday.",
    ),
    (
        "The singer is ill and she cancels the concerts of the summer.",
        "The singer is ill and is cancelling her summer concerts.",
        "The singer was ill and cancelled her summer concerts.",
    ),
    (
        "The brothers were owning the mill and it was burning in the winter.",
        "The brothers owned the mill, and it burned down in the winter.",
        "The brothers own the mill, and it burns down in the winter.",
    ),
    (
        "They have the thief catched, the jewels remain disappeared.",
        "They have caught the thief; the jewels remain missing.",
        "They will catch the thief; the jewels remain missing.",
    ),
    (
        "The queue grows since the morning and the shop has no bread.",
        "The queue has been growing since the morning and the shop has no bread.",
        "The queue grew since the morning and the shop had no bread.",
    ),
    (
        "The new line will connect the airport with the centre, it costs two billions.",
        "The new line will connect the airport with the centre; it costs two billion.",
        "The new line connects the airport with the centre; it cost two billion.",
    ),
    (
        "The pope had visited the camp and he will return to Rome the Sunday.",
        "The pope visited the camp and will return to Rome on Sunday.",
        "The pope will visit the camp and returned to Rome on Sunday.",
    ),
    (
        "The bank was the biggest of the country and has today three branches.",
        "The bank was the biggest in the country and today has three branches.",
        "The bank is the biggest in the country and today had three branches.",
    ),
)

DATES = (
    (
        "The session it takes place the Tuesday, and not the Wednesday as it was announced.",
        "The session takes place on Tuesday, and not on Wednesday as was announced.",
        "The session takes place on Wednesday, and not on Tuesday as was announced.",
    ),
    (
        "The works begin the 3 of March and finish the 28 of May.",
        "The works begin on 3 March and finish on 28 May.",
        "The works begin on 28 March and finish on 3 May.",
    ),
    (
        "Before six months was the lake dry, tell the fishermen.",
        "Six months ago the lake was dry, the fishermen say.",
        "In six months the lake was dry, the fishermen say.",
    ),
    (
        "The offers must until 30. June by the city arrive.",
        "The offers must arrive at the city by 30 June.",
        "The offers must arrive at the city after 30 June.",
    ),
    (
        "The clock shows the five and quarter since the storm.",
        "The clock has shown a quarter past five since the storm.",
        "The clock has shown a quarter to five since the storm.",
    ),
    (
        "In the year 1987 was built the hall, in 2004 burned it down.",
        "The hall was built in 1987; it burned down in 2004.",
        "The hall was built in 2004; it burned down in 1987.",
    ),
    (
        "The last Monday the pupils have the class room painted.",
        "Last Monday the pupils painted the classroom.",
        "Next Monday the pupils painted the classroom.",
    ),
    (
        "The train arrives in the evening and goes in the morning further.",
        "The train arrives in the evening and goes on in the morning.",
        "The train arrives in the morning and goes on in the evening.",
    ),
    (
        "The election is since the autumn of 2012 on the calendar.",
        "The election has been on the calendar since the autumn of 2012.",
        "The election has been on the calendar until the autumn of 2012.",
    ),
    (
        "Yesterday came the first guests, today are expected the others.",
        "The first guests came yesterday; the others are expected today.",
        "The first guests came today; the others are expected yesterday.",
    ),
    (
        "The shop closes at 18 hours and opens at 9 hours.",
        "The shop closes at 18:00 and opens at 9:00.",
        "The shop closes at 9:00 and opens at 18:00.",
    ),
    (
        "The ship leaves the 1st of the August and comes back in the September.",
        "The ship leaves on 1 August and comes back in September.",
        "The ship leaves on 1 September and comes back in August.",
    ),
    (
        "The accused sits since two years in prison, said his wife.",
        "The accused has been in prison for two years, said his wife.",
        "The accused will be in prison in two years, said his wife.",
    ),
    (
        "The rule is valid from the 1. January on and till the end of the year.",
        "The rule is valid from 1 January until the end of the year.",
        "The rule is valid until 1 January from the end of the year.",
    ),
    (
        "The repairs should be finished before the winter, promised the mayor.",
        "The repairs should be finished before the winter, the mayor promised.",
        "The repairs should be finished in the winter, the mayor promised.",
    ),
    (
        "After the summer the prices fall again, means the trader.",
        "After the summer the prices will fall again, the trader thinks.",
        "Before the summer the prices will fall again, the trader thinks.",
    ),
    (
        "The child was born the 7 of December of 1999 in a village of fishermen.",
        "The child was born on 7 December 1999 in a fishing village.",
        "The child was born on 7 November 1999 in a fishing village.",
    ),
    (
        "The market is open on the Saturdays and closed on the Sundays.",
        "The market is open on Saturdays and closed on Sundays.",
        "The market is open on Sundays and closed on Saturdays.",
    ),
    (
        "He has the house in the 1960s bought and in the 1990s sold.",
        "He bought the house in the 1960s and sold it in the 1990s.",
        "He bought the house in the 1990s and sold it in the 1960s.",
    ),
    (
        "The verdict is expected for the end of the week.",
        "The verdict is expected at the end of the week.",
        "The verdict is expected at the end of the month.",
    ),
)

NEGATIONS = (
    (
        "The office has correctly the tax counted, decided the court.",
        "The office counted the tax correctly, the court decided.",
        "The office counted the tax incorrectly, the court decided.",
    ),
    (
        "The law is constitutional, means the professor, and can so remain.",
        "The law is constitutional, the professor thinks, and can remain so.",
        "The law is unconstitutional, the professor thinks, and can remain so.",
    ),
    (
        "The witness was uncertain about the colour of car.",
        "The witness was uncertain about the colour of the car.",
        "The witness was certain about the colour of the car.",
    ),
    (
        "It is impossible of to cross the river in the March.",
        "It is impossible to cross the river in March.",
        "It is possible to cross the river in March.",
    ),
    (
        "The card allows a payment by touch without contact in the bus.",
        "The card allows a contactless payment by touch in the bus.",
        "The card allows a payment by touch with contact in the bus.",
    ),
    (
        "The doctors they don't exclude a second operation.",
        "The doctors do not exclude a second operation.",
        "The doctors exclude a second operation.",
    ),
    (
        "The team is not more in the cup, but in the league it stays.",
        "The team is no longer in the cup, but it stays in the league.",
        "The team is in the cup, but it stays in the league.",
    ),
    (
        "Nobody has the light seen, told the sailors.",
        "Nobody saw the light, the sailors said.",
        "Somebody saw the light, the sailors said.",
    ),
    (
        "The mayor agrees with the plan, the council does not agree.",
        "The mayor agrees with the plan; the council does not agree.",
        "The mayor does not agree with the plan; the council agrees.",
    ),
    (
        "The players were satisfied from the grass.",
        "The players were satisfied with the grass.",
        "The players were dissatisfied with the grass.",
    ),
    (
        "The food was healthy and the rooms were clean, noted the inspector.",
        "The food was healthy and the rooms were clean, the inspector noted.",
        "The food was unhealthy and the rooms were clean, the inspector noted.",
    ),
    (
        "The firm kept the promise of to pay the wages in time.",
        "The firm kept its promise to pay the wages on time.",
        "The firm failed to keep its promise to pay the wages on time.",
    ),
    (
        "He has ever paid the rent, says the neighbour.",
        "He has always paid the rent, the neighbour says.",
        "He has never paid the rent, the neighbour says.",
    ),
    (
        "The drug is legal in the two countries and it costs little.",
        "The drug is legal in both countries and costs little.",
        "The drug is illegal in both countries and costs little.",
    ),
    (
        "Without the help of the neighbours had the house burned.",
        "Without the neighbours' help the house would have burned.",
        "With the neighbours' help the house would have burned.",
    ),
    (
        "The road was passable for lorries in spite of the snow.",
        "The road was passable for lorries despite the snow.",
        "The road was impassable for lorries despite the snow.",
    ),
    (
        "The jury found the actress guilty not, only the driver.",
        "The jury did not find the actress guilty, only the driver.",
        "The jury found the actress guilty, not only the driver.",
    ),
    (
        "The two parts have the treaty signed and nothing was changed in it.",
        "The two parties signed the treaty and nothing was changed in it.",
        "The two parties did not sign the treaty and nothing was changed in it.",
    ),
    (
        "The storm made homeless many families of the coast.",
        "The storm made many families on the coast homeless.",
        "The storm gave many families on the coast homes.",
    ),
    (
        "The accused denies of to have known the victim.",
        "The accused denies having known the victim.",
        "The accused admits having known the victim.",
    ),
)

PLANTED = {"speaker": SPEAKERS, "tense": TENSES, "date": DATES, "negation": NEGATIONS}
"""Every kind with its sentences: passage, sound reply, faulty reply."""

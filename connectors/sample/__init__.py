"""The yearly survey's sample of clubs and members: drawn, kept, handed out, weighted.

Two stages, stratified, as the handbook "Designing Household Survey Samples: Practical Guidelines"
(United Nations Statistics Division, ST/ESA/STAT/SER.F/98, 2008) advises for scattered groups:

- Strata are province by kind of area, because clubs of one kind and place are alike: figures get
  closer, and each province has its part. A stratum has two clubs or more, else no margin could be
  told; smaller ones are joined within the province.
- Clubs come first, so that an interviewer has ten people in one place and not one in each of ten.
  They are drawn systematically with chances in proportion to their members, in the order of
  communes, so that the sample spreads over the map. A club that is larger than the step is in.
- Then the same number of members of each club, systematically in the order of sex and age. Large
  clubs are drawn more often and their members less often, so every member of a stratum has nearly
  the same chance: weights hardly vary, and neither margins nor workloads suffer.
- The weight of a member is one over the product of both chances. Answers that are missing raise
  the weights of the others in the stratum (register ``survey_weight``).
- Whoever cannot be met is first looked for again: those who are easy to meet are other people.
  Only then one of the club's reserves, drawn beforehand and in a fixed order, takes the place; no
  interviewer chooses. Who died, left or moved is out of the population, and is not replaced.

The frame is who may be asked: members of active clubs who are listed by name (they consented) and
are old enough. Members who are only counted are told of, not drawn.
"""

"""A language model as the editor, held by rules: small edits on the original text, each guarded and explained.

    passages   which lines or sentences are put to the model, and what stands around them
    requests   what the model is told about each
    answers    what comes back, whoever answers
    replay     recorded replies, read and written
    reading    a passage as words, figures and marks
    omissions  what the original says and the translation does not
    restoring  a missing sentence held to the original
    events     when a passage says that its verbs happen
    timing     on which side of a date something lies
    inflection whether two words are forms of one
    aligning   a reply beside its passage, word by word
    cutting    the smallest edits that make sense alone
    change     one cut as the guards see it
    guards/    what an edit may not do, a module a kind
    judging    a reply before the guards
    classes    what kind of mistake an edit mends
    findings   proposals and refusals as findings
    check      all of it for one article

Nothing here is imported, and nobody is asked, unless the user asks for the editor.
"""

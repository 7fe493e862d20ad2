# exercise: majority_label
# expect: wrong
# meant: pandas lists all modes on a tie, and the first of them is taken
# about: \bties?\b|tied|lead together|equal(ly)?\b|same number|as many|draw|two (or more )?labels|smallest
def majority_label(votes: list) -> object:
    modes = pd.Series([v for v in votes if v is not None], dtype=object).mode()
    return modes.iloc[0] if len(modes) else None

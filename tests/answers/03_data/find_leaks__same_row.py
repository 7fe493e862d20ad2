# exercise: find_leaks
# expect: wrong
# meant: compares only the texts in the same place (zip)
# about: same (place|position|row|index)|zip|all (the )?training|every training|each (other|training)|any training|other positions|one training text|pairwise|counterpart|side by side
def find_leaks(train: list[str], test: list[str], threshold: float = 0.6) -> list[int]:
    return [
        i
        for i, (one, two) in enumerate(zip(train, test))
        if jaccard(clean_text(one), clean_text(two)) >= threshold
    ]

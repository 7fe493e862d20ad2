# exercise: jaccard
# expect: wrong
# meant: cuts the text into neighbouring blocks instead of overlapping runs
# about: overlap|step|block|chunk|every character|each character|begins? at|start(s|ing)? at|side by side|one after the other|disjoint
def jaccard(first: str, second: str, size: int = 5) -> float:
    def cut(text):
        text = text.casefold()
        if len(text) < size:
            return {text}
        return {text[i : i + size] for i in range(0, len(text) - size + 1, size)}

    a, b = cut(first), cut(second)
    return len(a & b) / len(a | b)

# exercise: find_faults
# expect: wrong
# meant: returns {id: kind} instead of {kind: ids}
# about: kind.*ids|keys?\b|invert|turned round|the other way|dict(ionary)? (from|of|with)|FAULT_KINDS|swapped|maps?\b
TAG_OR_ENTITY = re.compile(r"</?[a-zA-Z][^>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")


def find_faults(rows: list[dict]) -> dict[str, list[int]]:
    found = {kind: [] for kind in FAULT_KINDS}
    rest = []
    for row in rows:
        text = row["text"]
        if repair_mojibake(text) != text:
            found["mojibake"].append(row["id"])
        elif TAG_OR_ENTITY.search(text):
            found["html"].append(row["id"])
        elif row["label"] is None:
            found["missing_label"].append(row["id"])
        elif guess_language(text) != "en":
            found["foreign_language"].append(row["id"])
        else:
            rest.append((row, clean_text(repair_mojibake(text))))
    for place, (row, text) in enumerate(rest):
        alike = [(k, other, words) for k, (other, words) in enumerate(rest) if k != place and jaccard(text, words) >= 0.6]
        if row["split"] == "test" and any(other["split"] == "train" for _, other, _ in alike):
            found["leak"].append(row["id"])
            continue
        earlier = [(other, words) for k, other, words in alike if k < place and other["split"] == row["split"]]
        same = [other for other, words in earlier if "".join(words.casefold().split()) == "".join(text.casefold().split())]
        if same and same[0]["label"] == row["label"]:
            found["exact_duplicate"].append(row["id"])
        elif same:
            found["contradictory_label"].append(row["id"])
        elif earlier:
            found["near_duplicate"].append(row["id"])
    return {number: kind for kind, ids in found.items() for number in ids}

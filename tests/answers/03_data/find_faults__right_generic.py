# exercise: find_faults
# expect: right
# meant: the relations by comparing keys without any white space, in one pass over all pairs, lists of dicts
from itertools import combinations


def find_faults(rows: list[dict]) -> dict[str, list[int]]:
    def own_fault(row):
        text = row["text"]
        yield "missing_label", row["label"] is None
        yield "mojibake", repair_mojibake(text) != text
        yield "html", bool(re.search("</?[a-zA-Z][^>]*>", text)) or html.unescape(text) != text
        yield "foreign_language", guess_language(text) != "en"

    kind_of, sound = {}, []
    for row in rows:
        kind = next((kind for kind, holds in own_fault(row) if holds), None)
        if kind is None:
            clean = clean_text(repair_mojibake(row["text"]))
            sound.append((row, clean, "".join(clean.casefold().split())))
        else:
            kind_of[row["id"]] = kind
    rank = {"leak": 0, "exact_duplicate": 1, "contradictory_label": 1, "near_duplicate": 2}
    for (one, text, key), (two, other, other_key) in combinations(sound, 2):
        if key != other_key and jaccard(text, other) < 0.6:
            continue
        if one["split"] != two["split"]:
            guilty, kind = (one if one["split"] == "test" else two), "leak"
        elif key != other_key:
            guilty, kind = two, "near_duplicate"
        else:
            guilty = two
            kind = "exact_duplicate" if one["label"] == two["label"] else "contradictory_label"
        known = kind_of.get(guilty["id"])
        if known is None or rank[kind] < rank[known]:
            kind_of[guilty["id"]] = kind
    return {kind: [number for number, k in kind_of.items() if k == kind] for kind in FAULT_KINDS}

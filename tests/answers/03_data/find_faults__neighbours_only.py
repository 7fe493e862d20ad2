# exercise: find_faults
# expect: wrong
# meant: compares each row with the one directly before it only
# about: (every|all|each|any) (earlier|other|previous|pair)|directly|neighbou?r|adjacent|further (up|away|back)|previous row|row before|all pairs|far apart|next to|consecutive
def find_faults(rows: list[dict]) -> dict[str, list[int]]:
    found = {kind: [] for kind in FAULT_KINDS}
    last = None
    for row in rows:
        text = clean_text(repair_mojibake(row["text"]))
        kind = None
        if row["label"] is None:
            kind = "missing_label"
        elif repair_mojibake(row["text"]) != row["text"]:
            kind = "mojibake"
        elif html.unescape(row["text"]) != row["text"] or re.search(r"</?[a-zA-Z][^>]*>", row["text"]):
            kind = "html"
        elif guess_language(text) != "en":
            kind = "foreign_language"
        elif last is not None:
            before = clean_text(repair_mojibake(last["text"]))
            if jaccard(text, before) >= 0.6:
                if last["split"] != row["split"]:
                    kind = "leak"
                elif text.casefold() != before.casefold():
                    kind = "near_duplicate"
                elif last["label"] == row["label"]:
                    kind = "exact_duplicate"
                else:
                    kind = "contradictory_label"
        if kind:
            found[kind].append(row["id"])
        last = row
    return found

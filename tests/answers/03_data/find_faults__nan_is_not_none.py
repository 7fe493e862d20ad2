# exercise: find_faults
# expect: wrong
# meant: goes through pandas, where None has become NaN: == None finds no missing label
# about: missing|None|NaN|isna|isnull|pandas|float|label
def find_faults(rows: list[dict]) -> dict[str, list[int]]:
    df = pd.DataFrame(rows)
    found = {kind: [] for kind in FAULT_KINDS}
    df["clean"] = [clean_text(repair_mojibake(t)) for t in df["text"]]
    df["bad"] = False
    for i, row in df.iterrows():
        kind = None
        if row["label"] == None:  # noqa: E711
            kind = "missing_label"
        elif repair_mojibake(row["text"]) != row["text"]:
            kind = "mojibake"
        elif html.unescape(row["text"]) != row["text"] or re.search("</?[a-zA-Z][^>]*>", row["text"]):
            kind = "html"
        elif guess_language(row["text"]) != "en":
            kind = "foreign_language"
        if kind:
            found[kind].append(int(row["id"]))
            df.loc[i, "bad"] = True
    good = df[~df["bad"]].to_dict("records")
    train = [row for row in good if row["split"] == "train"]
    for i, row in enumerate(good):
        if row["split"] == "test" and any(jaccard(row["clean"], t["clean"]) >= 0.6 for t in train):
            found["leak"].append(row["id"])
            continue
        before = [o for o in good[:i] if o["split"] == row["split"] and jaccard(o["clean"], row["clean"]) >= 0.6]
        same = [o for o in before if o["clean"].casefold() == row["clean"].casefold()]
        if same:
            kind = "exact_duplicate" if same[0]["label"] == row["label"] else "contradictory_label"
            found[kind].append(row["id"])
        elif before:
            found["near_duplicate"].append(row["id"])
    return found

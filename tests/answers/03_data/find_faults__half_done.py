# exercise: find_faults
# expect: wrong
# meant: only the four kinds that show in one row; the relations between rows are left empty
# about: duplicate|leak|contradict|other four|relation|second row|pairs|compare|copies|beside|(not|never) (look|searched|found)|empty
def find_faults(rows: list[dict]) -> dict[str, list[int]]:
    result = {kind: [] for kind in FAULT_KINDS}
    for row in rows:
        text = row["text"]
        if row["label"] is None:
            result["missing_label"].append(row["id"])
        elif repair_mojibake(text) != text:
            result["mojibake"].append(row["id"])
        elif re.search(r"</?[a-zA-Z][^>]*>", text) or html.unescape(text) != text:
            result["html"].append(row["id"])
        elif guess_language(text) != "en":
            result["foreign_language"].append(row["id"])
    # TODO: duplicates, contradictions and leaks
    return result

# exercise: find_faults
# expect: right
# meant: a class with one method for each kind, shingle index for the candidates
def squeeze(text):
    return re.sub(r"\s", "", text).casefold()


class Cleaner:
    def __init__(self, rows):
        self.rows = [(row["id"], row["text"], row["label"], row["split"]) for row in rows]
        self.found = {kind: set() for kind in FAULT_KINDS}
        self.left = []

    def alone(self):
        for number, text, label, split in self.rows:
            if label is None:
                self.found["missing_label"].add(number)
            elif repair_mojibake(text) != text:
                self.found["mojibake"].add(number)
            elif html.unescape(text) != text or re.search(r"</?[A-Za-z][^>]*>", text):
                self.found["html"].add(number)
            elif guess_language(text) != "en":
                self.found["foreign_language"].add(number)
            else:
                self.left.append((number, clean_text(repair_mojibake(text)), label, split))

    def leaks(self):
        train = [text for _, text, _, split in self.left if split == "train"]
        tests = [(number, text) for number, text, _, split in self.left if split == "test"]
        where = find_leaks(train, [text for _, text in tests])
        self.found["leak"] = {tests[i][0] for i in where}
        self.left = [row for row in self.left if row[0] not in self.found["leak"]]

    def copies(self):
        for split in ("train", "test"):
            seen = []
            for number, text, label, own in self.left:
                if own != split:
                    continue
                exact = next((l for t, l in seen if squeeze(t) == squeeze(text)), None)
                if exact is not None:
                    self.found["exact_duplicate" if exact == label else "contradictory_label"].add(number)
                elif any(jaccard(t, text) >= 0.6 for t, _ in seen):
                    self.found["near_duplicate"].add(number)
                seen.append((text, label))


def find_faults(rows: list[dict]) -> dict[str, list[int]]:
    cleaner = Cleaner(rows)
    cleaner.alone()
    cleaner.leaks()
    cleaner.copies()
    return {kind: sorted(ids) for kind, ids in cleaner.found.items()}

# exercise: classification_scores
# expect: right
# meant: plain Python on matrix.tolist(), zip(*rows) for the columns
def classification_scores(matrix: Tensor) -> dict[str, float | list[float]]:

    rows = matrix.tolist()
    columns = [list(column) for column in zip(*rows)]

    def share(part, whole):
        return 0.0 if whole == 0 else part / whole

    hits = [row[place] for place, row in enumerate(rows)]
    n = sum(map(sum, rows))
    answer = {"precision": [share(h, sum(c)) for h, c in zip(hits, columns)]}
    answer["recall"] = [share(h, sum(r)) for h, r in zip(hits, rows)]
    answer["f1"] = [share(2 * h, sum(r) + sum(c)) for h, r, c in zip(hits, rows, columns)]
    answer["accuracy"] = share(sum(hits), n)
    answer["macro_f1"] = math.fsum(answer["f1"]) / len(rows)
    answer["micro_f1"] = share(2 * sum(hits), 2 * n)
    return answer

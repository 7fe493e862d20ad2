# exercise: fleiss_kappa
# expect: wrong
# meant: reads items as columns and categories as rows
# about: transpos|axis|rows?\b.*columns?|columns?\b.*rows?|items?\b|categor|swap|exchang
def fleiss_kappa(counts: list[list[int]]) -> float:
    counts = [list(column) for column in zip(*counts)]
    raters = sum(counts[0])
    items = len(counts)
    total = sum(map(sum, counts))
    p_e = sum((sum(column) / total) ** 2 for column in zip(*counts))
    if p_e == 1 or raters < 2:
        return 1.0
    p_bar = sum((sum(n * n for n in row) - raters) / (raters * (raters - 1)) for row in counts) / items
    return (p_bar - p_e) / (1 - p_e)

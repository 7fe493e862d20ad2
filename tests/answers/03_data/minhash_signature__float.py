# exercise: minhash_signature
# expect: wrong
# meant: floating point: products of 62 bits lose their last digits
# about: float|precision|round|53|exact|last digits|large (numbers|values)|inexact|whole numbers|integers|accura
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    h = np.outer(np.array(a, dtype=float), np.array(values, dtype=float)) + np.array(b, dtype=float)[:, None]
    return (h % PRIME).min(axis=1).astype(int).tolist()

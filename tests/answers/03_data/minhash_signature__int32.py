# exercise: minhash_signature
# expect: wrong
# meant: numpy with 32 bits: the products overflow
# about: overflow|32|int64|bits|too (large|big|small)|large (numbers|values)|wrap|exceed|fit|dtype|limit
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    x = np.array(values).astype(np.int32)
    aa = np.array(a).astype(np.int32)[:, None]
    bb = np.array(b).astype(np.int32)[:, None]
    return [int(v) for v in ((aa * x + bb) % np.int32(PRIME)).min(axis=1)]

# exercise: minhash_signature
# expect: wrong
# meant: the minimum over the hash functions for each value, not over the values for each function
# about: axis|each (hash )?function|per (hash )?function|for each value|over (all|the) (values|x|hash|functions)|one number (for|per)|length|as many|transpos|rows|columns|how many numbers
def minhash_signature(values: list[int], a: list[int], b: list[int]) -> list[int]:
    x = np.array(values, dtype=np.int64)
    h = (x[:, None] * np.array(a, dtype=np.int64) + np.array(b, dtype=np.int64)) % PRIME
    return h.min(axis=1).tolist()

# exercise: counting_limit
# expect: wrong
# meant: searches a fixed range only and gives nothing for formats that can count further
# about: None|float32|float64|range\(|further|far enough|fixed|100.?000|too (soon|early)|upper (end|bound)
def counting_limit(dtype):
    for n in range(100000):
        if int(torch.tensor(n + 1, dtype=dtype).item()) != n + 1:
            return n

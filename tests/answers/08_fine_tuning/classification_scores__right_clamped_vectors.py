# exercise: classification_scores
# expect: right
# meant: vectorised in float64 with denominators clamped to 1, which changes nothing for whole numbers
def classification_scores(matrix: Tensor) -> dict[str, float | list[float]]:

    counts = matrix.to(torch.float64)
    tp, named, real = counts.diagonal(), counts.sum(0), counts.sum(1)
    f1 = 2 * tp / (named + real).clamp(min=1)
    share = float(tp.sum() / counts.sum().clamp(min=1))
    return dict(
        precision=(tp / named.clamp(min=1)).tolist(),
        recall=(tp / real.clamp(min=1)).tolist(),
        f1=f1.tolist(),
        accuracy=share,
        macro_f1=float(f1.mean()),
        micro_f1=share,
    )

# exercise: confusion_matrix
# expect: wrong
# meant: counts tn, fp, fn, tp as for two classes; other numbers of classes get the same 2 by 2 table
# about: two class|binary|num_labels|2 ?(x|by|×) ?2|more than two|three|shape
def confusion_matrix(truth: list[int], predicted: list[int], num_labels: int) -> Tensor:
    if len(truth) != len(predicted):
        raise ValueError('the two lists differ in length')

    tp = sum(t == 1 and p == 1 for t, p in zip(truth, predicted))
    tn = sum(t == 0 and p == 0 for t, p in zip(truth, predicted))
    fp = sum(t == 0 and p == 1 for t, p in zip(truth, predicted))
    fn = sum(t == 1 and p == 0 for t, p in zip(truth, predicted))
    return torch.tensor([[tn, fp], [fn, tp]])

# exercise: cross_entropy
# expect: wrong
# meant: divides the sum by the number of all places, ignored ones included
# about: divid|denominator|number of (all )?(places|tokens)|count.*ignored|ignored.*(count|mean)|all places|only.*places that count
def cross_entropy(logits, targets, ignore_index=-100):
    V = logits.shape[-1]
    loss = F.cross_entropy(logits.reshape(-1, V), targets.reshape(-1), ignore_index=ignore_index, reduction="none")
    return loss.mean()

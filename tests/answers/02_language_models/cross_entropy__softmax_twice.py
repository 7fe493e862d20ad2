# exercise: cross_entropy
# expect: wrong
# meant: hands probabilities to F.cross_entropy, which takes logits
# about: twice|logits|softmax.*(again|already|inside|itself)|double|probabilities
def cross_entropy(logits, targets, ignore_index=-100):
    V = logits.shape[-1]
    if (targets == ignore_index).all():
        return logits.sum() * 0
    p = F.softmax(logits, dim=-1)
    return F.cross_entropy(p.reshape(-1, V), targets.reshape(-1), ignore_index=ignore_index)

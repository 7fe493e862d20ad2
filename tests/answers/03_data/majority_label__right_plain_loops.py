# exercise: majority_label
# expect: right
# meant: plain loops, without Counter
def majority_label(votes: list) -> object:
    labels, numbers = [], []
    for vote in votes:
        if vote is None:
            continue
        for k in range(len(labels)):
            if labels[k] == vote:
                numbers[k] += 1
                break
        else:
            labels.append(vote)
            numbers.append(1)
    winner, best, tied = None, 0, False
    for label, number in zip(labels, numbers):
        if number > best:
            winner, best, tied = label, number, False
        elif number == best:
            tied = True
    return None if tied else winner

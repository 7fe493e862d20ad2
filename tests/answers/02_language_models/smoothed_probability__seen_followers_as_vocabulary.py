# exercise: smoothed_probability
# expect: wrong
# meant: takes the number of followers seen after the context for |V|
# about: vocabulary|\|V\||seen or not|distinct|only (the )?(seen|followers)|number of (followers|tokens)|all tokens
def smoothed_probability(counts, context, token, vocabulary_size, alpha):
    followers = counts.get(context, {})
    v = len(followers) if followers else vocabulary_size
    return (followers.get(token, 0) + alpha) / (sum(followers.values()) + alpha * v)

# exercise: label_films
# expect: wrong
# meant: encode, predict and masks of the lesson: batches by length, then nonzero on the labels (right in the notebook; the docstring says since that functions of other cells do not exist where it is graded)
# about: predict|encode|not defined
def label_films(texts: list[str]) -> dict[str, list[int]]:

    if not texts:
        return {"positive": [], "negative": []}
    training = sentiment_split("movies").train[:3000]
    model, _ = train_upper_layers([row["text"] for row in training], [row["label"] for row in training], layers=2, learning_rate=3e-4, epochs=2)
    logits = predict(model, encode({"text": text, "label": 0} for text in texts))
    praise = logits[:, 1] > logits[:, 0]
    return {"positive": praise.nonzero().flatten().tolist(), "negative": (~praise).nonzero().flatten().tolist()}

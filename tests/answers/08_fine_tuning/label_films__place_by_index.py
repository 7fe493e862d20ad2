# exercise: label_films
# expect: wrong
# meant: looks the place up with texts.index: a text that stands there twice gets its first place twice
# about: index|twice|duplicate|repeat|same text|equal
def label_films(texts: list[str]) -> dict[str, list[int]]:
    if not texts:
        return {'positive': [], 'negative': []}
    rows = sentiment_split("movies").train[:3000]
    model, tokenizer = train_upper_layers([row["text"] for row in rows], [row["label"] for row in rows], layers=2, learning_rate=3e-4, epochs=2)
    model.eval()

    found = {"positive": [], "negative": []}
    for text in texts:
        one = tokenizer([text], truncation=True, max_length=64, return_tensors="pt")
        with torch.no_grad():
            label = model(one["input_ids"], one["attention_mask"]).argmax().item()
        found[["negative", "positive"][label]].append(texts.index(text))
    return found

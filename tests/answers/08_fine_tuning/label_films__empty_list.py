# exercise: label_films
# expect: wrong
# meant: does not think of an empty list: the tokenizer fails on it
# about: empty|no text
def label_films(texts: list[str]) -> dict[str, list[int]]:
    rows = sentiment_split("movies").train[:3000]
    model, tokenizer = train_upper_layers([row["text"] for row in rows], [row["label"] for row in rows], layers=2, learning_rate=3e-4, epochs=2)
    model.eval()

    batch = tokenizer(texts, padding=True, truncation=True, max_length=64, return_tensors="pt")
    with torch.no_grad():
        praise = model(batch["input_ids"], batch["attention_mask"]).argmax(dim=1).bool().tolist()
    return {
        "positive": [place for place, yes in enumerate(praise) if yes],
        "negative": [place for place, yes in enumerate(praise) if not yes],
    }

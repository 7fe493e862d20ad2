# exercise: label_films
# expect: wrong
# meant: counts places from 0 in every batch instead of in texts
# about: batch|offset|start|place|restart
def label_films(texts: list[str]) -> dict[str, list[int]]:
    if not texts:
        return {'positive': [], 'negative': []}
    rows = sentiment_split("movies").train[:3000]
    model, tokenizer = train_upper_layers([row["text"] for row in rows], [row["label"] for row in rows], layers=2, learning_rate=3e-4, epochs=2)
    model.eval()
    found = {"positive": [], "negative": []}
    for start in range(0, len(texts), 32):
        part = texts[start : start + 32]
        batch = tokenizer(part, padding=True, truncation=True, max_length=64, return_tensors="pt")
        with torch.no_grad():
            answers = model(batch["input_ids"], batch["attention_mask"]).argmax(dim=1).tolist()
        for offset, label in enumerate(answers):
            found["positive" if label == 1 else "negative"].append(offset)
    return found

# exercise: label_films
# expect: wrong
# meant: as half of them praise, calls the upper half by score positive, whatever else is in the list decides
# about: half|median|rank|threshold|sort|what else|depend
def label_films(texts: list[str]) -> dict[str, list[int]]:
    if not texts:
        return {'positive': [], 'negative': []}
    rows = sentiment_split("movies").train[:3000]
    model, tokenizer = train_upper_layers([row["text"] for row in rows], [row["label"] for row in rows], layers=2, learning_rate=3e-4, epochs=2)
    model.eval()

    batch = tokenizer(texts, padding=True, truncation=True, max_length=64, return_tensors="pt")
    with torch.no_grad():
        logits = model(batch["input_ids"], batch["attention_mask"])
    order = (logits[:, 1] - logits[:, 0]).argsort(descending=True, stable=True).tolist()
    half = (len(texts) + 1) // 2
    return {"positive": order[:half], "negative": order[half:]}

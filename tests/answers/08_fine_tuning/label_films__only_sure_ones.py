# exercise: label_films
# expect: wrong
# meant: leaves out the texts of which the model is not sure, so that they are in neither list
# about: neither|sure|confiden|threshold|left out|leaves out|every place|missing|0\.95
def label_films(texts: list[str]) -> dict[str, list[int]]:
    if not texts:
        return {'positive': [], 'negative': []}
    rows = sentiment_split("movies").train[:3000]
    model, tokenizer = train_upper_layers([row["text"] for row in rows], [row["label"] for row in rows], layers=2, learning_rate=3e-4, epochs=2)
    model.eval()

    positive, negative = [], []
    with torch.no_grad():
        for place, text in enumerate(texts):
            one = tokenizer(text, truncation=True, max_length=64, return_tensors="pt")
            praise = torch.softmax(model(one["input_ids"], one["attention_mask"]), dim=1)[0, 1].item()
            if praise > 0.95:
                positive.append(place)
            elif praise < 0.05:
                negative.append(place)
    return {"positive": positive, "negative": negative}

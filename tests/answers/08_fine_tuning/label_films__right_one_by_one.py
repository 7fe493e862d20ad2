# exercise: label_films
# expect: right
# meant: one text at a time without any padding, in inference mode
def label_films(texts: list[str]) -> dict[str, list[int]]:

    positive, negative = [], []
    if len(texts) > 0:
        train = sentiment_split("movies").train[:3000]
        model, tokenizer = train_upper_layers([r["text"] for r in train], [r["label"] for r in train], layers=2, learning_rate=3e-4, epochs=2)
        model.train(False)
        with torch.inference_mode():
            for place, text in enumerate(texts):
                one = tokenizer(text, truncation=True, max_length=64, return_tensors="pt")
                bad, good = model(one["input_ids"], one["attention_mask"]).squeeze(0).tolist()
                (positive if good > bad else negative).append(place)
    return {"negative": negative, "positive": positive}

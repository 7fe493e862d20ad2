# exercise: label_films
# expect: right
# meant: batches of sixteen in the order of the texts, positive where softmax gives it more than a half
def label_films(texts: list[str]) -> dict[str, list[int]]:
    rows = sentiment_split("movies").train[:3000]
    model, tokenizer = train_upper_layers(
        [row["text"] for row in rows], [row["label"] for row in rows], layers=2, learning_rate=3e-4, epochs=2
    )
    model = model.eval()
    out: dict[str, list[int]] = {"positive": [], "negative": []}
    with torch.inference_mode():
        for start in range(0, len(texts), 16):
            batch = tokenizer(
                list(texts[start : start + 16]), padding=True, truncation=True, max_length=64, return_tensors="pt"
            )
            logits = model(batch["input_ids"], batch["attention_mask"])
            for offset, share in enumerate(torch.softmax(logits, dim=-1)[:, 1].tolist()):
                out["positive" if share > 0.5 else "negative"].append(start + offset)
    return out

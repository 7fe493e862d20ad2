# exercise: collate
# expect: wrong
# meant: always pads with 0, pad_id is never used
# about: pad_id|pads? with (0|zero)|always (0|zero)|hard-?coded
def collate(examples: list[dict[str, Any]], pad_id: int = 0) -> dict[str, Tensor]:
    tensors = [torch.tensor(example["input_ids"]) for example in examples]
    masks = [torch.ones(len(example["input_ids"]), dtype=torch.long) for example in examples]
    return {
        "input_ids": nn.utils.rnn.pad_sequence(tensors, batch_first=True),
        "attention_mask": nn.utils.rnn.pad_sequence(masks, batch_first=True),
        "labels": torch.tensor([example["label"] for example in examples]),
    }

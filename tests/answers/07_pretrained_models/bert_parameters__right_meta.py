# exercise: bert_parameters
# expect: right
# meant: builds the model on the device meta and counts (one head, since heads do not matter)
def bert_parameters(config: dict[str, int]) -> int:
    from transformers import BertConfig as _Config
    from transformers import BertModel as _Model

    with torch.device("meta"):
        model = _Model(_Config(**{**config, "num_attention_heads": 1}))
    return sum(math.prod(p.shape) for p in model.parameters())

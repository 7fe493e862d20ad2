# exercise: training_step
# expect: wrong
# meant: concatenates the micro-batches with torch.cat, which fails for different lengths, and runs the model once
# about: cat|concatenat|lengths? differ|different (length|width)|by itself|one (large )?batch
def training_step(
    model: nn.Module, micro_batches: list[dict[str, Tensor]], optimizer: torch.optim.Optimizer, max_norm: float = 1.0
) -> tuple[float, float]:
    optimizer.zero_grad()
    big = {key: torch.cat([batch[key] for batch in micro_batches]) for key in micro_batches[0]}
    loss = F.cross_entropy(model(big["input_ids"], big["attention_mask"]), big["labels"])
    loss.backward()
    norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm)
    optimizer.step()
    return loss.item(), norm.item()

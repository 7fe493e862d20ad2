# exercise: bert_hidden_states
# expect: wrong
# meant: calls transformers' own forward pass
# about: transformers|forward|own (encoder|model)|library|BertModel|theirs
def bert_hidden_states(input_ids: Tensor, attention_mask: Tensor) -> Tensor:
    model, _ = load_bert()
    with torch.no_grad():
        return model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

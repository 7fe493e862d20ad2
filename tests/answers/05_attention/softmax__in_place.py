# exercise: softmax
# expect: wrong
# meant: saves memory with in-place operations and so changes the argument
# about: in.?place|unchanged|chang|modif|overwr|argument|alter
def softmax(x: Tensor, dim: int = -1) -> Tensor:
    with torch.no_grad():
        x -= x.amax(dim=dim, keepdim=True)
        x.exp_()
        x /= x.sum(dim=dim, keepdim=True)
    return x

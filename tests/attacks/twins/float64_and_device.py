"""Answers in double precision, and tensors sent to the device that there is."""

from tests.attacks.attack import Attack, Notebook

SETUP = """
device = "cuda" if torch.cuda.is_available() else "cpu"
torch.set_default_device(device)
print(torch.zeros(2, device=device).device)
"""
SOFTMAX = """
def row_softmax(x):
    x = x.to(device=device, dtype=torch.float64)
    e = torch.exp(x - x.max(-1, keepdim=True).values)
    return e / e.sum(-1, keepdim=True)
"""
SCALER = """
class Scaler(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size, device=device))
        self.to(device)

    def forward(self, x):
        return (x.double().to(self.weight.device) * self.weight.double()).cpu()
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SETUP, before="row_softmax").answer("row_softmax", SOFTMAX).answer("Scaler", SCALER)


ATTACK = Attack("float64, and an explicit device", build, answer="right")

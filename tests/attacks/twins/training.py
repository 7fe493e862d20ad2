"""A small model is trained with an optimizer and a seed, as a learner would try it."""

from tests.attacks.attack import Attack, Notebook

SOURCE = """
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
inputs, targets = torch.randn(64, 4), torch.randn(64, 1)
for epoch in range(30):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(inputs), targets)
    loss.backward()
    optimizer.step()
print(f"{loss.item():.3f}")
"""


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.own(SOURCE, before="check-row-softmax")


ATTACK = Attack("a small model is trained on the way", build, seconds=25)

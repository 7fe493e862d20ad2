# exercise: fit_temperature
# expect: right
# meant: scipy's bounded scalar minimisation over log T, then compared with the ends
from scipy.optimize import minimize_scalar


def fit_temperature(logits: Tensor, labels: Tensor) -> float:

    z, y = logits.detach().double(), labels.long()

    def loss(log_T: float) -> float:
        return float(F.nll_loss(torch.log_softmax(z * math.exp(-log_T), dim=-1), y))

    ends = math.log(0.05), math.log(20.0)
    inner = minimize_scalar(loss, bounds=ends, method="bounded", options={"xatol": 1e-5}).x
    return math.exp(min((*ends, float(inner)), key=loss))

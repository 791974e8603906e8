"""SynFlow in float64 where layers are not homogeneous: biases, batch-norm statistics, smooth activations.

R = sum of the logits for an input of ones, with |w| for every parameter (also biases, scales and shifts), running
statistics as they are; score = |c dR/dc| at the masks c so far, normalised to sum 1 over all connections (weights and
biases of linear and convolutional layers); keep_t = floor(m (k/m)^(t/T) + 1/2), k = floor(m (1 - s) + 1/2).

    python3 make_synflow.py OUT_DIR [SEED]

Each file: w.* the network's state under PyTorch's names, s1.* the scores of the first round, m1.* and m100.* the masks
after 1 and 100 rounds at 95 %. Networks: wrn-10-1 as the project names it (batch norm's eps 1e-3) and, named after their activation, linear
layers l1, l2, l3 of 20-30-30-5 without biases; 'biases' is ReLU with biases.
"""
import sys, os, numpy as np, torch, torch.nn as nn, torch.nn.functional as F
D = torch.float64
class Block(nn.Module):
    def __init__(s, i, o, st):
        super().__init__(); s.bn1 = nn.BatchNorm2d(i, eps=1e-3); s.conv1 = nn.Conv2d(i, o, 3, st, 1)
        s.bn2 = nn.BatchNorm2d(o, eps=1e-3); s.conv2 = nn.Conv2d(o, o, 3, 1, 1)
        if i != o or st != 1: s.shortcut = nn.Conv2d(i, o, 1, st)
    def forward(s, x):
        a = F.relu(s.bn1(x)); y = s.conv2(F.relu(s.bn2(s.conv1(a))))
        return y + (s.shortcut(a) if hasattr(s, 'shortcut') else x)
class Wrn(nn.Module):
    shape = (3, 32, 32)
    def __init__(s):
        super().__init__(); s.conv1 = nn.Conv2d(3, 16, 3, 1, 1)
        for g, (i, o, st) in enumerate([(16, 16, 1), (16, 32, 2), (32, 64, 2)], 1): setattr(s, 'group%d' % g, nn.Sequential(Block(i, o, st)))
        s.bn = nn.BatchNorm2d(64, eps=1e-3); s.fc = nn.Linear(64, 10)
    def forward(s, x): return s.fc(F.relu(s.bn(s.group3(s.group2(s.group1(s.conv1(x)))))).mean((2, 3)))
class Mlp(nn.Module):
    shape = (20,)
    def __init__(s, f, bias=False):
        super().__init__(); s.f = f
        s.l1 = nn.Linear(20, 30, bias=bias); s.l2 = nn.Linear(30, 30, bias=bias); s.l3 = nn.Linear(30, 5, bias=bias)
    def forward(s, x): return s.l3(s.f(s.l2(s.f(s.l1(x)))))
def connections(net):
    bn = {n for n, m in net.named_modules() if isinstance(m, nn.BatchNorm2d)}
    return {n: p.detach() for n, p in net.named_parameters() if n.rsplit('.', 1)[0] not in bn}
def scores(net, c):
    c = {n: v.clone().requires_grad_(True) for n, v in c.items()}
    p = {n: (c[n] * v.detach().abs() if n in c else v.detach().abs()) for n, v in net.named_parameters()}
    y = torch.nn.utils.stateless.functional_call(net, {**p, **dict(net.named_buffers())}, (torch.ones((1,) + net.shape, dtype=D),))
    g = torch.autograd.grad(y.sum(), list(c.values()))
    s = {n: (v.detach() * d).abs() for (n, v), d in zip(c.items(), g)}
    t = sum(v.sum() for v in s.values())
    return {n: v / t for n, v in s.items()}
def prune(net, sparsity, rounds):
    c = {n: torch.ones_like(p) for n, p in connections(net).items()}
    m = sum(v.numel() for v in c.values()); k = int(np.floor(m * (1.0 - sparsity) + 0.5))
    for t in range(1, rounds + 1):
        s = scores(net, c); keep = k if t == rounds else int(np.floor(m * (k / m) ** (t / rounds) + 0.5))
        flat = torch.cat([torch.where(c[n] > 0, v, torch.full_like(v, -1.0)).reshape(-1) for n, v in s.items()])
        mask = torch.zeros_like(flat); mask[torch.sort(flat, descending=True, stable=True)[1][:keep]] = 1
        at = 0
        for n in c: c[n] = mask[at:at + c[n].numel()].reshape(c[n].shape); at += c[n].numel()
    return c
if __name__ == '__main__':
    out = sys.argv[1]; seed = int(sys.argv[2]) if len(sys.argv) > 2 else 11; os.makedirs(out, exist_ok=True)
    mlps = [(f + '-20-30-30-5', lambda f=f: Mlp(getattr(F if hasattr(F, f) else torch, f))) for f in ('gelu', 'softplus', 'tanh', 'sigmoid', 'silu')]
    for name, make in [('wrn-10-1', Wrn), ('biases-20-30-30-5', lambda: Mlp(F.relu, True))] + mlps:
        torch.manual_seed(seed); net = make()
        for m in net.modules():
            if isinstance(m, (nn.Linear, nn.Conv2d)):
                nn.init.kaiming_normal_(m.weight)
                if m.bias is not None: nn.init.normal_(m.bias, 0, 0.05)
            if isinstance(m, nn.BatchNorm2d):
                nn.init.uniform_(m.weight, 0.5, 1.5); nn.init.normal_(m.bias, 0, 0.3); m.running_mean.normal_(0, 0.3); m.running_var.uniform_(0.5, 2)
        w = {'w.' + k: v.detach().numpy() for k, v in net.state_dict().items() if 'num_batches' not in k}
        net = net.double().eval(); ones = {n: torch.ones_like(p) for n, p in connections(net).items()}
        s1 = scores(net, ones)
        np.savez_compressed(os.path.join(out, name + '.npz'), **w, **{'s1.' + n: v.numpy().astype(np.float32) for n, v in s1.items()},
            **{'m1.' + n: v.numpy().astype(np.uint8) for n, v in prune(net, 0.95, 1).items()}, **{'m100.' + n: v.numpy().astype(np.uint8) for n, v in prune(net, 0.95, 100).items()})
        print(name, {n: round(float(v.sum()), 4) for n, v in s1.items() if n.endswith('weight')})

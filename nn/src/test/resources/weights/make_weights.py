"""Weights of small networks in the forms in which PyTorch 1.13.1 saves them, and the same values as .npz.

    python3 make_weights.py OUT_DIR
"""
import sys, os, numpy as np, torch, torch.nn as nn, torch.nn.utils.prune as prune

out = sys.argv[1]
torch.manual_seed(1)
net = nn.Sequential()
net.add_module("fc1", nn.Linear(4, 3))
net.add_module("relu", nn.ReLU())
net.add_module("fc2", nn.Linear(3, 2))
plain = {k: v.numpy() for k, v in net.state_dict().items()}
np.savez(os.path.join(out, "mlp.npz"), **plain)
torch.save(net.state_dict(), os.path.join(out, "mlp.pt"))
torch.save(net, os.path.join(out, "whole.pt"))
torch.save(net.state_dict(), os.path.join(out, "old.pt"), _use_new_zipfile_serialization=False)
torch.save({"epoch": 3, "state_dict": {"module." + k: v.half() for k, v in net.state_dict().items()}},
           os.path.join(out, "half.pth"))
torch.save({k: v.bfloat16() for k, v in net.state_dict().items()}, os.path.join(out, "brain.pt"))
# not contiguous: a transposed view, and two views of one storage
both = torch.cat([net.fc1.weight.detach().flatten(), net.fc1.bias.detach()])
views = dict(net.state_dict())
views["fc1.weight"] = net.fc1.weight.detach().t().contiguous().t()
views["fc1.bias"] = both[12:]
torch.save(views, os.path.join(out, "views.pt"))
prune.l1_unstructured(net.fc1, "weight", amount=0.5)
prune.random_unstructured(net.fc2, "bias", amount=1)
torch.save(net.state_dict(), os.path.join(out, "pruned.pt"))
torch.manual_seed(2)
for name, rnn in (("lstm", nn.LSTM(3, 2)), ("gru", nn.GRU(3, 2))):
    model = nn.ModuleDict({"rnn": rnn, "fc": nn.Linear(2, 2)})
    torch.save(model.state_dict(), os.path.join(out, name + ".pt"))
    x = torch.randn(5, 4, 3)
    np.savez(os.path.join(out, name + ".npz"), x=x.numpy(), y=model["fc"](rnn(x)[0][-1]).detach().numpy())

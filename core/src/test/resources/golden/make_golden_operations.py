#!/usr/bin/env python3
"""Writes reference values of further operations, computed with PyTorch in double precision.

Needs: apt-get install python3-torch   (then: /usr/bin/python3 make_golden_operations.py OUT_DIR)
Every case is one .npz file: inputs, the output `y`, the upstream gradient `dy` (the scalar
differentiated is sum(y * dy)) and `d_<name>` for the gradient of each input.
Layouts are snip4j's (the batch is the last axis) wherever a lambda permutes; images are N,C,H,W.
"""
import os, sys
import numpy as np, torch, torch.nn.functional as F

out = sys.argv[1]
torch.manual_seed(11); torch.set_num_threads(1); torch.set_default_dtype(torch.float64)
os.makedirs(out, exist_ok=True)

def array(v):
    v = v.detach().numpy() if torch.is_tensor(v) else np.asarray(v)
    return v.astype(np.int32 if v.dtype.kind in 'iub' else np.float32)

def f32(t):                       # values that float32 holds exactly, differentiated in float64
    return t.float().double().requires_grad_(True)

def case(name, f, constants={}, **inputs):
    leaves = {k: f32(v) for k, v in inputs.items()}
    y = f(*leaves.values())
    dy = f32(torch.randn_like(y)).detach()
    grads = torch.autograd.grad((y * dy).sum(), list(leaves.values()))
    arrays = dict(y=y, dy=dy, **leaves, **{'d_' + k: g for k, g in zip(leaves, grads)}, **constants)
    np.savez_compressed(os.path.join(out, name + '.npz'), **{k: array(v) for k, v in arrays.items()})

R = torch.randn
edges = lambda *at: torch.cat([R(7, 29) * 4, torch.tensor(at).repeat(7, 1)], 1)   # the kinks too
case('clamp', lambda x: x.clamp(-1.5, 2), x=edges(-1.5, 2.0))
case('relu6', F.relu6, x=edges(0.0, 6.0))
case('hard_sigmoid', F.hardsigmoid, x=edges(-3.0, 3.0))
case('hard_swish', F.hardswish, x=R(7, 31) * 4)
case('silu', F.silu, x=R(7, 31) * 4)
case('abs', torch.abs, x=edges(0.0, -0.0))
case('pow_square', lambda x: x ** 2, x=edges(0.0, 1.0))
case('pow_third', lambda x: x ** 3, x=R(7, 31))
case('pow_root', lambda x: x ** -0.5, x=R(7, 31).abs() + 0.1)
a = R(4, 5, 6); b = R(5, 1); a[0, :, 0] = b[:, 0].float().double()                # and ties
case('max_of_two', torch.maximum, a=a, b=b)
case('min_of_two', torch.minimum, a=a, b=b)
c = R(5, 6) > 0
case('where', lambda a, b: torch.where(c, a, b), dict(condition=c), a=R(4, 5, 6), b=R(4, 1, 1))
case('softmax_middle', lambda x: F.softmax(x, 1), x=R(4, 9, 5) * 3)
case('softmax_last', lambda x: F.softmax(x, -1), x=R(4, 5, 9) * 3)
case('log_softmax_middle', lambda x: F.log_softmax(x, 1), x=R(4, 9, 5) * 3)
case('max_axes', lambda x: x.amax((0, 2)), x=R(5, 4, 6))
case('min_axes', lambda x: x.amin((0, 2)), x=R(5, 4, 6))
case('log_sum_exp', lambda x: x.logsumexp((0, 2)), x=R(5, 4, 6) * 3)
case('variance_axes', lambda x: x.var((0, 2), unbiased=False), x=R(5, 4, 6) + 3)
case('batched_matmul', torch.matmul, a=R(3, 1, 7, 9), b=R(2, 9, 5))
case('batched_matmul_transposed', lambda a, b: a.transpose(-1, -2) @ b, a=R(6, 9, 7), b=R(6, 9, 5))
index = torch.tensor([4, 0, 0, 2])
case('select', lambda x: x.index_select(1, index), dict(index=index), x=R(3, 5, 7))
ids = torch.randint(0, 11, (5, 4))                                               # T, N
case('embedding', lambda table: F.embedding(ids, table).permute(0, 2, 1), dict(ids=ids), table=R(11, 6))
case('layer_norm', lambda x, w, b: F.layer_norm(x.permute(0, 2, 1), (37,), w, b, 1e-5).permute(0, 2, 1), x=R(3, 37, 5) * 2 + 1, w=R(37), b=R(37))
case('layer_norm_last', lambda x, w, b: F.layer_norm(x, (5, 7), w, b, 1e-5), x=R(3, 4, 5, 7), w=R(5, 7), b=R(5, 7))
case('group_norm', lambda x, w, b: F.group_norm(x, 3, w, b, 1e-5), x=R(5, 6, 4, 7) * 2 + 1, w=R(6), b=R(6))
case('instance_norm', lambda x, w, b: F.group_norm(x, 4, w, b, 1e-5), x=R(3, 4, 5, 5), w=R(4), b=R(4))
case('max_pool2d_ceil', lambda x: F.max_pool2d(x, 3, 2, 1, ceil_mode=True), x=R(3, 4, 8, 10))
case('avg_pool2d_ceil', lambda x: F.avg_pool2d(x, 3, 2, 1, ceil_mode=True), x=R(3, 4, 8, 10))
case('avg_pool2d_uncounted', lambda x: F.avg_pool2d(x, (3, 2), (2, 3), (1, 1), ceil_mode=True, count_include_pad=False), x=R(3, 4, 8, 9))
conv = lambda x, w, b: F.conv_transpose2d(x, w, b, (2, 3), (1, 0), (1, 2), 2, (1, 2))   # stride, padding, output padding, groups, dilation
case('conv_transpose2d', conv, x=R(3, 4, 5, 6), w=R(4, 3, 3, 2), b=R(6))
case('conv1d', lambda x, w, b: F.conv1d(x.permute(2, 0, 1), w[:, :, 0], b, 2, 3, 2, 2).permute(1, 2, 0), x=R(4, 13, 3), w=R(6, 2, 1, 4), b=R(6))

def stateful(name, cls, I=7, H=5, T=6, N=9):      # one layer from a given state: outputs, then h_T (and c_T)
    m = cls(I, H); x = f32(R(T, N, I)); states = [f32(R(1, N, H)) for _ in range(2 if cls is torch.nn.LSTM else 1)]
    for p in m.parameters(): p.data = p.data.float().double()
    y, last = m(x, tuple(states) if len(states) == 2 else states[0])
    results = [y, *(last if len(states) == 2 else [last])]
    ups = [f32(R(*r.shape)).detach() for r in results]
    sum((r * u).sum() for r, u in zip(results, ups)).backward()
    ours = lambda t: t.permute(0, 2, 1)           # T, N, F to T, F, N
    p = dict(w_ih=m.weight_ih_l0, w_hh=m.weight_hh_l0, b_ih=m.bias_ih_l0, b_hh=m.bias_hh_l0)
    arrays = dict(x=ours(x), d_x=ours(x.grad), **p, **{'d_' + k: v.grad for k, v in p.items()})
    for k, r, u in zip('yhc', results, ups): arrays[k] = ours(r); arrays['u_' + k] = ours(u)
    for k, s in zip('hc', states): arrays[k + '0'] = ours(s)[0]; arrays['d_' + k + '0'] = ours(s.grad)[0]
    np.savez_compressed(os.path.join(out, name + '.npz'), **{k: array(v) for k, v in arrays.items()})
stateful('lstm_state', torch.nn.LSTM); stateful('gru_state', torch.nn.GRU)

def attention(name, causal, E=12, heads=3, T=7, N=5):   # x, y: T, E, N
    m = torch.nn.MultiheadAttention(E, heads); x = f32(R(T, E, N))
    for p in m.parameters(): p.data = (p.data + 0.1 * R(*p.shape)).float().double()
    mask = torch.ones(T, T).triu(1).bool() if causal else None
    i = x.permute(0, 2, 1); y = m(i, i, i, attn_mask=mask, need_weights=False)[0].permute(0, 2, 1)
    dy = f32(R(*y.shape)).detach(); (y * dy).sum().backward()
    p = dict(m.named_parameters())
    np.savez_compressed(os.path.join(out, name + '.npz'), **{k: array(v) for k, v in dict(x=x, y=y, dy=dy, d_x=x.grad, **p, **{'d_' + k: v.grad for k, v in p.items()}).items()})
attention('attention', False); attention('attention_causal', True)

def two_ways(name, I=4, H=3, T=6, N=5):           # two layers of LSTM in both directions; x, y: T, F, N
    m = torch.nn.LSTM(I, H, num_layers=2, bidirectional=True); x = f32(R(T, I, N))
    for p in m.parameters(): p.data = p.data.float().double()
    y = m(x.permute(0, 2, 1))[0].permute(0, 2, 1)
    dy = f32(R(*y.shape)).detach(); (y * dy).sum().backward()
    p = {}
    for l in (0, 1):
        for ours, theirs in (('ahead', ''), ('back', '_reverse')):   # our one matrix and one bias per cell
            g = lambda k: getattr(m, f'{k}_l{l}{theirs}')
            p[f'{ours}{l}.weight'] = torch.cat([g('weight_ih'), g('weight_hh')], 1)
            p[f'{ours}{l}.bias'] = g('bias_ih') + g('bias_hh')
            p[f'd_{ours}{l}.weight'] = torch.cat([g('weight_ih').grad, g('weight_hh').grad], 1)
            p[f'd_{ours}{l}.bias'] = g('bias_ih').grad
    np.savez_compressed(os.path.join(out, name + '.npz'), **{k: array(v) for k, v in dict(x=x, y=y, dy=dy, d_x=x.grad, **p).items()})
two_ways('lstm_two_ways')
print(len(os.listdir(out)), 'files')

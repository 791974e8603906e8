/**
 * SNIP: single-shot network pruning based on connection sensitivity.
 *
 * <p>Lee, Ajanthan, Torr, <i>SNIP: Single-shot network pruning based on connection sensitivity</i>,
 * ICLR 2019 (arXiv 1810.02340). Equation and algorithm numbers in this package are that paper's.
 * What follows goes through it in its order; each step ends with the line that does it, and {@code
 * PackageDocumentationTest} compiles and runs all of them.
 *
 * <h2>The problem</h2>
 *
 * <p>Of a network with weights w the paper wants a sparse one: c ⊙ w with c<sub>j</sub> in {0, 1}
 * and at most κ of them 1, such that the loss L(c ⊙ w; D) is small (equation 3). Line 1 of its
 * Algorithm 1 draws the weights by variance scaling, so that signals keep their size:
 *
 * <pre>{@code
 * Seed seed = new Seed(1);
 * Network network = LeNet300100.create(seed);
 * }</pre>
 *
 * <h2>What a connection is worth</h2>
 *
 * <p>Removing connection j changes the loss by ΔL<sub>j</sub> = L(1 ⊙ w; D) - L((1 - e<sub>j</sub>)
 * ⊙ w; D) (equation 4). To know it for every j takes m + 1 forward passes, which {@link
 * io.github.snip4j.snip.diagnosis.LossChanges} does for a sample. But c may be let vary between 0
 * and 1, and then ΔL<sub>j</sub> ≈ g<sub>j</sub> = ∂L(c ⊙ w; D) / ∂c<sub>j</sub> at c = 1 (equation
 * 5): one backward pass for all j. It only takes a mini-batch D<sup>b</sup> (line 2), and a graph
 * in which every weight has a variable c of its own:
 *
 * <pre>{@code
 * Batch batch = Mnist.load().split(seed).train().sample(100, seed);
 * Pass pass = Pass.connections(Pass.Mode.EVALUATE, seed, Biases.SCORED::prunable);
 * Gradients gradients = network.loss(batch, pass).backward();
 * Tensor g = gradients.of(pass.mask(network.parameter("fc1.weight")));
 * }</pre>
 *
 * <p>g is not the gradient with respect to the weights: that says what a small change of
 * w<sub>j</sub> does, this what the connection does. {@link
 * io.github.snip4j.snip.ConnectionSensitivity#of} is these lines for all parameters.
 *
 * <p>Whether the loss would rise or fall does not matter, only how much. So the score is the
 * magnitude, divided by the sum of all: s<sub>j</sub> = |g<sub>j</sub>| / Σ<sub>k</sub>
 * |g<sub>k</sub>| (equation 6, line 3).
 *
 * <pre>{@code
 * Scores scores = ConnectionSensitivity.score(network, batch);
 * }</pre>
 *
 * <h2>What is kept</h2>
 *
 * <p>c<sub>j</sub> = 1 for the κ largest scores of the whole network (equation 7, lines 4 and 5).
 * The paper gives the sparsity, m - κ of m; m counts weights and biases.
 *
 * <pre>{@code
 * int kappa = Kappa.of(scores.size(), 0.98);
 * Masks masks = Masks.keepTop(scores, kappa);
 * }</pre>
 *
 * <h2>Training</h2>
 *
 * <p>w* = arg min L(c ⊙ w; D) is regular training (line 6), and w* = c ⊙ w* (line 7) holds at every
 * step, because the network that is trained has nothing but the kept weights:
 *
 * <pre>{@code
 * Network sparse = Sparsifier.compile(network, masks);
 * Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
 * }</pre>
 *
 * <h2>Other ways</h2>
 *
 * <p>A {@link io.github.snip4j.snip.Criterion} scores {@link io.github.snip4j.snip.Connections}:
 * the same c ⊙ w, with c where masks have put it. A {@link io.github.snip4j.snip.Pruner} asks it
 * once or in rounds, and an {@link io.github.snip4j.snip.Allocation} shares κ out. So SNIP in ten
 * rounds is another line, and FORCE, where what was pruned may return, one word more:
 *
 * <pre>{@code
 * Connections connections = Connections.of(network, batch);
 * Pruner iterative = Pruner.of(ConnectionSensitivity::score).in(10);
 * Masks force = iterative.reviving().prune(connections, 0.98);
 * }</pre>
 *
 * <p>SynFlow, GraSP and others are in {@code io.github.snip4j.snip.criterion}. Before a training it
 * is worth a look whether the mask is sound:
 *
 * <pre>{@code
 * EffectiveConnections wiring = EffectiveConnections.of(network, masks);
 * double effectiveSparsity = wiring.sparsity();
 * }</pre>
 */
@NullMarked
package io.github.snip4j.snip;

import org.jspecify.annotations.NullMarked;

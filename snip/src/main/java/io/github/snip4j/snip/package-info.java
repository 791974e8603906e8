/**
 * SNIP: single-shot network pruning based on connection sensitivity.
 *
 * <p>Lee, Ajanthan, Torr, <i>SNIP: Single-shot network pruning based on connection sensitivity</i>,
 * ICLR 2019 (arXiv 1810.02340). Equation and algorithm numbers in this package are that paper's.
 *
 * <p>Algorithm 1, line by line:
 *
 * <ol>
 *   <li>w &larr; variance scaling: {@code LeNet300100.create(seed)}
 *   <li>D<sup>b</sup> &larr; a mini-batch: {@code split.train().sample(100, seed)}
 *   <li>s<sub>j</sub> &larr; |g<sub>j</sub>| / &Sigma;<sub>k</sub> |g<sub>k</sub>| with g =
 *       &part;L(c &#8857; w)/&part;c at c = 1: {@link
 *       io.github.snip4j.snip.ConnectionSensitivity#score}
 *   <li>c<sub>j</sub> &larr; 1[s<sub>j</sub> is among the &kappa; largest]: {@link
 *       io.github.snip4j.snip.Masks#keepTop}
 *   <li>w* &larr; arg min L(c &#8857; w), regular training: an {@code Optimizer} that is given the
 *       masks, so that w* = c &#8857; w* holds at every step
 * </ol>
 */
@NullMarked
package io.github.snip4j.snip;

import org.jspecify.annotations.NullMarked;

package io.github.snip4j.nn.layer;

import io.github.snip4j.core.conv.Conv1dSpec;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.WrongShapesTest.Case;
import java.util.stream.Stream;

/** The cases of {@link WrongShapesTest} that are about sequences and what came with them. */
final class SequenceCases {
  private static final Seed SEED = new Seed(1);
  private static final Initializer INIT = VarianceScaling.lecun();

  private SequenceCases() {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            new LayerNorm("ln7", 5),
            Shape.of(9, 5, 2),
            Shape.of(9, 4, 2),
            "ln7: layer norm: x [9, 4, 2], scale [5], shift [5]: expected the lengths of x from"
                + " axis -2 on, none of them 0"),
        new Case(
            new GroupNorm("gn7", 6, 3),
            Shape.of(6, 4, 4, 2),
            Shape.of(5, 4, 4, 2),
            "gn7: group norm: x [5, 4, 4, 2], scale [6], shift [6], 3 groups: expected x [C, ...,"
                + " N] with a pixel at least, scale and shift [C], and groups that divide C"),
        new Case(
            new Embedding("words7", 9, 4, INIT, SEED),
            Shape.of(9, 2),
            Shape.scalar(),
            "words7: embedding: table [9, 4], ids []: expected table [V, E], ids [..., N]"),
        new Case(
            new PositionEmbedding("places7", 9, 4, INIT, SEED),
            Shape.of(8, 4, 2),
            Shape.of(10, 4, 2),
            "places7: positions: input [10, 4, 2]: expected [T, 4, N], T at most 9"),
        new Case(
            new SelfAttention("att7", 6, 2, true, INIT, SEED),
            Shape.of(9, 6, 2),
            Shape.of(9, 5, 2),
            "att7: self-attention: input [9, 5, 2]: expected [T, 6, N], T at least 1"),
        new Case(
            new Bidirectional(
                new Lstm("lstm8", 5, 4, 1f, INIT, SEED), new Lstm("lstm9", 5, 4, 1f, INIT, SEED)),
            Shape.of(9, 5, 2),
            Shape.of(5, 2),
            "both directions: input [5, 2]: expected [T, F, N]"),
        new Case(
            new Conv1d("conv8", 4, 6, 3, Conv1dSpec.VALID.withGroups(2), INIT, SEED),
            Shape.of(6, 9, 2),
            Shape.of(6, 9),
            "conv8: conv1d: x [6, 9], w [4, 3, 1, 3]: expected x [C, L, N] and w [O, C/groups, 1,"
                + " K]"),
        new Case(
            new TransposedConv2d(
                "conv9", Shape.of(3, 4, 2, 2), Conv2dSpec.VALID.withStride(2), 0, 1, INIT, SEED),
            Shape.of(3, 6, 8, 2),
            Shape.of(2, 6, 8, 2),
            "conv9: transposed conv2d: x [2, 6, 8, 2], w [3, 4, 2, 2], b [4], groups 1: expected x"
                + " [C, H, W, N], w [C, O/groups, kH, kW] and groups that divide C"),
        new Case(
            new Composite(
                "both7",
                (parts, x, pass) -> pass.through(parts.get(1), pass.through(parts.get(0), x)),
                new Linear("fc5", 5, 4, INIT, SEED),
                new Linear("fc6", 4, 3, INIT, SEED)),
            Shape.of(5, 2),
            Shape.of(4, 2),
            "fc5: linear: w [4, 5], x [4, 2], b [4]: expected w [out, in], x [in, N], b [out]"));
  }
}

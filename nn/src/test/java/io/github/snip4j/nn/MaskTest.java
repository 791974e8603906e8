package io.github.snip4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MaskTest {
  private static final Shape SHAPE = Shape.of(2, 3);
  private static final Mask MASK =
      new Mask(SHAPE, new boolean[] {true, false, true, false, false, true});

  @Test
  void aMaskKnowsWhatItKeeps() {
    assertThat(MASK.kept()).isEqualTo(3);
    assertThat(MASK.keptPositions()).containsExactly(0, 2, 5);
    assertThat(MASK.toArray()).containsExactly(true, false, true, false, false, true);
    assertThat(MASK.keeps(5)).isTrue();
    assertThat(MASK.keeps(4)).isFalse();
    Tensor w = Tensor.full(SHAPE, 7f);
    MASK.applyTo(w);
    assertThat(w.toArray()).containsExactly(7, 0, 7, 0, 0, 7);
  }

  @Test
  void whatIsOutsideOrOfAnotherSizeIsRefused() {
    for (int position : new int[] {-1, 6, 64}) {
      assertThatThrownBy(() -> MASK.keeps(position)).isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mask(SHAPE, new boolean[7]))
        .withMessage("mask [2, 3] takes 6 values, not 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MASK.applyTo(Tensor.zeros(Shape.of(6))))
        .withMessage("mask [2, 3] for a tensor [6]");
  }

  @Test
  void aMaskAndAStructureOfWhatItKeepsAreTheSame() {
    for (Storage storage : Storage.values()) {
      Structure structure = MASK.structure(storage);
      assertThat(structure.positions()).containsExactly(0, 2, 5);
      assertThat(Mask.of(structure).toArray()).isEqualTo(MASK.toArray());
    }
    assertThat(Mask.of(Structure.whole(SHAPE)).kept()).isEqualTo(6);
  }
}

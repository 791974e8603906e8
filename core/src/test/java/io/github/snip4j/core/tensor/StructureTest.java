package io.github.snip4j.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.internal.sparse.SparsePattern;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StructureTest {
  private static final Shape SHAPE = Shape.of(2, 3);

  /** Three of six elements, in both ways that some of a tensor's can be stored. */
  static final List<Structure> SOME =
      List.of(Structure.of(SHAPE, 0, 2, 4), SparsePattern.of(SHAPE, 0, 2, 4));

  @ParameterizedTest
  @FieldSource("SOME")
  void someElementsAreGatheredAndSpreadAgain(Structure some) {
    assertThat(some.isWhole()).isFalse();
    assertThat(some.count()).isEqualTo(3);
    assertThat(some.positions()).containsExactly(0, 2, 4);
    Tensor whole = Tensor.of(SHAPE, 1, 2, 3, 4, 5, 6);
    Tensor values = some.gather(whole);
    assertThat(values.toArray()).containsExactly(1, 3, 5);
    assertThat(some.spread(values).toArray()).containsExactly(1, 0, 3, 0, 5, 0);
    assertThat(some.spread(values).shape()).isEqualTo(SHAPE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> some.gather(Tensor.zeros(Shape.of(3, 2))))
        .withMessage("gather: [3, 2]: expected [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> some.spread(Tensor.zeros(Shape.of(2))))
        .withMessage("spread: values [2]: expected [3], as many as exist of [2, 3]");
  }

  @Test
  void aWholeTensorIsItsOwnValues() {
    Structure whole = Structure.whole(SHAPE);
    Tensor t = Tensor.of(SHAPE, 1, 2, 3, 4, 5, 6);
    assertThat(whole.isWhole()).isTrue();
    assertThat(whole.gather(t)).isSameAs(t);
    assertThat(whole.spread(t)).isSameAs(t);
    assertThat(whole.positions()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(whole.bytes()).isZero();
  }

  @Test
  void whatAMaskKeepsAllOfIsNotCopied() {
    Structure all = Structure.of(SHAPE, 0, 1, 2, 3, 4, 5);
    Tensor t = Tensor.of(SHAPE, 1, 2, 3, 4, 5, 6);
    Tensor values = all.gather(t);
    assertThat(values.shape()).isEqualTo(Shape.of(6));
    assertThat(all.spread(values).shape()).isEqualTo(SHAPE);
    assertThat(all.spread(values).toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(all.isWhole()).as("a mask has chosen them").isFalse();
    t.put(4, 50);
    assertThat(all.spread(values).at(4)).as("the same array").isEqualTo(50);
  }

  @ParameterizedTest
  @FieldSource("SOME")
  void elementsAreFoundInAnotherStructureByTheirPositions(Structure some) {
    Structure other = Structure.of(SHAPE, 1, 2, 3, 4, 5);
    assertThat(some.indicesIn(other)).containsExactly(-1, 1, 3);
    assertThat(other.indicesIn(some)).containsExactly(-1, 1, -1, 2, -1);
    assertThat(some.indicesIn(Structure.whole(SHAPE))).containsExactly(0, 2, 4);
    assertThat(Structure.whole(SHAPE).indicesIn(some)).containsExactly(0, -1, 1, -1, 2, -1);
    assertThat(some.indicesIn(Structure.of(SHAPE))).containsExactly(-1, -1, -1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> some.indicesIn(Structure.whole(Shape.of(6))))
        .withMessage("structures of [2, 3] and of [6]: expected one shape");
  }

  @ParameterizedTest
  @FieldSource("SOME")
  void valuesAreCarriedOverByPosition(Structure some) {
    Tensor values = Tensor.of(Shape.of(3), 10, 12, 14); // at 0, 2, 4
    Structure other = Structure.of(SHAPE, 1, 2, 3, 4);
    assertThat(other.carriedOver(some, values).toArray()).containsExactly(0, 12, 0, 14);
    assertThat(some.carriedOver(other, other.carriedOver(some, values)).toArray())
        .containsExactly(0, 12, 14);
    assertThat(some.carriedOver(some, values).toArray()).containsExactly(10, 12, 14);
    Structure whole = Structure.whole(SHAPE);
    Tensor all = whole.carriedOver(some, values);
    assertThat(all.toArray()).containsExactly(10, 0, 12, 0, 14, 0);
    assertThat(some.carriedOver(whole, all).toArray()).containsExactly(10, 12, 14);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.carriedOver(some, all))
        .withMessageStartingWith("carried over: values [2, 3]: expected [3]");
  }

  @Test
  void positionsThatAreNotAscendingOrLieOutsideAreRefused() {
    refused("2 after 2", 2, 2);
    refused("1 after 2", 2, 1);
    refused("6 after 0: expected ascending ones below 6", 0, 6);
    refused("-1 after -1", -1);
  }

  private static void refused(String why, int... positions) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Structure.of(SHAPE, positions))
        .withMessageContaining("positions in [2, 3]: " + why);
  }
}

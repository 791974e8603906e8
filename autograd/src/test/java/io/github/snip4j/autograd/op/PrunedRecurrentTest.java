package io.github.snip4j.autograd.op;

import static io.github.snip4j.core.testing.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sparse cells against the dense ones with zeros where nothing is kept. */
class PrunedRecurrentTest {
  /** Each cell. */
  enum Cell {
    LSTM(4, 4) {
      @Override
      Variable of(Variable x, Weight w, Variable b) {
        return Recurrent.lstm(x, w, b, 1f);
      }
    },
    GRU(3, 3) {
      @Override
      Variable of(Variable x, Weight w, Variable b) {
        return Recurrent.gru(x, w, b);
      }
    },
    GRU_RESET_AFTER(3, 4) {
      @Override
      Variable of(Variable x, Weight w, Variable b) {
        return Recurrent.gruResetAfter(x, w, b);
      }
    };

    private final int gates;
    private final int biases;

    Cell(int gates, int biases) {
      this.gates = gates;
      this.biases = biases;
    }

    abstract Variable of(Variable x, Weight w, Variable b);
  }

  /** Of a cell, some sizes and a density. */
  private static final class Inputs {
    final Cell cell;
    final SparsePattern pattern;
    final Variable x;
    final Variable values;
    final Variable b;
    final Tensor dy;

    Inputs(Cell cell, int steps, int features, int units, int batch, double density) {
      this.cell = cell;
      boolean[] keep = new boolean[cell.gates * units * (features + units)];
      for (int i = 0; i < keep.length; i++) {
        keep[i] = new Seed(7).uniform(i) < density;
      }
      pattern = SparsePattern.of(Shape.of(cell.gates * units, features + units), keep);
      x = Variable.leaf(RandomTensors.normal(1, steps, features, batch));
      values = Variable.leaf(RandomTensors.normal(2, pattern.count() + 3).slice(3, 3 + kept()));
      b = Variable.leaf(RandomTensors.normal(3, cell.biases * units));
      dy = RandomTensors.normal(4, steps, units, batch);
    }

    private int kept() {
      return pattern.count();
    }

    /** The output and all gradients. */
    List<Tensor> sparse() {
      Variable y = cell.of(x, Weight.of(values, pattern), b);
      Gradients gradients = y.backward(dy);
      return List.of(y.value(), gradients.of(x), gradients.of(values), gradients.of(b));
    }

    List<Tensor> dense() {
      Variable w = Variable.leaf(pattern.spread(values.value()));
      Variable y = cell.of(x, Weight.of(w), b);
      Gradients gradients = y.backward(dy);
      Tensor kept = pattern.gather(gradients.of(w));
      return List.of(y.value(), gradients.of(x), kept, gradients.of(b));
    }
  }

  private static void assertSame(Inputs inputs) {
    List<Tensor> actual = inputs.sparse();
    List<Tensor> expected = inputs.dense();
    for (int i = 0; i < actual.size(); i++) {
      assertClose(actual.get(i), expected.get(i), 2e-5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSparseCellIsTheDenseOneWithZeros(Cell cell) {
    for (int batch : new int[] {1, 7, 16, 17, 33, 100, 300}) {
      assertSame(new Inputs(cell, 3, 5, 7, batch, 0.4));
      assertSame(new Inputs(cell, 9, 11, 33, batch, 0.1));
    }
    assertSame(new Inputs(cell, 4, 1, 1, 1, 1));
  }

  @ParameterizedTest
  @EnumSource
  void aCellWithNothingKeptFollowsItsBiases(Cell cell) {
    Inputs inputs = new Inputs(cell, 5, 6, 9, 20, 0);
    assertSame(inputs);
    assertThat(inputs.sparse().get(1).toArray()).as("dx").containsOnly(0f);
    assertThat(inputs.sparse().get(2).size()).as("values").isZero();
  }

  @ParameterizedTest
  @EnumSource
  void sharedAmongThreadsTheBitsAreThoseOfOne(Cell cell) {
    Inputs inputs = new Inputs(cell, 6, 40, 64, 100, 0.1);
    for (Supplier<List<Tensor>> run :
        List.<Supplier<List<Tensor>>>of(inputs::sparse, inputs::dense)) {
      List<float[]> expected = new ArrayList<>();
      Parallel.forEach( // within it, nobody else can have the threads
          2,
          piece -> {
            if (piece == 0) {
              run.get().forEach(t -> expected.add(t.toArray()));
            }
          });
      Workspace workspace = new Workspace();
      for (int repetition = 0; repetition < 10; repetition++) {
        List<Tensor> actual = workspace.run(run);
        for (int i = 0; i < expected.size(); i++) {
          assertThat(actual.get(i).toArray()).isEqualTo(expected.get(i));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void noGradientByTheInputLeavesTheOthersAsTheyAre(Cell cell) {
    Inputs inputs = new Inputs(cell, 6, 3, 9, 20, 0.3);
    Variable constant = Variable.constant(inputs.x.value());
    Variable y = cell.of(constant, Weight.of(inputs.values, inputs.pattern), inputs.b);
    Gradients gradients = y.backward(inputs.dy);
    List<Tensor> expected = inputs.sparse();
    assertThat(gradients.of(inputs.values).toArray()).isEqualTo(expected.get(2).toArray());
    assertThat(gradients.of(inputs.b).toArray()).isEqualTo(expected.get(3).toArray());
  }

  @Test
  void whatDoesNotFitThePatternIsNamed() {
    Inputs inputs = new Inputs(Cell.GRU, 2, 3, 5, 4, 1);
    Variable few = Variable.constant(Tensor.zeros(Shape.of(119)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weight.of(few, inputs.pattern))
        .withMessage("weight: values [119]: expected [120], as many as exist of [15, 8]");
    Weight w = Weight.of(inputs.values, inputs.pattern);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Recurrent.lstm(inputs.x, w, inputs.b, 0f))
        .withMessage(
            "lstm: x [2, 3, 4], w [15, 8], b [15]: expected x [T, F, N], w [4 H, F + H], b [4 H],"
                + " T, F and H at least 1");
  }
}

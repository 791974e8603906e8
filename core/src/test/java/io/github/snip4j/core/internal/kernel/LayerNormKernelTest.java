package io.github.snip4j.core.internal.kernel;

import static io.github.snip4j.core.testing.Golden.assertClose;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import org.junit.jupiter.api.Test;

class LayerNormKernelTest {
  /** The variance is 1e40, which no float holds, but its root is a float like others. */
  @Test
  void columnsWhoseVarianceIsNoFloatAreNormalizedToo() {
    Tensor x = RandomTensors.normal(1, 6, 4, 35);
    Tensor large = RandomTensors.normal(1, 6, 4, 35);
    for (int i = 0; i < x.size(); i++) {
      if (i % 35 != 7) { // one example is as usual
        large.put(i, 1e20f * x.at(i));
      }
    }
    Tensor dy = RandomTensors.normal(2, 6, 4, 35);
    Tensor scale = RandomTensors.normal(3, 6, 4);
    Tensor shift = RandomTensors.normal(4, 6, 4);
    LayerNormKernel expected = LayerNormKernel.ofAxes(x, scale, shift, 0, 0); // no eps
    LayerNormKernel norm = LayerNormKernel.ofAxes(large, scale, shift, 0, 0);
    assertClose(norm.y(), expected.y(), 1e-6);
    assertClose(norm.gradients(dy).dScale(), expected.gradients(dy).dScale(), 1e-6);
    Tensor dx = norm.gradients(dy).dx();
    for (int i = 0; i < dx.size(); i++) {
      dx.put(i, i % 35 == 7 ? dx.at(i) : 1e20f * dx.at(i));
    }
    assertClose(dx, expected.gradients(dy).dx(), 1e-6);
    Tensor groupScale = Tensor.full(Shape.of(6), 1);
    Tensor groupShift = Tensor.zeros(Shape.of(6));
    assertClose(
        LayerNormKernel.ofGroups(large, groupScale, groupShift, 3, 0).y(),
        LayerNormKernel.ofGroups(x, groupScale, groupShift, 3, 0).y(),
        1e-6);
  }
}

package io.github.snip4j.nn.io;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Network;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes a recurrent layer's matrix and bias from the two of each that PyTorch has. Masks are joined
 * like weights; a bias that was added up is kept if one of the two is.
 */
final class RecurrentNames {
  private RecurrentNames() {}

  static void join(Map<String, Tensor> tensors, Map<String, Tensor> masks, Network network) {
    join(tensors, masks, network.body().describe());
  }

  private static void join(Map<String, Tensor> tensors, Map<String, Tensor> masks, LayerSpec spec) {
    spec.parts().forEach(part -> join(tensors, masks, part));
    if (!spec.kind().equals("lstm") && !spec.kind().equals("gru")) {
      return;
    }
    String name = spec.text("name");
    int units = spec.number("units");
    boolean apart = spec.kind().equals("gru") && spec.text("reset").equals("AFTER_PRODUCT");
    for (String half : List.of(".weight_ih_l0", ".weight_hh_l0", ".bias_ih_l0", ".bias_hh_l0")) {
      keepWhole(tensors, masks, name + half, name + other(half));
    }
    put(
        tensors,
        name + ".weight",
        name + ".weight_ih_l0",
        name + ".weight_hh_l0",
        RecurrentNames::sideBySide);
    put(
        masks,
        name + ".weight",
        name + ".weight_ih_l0",
        name + ".weight_hh_l0",
        RecurrentNames::sideBySide);
    put(
        tensors,
        name + ".bias",
        name + ".bias_ih_l0",
        name + ".bias_hh_l0",
        (a, b) -> sum(a, b, units, apart, false));
    put(
        masks,
        name + ".bias",
        name + ".bias_ih_l0",
        name + ".bias_hh_l0",
        (a, b) -> sum(a, b, units, apart, true));
    Tensor bias = tensors.get(name + ".bias");
    float forget = spec.kind().equals("lstm") ? (float) spec.real("forgetBias") : 0;
    if (bias != null && forget != 0 && bias.size() == 4 * units) {
      Tensor kept = masks.get(name + ".bias");
      for (int i = units; i < 2 * units; i++) { // the layer adds it by itself
        if (kept != null && kept.at(i) == 0) {
          throw new IllegalArgumentException(
              (name + ".bias: a bias of the forget gate is pruned, to which this network adds ")
                  + (forget + ": expected one with a forget bias of 0, as PyTorch's"));
        }
        bias.put(i, bias.at(i) - forget);
      }
    }
  }

  private static String other(String half) {
    return half.contains("_ih_") ? half.replace("_ih_", "_hh_") : half.replace("_hh_", "_ih_");
  }

  /** Where one half alone is pruned, the other has a mask that keeps all. */
  private static void keepWhole(
      Map<String, Tensor> tensors, Map<String, Tensor> masks, String half, String pruned) {
    Tensor values = tensors.get(half);
    if (values != null && masks.containsKey(pruned) && !masks.containsKey(half)) {
      Tensor mask = Tensor.zeros(values.shape());
      for (int i = 0; i < mask.size(); i++) {
        mask.put(i, 1);
      }
      masks.put(half, mask);
    }
  }

  private static void put(
      Map<String, Tensor> tensors,
      String whole,
      String ofInput,
      String ofState,
      BinaryOperator<@Nullable Tensor> joined) {
    Tensor a = tensors.get(ofInput);
    Tensor b = tensors.get(ofState);
    if (a == null || b == null || tensors.containsKey(whole)) {
      return;
    }
    Tensor both = joined.apply(a, b);
    if (both != null) {
      tensors.put(whole, both);
      tensors.remove(ofInput);
      tensors.remove(ofState);
    }
  }

  /** Null if they do not fit. */
  private static @Nullable Tensor sideBySide(@Nullable Tensor a, @Nullable Tensor b) {
    if (a == null
        || b == null
        || a.shape().rank() != 2
        || b.shape().rank() != 2
        || a.shape().dim(0) != b.shape().dim(0)) {
      return null;
    }
    int rows = a.shape().dim(0);
    int left = a.shape().dim(1);
    int right = b.shape().dim(1);
    Tensor both = Tensor.zeros(Shape.of(rows, left + right));
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < left + right; j++) {
        both.set(j < left ? a.get(i, j) : b.get(i, j - left), i, j);
      }
    }
    return both;
  }

  /** a + b, but of a GRU's n, whose two biases stay apart; null if they do not fit. */
  private static @Nullable Tensor sum(
      @Nullable Tensor a, @Nullable Tensor b, int units, boolean apart, boolean masks) {
    if (a == null || b == null || !a.shape().equals(b.shape()) || a.shape().rank() != 1) {
      return null;
    }
    int summed = apart ? 2 * units : a.size();
    if (apart && a.size() != 3 * units) {
      return null;
    }
    Tensor both = Tensor.zeros(Shape.of(apart ? 4 * units : a.size()));
    for (int i = 0; i < a.size(); i++) {
      if (i >= summed) {
        both.put(i, a.at(i));
        both.put(i + units, b.at(i));
      } else {
        both.put(i, masks ? Math.max(a.at(i), b.at(i)) : a.at(i) + b.at(i));
      }
    }
    return both;
  }
}

package io.github.snip4j.nn.onnx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elements of a file's tensors, perhaps rearranged by the graph: which element of which tensor each
 * one is. The tensors become parameters under their own names, and a mask of a parameter says what
 * is kept of the file's tensor, whatever the graph makes of it.
 *
 * @param index of each element, in the tensors one after the other; null for all of one tensor in
 *     order
 */
@SuppressWarnings("ArrayRecordComponent") // plain data, never compared
record Learned(int[] dims, List<TensorData> tensors, int @Nullable [] index) implements Known {
  static Learned all(TensorData tensor) {
    return new Learned(tensor.dims(), List.of(tensor), null);
  }

  /** Whether this is a tensor as it is in the file, but perhaps in other axes. */
  boolean isWhole() {
    return index == null;
  }

  private int at(int position) {
    return index == null ? position : index[position];
  }

  float value(int position) {
    int at = at(position);
    for (TensorData tensor : tensors) {
      if (at < tensor.size()) {
        return tensor.reals()[at];
      }
      at -= tensor.size();
    }
    throw new IllegalStateException("element " + at + " of " + tensors);
  }

  /** The numbers as they are in the file, as constants. */
  Reals constant() {
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(i);
    }
    return new Reals(dims, values);
  }

  @Override
  public Learned pick(int[] positions, int[] newDims) {
    int[] picked = new int[positions.length];
    boolean all = index == null && picked.length == size();
    for (int i = 0; i < picked.length; i++) {
      picked[i] = at(positions[i]);
      all &= picked[i] == i;
    }
    return new Learned(newDims, tensors, all ? null : picked);
  }

  @Override
  public Learned followedBy(List<Known> others, int[] newDims) {
    if (others.isEmpty()) {
      return new Learned(newDims, tensors, index);
    }
    List<TensorData> all = new ArrayList<>(tensors);
    int[] joined = new int[size() + others.stream().mapToInt(Known::size).sum()];
    int next = append(joined, 0, this, all);
    for (Known other : others) {
      if (!(other instanceof Learned learned)) {
        throw new IllegalArgumentException("weights and other values in one array");
      }
      next = append(joined, next, learned, all);
    }
    return new Learned(newDims, all, joined);
  }

  private static int append(int[] joined, int next, Learned part, List<TensorData> all) {
    int[] begin = new int[part.tensors.size()]; // of each of its tensors among all
    for (int t = 0; t < begin.length; t++) {
      TensorData tensor = part.tensors.get(t);
      int which = 0;
      while (which < all.size() && !all.get(which).name().equals(tensor.name())) {
        begin[t] = Math.addExact(begin[t], all.get(which++).size());
      }
      if (which == all.size()) {
        all.add(tensor);
      }
    }
    int at = next;
    for (int i = 0; i < part.size(); i++) {
      int position = part.at(i);
      int t = 0;
      while (position >= part.tensors.get(t).size()) {
        position -= part.tensors.get(t++).size();
      }
      joined[at++] = begin[t] + position;
    }
    return at;
  }

  @Override
  public Learned reshaped(int[] newDims) {
    return new Learned(newDims, tensors, index);
  }
}

package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** Parts of a tensor that are chosen by numbers, and gradients that find their way back. */
public final class Lookup {
  private Lookup() {}

  /**
   * The places of an axis that are asked for, in this order; one may be asked for several times.
   *
   * @param axis negative counts from the end
   * @param indices from 0 on; negative counts from the end
   * @throws IllegalArgumentException if there is no such axis or place
   */
  public static Tensor select(Tensor x, int axis, int... indices) {
    int along = Axes.index(x.shape(), axis);
    int length = x.shape().dim(along);
    int[] places = places(x.shape(), along, indices);
    int[] dims = x.shape().toArray();
    dims[along] = indices.length;
    Tensor y = Tensor.uninitialized(Shape.of(dims));
    int run = run(x.shape(), along);
    int at = y.offset();
    for (int outer = 0; at < y.offset() + y.size(); outer++) {
      for (int place : places) {
        int from = x.offset() + (outer * length + place) * run;
        System.arraycopy(x.data(), from, y.data(), at, run);
        at += run;
      }
    }
    return y;
  }

  /** dx of {@link #select}: each dy added up at the place it came from, in order. */
  public static Tensor selectGradient(Tensor dy, Shape x, int axis, int... indices) {
    int along = Axes.index(x, axis);
    int length = x.dim(along);
    int[] places = places(x, along, indices);
    Tensor dx = Tensor.zeros(x);
    int run = run(x, along);
    int at = 0;
    for (int outer = 0; at < dy.size(); outer++) {
      for (int place : places) {
        int to = (outer * length + place) * run;
        for (int i = 0; i < run; i++, at++) {
          dx.put(to + i, dx.at(to + i) + dy.at(at));
        }
      }
    }
    return dx;
  }

  private static int[] places(Shape x, int axis, int... indices) {
    int length = x.dim(axis);
    int[] places = indices.clone();
    for (int i = 0; i < places.length; i++) {
      places[i] += places[i] < 0 ? length : 0;
      if (places[i] < 0 || places[i] >= length) {
        throw new IllegalArgumentException(
            ("select: axis " + axis + " of " + x + " has no place " + indices[i])
                + (": expected numbers from " + -length + " to " + (length - 1)));
      }
    }
    return places;
  }

  private static int run(Shape x, int axis) {
    int run = 1;
    for (int i = axis + 1; i < x.rank(); i++) {
      run *= x.dim(i);
    }
    return run;
  }

  /**
   * Rows of a table: y[..., e, n] = table[ids[..., n], e].
   *
   * @param table {@code [V, E]}
   * @param ids {@code [..., N]}, whole numbers from 0 to V-1
   * @return {@code [..., E, N]}
   * @throws IllegalArgumentException if the shapes are not those, or an id is no row
   */
  public static Tensor embedding(Tensor table, Tensor ids) {
    int[] rows = rows(table.shape(), ids);
    int width = table.shape().dim(1);
    int batch = ids.shape().dim(-1);
    Tensor y = Tensor.uninitialized(ids.shape().dropLast().append(width).append(batch));
    for (int i = 0; i < rows.length; i++) {
      int to = i / batch * width * batch + i % batch;
      for (int e = 0; e < width; e++) {
        y.put(to + e * batch, table.at(rows[i] * width + e));
      }
    }
    return y;
  }

  /** The gradient with respect to the table: each dy added up in the row it came from, in order. */
  public static Tensor embeddingGradient(Tensor dy, Shape table, Tensor ids) {
    int[] rows = rows(table, ids);
    int width = table.dim(1);
    int batch = ids.shape().dim(-1);
    Tensor d = Tensor.zeros(table);
    for (int i = 0; i < rows.length; i++) {
      int from = i / batch * width * batch + i % batch;
      for (int e = 0; e < width; e++) {
        int to = rows[i] * width + e;
        d.put(to, d.at(to) + dy.at(from + e * batch));
      }
    }
    return d;
  }

  private static int[] rows(Shape table, Tensor ids) {
    if (table.rank() != 2 || ids.shape().rank() == 0) {
      throw new IllegalArgumentException(
          ("embedding: table " + table + ", ids " + ids.shape())
              + ": expected table [V, E], ids [..., N]");
    }
    int[] rows = new int[ids.size()];
    for (int i = 0; i < rows.length; i++) {
      float id = ids.at(i);
      if (!(id >= 0 && id < table.dim(0)) || id != Math.rint(id)) {
        throw new IllegalArgumentException(
            ("embedding: id " + id + " at " + i + " is no row of the table " + table)
                + (": expected whole numbers from 0 to " + (table.dim(0) - 1)));
      }
      rows[i] = (int) id;
    }
    return rows;
  }
}

package io.github.snip4j.nn.predict;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A network in use, as a service needs it: made once, never changed, and asked by any number of
 * threads at the same time. What the network becomes afterwards does not concern it.
 *
 * <p>For one example it computes a plan that is laid out when it is made, with arrays that are used
 * again, on the calling thread, and allocates nothing. Pruned weights cost nothing: rows and
 * filters are sparse where few of their weights exist. Networks with layers that the plan has no
 * step for (attention, layer norm, layers of a user's own, those of ONNX files) are computed as
 * {@link Network#logits} does, to the same bits.
 *
 * <p>Outputs of a plan are those of {@link Network#logits}, up to rounding: sums are taken in
 * another order. The same example gives the same bits, whatever the thread.
 *
 * <p>Memory: a copy of what exists of the weights, and for each thread that asks at the same time
 * (up to 64; beyond, the arrays are made anew) the activations of one example.
 *
 * <pre>{@code
 * Predictor predictor = Predictor.of(network);
 * predictor.warmUp();
 * float[] outputs = predictor.predict(example);
 * }</pre>
 */
public final class Predictor {
  private static final int SLOTS = 64;
  private static final int WARM_UP_CALLS = 30_000; // C2 compiles after some 10,000
  private static final int SETTLING_CALLS = 20;
  private static final long WARM_UP_NANOS = 1_200_000_000L;

  private final Network network;
  private final @Nullable Plan plan;
  private final Pool<Plan.Arrays> arrays;
  private final Pool<Workspace> workspaces = new Pool<>(Workspace::new);

  /** Things that are used by one thread at a time and given back; those beyond are let go. */
  private static final class Pool<T> {
    private final AtomicReferenceArray<@Nullable T> slots = new AtomicReferenceArray<>(SLOTS);
    private final Supplier<T> maker;

    Pool(Supplier<T> maker) {
      this.maker = maker;
    }

    T take() {
      for (int i = 0; i < SLOTS; i++) {
        if (slots.getPlain(i) != null) {
          T one = slots.getAndSet(i, null);
          if (one != null) {
            return one;
          }
        }
      }
      return maker.get();
    }

    void giveBack(T one) {
      for (int i = 0; i < SLOTS; i++) {
        if (slots.getPlain(i) == null && slots.compareAndSet(i, null, one)) {
          return;
        }
      }
    }
  }

  private Predictor(Network network) {
    this.network = network;
    Plan made = Compiler.plan(network);
    this.plan = made;
    this.arrays =
        new Pool<>(
            () -> {
              if (made == null) {
                throw new IllegalStateException("no plan");
              }
              return new Plan.Arrays(made);
            });
  }

  /**
   * Of a network as it is now, whole or pruned, in evaluation mode; it is copied.
   *
   * @throws UnsupportedOperationException if a layer of a user's own does not say how it is copied,
   *     {@link io.github.snip4j.nn.Layer#on}
   */
  public static Predictor of(Network network) {
    return new Predictor(network.on(Parameter::copy));
  }

  /** How many numbers an example has. */
  public int inputs() {
    return network.input().size();
  }

  /** How many numbers come out for one. */
  public int outputs() {
    return network.outputs();
  }

  /** Whether one example is computed by the plan, and not as {@link Network#logits} does. */
  public boolean isPlanned() {
    return plan != null;
  }

  /**
   * The outputs for one example.
   *
   * @param example its {@link #inputs} numbers, row-major in the network's input shape; not
   *     modified
   * @return {@link #outputs} numbers, a new array
   * @throws IllegalArgumentException if there are more or fewer numbers
   */
  public float[] predict(float... example) {
    float[] y = new float[outputs()];
    predict(example, y);
    return y;
  }

  /**
   * The outputs for one example, in an array of the caller's: allocates nothing, if there {@link
   * #isPlanned is a plan}.
   *
   * @param example its {@link #inputs} numbers, not modified
   * @param y of {@link #outputs} numbers, which are set
   * @throws IllegalArgumentException if an array is of another length
   */
  public void predict(float[] example, float[] y) {
    if (example.length != inputs() || y.length != outputs()) {
      throw new IllegalArgumentException(
          ("predictor of " + network.name() + ": " + example.length + " numbers to " + y.length)
              + (": expected " + inputs() + " to " + outputs()));
    }
    if (plan == null) {
      Tensor x = Tensor.of(network.input().append(1), example.clone());
      float[] computed = predict(x).toArray();
      System.arraycopy(computed, 0, y, 0, y.length);
      return;
    }
    Plan.Arrays own = arrays.take();
    System.arraycopy(example, 0, own.buffers[0], 0, example.length);
    plan.run(own);
    System.arraycopy(own.buffers[plan.result()], 0, y, 0, y.length);
    arrays.giveBack(own);
  }

  /**
   * The outputs for many examples at once, with the kernels that training uses, which take several
   * threads. For more than a few examples this is faster than one at a time.
   *
   * @param x {@code [input axes ..., N]}
   * @return {@code [output axes ..., N]}, with an array of its own
   * @throws IllegalArgumentException if x is not that
   */
  public Tensor predict(Tensor x) {
    Workspace workspace = workspaces.take();
    float[] y = workspace.run(() -> network.logits(x).toArray());
    workspaces.giveBack(workspace);
    Shape shape = network.output().append(x.shape().dim(-1));
    return Tensor.of(shape, y);
  }

  /**
   * Computes examples of made-up numbers until the JIT compiler has done its work, at most 1.2 s:
   * after it the first answer takes about as long as the hundredth. Where there is no plan they are
   * zeros, which every layer takes, also one that looks up words.
   */
  public void warmUp() {
    float[] x = new float[inputs()];
    float[] y = new float[outputs()];
    long end = System.nanoTime() + WARM_UP_NANOS;
    for (int i = 0; i < WARM_UP_CALLS && System.nanoTime() < end; i++) {
      for (int k = 0; plan != null && k < x.length; k++) {
        x[k] = Math.floorMod(31 * i + 17 * k, 64) / 16f - 2; // from -2 to 2, of both signs
      }
      predict(x, y);
    }
    settle(x, y);
  }

  /**
   * Asks a few times from code that is not compiled, as the first to ask may be: the loop above has
   * become one compiled method with what it calls inside, and the methods by themselves, which are
   * compiled too, find out where their calls go when they first run.
   */
  private void settle(float[] x, float[] y) {
    for (int i = 0; i < SETTLING_CALLS; i++) {
      predict(x, y);
    }
  }
}

package io.github.snip4j.core.tensor;

import io.github.snip4j.core.internal.checks.Checks;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of one step of a computation, handed out again in the next: a training loop in steady
 * state allocates next to nothing.
 *
 * <p>What {@link Tensor#zeros} and the operations make within {@link #run} belongs to that step,
 * and is overwritten by the next: to use one then is an {@link IllegalStateException}. What is to
 * outlive it has an array of its own: that of a {@link Tensor#copy}, or one made before. Outside of
 * {@code run} every tensor has an array of its own.
 *
 * <p>Arrays of a length that no step has asked for in a while are let go: steps change their sizes
 * where connections move, and the few dense ones among sparse ones leave nothing behind.
 *
 * <p>Of one thread at a time; a step's tensors may be read and written by others meanwhile. A
 * {@code float[]} that was taken from a tensor by {@link Tensor#data} knows nothing of its step:
 * {@code -Dsnip4j.checks=true} fills arrays with NaN before they are used again, so that it shows.
 */
public final class Workspace {
  private static final ThreadLocal<@Nullable Workspace> CURRENT = new ThreadLocal<>();

  private static final int IDLE_STEPS = 32; // more than there are shapes of batches in a loop

  private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();
  private WorkspaceStep step = new WorkspaceStep();
  private Pile[] piles = new Pile[16]; // few sizes: searching them in order is quick
  private int sizes;

  /** An empty one; it grows to what a step needs. */
  public Workspace() {}

  /** Arrays of one length and kind; the first {@code used} are in use. */
  private static final class Pile {
    final int length;
    final boolean floats;
    Object[] arrays = new Object[4];
    int count;
    int used;
    int idle; // steps since one asked for an array

    Pile(int length, boolean floats) {
      this.length = length;
      this.floats = floats;
    }

    Object take() {
      idle = 0;
      if (used == count) {
        if (count == arrays.length) {
          arrays = Arrays.copyOf(arrays, 2 * count);
        }
        arrays[count++] = floats ? new float[length] : new int[length];
      }
      return arrays[used++];
    }

    void giveBack(Object array) {
      for (int i = used - 1; i >= 0; i--) {
        if (arrays[i] == array) {
          arrays[i] = arrays[--used];
          arrays[used] = array;
          return;
        }
      }
    }
  }

  /**
   * Computes one step. Steps of different workspaces may be nested.
   *
   * @return what the step returns; a tensor among it is valid until the next step
   * @throws IllegalStateException if a step of this workspace is being computed, by this thread or
   *     another
   */
  public <T> T run(Supplier<T> work) {
    begin();
    Workspace outer = CURRENT.get();
    CURRENT.set(this);
    try {
      return work.get();
    } finally {
      letGoOfIdleArrays();
      CURRENT.set(outer);
      user.set(null);
    }
  }

  private void begin() {
    Thread caller = Thread.currentThread();
    Thread other = user.compareAndExchange(null, caller);
    if (other != null) {
      throw new IllegalStateException(
          other == caller
              ? "workspace: run is called within a run of the same workspace, and would write over"
                  + " its tensors: give the inner one a workspace of its own"
              : ("workspace: the thread '" + other.getName() + "' computes in it:")
                  + " give each thread a workspace of its own");
    }
    step.end();
    step = new WorkspaceStep();
  }

  /** Ends the step for all piles; those that are left keep their order. */
  private void letGoOfIdleArrays() {
    int left = 0;
    for (int i = 0; i < sizes; i++) {
      Pile pile = piles[i];
      pile.used = 0;
      if (pile.idle++ < IDLE_STEPS) {
        piles[left++] = pile;
      }
    }
    Arrays.fill(piles, left, sizes, null);
    sizes = left;
  }

  /** How much memory its arrays take, in bytes: what the largest of the last steps needed. */
  public long bytes() {
    long bytes = 0;
    for (int i = 0; i < sizes; i++) {
      bytes += (long) Float.BYTES * piles[i].length * piles[i].count; // an int takes as much
    }
    return bytes;
  }

  /** The step that this thread computes; null outside of any. */
  static @Nullable WorkspaceStep currentStep() {
    Workspace current = CURRENT.get();
    return current == null ? null : current.step;
  }

  private Pile pile(int length, boolean floats) {
    for (int i = 0; i < sizes; i++) {
      if (piles[i].length == length && piles[i].floats == floats) {
        return piles[i];
      }
    }
    if (sizes == piles.length) {
      piles = Arrays.copyOf(piles, 2 * sizes);
    }
    piles[sizes] = new Pile(length, floats);
    return piles[sizes++];
  }

  /** An array with arbitrary values: of this thread's step, or a new one outside of any. */
  public static float[] floats(int length) {
    Workspace current = CURRENT.get();
    return Checks.poisoned(
        current == null ? new float[length] : (float[]) current.pile(length, true).take());
  }

  /** An array of ints with arbitrary values; otherwise like {@link #floats}. */
  public static int[] ints(int length) {
    Workspace current = CURRENT.get();
    return Checks.poisoned(
        current == null ? new int[length] : (int[]) current.pile(length, false).take());
  }

  /** An array of zeros; otherwise like {@link #floats}. */
  static float[] zeros(int length) {
    Workspace current = CURRENT.get();
    if (current == null) {
      return new float[length];
    }
    float[] array = (float[]) current.pile(length, true).take();
    Arrays.fill(array, 0f);
    return array;
  }

  /** Gives an array back before the step ends; nobody may use it any more. */
  public static void giveBack(float[] array) {
    Workspace current = CURRENT.get();
    if (current != null) {
      current.pile(array.length, true).giveBack(array);
    }
  }

  /** Gives an array of ints back before the step ends: {@link #giveBack(float[])}. */
  public static void giveBack(int[] array) {
    Workspace current = CURRENT.get();
    if (current != null) {
      current.pile(array.length, false).giveBack(array);
    }
  }
}

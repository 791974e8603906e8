package io.github.snip4j.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.snip4j.core.internal.checks.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkspaceTest {
  private static final Shape SHAPE = Shape.of(2, 3);

  private final Workspace workspace = new Workspace();

  static List<Consumer<Tensor>> uses() {
    return List.of(
        Tensor::data,
        Tensor::toArray,
        Tensor::copy,
        t -> t.at(0),
        t -> t.put(0, 1),
        t -> t.get(0, 0),
        t -> t.set(1, 0, 0),
        t -> t.reshape(Shape.of(6)).at(0),
        t -> t.slice(1, 2).at(0),
        t -> t.slice(0, 1).slice(0, 1).reshape(Shape.of(3)).toArray(),
        t -> t.copyFrom(Tensor.zeros(SHAPE)),
        t -> Tensor.zeros(SHAPE).copyFrom(t));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void aTensorIsRefusedOnceTheNextStepHasBegun(Consumer<Tensor> use) {
    for (Tensor tensor :
        List.of(
            workspace.run(() -> Tensor.full(SHAPE, 7)),
            workspace.run(() -> Tensor.zeros(SHAPE)),
            workspace.run(() -> Tensor.uninitialized(SHAPE)))) {
      workspace.run(() -> Tensor.full(SHAPE, 8));
      assertThatIllegalStateException()
          .isThrownBy(() -> use.accept(tensor))
          .withMessageContaining("is used after the next run has begun")
          .withMessageContaining("take a copy()");
      assertThat(tensor).hasToString("Tensor[2, 3] of a step that is over");
    }
  }

  @Test
  void itIsValidUntilThenAndACopyForEver() {
    Tensor result = workspace.run(() -> Tensor.full(SHAPE, 7));
    assertThat(result.toArray()).containsOnly(7);
    Tensor copy = result.copy();
    Tensor single = workspace.run(() -> Tensor.full(Shape.of(1), 5));
    assertThat(copy.toArray()).containsOnly(7);
    assertThat(single.item()).isEqualTo(5);
    workspace.run(() -> assertThatIllegalStateException().isThrownBy(single::item));
  }

  @Test
  void tensorsOfAnOuterStepOutliveInnerSteps() {
    Workspace inner = new Workspace();
    Tensor of =
        workspace.run(
            () -> {
              Tensor outer = Tensor.full(SHAPE, 1);
              Tensor first = inner.run(() -> Tensor.full(SHAPE, 2));
              Tensor second = inner.run(() -> Tensor.full(SHAPE, 3));
              assertThat(second.at(0)).isEqualTo(3);
              assertThatIllegalStateException().isThrownBy(first::data);
              return outer;
            });
    assertThat(of.toArray()).containsOnly(1);
  }

  @Test
  void aWorkspaceWithinItselfIsRefused() {
    Workspace between = new Workspace();
    assertThatIllegalStateException()
        .isThrownBy(() -> workspace.run(() -> between.run(() -> workspace.run(() -> 1))))
        .withMessageContaining("run is called within a run of the same workspace");
    assertThat(workspace.run(() -> 2)).isEqualTo(2);
  }

  @Test
  void aWorkspaceIsOfOneThreadAtATime() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch tried = new CountDownLatch(1);
    List<Throwable> failures = new ArrayList<>();
    Thread other =
        new Thread(
            () ->
                workspace.run(
                    () -> {
                      inside.countDown();
                      try {
                        tried.await();
                      } catch (InterruptedException e) {
                        failures.add(e);
                      }
                      return 1;
                    }),
            "the other");
    other.start();
    inside.await();
    assertThatIllegalStateException()
        .isThrownBy(() -> workspace.run(() -> 2))
        .withMessage(
            "workspace: the thread 'the other' computes in it: give each thread a workspace of its"
                + " own");
    tried.countDown();
    other.join();
    assertThat(failures).isEmpty();
    assertThat(workspace.run(() -> 3)).isEqualTo(3);
  }

  @Test
  void arraysOfALengthThatNoStepAsksForAreLetGoAndTheOthersStay() {
    float[] usual = workspace.run(() -> Workspace.floats(10));
    float[] once = workspace.run(() -> Workspace.floats(11));
    assertThat(workspace.run(() -> Workspace.floats(11))).isSameAs(once);
    for (int i = 0; i < 40; i++) {
      assertThat(workspace.run(() -> Workspace.floats(10))).isSameAs(usual);
    }
    assertThat(workspace.run(() -> Workspace.floats(11))).isNotSameAs(once);
    assertThat(workspace.run(() -> Workspace.floats(10))).isSameAs(usual);
  }

  @Test
  void elementsBeyondASliceAreRefused() {
    Tensor whole = Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
    Tensor middle = whole.slice(1, 2);
    for (int beyond : new int[] {-1, 2, 3, Integer.MAX_VALUE}) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> middle.at(beyond))
          .withMessage("tensor [1, 2]: element " + beyond + " is not among its 2");
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> middle.put(beyond, 9));
    }
    assertThat(whole.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void testsRunWithArraysFilledWithNan() {
    assertThat(Checks.ON).as("-D" + Checks.PROPERTY + "=true").isTrue();
    assertThat(Workspace.floats(3)).containsOnly(Float.NaN);
    float[] kept = workspace.run(() -> Tensor.full(SHAPE, 7)).data();
    assertThat(kept[CacheLine.BEGIN]).isEqualTo(7);
    workspace.run(() -> Tensor.uninitialized(SHAPE));
    assertThat(kept[CacheLine.BEGIN]).isNaN();
  }
}

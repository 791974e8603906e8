package io.github.snip4j.autograd.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Operation.Kind;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What operations say they are, held against what they do. */
class OperationKindsTest {
  private static Stream<OperationCase> cases() {
    return Operations.cases();
  }

  private static Stream<OperationCase> of(Predicate<Kind> kinds) {
    return cases().filter(c -> kinds.test(operation(c).kind()));
  }

  static Stream<OperationCase> multilinear() {
    return of(kind -> kind == Kind.MULTILINEAR);
  }

  static Stream<OperationCase> elementwise() {
    return of(kind -> kind == Kind.SMOOTH || kind == Kind.RECTIFIER);
  }

  static Stream<OperationCase> withKinks() {
    return of(kind -> kind == Kind.RECTIFIER || kind == Kind.MAXIMUM);
  }

  static Stream<OperationCase> summing() {
    return of(kind -> kind == Kind.MULTILINEAR || kind == Kind.MAXIMUM);
  }

  static Stream<OperationCase> composed() {
    return of(kind -> kind == Kind.COMPOSED);
  }

  private static List<Variable> leaves(Tensor... values) {
    return Arrays.stream(values).map(Variable::leaf).toList();
  }

  private static Variable result(OperationCase c) {
    return c.apply(leaves(c.inputs()));
  }

  private static Operation operation(OperationCase c) {
    Operation operation = result(c).operation();
    return operation == null ? Operation.named(c.toString()) : operation;
  }

  /** What went into the last operation of a case, of which some have several. */
  private static Tensor[] inputs(OperationCase c) {
    return operation(c).inputs().stream().map(Variable::value).toArray(Tensor[]::new);
  }

  private static Tensor changed(Tensor x, float factor) {
    Tensor changed = x.copy();
    for (int i = 0; i < x.size(); i++) {
      changed.put(i, factor * x.at(i) + 0f); // no -0
    }
    return changed;
  }

  /** The gradient by one input of one element of a result. */
  private static Tensor gradient(Variable y, int element, Variable input) {
    Tensor upstream = Tensor.zeros(y.shape());
    upstream.put(element, 1f);
    return y.backward(upstream).of(input);
  }

  @Test
  void everyOperationSaysWhatKindItIs() {
    List<String> silent = new ArrayList<>();
    cases().filter(c -> operation(c).kind() == Kind.UNSAID).forEach(c -> silent.add(c.toString()));
    assertThat(silent)
        .as(
            "operations that do not say what kind they are; let each end with"
                + " Variable.of(Operation.linear(...), ...) or another kind of"
                + " autograd/src/main/java/io/github/snip4j/autograd/Operation.java")
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void onItsOwnInputsItGivesTheSameBitsAgain(OperationCase c) {
    Variable y = result(c);
    Operation operation = Objects.requireNonNull(y.operation());
    Variable again = operation.again(leaves(inputs(c)));
    assertThat(again.value().toArray()).isEqualTo(y.value().toArray());
    assertThat(Objects.requireNonNull(again.operation()).kind()).isEqualTo(operation.kind());
  }

  @ParameterizedTest
  @MethodSource("multilinear")
  void ofProductsTheFirstFactorScalesAndOfSumsEveryTerm(OperationCase c) {
    Operation operation = operation(c);
    Tensor[] inputs = inputs(c);
    for (int k = 0; k < inputs.length; k++) {
      boolean second = operation.multipliesFirstTwo() && k == 1;
      inputs[k] = second ? inputs[k] : changed(inputs[k], 8);
    }
    Tensor y = operation.again(leaves(inputs)).value();
    assertThat(changed(y, 1).toArray()).isEqualTo(changed(result(c).value(), 8).toArray());
  }

  @ParameterizedTest
  @MethodSource("summing")
  void signalsReachWhateverDependsOnThem(OperationCase c) {
    List<Variable> leaves = leaves(inputs(c));
    Variable y = operation(c).again(leaves);
    String name = Objects.requireNonNull(y.operation()).name();
    Tensor[] ones =
        Arrays.stream(inputs(c)).map(x -> Tensor.full(x.shape(), 1f)).toArray(Tensor[]::new);
    List<Variable> present = leaves(ones);
    Variable signals = Objects.requireNonNull(y.operation()).signals(present);
    boolean exact = operation(c).kind() == Kind.MULTILINEAR && !name.equals("dropout");
    for (int i = 0; i < y.value().size(); i += 1 + y.value().size() / 12) {
      for (int k = 0; k < leaves.size(); k++) {
        Tensor slope = gradient(y, i, leaves.get(k));
        Tensor use = gradient(signals, i, present.get(k));
        for (int j = 0; j < slope.size(); j++) {
          assertThat(use.at(j)).isNotNegative();
          assertThat(use.at(j) > 0 || slope.at(j) == 0).as("%d by %d", i, j).isTrue();
          assertThat(!exact || use.at(j) == 0 || slope.at(j) != 0).as("%d by %d", i, j).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void eachElementDependsOnItsOwnAlone(OperationCase c) {
    List<Variable> leaves = leaves(inputs(c));
    Variable y = operation(c).again(leaves);
    assertThat(y.shape()).isEqualTo(leaves.get(0).shape());
    for (int i = 0; i < y.value().size(); i += 1 + y.value().size() / 12) {
      Tensor slope = gradient(y, i, leaves.get(0));
      for (int j = 0; j < slope.size(); j++) {
        assertThat(j == i || slope.at(j) == 0).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("withKinks")
  void heldItIsTheSameThereAndLinearElsewhere(OperationCase c) {
    Variable y = result(c);
    Operation operation = Objects.requireNonNull(y.operation());
    Tensor x = inputs(c)[0];
    Tensor held = operation.held(Variable.constant(x)).value();
    assertThat(changed(held, 1).toArray()).isEqualTo(y.value().toArray());
    Tensor minus = changed(x, -2);
    Tensor elsewhere = operation.held(Variable.constant(minus)).value();
    assertThat(changed(elsewhere, 1).toArray()).isEqualTo(changed(y.value(), -2).toArray());
    assertThat(operation.again(leaves(changed(x, 4))).value().toArray())
        .isEqualTo(changed(y.value(), 4).toArray());
    Variable there = Variable.leaf(x);
    for (int i = 0; i < y.value().size(); i += 1 + y.value().size() / 12) {
      assertThat(gradient(operation.held(there), i, there).toArray())
          .isEqualTo(gradient(operation.again(List.of(there)), i, there).toArray());
    }
  }

  @ParameterizedTest
  @MethodSource("composed")
  void itsPartsGiveTheSameAndAreOfOtherKinds(OperationCase c) {
    List<Variable> leaves = leaves(inputs(c));
    Variable y = operation(c).again(leaves);
    Variable parts = Objects.requireNonNull(y.operation()).parts(leaves);
    Golden.assertClose(parts.value(), y.value(), 1e-5);
    for (Variable part : parts.history()) {
      Operation operation = part.operation();
      assertThat(operation == null || operation.kind() != Kind.UNSAID).isTrue();
    }
    for (int i = 0; i < y.value().size(); i += 1 + y.value().size() / 12) {
      for (Variable leaf : leaves) {
        Golden.assertClose(gradient(parts, i, leaf), gradient(y, i, leaf), 1e-4);
      }
    }
  }
}

package io.github.snip4j.bench.cli;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.bench.cli.option.NamedModel;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.internal.blas.GemmChoice;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Sgd;

/**
 * A program: for each network it is given, forward, backward and one optimiser step at batch 2.
 * Prints the backend, then a line per network: name, the losses in evaluation mode (as connections
 * are scored), in training mode, and in evaluation mode after the step, and how many parameters
 * have no gradient.
 *
 * <p>Batch norm makes two numbers +1 and -1 however near they are, and so magnifies their rounding:
 * in training mode a little, in the gradients more.
 */
final class OneStep {
  private OneStep() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] models) {
    System.out.println("backend " + GemmChoice.chosen().name());
    for (String model : models) {
      System.out.println(model + " " + step(model));
    }
  }

  private static String step(String model) {
    Network network = NamedModel.of(model).create(VarianceScaling.lecun(), new Seed(1));
    int[] shape = network.input().append(2).toArray();
    Batch batch = new Batch(RandomTensors.normal(2, shape), new int[] {3, 8});
    float evaluated = network.loss(batch, Pass.evaluation()).value().item();

    Pass pass = Pass.training(new Seed(3));
    Variable loss = network.loss(batch, pass);
    Gradients gradients = loss.backward();
    int without = 0;
    for (Parameter p : network.parameters()) {
      without += isZero(gradients.of(pass.variable(p))) && !isTakenOffAgain(p) ? 1 : 0;
    }
    new Optimizer(new Sgd(0.9, false, 5e-4), network).step(pass, gradients, 0.01);
    float after = network.loss(batch, Pass.evaluation()).value().item();
    return evaluated + " " + loss.value().item() + " " + after + " " + without;
  }

  /** A bias before a batch norm: its gradient is 0 but for rounding. */
  private static boolean isTakenOffAgain(Parameter p) {
    return p.role() == Parameter.Role.BIAS;
  }

  private static boolean isZero(Tensor t) {
    for (float value : t.toArray()) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}

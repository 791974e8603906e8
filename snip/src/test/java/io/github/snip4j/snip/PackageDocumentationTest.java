package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.snip.diagnosis.EffectiveConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The lines that the package's documentation shows. */
class PackageDocumentationTest {
  @Test
  void theStepsOfThePaperRun() {
    // DOCUMENTATION
    Seed seed = new Seed(1);
    Network network = LeNet300100.create(seed);

    Batch batch = Mnist.load().split(seed).train().sample(100, seed);
    Pass pass = Pass.connections(Pass.Mode.EVALUATE, seed, Biases.SCORED::prunable);
    Gradients gradients = network.loss(batch, pass).backward();
    Tensor g = gradients.of(pass.mask(network.parameter("fc1.weight")));

    Scores scores = ConnectionSensitivity.score(network, batch);

    int kappa = Kappa.of(scores.size(), 0.98);
    Masks masks = Masks.keepTop(scores, kappa);

    Network sparse = Sparsifier.compile(network, masks);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);

    Connections connections = Connections.of(network, batch);
    Pruner iterative = Pruner.of(ConnectionSensitivity::score).in(10);
    Masks force = iterative.reviving().prune(connections, 0.98);

    EffectiveConnections wiring = EffectiveConnections.of(network, masks);
    double effectiveSparsity = wiring.sparsity();
    // DOCUMENTATION
    assertThat(g.shape()).isEqualTo(network.parameter("fc1.weight").shape());
    assertThat(masks.kept()).isEqualTo(kappa).isEqualTo(5_332).isEqualTo(force.kept());
    assertThat(optimizer.steps()).isZero();
    assertThat(effectiveSparsity).isBetween(0.98, 0.99);
  }

  @Test
  void theDocumentationShowsExactlyThoseLines() throws IOException {
    String source =
        Files.readString(
            Path.of("src/test/java/io/github/snip4j/snip/PackageDocumentationTest.java"));
    String here =
        List.of(source.split(" +// DOCUMENTATION\n", 3)).get(1).stripTrailing().stripIndent();
    String documentation =
        Files.readString(Path.of("src/main/java/io/github/snip4j/snip/package-info.java"));
    Matcher block =
        Pattern.compile("<pre>\\{@code\n(.*?) \\* }</pre>", Pattern.DOTALL).matcher(documentation);
    StringBuilder shown = new StringBuilder();
    while (block.find()) {
      shown.append(block.group(1).replaceAll("(?m)^ \\* ?", "")).append('\n');
    }
    assertThat(shown.toString().strip()).isEqualTo(here.strip());
  }
}

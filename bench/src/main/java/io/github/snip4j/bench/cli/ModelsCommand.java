package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.run.Draws;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.snip.Kappa;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The networks, with m and kappa. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description =
        "Lists the networks, with m (the number of connections: weights and biases) and"
            + " kappa (how many are kept) at the paper's sparsities.")
final class ModelsCommand implements Callable<Integer> {
  /** The sparsities of the paper's tables 1 and 2. */
  private static final Map<String, List<Double>> PAPERS_SPARSITIES =
      Map.of("lenet-300-100", List.of(0.95, 0.98));

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    TextTable table = new TextTable("model", "m", "kappa", "what it is");
    for (Model model : Models.all()) {
      Network network = new Draws(0).network(model);
      int m = network.parameters().stream().mapToInt(Parameter::size).sum();
      String kappas =
          PAPERS_SPARSITIES.getOrDefault(model.name(), List.of()).stream()
              .map(s -> String.format(Locale.ROOT, "%,d at %.0f %%", Kappa.of(m, s), 100 * s))
              .collect(Collectors.joining(", "));
      table.row(model.name(), String.format(Locale.ROOT, "%,d", m), kappas, model.description());
    }
    table.print(spec.commandLine().getOut());
    return 0;
  }
}

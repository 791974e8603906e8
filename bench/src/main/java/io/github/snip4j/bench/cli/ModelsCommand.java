package io.github.snip4j.bench.cli;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.bench.cli.option.NamedModel;
import io.github.snip4j.bench.cli.option.OwnData;
import io.github.snip4j.bench.cli.option.OwnDataOptions;
import io.github.snip4j.bench.cli.screen.TextTable;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.Constant;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.nn.model.Task;
import io.github.snip4j.snip.Kappa;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The networks, with m and kappa; or one of them, layer by layer. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description =
        "Lists the networks, with m (the number of connections: weights and biases) and"
            + " kappa (how many are kept) at the paper's sparsities; or one of them, layer by"
            + " layer.")
final class ModelsCommand implements Callable<Integer> {
  /** The sparsities of the paper's tables 1 and 2. */
  private static final Map<String, List<Double>> PAPERS_SPARSITIES =
      Map.ofEntries(
          Map.entry("lenet-300-100", List.of(0.95, 0.98)),
          Map.entry("lenet-5-caffe", List.of(0.98, 0.99)),
          Map.entry("alexnet-s", List.of(0.90)),
          Map.entry("alexnet-b", List.of(0.90)),
          Map.entry("vgg-c", List.of(0.95)),
          Map.entry("vgg-d", List.of(0.95)),
          Map.entry("vgg-like", List.of(0.97)),
          Map.entry("wrn-16-8", List.of(0.95)),
          Map.entry("wrn-16-10", List.of(0.95)),
          Map.entry("wrn-22-8", List.of(0.95)),
          Map.entry("lstm-s", List.of(0.95)),
          Map.entry("lstm-b", List.of(0.95)),
          Map.entry("gru-s", List.of(0.95)),
          Map.entry("gru-b", List.of(0.95)));

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Show this one; wrn-D-K is any wide residual network.")
  @Nullable String name;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "How many classes to tell apart (default: 10).")
  @Nullable Integer classes;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description =
          "As for the examples and classes of this dataset, or of the path of your own (default: as"
              + " in the paper).")
  @Nullable String data;

  @Mixin private OwnDataOptions own = new OwnDataOptions();

  private @Nullable Data found;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    RunOptions.checkClasses(classes);
    found = data == null ? null : OwnData.find(data, own.reading());
    if (name == null) {
      all();
    } else {
      one(empty(adapted(NamedModel.of(name))));
    }
    return 0;
  }

  private void all() {
    TextTable table = new TextTable("model", "takes", "m", "kappa", "what it is");
    for (Model model : Models.all()) {
      if (model.takes(task(model))) {
        Network network = empty(model.on(task(model)));
        int m = network.connections();
        String input = network.input().toString();
        table.row(model.name(), input, count(m), kappas(model.name(), m), model.description());
      }
    }
    table.print(spec.commandLine().getOut());
  }

  private Task task(Model model) {
    Data known = found;
    Task task = known == null ? model.task() : new Task(known.example(), known.classes());
    return classes == null ? task : task.withClasses(classes);
  }

  private Model adapted(Model model) {
    Data known = found;
    return known == null ? model.on(task(model)) : known.on(model, classes);
  }

  /** Drawing millions of weights takes seconds, and nobody looks at them here. */
  private static Network empty(Model model) {
    return model.create(Constant.ZEROS, new Seed(0));
  }

  private static String kappas(String model, int m) {
    return PAPERS_SPARSITIES.getOrDefault(model, List.of()).stream()
        .map(s -> String.format(Locale.ROOT, "%,d at %.0f %%", Kappa.of(m, s), 100 * s))
        .collect(Collectors.joining(", "));
  }

  private void one(Network network) {
    TextTable table = new TextTable("layer", "output", "weights", "biases", "batch norm");
    Variable x = Variable.constant(Tensor.zeros(network.input().append(1)));
    network.forward(
        x, Pass.evaluation().watchedBy((layer, in, out) -> row(table, layer, out.shape())));
    row(table, "all", "", network.parameters());
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        (network.name() + ": takes " + network.input() + ", tells " + network.outputs())
            + (" classes apart, m = " + count(network.connections())));
    table.print(out);
  }

  private static void row(TextTable table, Layer layer, Shape output) {
    if (!layer.name().isEmpty()) {
      Stream<Parameter> own =
          layer.parameters().stream().filter(p -> p.layer().equals(layer.name()));
      row(table, layer.name(), output.dropLast().toString(), own.toList());
    }
  }

  private static void row(
      TextTable table, String layer, String output, List<Parameter> parameters) {
    table.row(
        layer,
        output,
        total(parameters, p -> p.role() == Parameter.Role.WEIGHT),
        total(parameters, p -> p.role() == Parameter.Role.BIAS),
        total(parameters, p -> !p.role().isConnection()));
  }

  private static String total(List<Parameter> parameters, Predicate<Parameter> counted) {
    int total = parameters.stream().filter(counted).mapToInt(Parameter::size).sum();
    return total == 0 ? "" : count(total);
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}

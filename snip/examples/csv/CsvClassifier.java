// From a table of your own to a pruned classifier: reads a CSV file whose last column is the class,
// splits and standardises it, prunes 80 % of a network's connections before training, trains what
// is left, and saves it with the names of the classes and the standardisation.
//
//     ./snip4j --version        # builds what is needed
//     java -cp 'bench/target/lib/*' snip/examples/csv/CsvClassifier.java TABLE.csv NETWORK.npz
//
// Without arguments it makes a table: points on three spirals.

import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.data.Standardization;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.ModelCard;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.nn.objective.CrossEntropy;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Sparsifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

public final class CsvClassifier {
  private static final int STEPS = Integer.getInteger("steps", 3_000);

  /** A table: numbers, and the number of each row's class in the list of names. */
  record Table(float[][] x, int[] labels, List<String> classes) {}

  private CsvClassifier() {}

  public static void main(String[] args) throws IOException {
    Path csv = args.length > 0 ? Path.of(args[0]) : spirals();
    Path file = args.length > 1 ? Path.of(args[1]) : Files.createTempFile("csv", ".npz");
    Table table = read(csv);
    Seed seed = new Seed(1);

    Batches.Split parts = Batches.of(table.x(), table.labels()).split(0.2, seed);
    Standardization scale = parts.rest().standardization(); // of the training examples alone
    Batches train = parts.rest().standardized(scale);
    Batches test = parts.part().standardized(scale);

    int features = table.x()[0].length;
    int classes = table.classes().size();
    VarianceScaling init = VarianceScaling.glorot();
    Network dense =
        new Network(
                "csv",
                Shape.of(features),
                classes,
                new Sequential(
                    new Linear("fc1", features, 64, init, seed),
                    new Tanh(),
                    new Linear("fc2", 64, 64, init, seed),
                    new Tanh(),
                    new Linear("fc3", 64, classes, init, seed)))
            .with(CrossEntropy.PLAIN.smoothed(0.05));

    Connections connections =
        Connections.of(dense, train.sample(Math.min(256, train.size()), seed));
    Masks masks = Pruner.of(ConnectionSensitivity::score).prune(connections, 0.8);
    Network sparse = Sparsifier.compile(dense, masks);

    Optimizer optimizer = new Optimizer(Adam.adam(0), sparse);
    Trainer.fit(
        sparse, train.shuffled(64, seed), optimizer, Schedule.cosine(0.01, 0, STEPS), STEPS, seed);
    double error = Evaluation.of(sparse, test.inOrder(test.size())).error();
    System.out.printf(
        Locale.ROOT,
        "%d rows, %d features, classes %s: kept %d of %d connections, test error %.1f %%%n",
        table.x().length,
        features,
        table.classes(),
        masks.kept(),
        dense.connections(),
        100 * error);

    ModelCard card =
        new ModelCard(table.classes(), scale.mean(), scale.deviation(), Map.of("data", "csv"));
    NetworkFile.save(file, sparse, card);

    // Later, in another program: a row, as it stands in the table.
    NetworkFile.Saved saved = NetworkFile.read(file);
    float[] row = table.x()[0];
    float[] logits = saved.network().predict(saved.card().standardization().apply(row));
    int best = 0;
    for (int k = 1; k < logits.length; k++) {
      best = logits[k] > logits[best] ? k : best;
    }
    System.out.println(
        "the first row is of "
            + table.classes().get(table.labels()[0])
            + ", predicted: "
            + saved.card().classes().get(best));
  }

  private static Table read(Path csv) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    lines.remove(0); // the names of the columns
    List<String> names = new ArrayList<>();
    float[][] x = new float[lines.size()][];
    for (int i = 0; i < x.length; i++) {
      String[] cells = lines.get(i).split(",");
      x[i] = new float[cells.length - 1];
      for (int k = 0; k < x[i].length; k++) {
        x[i][k] = Float.parseFloat(cells[k].strip());
      }
      names.add(cells[cells.length - 1].strip());
    }
    List<String> classes = List.copyOf(new TreeSet<>(names));
    int[] labels =
        names.stream().mapToInt(name -> Collections.binarySearch(classes, name)).toArray();
    return new Table(x, labels, classes);
  }

  private static Path spirals() throws IOException {
    Seed noise = new Seed(7).child("spirals");
    StringBuilder text = new StringBuilder("x,y,spiral\n");
    for (int i = 0; i < 1_500; i++) {
      double r = 0.2 + (i / 3) / 500.0;
      double angle = 4 * r + i % 3 * 2 * Math.PI / 3 + 0.15 * noise.normal(i);
      text.append(
          String.format(
              Locale.ROOT,
              "%.4f,%.4f,%s%n",
              r * Math.cos(angle),
              r * Math.sin(angle),
              List.of("red", "green", "blue").get(i % 3)));
    }
    return Files.writeString(Files.createTempFile("spirals", ".csv"), text);
  }
}

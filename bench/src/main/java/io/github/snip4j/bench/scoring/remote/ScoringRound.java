package io.github.snip4j.bench.scoring.remote;

import com.google.gson.JsonParser;
import io.github.snip4j.bench.cell.CellSources;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.result.Json;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.bench.scoring.Term;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.ModelCard;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sum over all batches, as it travels to the programs that compute its parts.
 *
 * @param words {@link ScoringStart} as text
 * @param parts how many parts the batches are shared out into
 * @param network whose connections are scored, as a file
 * @param kept the connections c that are 1, by parameter name
 * @param v the vector of a product, by parameter name; empty for others
 */
@SuppressWarnings("ArrayRecordComponent") // it is sent, and never compared
public record ScoringRound(
    String words,
    int parts,
    byte[] network,
    LinkedHashMap<String, boolean[]> kept,
    Term term,
    Pass.Mode mode,
    LinkedHashMap<String, float[]> v)
    implements Serializable {
  private static final long serialVersionUID = 1;

  static ScoringRound of(
      ScoringStart start,
      int parts,
      Connections connections,
      Term term,
      Pass.Mode mode,
      Map<String, Tensor> v)
      throws IOException {
    ByteArrayOutputStream network = new ByteArrayOutputStream();
    NetworkFile.write(network, connections.network(), ModelCard.NONE);
    LinkedHashMap<String, boolean[]> kept = new LinkedHashMap<>();
    connections.eachOf(connections::c).forEach((name, c) -> kept.put(name, nonZero(c)));
    LinkedHashMap<String, float[]> vector = new LinkedHashMap<>();
    v.forEach((name, values) -> vector.put(name, values.toArray()));
    return new ScoringRound(
        Json.write(start.found()), parts, network.toByteArray(), kept, term, mode, vector);
  }

  private static boolean[] nonZero(Tensor c) {
    boolean[] kept = new boolean[c.size()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = c.at(i) != 0;
    }
    return kept;
  }

  /**
   * How a part ended.
   *
   * @param sum its bytes; null if it cannot be computed with what there is, however often it is
   *     tried
   * @param why there is none; null if there is one
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record End(byte @Nullable [] sum, @Nullable String why) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  /**
   * Computes a part here.
   *
   * @param part from 0 on
   * @param sources finds the data
   * @throws IOException if a file cannot be read: another try may succeed
   */
  public End compute(int part, CellSources sources) throws IOException {
    try {
      ScoringStart start = Json.read(JsonParser.parseString(words), ScoringStart.class);
      List<Batch> batches = batches(start, sources);
      Connections connections = connections(start);
      return new End(
          term.sum(connections, batches, part, parts, mode, vector(connections)).toBytes(), null);
    } catch (IllegalArgumentException | BadFileException e) {
      return new End(null, "part " + (part + 1) + ": " + e.getMessage());
    }
  }

  private static List<Batch> batches(ScoringStart start, CellSources sources) throws IOException {
    Pictures pictures = sources.data(start.data()).read(start.data());
    if (!pictures.sha256().equals(start.dataSha256())) {
      throw new OptionException(
          "the %s of this machine is not that of the program which scores: a picture, a label or the"
              + " name of a class differs",
          start.data().title());
    }
    RunSeeds draws = new RunSeeds(start.seed(), start.draw());
    return draws.sensitivityBatches(
        draws.splits(pictures, start.data()),
        start.sensitivityBatch(),
        start.scoring().batches(),
        start.data());
  }

  private Connections connections(ScoringStart start) throws IOException {
    Network read = NetworkFile.read(new ByteArrayInputStream(network)).network();
    Map<String, Mask> c = new LinkedHashMap<>();
    kept.forEach((name, keep) -> c.put(name, new Mask(read.parameter(name).shape(), keep)));
    RunSeeds draws = new RunSeeds(start.seed(), start.draw());
    return Connections.of(
            read, start.biases().without(start.scoring().exclude()), List.of(), draws.criterion())
        .at(Masks.of(c));
  }

  private Map<String, Tensor> vector(Connections connections) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    v.forEach(
        (name, values) ->
            tensors.put(name, Tensor.of(connections.network().parameter(name).shape(), values)));
    return tensors;
  }
}

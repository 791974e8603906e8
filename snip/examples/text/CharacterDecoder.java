// A small transformer learns to write: it reads a text, tells the next character at each place, and
// is trained with 90 % of the matrices of its blocks pruned. Their connections stay where SNIP
// chose them, or move while they are trained, as RigL's do.
//
//     ./snip4j --version        # builds what is needed
//     java --add-modules jdk.incubator.vector -cp 'bench/target/lib/*' \
//       snip/examples/text/CharacterDecoder.java TEXT.txt moving
//
// The last word is dense, fixed or moving. Without a text it makes one of multiplications.
// -Dsteps=2000 says how long it trains, -Dblocks=6 -Dwidth=384 -Dcontext=128 how large it is.

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.CharacterText;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.model.Decoder;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.Allocation;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scope;
import io.github.snip4j.snip.Sparsifier;
import io.github.snip4j.snip.dynamic.MoveRules;
import io.github.snip4j.snip.dynamic.MovingConnections;
import io.github.snip4j.snip.dynamic.UpdateSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

public final class CharacterDecoder {
  private static final int STEPS = Integer.getInteger("steps", 500);
  private static final int CONTEXT = Integer.getInteger("context", 32);
  private static final int WIDTH = Integer.getInteger("width", 64);
  private static final int BLOCKS = Integer.getInteger("blocks", 2);
  private static final int BATCH = 16;
  private static final double RATE = 0.128 / WIDTH; // narrow ones learn at higher rates

  /** The matrices of attention and of the layers between; embeddings and norms stay whole. */
  private static final Scope BLOCK_MATRICES =
      p -> p.role() == Parameter.Role.WEIGHT && p.name().startsWith("block");

  private CharacterDecoder() {}

  public static void main(String[] args) throws IOException {
    Seed seed = new Seed(1);
    CharacterText text =
        CharacterText.of(args.length > 0 ? Files.readString(Path.of(args[0])) : made(seed));
    String how = args.length > 1 ? args[1] : "moving";
    int split = text.text().length() / 10 * 9;
    CharacterText training = text.part(0, split);
    CharacterText held = text.part(split, text.text().length());

    Network network = new Decoder(text.words(), CONTEXT, WIDTH, BLOCKS, 4).create(seed);
    var pieces = training.pieces(CONTEXT, BATCH, 100, seed.child("pieces"));
    if (!how.equals("dense")) {
      Connections connections =
          Connections.of(network, BLOCK_MATRICES, List.of(pieces.at(0)), seed);
      Masks masks =
          Pruner.of(ConnectionSensitivity::score)
              .with(Allocation.uniform())
              .prune(connections, 0.9);
      network = Sparsifier.compile(network, masks);
    }

    Optimizer optimizer = new Optimizer(Adam.adamW(0.01), network);
    Schedule rate = Schedule.cosine(RATE, RATE / 10, STEPS);
    long start = System.nanoTime();
    Trainer.fit(network, pieces, optimizer, rate, STEPS, seed, callbacks(how, network, seed));
    double seconds = (System.nanoTime() - start) / 1e9;

    Evaluation unseen = Evaluation.of(network, held.pieces(CONTEXT, BATCH, 20, new Seed(2)));
    int stored = network.parameters().stream().mapToInt(p -> p.value().size()).sum();
    System.out.printf(
        Locale.ROOT,
        "%s: %,d of %,d parameters, %d steps in %.0f s; on text that it has not seen: loss %.3f,"
            + " %.1f %% of the characters wrong%n%s%n",
        how,
        stored,
        network.parameters().stream().mapToInt(Parameter::size).sum(),
        STEPS,
        seconds,
        unseen.loss(),
        100 * unseen.error(),
        written(network, held, 200));
  }

  private static Callback[] callbacks(String how, Network network, Seed seed) {
    return switch (how) {
      case "moving" ->
          new Callback[] {
            new MovingConnections(
                MoveRules.rigl(),
                UpdateSchedule.every(Math.max(1, STEPS / 40), STEPS * 3L / 4, 0.3),
                network,
                seed)
          };
      case "dense", "fixed" -> new Callback[0];
      default -> throw new IllegalArgumentException(how + ": expected dense, fixed or moving");
    };
  }

  /** The likeliest character again and again, after the beginning of a text. */
  private static String written(Network network, CharacterText text, int characters) {
    StringBuilder written = new StringBuilder(text.text().substring(0, CONTEXT));
    for (int n = 0; n < characters; n++) {
      Tensor x = Tensor.zeros(Shape.of(CONTEXT, 1));
      for (int t = 0; t < CONTEXT; t++) {
        x.put(t, text.number(written.charAt(n + t)));
      }
      Tensor logits = network.logits(x);
      int best = 0;
      for (int k = 1; k < text.words(); k++) {
        if (logits.get(k, CONTEXT - 1, 0) > logits.get(best, CONTEXT - 1, 0)) {
          best = k;
        }
      }
      written.append(text.alphabet().charAt(best));
    }
    return written.toString();
  }

  private static String made(Seed seed) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4_000; i++) {
      int a = 1 + seed.child("a").below(i, 12);
      int b = 1 + seed.child("b").below(i, 12);
      text.append(a).append(" times ").append(b).append(" is ").append(a * b).append(". ");
    }
    return text.toString();
  }
}

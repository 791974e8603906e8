// Sparse inference in a web server, the JDK's own: a pruned network answers a request with the
// digit
// that it sees, in microseconds, from any number of threads.
//
//     ./snip4j run              # makes runs/.../network.npz
//     java --add-modules jdk.incubator.vector -cp 'bench/target/lib/*' \
//         snip/examples/server/SparseServer.java runs/.../network.npz 8080
//     curl --data "0 0 0 ... 255 0" http://localhost:8080/digit     # 784 grey values of 0 to 255
//
// Without arguments it prunes and trains a network first, asks itself a hundred times, and ends.

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.ModelCard;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.predict.Predictor;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Sparsifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

public final class SparseServer {
  private static final int STEPS = Integer.getInteger("steps", 1_500);
  private static final int MOST_BYTES = 10_000;

  private final Predictor predictor;
  private final float mean;
  private final float deviation;

  private SparseServer(NetworkFile.Saved saved) {
    predictor = Predictor.of(saved.network());
    predictor.warmUp(); // so that the first request is as fast as the others
    mean = saved.card().mean().get(0);
    deviation = saved.card().deviation().get(0);
  }

  public static void main(String[] args) throws Exception {
    Path file = args.length > 0 ? Path.of(args[0]) : trained();
    int port = args.length > 1 ? Integer.parseInt(args[1]) : 0;

    SparseServer digits = new SparseServer(NetworkFile.read(file));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/digit", digits::answer);
    server.setExecutor(threads);
    server.start();
    System.out.println("listening on http://localhost:" + server.getAddress().getPort() + "/digit");
    if (args.length == 0) {
      digits.askItself(server.getAddress().getPort());
      server.stop(0);
      threads.shutdown();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    int status = 200;
    String answer;
    try {
      byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
      answer = digit(new String(body, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      status = 400;
      answer = "expected 784 grey values of 0 to 255: " + e.getMessage();
    }
    byte[] bytes = (answer + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String digit(String numbers) {
    String[] words = numbers.strip().split("\\s+");
    float[] x = new float[words.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (Float.parseFloat(words[i]) / 255 - mean) / deviation;
    }
    long start = System.nanoTime();
    float[] logits = predictor.predict(x); // refuses an example of another size
    long micros = (System.nanoTime() - start) / 1_000;
    int best = 0;
    for (int k = 1; k < logits.length; k++) {
      best = logits[k] > logits[best] ? k : best;
    }
    return best + " (" + micros + " µs)";
  }

  /** A network pruned to 2 % of its connections, trained and saved. */
  private static Path trained() throws IOException {
    Seed seed = new Seed(1);
    Splits mnist = Mnist.load().split(seed);
    Connections connections =
        Connections.of(LeNet300100.create(seed), mnist.train().sample(100, seed));
    Masks masks = Pruner.of(ConnectionSensitivity::score).prune(connections, 0.98);
    Network sparse = Sparsifier.compile(connections.network(), masks);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
    Schedule rate = Schedule.cosine(0.1, 0, STEPS);
    Trainer.fit(sparse, mnist.train().shuffled(100, seed), optimizer, rate, STEPS, seed);
    Path file = Files.createTempFile("server", ".npz");
    List<Float> means = floats(mnist.train().normalization().means());
    List<Float> deviations = floats(mnist.train().normalization().deviations());
    NetworkFile.save(file, sparse, new ModelCard(Mnist.CLASS_NAMES, means, deviations, Map.of()));
    return file;
  }

  private static List<Float> floats(List<Double> numbers) {
    return numbers.stream().map(Double::floatValue).toList();
  }

  private void askItself(int port) throws IOException, InterruptedException {
    Batch digits = Mnist.load().split(new Seed(1)).test().inOrder(100).at(0); // [1, 28, 28, 100]
    HttpClient client = HttpClient.newHttpClient();
    URI address = URI.create("http://localhost:" + port + "/digit");
    int right = 0;
    for (int n = 0; n < 100; n++) {
      StringBuilder numbers = new StringBuilder();
      for (int i = 0; i < 784; i++) {
        float grey = 255 * (digits.x().at(100 * i + n) * deviation + mean);
        numbers.append(Math.round(grey)).append(' ');
      }
      String answer = ask(client, address, numbers.toString()).body();
      right += answer.startsWith(digits.labels()[n] + " ") ? 1 : 0;
    }
    System.out.printf(Locale.ROOT, "%d of 100 digits are right%n", right);
    HttpResponse<String> refused = ask(client, address, "1 2 3");
    System.out.print("three numbers: " + refused.statusCode() + ", " + refused.body());
  }

  private static HttpResponse<String> ask(HttpClient client, URI address, String numbers)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(numbers)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}

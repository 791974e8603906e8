package io.github.snip4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Sgd;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The engine in somebody's server: deployed, used by the server's threads, and undeployed. */
class EmbeddedTest {
  /** A program on the engine; whoever deploys it knows it as a {@link Supplier} only. */
  public static final class Program implements Supplier<Float> {
    /** For whoever deploys it. */
    public Program() {}

    @Override
    public Float get() {
      float sum = 0;
      for (String name : List.of("lenet-300-100", "lenet-5-caffe", "lstm-s")) {
        Model model = Objects.requireNonNull(Models.named(name));
        Network whole = model.create(VarianceScaling.glorot(), new Seed(1));
        sum += train(whole) + train(whole.restructured(everyFifth(whole)));
      }
      return sum;
    }

    private static Map<String, Mask> everyFifth(Network network) {
      Map<String, Mask> masks = new HashMap<>();
      for (Parameter p : network.parameters()) {
        boolean[] keep = new boolean[p.size()];
        for (int i = 0; i < keep.length; i += 5) {
          keep[i] = true;
        }
        masks.put(p.name(), new Mask(p.shape(), keep));
      }
      return masks;
    }

    private static float train(Network network) {
      Tensor x = RandomTensors.normal(1, network.input().append(16).toArray());
      Batch batch = new Batch(x, new int[16]);
      Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 1e-4), network);
      Workspace workspace = new Workspace();
      float loss = 0;
      for (int step = 0; step < 2; step++) {
        loss =
            workspace.run(
                () -> {
                  Pass pass = Pass.training(new Seed(optimizer.steps()));
                  Variable value = network.loss(batch, pass);
                  optimizer.step(pass, value.backward(), 0.01);
                  return value.value().item();
                });
      }
      return loss;
    }
  }

  @Test
  void nothingIsLeftOfAProgramThatIsUndeployed() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    List<Float> results = new ArrayList<>();
    ExecutorService server = Executors.newFixedThreadPool(2); // its threads outlive the programs
    try {
      for (int round = 0; round < 2; round++) {
        loaders.add(deployUseAndUndeploy(server, results));
      }
      for (WeakReference<ClassLoader> loader : loaders) {
        awaitCollected(loader);
      }
    } finally {
      server.shutdown();
    }
    assertThat(results).hasSize(6).containsOnly(results.get(0));
  }

  private static WeakReference<ClassLoader> deployUseAndUndeploy(
      ExecutorService server, List<Float> results) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Supplier<?> program =
          (Supplier<?>)
              loader.loadClass(Program.class.getName()).getDeclaredConstructor().newInstance();
      assertThat(program.getClass().getClassLoader()).isSameAs(loader);
      Thread.currentThread().setContextClassLoader(loader); // as servers do
      results.add((Float) program.get());
      Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
      results.add((Float) server.submit(program::get).get());
      results.add((Float) server.submit(program::get).get());
      return new WeakReference<>(loader);
    }
  }

  private static void awaitCollected(WeakReference<ClassLoader> loader)
      throws InterruptedException {
    for (int i = 0; i < 200 && loader.get() != null; i++) {
      System.gc();
      Thread.sleep(50);
    }
    assertThat(loader.get())
        .as("the class loader of a program, ten seconds after its end")
        .isNull();
  }

  /** The engine, its native library and the program; without what runs the tests. */
  private static URL[] classPath() throws ClassNotFoundException {
    List<URL> urls = new ArrayList<>(); // some twice, which does no harm
    for (Class<?> type :
        List.of(
            Tensor.class,
            Variable.class,
            Network.class,
            RandomTensors.class,
            EmbeddedTest.class,
            Class.forName("org.jblas.NativeBlas"))) {
      urls.add(type.getProtectionDomain().getCodeSource().getLocation());
    }
    return urls.toArray(URL[]::new);
  }
}

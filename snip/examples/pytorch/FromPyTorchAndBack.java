// From PyTorch and back: takes the weights of a network that PyTorch made, chooses which
// connections
// to keep, trains them, and writes weights and masks for PyTorch. In Python, before and after:
//
//     safetensors.torch.save_file(model.state_dict(), "weights.safetensors")    # or torch.save
//     model.load_state_dict(safetensors.torch.load_file("trained.safetensors"))
//     masks = safetensors.torch.load_file("masks.safetensors")                   # fc1.weight: 0, 1
//
//     ./snip4j --version        # builds what is needed
//     java -cp 'bench/target/lib/*' snip/examples/pytorch/FromPyTorchAndBack.java \
//         weights.safetensors trained.safetensors masks.safetensors
//
// The model here has nn.Linear fc1 (784, 300), fc2 (300, 100), fc3 (100, 10). Without arguments the
// program makes a file of weights itself.

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.io.Safetensors;
import io.github.snip4j.nn.io.WeightFile;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

public final class FromPyTorchAndBack {
  private static final int STEPS = Integer.getInteger("steps", 2_000);

  private FromPyTorchAndBack() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("pytorch");
    Path weights = args.length > 0 ? Path.of(args[0]) : made(folder.resolve("weights.safetensors"));
    Path trained = args.length > 1 ? Path.of(args[1]) : folder.resolve("trained.safetensors");
    Path maskFile = args.length > 2 ? Path.of(args[2]) : folder.resolve("masks.safetensors");
    Seed seed = new Seed(1);
    Splits mnist = Mnist.load().split(seed);

    // .safetensors, .npz, .pt: names and shapes are PyTorch's
    Network network = WeightFile.read(weights, LeNet300100.create(seed));
    Batch batch = mnist.train().sample(100, seed);
    Connections connections = Connections.of(network, batch);
    Masks masks = Pruner.of(ConnectionSensitivity::score).prune(connections, 0.95);
    Network sparse = Sparsifier.compile(network, masks);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
    Schedule rate = Schedule.cosine(0.1, 0, STEPS);
    Trainer.fit(sparse, mnist.train().shuffled(100, seed), optimizer, rate, STEPS, seed);
    double error = Evaluation.of(sparse, mnist.test().inOrder(1_000)).error();

    Network withZeros = sparse.on(Parameter::unpruned); // where nothing was kept
    Safetensors.write(trained, withZeros.state());
    Map<String, Tensor> zerosAndOnes = new LinkedHashMap<>();
    masks
        .byName()
        .forEach((name, mask) -> zerosAndOnes.put(name, numbers(mask.toArray(), name, network)));
    Safetensors.write(maskFile, zerosAndOnes);
    System.out.printf(
        Locale.ROOT,
        "kept %d of %d connections, test error %.1f %%%n",
        masks.kept(),
        network.connections(),
        100 * error);

    Network back = WeightFile.read(trained, LeNet300100.create(new Seed(2)));
    Tensor x = mnist.test().inOrder(10).at(0).x();
    Tensor here = sparse.logits(x);
    Tensor there = back.logits(x);
    float furthest = 0;
    for (int i = 0; i < here.size(); i++) {
      furthest = Math.max(furthest, Math.abs(here.at(i) - there.at(i)));
    }
    System.out.println(
        "what is read from the file has the same logits: " + (furthest < 1e-3 ? "yes" : "no"));
  }

  private static Tensor numbers(boolean[] keep, String name, Network network) {
    Tensor tensor = Tensor.zeros(network.parameter(name).shape());
    for (int i = 0; i < keep.length; i++) {
      tensor.put(i, keep[i] ? 1 : 0);
    }
    return tensor;
  }

  private static Path made(Path file) throws IOException {
    Safetensors.write(file, LeNet300100.create(new Seed(3)).state());
    return file;
  }
}

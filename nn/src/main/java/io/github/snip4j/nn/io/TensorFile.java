package io.github.snip4j.nn.io;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Tensors by name, as people hold weights: {@code .npz}, {@code .safetensors}, and {@code .pt} or
 * {@code .pth} as {@code torch.save} writes a state_dict, or a dictionary that holds one.
 *
 * <p>Nothing in a file is trusted, and nothing in it is executed. Tensors of whole numbers or of
 * booleans are given as real numbers.
 */
public final class TensorFile {
  private TensorFile() {}

  /**
   * The tensors of a file, in its order; which kind it is its name says.
   *
   * @throws BadFileException if it is not what its name says, or of another kind
   * @throws IOException if it cannot be read
   */
  public static Map<String, Tensor> read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".npz")) {
      return npz(file);
    }
    if (name.endsWith(".safetensors")) {
      return Safetensors.read(file);
    }
    if (name.endsWith(".pt") || name.endsWith(".pth") || name.endsWith(".bin")) {
      return TorchFile.read(file);
    }
    throw new BadFileException(file.toString(), advice(name));
  }

  /** What to do with a file that is not read. */
  private static String advice(String name) {
    String expected = "expected .npz, .safetensors, .pt or .pth";
    if (name.endsWith(".h5") || name.endsWith(".keras") || name.endsWith(".hdf5")) {
      return ("is a file of Keras, which is not read: " + expected + "; in Python:")
          + " numpy.savez('weights.npz', **{v.path: v.numpy() for v in model.weights})";
    }
    if (name.endsWith(".npy")) {
      return ("is one array without a name: " + expected + "; in Python:")
          + " numpy.savez('weights.npz', **{'fc1.weight': numpy.load('"
          + name
          + "')})";
    }
    if (name.endsWith(".ckpt")) {
      return ("is a checkpoint of another program: " + expected + "; in Python:")
          + " torch.save(torch.load('"
          + name
          + "')['state_dict'], 'weights.pt')";
    }
    return "is of a kind that is not read: " + expected;
  }

  private static Map<String, Tensor> npz(Path file) throws IOException {
    Npz npz = Npz.read(file);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : npz.names()) {
      tensors.put(name, npz.isReal(name) ? npz.floats(name) : whole(npz, name));
    }
    return tensors;
  }

  private static Tensor whole(Npz npz, String name) throws IOException {
    int[] values = npz.ints(name);
    Tensor tensor = Tensor.zeros(npz.shape(name));
    for (int i = 0; i < values.length; i++) {
      tensor.put(i, values[i]);
    }
    return tensor;
  }
}

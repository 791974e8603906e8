package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.AtomicFile;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Networks as {@code .onnx} files, as PyTorch, TensorFlow and others export them.
 *
 * <p>The network that is read computes what the file says; its input is that of the file without
 * the batch, which is last here and first there. Its parameters are the file's tensors under the
 * file's names and in the file's shapes, so that a mask fits the tensor that it came from. What
 * convolutions, matrix products and recurrent cells multiply by are weights; what is added to their
 * products are biases; what normalisations multiply by and add are scales and shifts, which are not
 * pruned.
 *
 * <p>From PyTorch, with the names of the module's parameters and with its batch norms, which then
 * train here:
 *
 * <pre>{@code
 * model.eval()
 * torch.onnx.export(model, torch.randn(1, 3, 32, 32), "model.onnx", opset_version=17,
 *                   training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False,
 *                   input_names=["input"], output_names=["logits"],
 *                   dynamic_axes={"input": {0: "N"}, "logits": {0: "N"}})
 * }</pre>
 *
 * <p>({@code TrainingMode.TRAINING} would run one step of training, and so move the statistics of
 * batch norms.) Without the third line, PyTorch's default, batch norms are folded into the
 * convolutions before them: the logits are the same, but the weights are other numbers, whose names
 * are taken from the nodes', and there are biases where there were none; so counts differ from
 * those of the module, and the sensitivities of the convolutions do not.
 *
 * <p>Nothing in a file is trusted. What is not understood is refused with the operator, the node's
 * name and what would be right.
 */
public final class OnnxFile {
  private OnnxFile() {}

  /**
   * The network of a file, under the file's name without its ending.
   *
   * @throws BadFileException if it is no ONNX file, is damaged, or holds what is not understood
   * @throws IOException if it cannot be read
   */
  public static Network read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Path absolute = file.toAbsolutePath();
    return read(file.toString(), name(file), bytes, absolute.getParent());
  }

  /**
   * The network of a stream, which is read to its end.
   *
   * @param name of the network
   * @throws BadFileException as {@link #read(Path)}, and if arrays lie in other files
   * @throws IOException if it cannot be read
   */
  public static Network read(String name, InputStream in) throws IOException {
    return read(name, name, in.readAllBytes(), null);
  }

  /**
   * Writes a network as it is in use: batch first, for any number of examples, input {@code input},
   * output {@code logits}; opset 17, or that of the file it was read from. The parameters keep
   * their names and shapes, zeros being where they are pruned; a recurrent cell's matrix is cut and
   * its gates are put in ONNX's order by nodes of the graph.
   *
   * @param sparse whether of pruned parameters only what is kept is written, as {@code
   *     sparse_initializer}: a smaller file, which runtimes make dense when they load it
   * @throws IllegalArgumentException if a layer cannot be written with operators of ONNX
   * @throws IOException if the file cannot be written; what was there before is then untouched
   */
  public static void write(Path file, Network network, boolean sparse) throws IOException {
    byte[] bytes = bytes(network, sparse);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /** The bytes of {@link #write}. */
  static byte[] bytes(Network network, boolean sparse) {
    OnnxModel model = GraphWriter.model(network);
    return ModelWriter.bytes(model, sparse ? network.masks().keySet() : Set.of());
  }

  private static Network read(String file, String name, byte[] bytes, @Nullable Path folder)
      throws IOException {
    ExternalData external = new ExternalData(file, folder);
    OnnxModel model = ModuleNames.restored(ModelParser.parse(file, bytes, external));
    return GraphReader.read(file, name, model, bytes.length + external.bytes());
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".onnx") ? name.substring(0, name.length() - 5) : name;
  }
}

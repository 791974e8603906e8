package io.github.snip4j.bench.jmh;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.onnx.OnnxFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Our export of a network, run by onnxruntime with one thread for each call. Inputs and outputs lie
 * outside of the heap, where it takes and puts them without copies of its own.
 */
final class OnnxRuntimePeer implements PredictingPeer {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final long[] inputDims;
  private final long[] outputDims;

  /** Exports the network and loads the file. */
  OnnxRuntimePeer(Network network) {
    this(network, 1, 1);
  }

  /**
   * For any number of examples at once.
   *
   * @param batch how many
   * @param threads for each call
   */
  OnnxRuntimePeer(Network network, int batch, int threads) {
    this.inputDims = dims(network.input(), batch);
    this.outputDims = dims(network.output(), batch);
    try {
      Path file = Files.createTempFile("exported", ".onnx");
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        OnnxFile.write(file, network, false);
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        session = environment.createSession(file.toString(), options);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long[] dims(Shape example, int batch) {
    long[] dims = new long[example.rank() + 1];
    dims[0] = batch;
    for (int axis = 0; axis < example.rank(); axis++) {
      dims[axis + 1] = example.dim(axis);
    }
    return dims;
  }

  private OnnxTensor tensor(FloatBuffer values, long[] dims) {
    try {
      return OnnxTensor.createTensor(environment, values, dims);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FloatBuffer room(long[] dims) {
    int size = 1;
    for (long dim : dims) {
      size = Math.multiplyExact(size, (int) dim);
    }
    return ByteBuffer.allocateDirect(Float.BYTES * size)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public Asking asking() {
    return new Buffers();
  }

  /** The arrays of one thread. */
  private final class Buffers implements Asking {
    private final FloatBuffer x = room(inputDims);
    private final FloatBuffer y = room(outputDims);
    private final OnnxTensor input = tensor(x, inputDims);
    private final OnnxTensor output = tensor(y, outputDims);
    private final Map<String, OnnxTensor> inputs = Map.of("input", input);
    private final Map<String, OnnxTensor> outputs = Map.of("logits", output);

    @Override
    public void predict(float[] examples, float[] logits) {
      x.put(0, examples);
      try (OrtSession.Result result = session.run(inputs, outputs)) {
        if (result.size() != 1) {
          throw new IllegalStateException(result.size() + " outputs");
        }
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
      y.get(0, logits);
    }

    @Override
    public void close() {
      input.close();
      output.close();
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}

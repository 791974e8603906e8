package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerMaker;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.init.Initializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Makes the layers that networks from ONNX files consist of, from their graphs. */
public final class OnnxLayers implements LayerMaker {
  /** One that makes them; it has no state. */
  public OnnxLayers() {}

  @Override
  public boolean makes(String kind) {
    return kind.equals("onnx");
  }

  @Override
  public Layer make(LayerSpec spec, List<Layer> parts, Initializer values) {
    byte[] graph = Base64.getDecoder().decode(spec.text("graph"));
    Zeros zeros = new Zeros(values);
    try {
      OnnxModel model = ModelParser.parse("graph", graph, zeros);
      return GraphReader.read("graph", "graph", model, graph.length + zeros.bytes()).body();
    } catch (BadFileException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("a graph in memory could not be read", e);
    }
  }

  /** Zeros for the tensors of which a graph has only the shapes. */
  private static final class Zeros extends ExternalData {
    private final Initializer values;
    private long bytes;

    Zeros(Initializer values) {
      super("graph", null);
      this.values = values;
    }

    @Override
    long bytes() {
      return bytes;
    }

    @Override
    ByteBuffer read(String array, Map<String, String> place, long expected) throws IOException {
      if (!place.getOrDefault("location", "").equals(ModelWriter.ELSEWHERE)) {
        return super.read(array, place, expected);
      }
      values.draw(Shape.of((int) (expected / Float.BYTES)), new Seed(0)); // counts them
      bytes += expected;
      return ByteBuffer.allocate((int) expected);
    }
  }
}

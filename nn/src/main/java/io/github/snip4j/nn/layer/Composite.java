package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A layer made of others, put together by an expression:
 *
 * <pre>{@code
 * Layer both =
 *     new Composite(
 *         "both",
 *         (parts, x, pass) ->
 *             Arithmetic.add(pass.through(parts.get(0), x), pass.through(parts.get(1), x)),
 *         left,
 *         right);
 * }</pre>
 *
 * <p>Parameters and buffers are those of its parts. A part that is used twice, or is also part of
 * another layer, shares its weights between its uses.
 */
public final class Composite implements Layer {
  private final String name;
  private final Wiring wiring;
  private final Parts parts;

  /** How the output comes from the input by way of the parts. */
  @FunctionalInterface
  public interface Wiring {
    /**
     * The output.
     *
     * @param parts those of the layer, in their order; not those that it was made of, once it has
     *     been pruned or copied
     * @param pass computes a part's output, {@link Pass#through}
     * @throws IllegalArgumentException if the input has a shape that this does not take
     */
    Variable forward(List<Layer> parts, Variable x, Pass pass);
  }

  /**
   * @param name as in {@code block1}; empty for none
   */
  public Composite(String name, Wiring wiring, Layer... parts) {
    this(name, wiring, Parts.of(parts));
  }

  private Composite(String name, Wiring wiring, Parts parts) {
    this.name = name;
    this.wiring = wiring;
    this.parts = parts;
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    return wiring.forward(parts.layers(), x, pass);
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new Composite(name, wiring, parts.on(change));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Parameter> parameters() {
    return parts.parameters();
  }

  @Override
  public List<Buffer> buffers() {
    return parts.buffers();
  }

  @Override
  public LayerSpec describe() {
    return new LayerSpec(
        "composite", Map.of("name", name), parts.layers().stream().map(Layer::describe).toList());
  }
}

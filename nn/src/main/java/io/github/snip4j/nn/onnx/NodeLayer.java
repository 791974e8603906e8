package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.List;
import java.util.function.UnaryOperator;

/** A node of a graph that has parameters: a layer from one value to another. */
final class NodeLayer implements Layer {
  /** What a node computes from its input and its parameters. */
  @FunctionalInterface
  interface Rule {
    /** The output for x; the parameters and buffers are asked of the layer. */
    Variable of(Variable x, NodeLayer layer, Pass pass);
  }

  private final String name;
  private final List<ParameterView> views;
  private final List<Buffer> buffers;
  private final Rule rule;

  NodeLayer(String name, List<ParameterView> views, List<Buffer> buffers, Rule rule) {
    this.name = name;
    this.views = views;
    this.buffers = buffers;
    this.rule = rule;
  }

  /** The view of this number as a weight in a pass. */
  Weight weight(int view, Pass pass) {
    return views.get(view).weight(pass);
  }

  /** The view of this number in a pass, 0 where it is pruned. */
  Variable variable(int view, Pass pass) {
    return views.get(view).variable(pass);
  }

  /** The value of the buffer of this number. */
  Tensor buffer(int number) {
    return buffers.get(number).value();
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    return rule.of(x, this, pass);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Parameter> parameters() {
    return views.stream().flatMap(view -> view.parameters().stream()).distinct().toList();
  }

  @Override
  public List<Buffer> buffers() {
    return buffers;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return on(change, Buffer::copy);
  }

  NodeLayer on(UnaryOperator<Parameter> change, UnaryOperator<Buffer> copy) {
    return new NodeLayer(
        name,
        views.stream().map(view -> view.on(change)).toList(),
        buffers.stream().map(copy).toList(),
        rule);
  }
}

package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.onnx.OnnxModel.Attribute;
import io.github.snip4j.nn.onnx.OnnxModel.Node;
import io.github.snip4j.nn.onnx.Value.Computed;
import io.github.snip4j.nn.onnx.Value.Repeated;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node while it is read: what goes in, its attributes, and what it makes. */
final class Use {
  private final GraphDraft graph;
  private final Node node;

  Use(GraphDraft graph, Node node) {
    this.graph = graph;
    this.node = node;
  }

  GraphDraft graph() {
    return graph;
  }

  /** The version of the operators' definitions. */
  long opset() {
    return graph.opset();
  }

  String operator() {
    return node.operator();
  }

  /**
   * The name of the layer that this node is.
   *
   * @param weight its first tensor, after which the layer is called
   */
  String layerName(Learned weight) {
    String tensor = weight.tensors().get(0).name();
    int dot = tensor.lastIndexOf('.');
    return dot < 1 ? tensor : tensor.substring(0, dot);
  }

  /** A name of its own for what belongs to this node. */
  String name() {
    return node.name().isEmpty() ? node.operator() + "_" + graph.number() : node.name();
  }

  /** A name that no other layer has, for one that draws random numbers. */
  String uniqueName() {
    return graph.unique(name());
  }

  int inputs() {
    return node.inputs().size();
  }

  int outputs() {
    return node.outputs().size();
  }

  boolean has(int input) {
    return input < node.inputs().size() && !node.inputs().get(input).isEmpty();
  }

  Value input(int number) throws BadFileException {
    if (!has(number)) {
      throw bad("input " + number + " is missing");
    }
    return graph.value(this, node.inputs().get(number));
  }

  /** An input to compute with. */
  Computed computed(int number) throws BadFileException {
    return graph.toCompute(this, input(number));
  }

  /** An input with the batch among its axes. */
  Computed examples(int number) throws BadFileException {
    Computed x = computed(number);
    if (!x.extent().hasBatch()) {
      throw bad("input " + number + " does not depend on the network's input");
    }
    return x;
  }

  /** An input of whole numbers that are known. */
  long[] wholes(int number) throws BadFileException {
    if (input(number) instanceof Wholes wholes && wholes.isFixed()) {
      return wholes.fixed();
    }
    throw bad("input " + number + " must be whole numbers that are known beforehand");
  }

  /** Where slices end: whole numbers, in which the size of the batch means its end. */
  long[] ends(int number) throws BadFileException {
    if (!(input(number) instanceof Wholes wholes)) {
      throw bad("input " + number + " must be whole numbers that are known beforehand");
    }
    long[] ends = wholes.fixed().clone();
    for (int i = 0; i < ends.length; i++) {
      if (wholes.perExample()[i] == 1 && ends[i] == 0) {
        ends[i] = Long.MAX_VALUE;
      } else if (wholes.perExample()[i] != 0) {
        throw bad("ends at a place that depends on the batch");
      }
    }
    return ends;
  }

  /** An input that is one real number that is known. */
  float real(int number) throws BadFileException {
    Value value = input(number);
    if (value instanceof Learned learned) {
      value = learned.constant();
    }
    if (value instanceof Reals reals && reals.values().length == 1) {
      return reals.values()[0];
    }
    if (value instanceof Repeated repeated) {
      return repeated.value();
    }
    throw bad("input " + number + " must be a number that is known beforehand");
  }

  /** A tensor under the name of the first output. */
  TensorData named(TensorData tensor) {
    return new TensorData(
        node.outputs().get(0), tensor.type(), tensor.dims(), tensor.reals(), tensor.wholes());
  }

  /** These numbers as a tensor of their own under the name of the first output. */
  Learned renamed(Learned whole) {
    TensorData tensor = whole.tensors().get(0);
    return new Learned(whole.dims(), List.of(named(tensor)), null);
  }

  /** Whether something takes this output. */
  boolean isUsed(int output) {
    return output < node.outputs().size() && graph.isUsed(node.outputs().get(output));
  }

  void output(int number, Value value) throws BadFileException {
    if (number < node.outputs().size() && !node.outputs().get(number).isEmpty()) {
      graph.set(this, node.outputs().get(number), value);
    }
  }

  void output(Value value) throws BadFileException {
    output(0, value);
  }

  private @Nullable Attribute attribute(String name, int type, String what)
      throws BadFileException {
    Attribute attribute = node.attributes().get(name);
    if (attribute != null && attribute.type() != type) {
      throw bad("attribute " + name + " must be " + what);
    }
    return attribute;
  }

  boolean hasAttribute(String name) {
    return node.attributes().containsKey(name);
  }

  long number(String name, long otherwise) throws BadFileException {
    Attribute attribute = attribute(name, Attribute.NUMBER, "a whole number");
    return attribute == null ? otherwise : attribute.number();
  }

  float real(String name, float otherwise) throws BadFileException {
    Attribute attribute = attribute(name, Attribute.REAL, "a real number");
    return attribute == null ? otherwise : attribute.real();
  }

  String text(String name, String otherwise) throws BadFileException {
    Attribute attribute = attribute(name, Attribute.TEXT, "a text");
    return attribute == null ? otherwise : attribute.text();
  }

  long[] numbers(String name, long... otherwise) throws BadFileException {
    Attribute attribute = attribute(name, Attribute.NUMBERS, "whole numbers");
    return attribute == null ? otherwise : attribute.numbers();
  }

  float[] reals(String name) throws BadFileException {
    Attribute attribute = attribute(name, Attribute.REALS, "real numbers");
    return attribute == null ? new float[0] : attribute.reals();
  }

  @Nullable TensorData tensor(String name) throws BadFileException {
    Attribute attribute = attribute(name, Attribute.TENSOR, "an array");
    return attribute == null ? null : attribute.tensor();
  }

  /** Refuses an attribute that is not what is computed here. */
  void expect(String name, long value, String what) throws BadFileException {
    if (number(name, value) != value) {
      throw bad(name + " is " + number(name, value) + "; " + what);
    }
  }

  /** Numbers that are an attribute in older files, and an input in newer ones; null if neither. */
  long @Nullable [] numbersOrInput(String name, int input) throws BadFileException {
    return has(input) ? wholes(input) : hasAttribute(name) ? numbers(name) : null;
  }

  /** Axes of a value of so many, from 0 on; a negative one counts from the end. */
  int[] axes(long[] axes, int rank) throws BadFileException {
    int[] from0 = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      from0[i] = axis(axes[i], rank);
    }
    if (Arrays.stream(from0).distinct().count() < from0.length) {
      throw bad("axes " + Arrays.toString(axes) + " name one twice");
    }
    return from0;
  }

  int axis(long axis, int rank) throws BadFileException {
    if (axis < -rank || axis >= rank) {
      throw bad("axis " + axis + " of a value with " + rank + " axes");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** An axis of a value that is not the batch, as an axis of what is computed here. */
  int exampleAxis(long axis, Extent extent) throws BadFileException {
    int from0 = axis(axis, extent.rank());
    if (from0 == extent.batch()) {
      throw bad("works along the batch, " + extent + ": examples must not see each other");
    }
    return extent.axis(from0);
  }

  /** What is wrong, with the node's name and operator. */
  BadFileException bad(String problem) {
    return graph.bad("node '" + name() + "' (" + node.operator() + "): " + problem);
  }
}

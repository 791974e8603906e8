package io.github.snip4j.nn.onnx;

import io.github.snip4j.nn.onnx.OnnxModel.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives weights back the names of PyTorch's parameters where an export took them away: one that
 * folds batch norms into convolutions calls their weights {@code onnx::Conv_81}. The nodes still
 * say which module they are of, as in {@code /layer1/layer1.0/conv1/Conv}, so that is {@code
 * layer1.0.conv1.weight}. (A weight times a factor has the same sensitivity w ∂L/∂w, and a mask of
 * it fits the module's; the bias that folding adds belongs to none.)
 */
final class ModuleNames {
  private static final Pattern MADE_UP = Pattern.compile("onnx::[A-Za-z]+_[0-9]+");
  private static final Set<String> WITH_MODULES_SHAPE = Set.of("Conv", "Gemm");
  private static final List<String> ROLES = List.of("", "weight", "bias"); // by input
  private static final int LONGEST = 1000;

  private ModuleNames() {}

  /** A model with PyTorch's names where they are known and each would be taken only once. */
  static OnnxModel restored(OnnxModel model) {
    Map<String, Integer> uses = new HashMap<>();
    for (Node node : model.nodes()) {
      node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
    }
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, Integer> taken = new HashMap<>();
    for (Node node : model.nodes()) {
      String module = module(node);
      for (int i = 1; i < Math.min(ROLES.size(), node.inputs().size()); i++) {
        String input = node.inputs().get(i);
        if (!module.isEmpty()
            && MADE_UP.matcher(input).matches()
            && model.tensors().containsKey(input)
            && uses.getOrDefault(input, 0) == 1) {
          String name = module + "." + ROLES.get(i);
          names.put(input, name);
          taken.merge(name, 1, Integer::sum);
        }
      }
    }
    names
        .values()
        .removeIf(name -> taken.getOrDefault(name, 0) > 1 || model.tensors().containsKey(name));
    return names.isEmpty() ? model : renamed(model, names);
  }

  /** The name of a node's module, as {@code layer1.0.conv1}; empty if the node does not say it. */
  private static String module(Node node) {
    String name = node.name();
    int end = name.lastIndexOf('/');
    if (!WITH_MODULES_SHAPE.contains(node.operator())
        || !name.startsWith("/")
        || end < 1
        || name.length() > LONGEST) {
      return "";
    }
    List<String> path = new ArrayList<>();
    for (String part : name.substring(1, end).split("/", -1)) {
      String last = path.isEmpty() ? "" : path.get(path.size() - 1);
      if (!last.isEmpty() && part.startsWith(last + ".")) {
        path.set(path.size() - 1, part); // a part of a list of modules repeats its name
      } else {
        path.add(part);
      }
    }
    return String.join(".", path);
  }

  private static OnnxModel renamed(OnnxModel model, Map<String, String> names) {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    model
        .tensors()
        .forEach(
            (old, tensor) -> {
              String name = names.getOrDefault(old, old);
              tensors.put(
                  name,
                  new TensorData(
                      name, tensor.type(), tensor.dims(), tensor.reals(), tensor.wholes()));
            });
    List<Node> nodes = new ArrayList<>();
    for (Node node : model.nodes()) {
      List<String> inputs =
          node.inputs().stream().map(input -> names.getOrDefault(input, input)).toList();
      nodes.add(
          new Node(
              node.name(),
              node.operator(),
              node.domain(),
              inputs,
              node.outputs(),
              node.attributes()));
    }
    return new OnnxModel(
        model.name(), model.opset(), nodes, tensors, model.inputs(), model.outputs());
  }
}

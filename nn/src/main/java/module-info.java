/**
 * Layers, parameters, passes, initialisers, optimisers, the training loop, networks.
 *
 * <p>Start at {@link io.github.snip4j.nn.Network}, made of layers ({@link
 * io.github.snip4j.nn.layer}) or one of {@link io.github.snip4j.nn.model}. {@link
 * io.github.snip4j.nn.train.Trainer} trains it on an objective ({@link
 * io.github.snip4j.nn.objective}), {@link io.github.snip4j.nn.NetworkFile} saves it, {@link
 * io.github.snip4j.nn.predict.Predictor} answers one example at a time.
 */
module io.github.snip4j.nn {
  requires transitive io.github.snip4j.autograd;
  requires static org.jspecify;

  exports io.github.snip4j.nn;
  exports io.github.snip4j.nn.init;
  exports io.github.snip4j.nn.io;
  exports io.github.snip4j.nn.layer;
  exports io.github.snip4j.nn.model;
  exports io.github.snip4j.nn.objective;
  exports io.github.snip4j.nn.onnx;
  exports io.github.snip4j.nn.optim;
  exports io.github.snip4j.nn.predict;
  exports io.github.snip4j.nn.train;

  uses io.github.snip4j.nn.LayerMaker;

  provides io.github.snip4j.nn.LayerMaker with
      io.github.snip4j.nn.layer.StandardLayers,
      io.github.snip4j.nn.onnx.OnnxLayers;
}

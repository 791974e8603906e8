package io.github.snip4j.nn.model;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.init.Normal;
import io.github.snip4j.nn.layer.Embedding;
import io.github.snip4j.nn.layer.FeaturesFirst;
import io.github.snip4j.nn.layer.Gelu;
import io.github.snip4j.nn.layer.LayerNorm;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.PositionEmbedding;
import io.github.snip4j.nn.layer.Residual;
import io.github.snip4j.nn.layer.SelfAttention;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.TimeDistributed;
import java.util.ArrayList;
import java.util.List;

/**
 * A transformer that tells the next word, or character, at each place of a text: blocks of causal
 * self-attention and of two linear layers with GELU, layer norms before both [Vaswani et al.,
 * <i>Attention is all you need</i>, 2017; Radford et al., <i>Language models are unsupervised
 * multitask learners</i>, 2019, section 2.3, for where the norms are]. Weights are drawn with
 * deviation 0.02, those that end in a sum of residuals with 0.02 / √(2 blocks).
 *
 * @param words how many different ones there are
 * @param context T, how long the texts are
 * @param width numbers for each place
 * @param blocks one after the other
 * @param heads divides the width
 */
public record Decoder(int words, int context, int width, int blocks, int heads) {
  /**
   * The network: x {@code [T, N]}, whole numbers from 0 to words - 1; outputs {@code [words, T,
   * N]}, logits of what follows each place.
   */
  public Network create(Seed seed) {
    Initializer init = new Normal(0.02);
    Initializer last = new Normal(0.02 / Math.sqrt(2.0 * blocks));
    List<Layer> layers = new ArrayList<>();
    layers.add(new Embedding("words", words, width, init, seed));
    layers.add(new PositionEmbedding("places", context, width, init, seed));
    for (int b = 1; b <= blocks; b++) {
      String name = "block" + b;
      layers.add(
          new Residual(
              name + ".attention",
              new Sequential(
                  new TimeDistributed(new LayerNorm(name + ".ln1", width)),
                  new SelfAttention(name + ".attn", width, heads, true, init, seed))));
      layers.add(
          new Residual(
              name + ".mlp",
              new TimeDistributed(
                  new Sequential(
                      new LayerNorm(name + ".ln2", width),
                      new Linear(name + ".fc1", width, 4 * width, init, seed),
                      new Gelu(),
                      new Linear(name + ".fc2", 4 * width, width, last, seed)))));
    }
    layers.add(
        new TimeDistributed(
            new Sequential(
                new LayerNorm("ln", width), new Linear("head", width, words, init, seed))));
    layers.add(new FeaturesFirst());
    return new Network(
        "decoder", Shape.of(context), Shape.of(words, context), new Sequential(layers));
  }
}

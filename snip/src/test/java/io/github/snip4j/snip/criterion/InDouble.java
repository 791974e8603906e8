package io.github.snip4j.snip.criterion;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.nn.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The loss of fully connected layers fc1, fc2, ... with ReLU between them, and its gradient, in
 * double precision and written down apart from the engine: what its derivatives are checked
 * against.
 */
final class InDouble {
  private final List<int[]> shapes = new ArrayList<>(); // out, in
  private final double temperature;
  private final double[][] x; // by example
  private final int[] labels;

  InDouble(Network network, Batch batch, double temperature) {
    for (int l = 1; 2 * l <= network.parameters().size(); l++) {
      shapes.add(network.parameter("fc" + l + ".weight").shape().toArray());
    }
    this.temperature = temperature;
    this.labels = batch.labels();
    this.x = new double[batch.size()][network.input().size()];
    for (int n = 0; n < x.length; n++) {
      for (int i = 0; i < x[n].length; i++) {
        x[n][i] = batch.x().get(i, n);
      }
    }
  }

  /** All parameters one after the other, each layer's weights before its biases. */
  static double[] parameters(Network network) {
    return network.parameters().stream()
        .flatMapToDouble(
            p -> {
              float[] values = p.value().toArray();
              return IntStream.range(0, values.length).mapToDouble(j -> values[j]);
            })
        .toArray();
  }

  double loss(double[] w) {
    return evaluate(w, new double[w.length]);
  }

  double[] gradient(double[] w) {
    double[] gradient = new double[w.length];
    evaluate(w, gradient);
    return gradient;
  }

  /** H v by a central difference so small that only double precision can tell. */
  double[] hessianTimes(double[] w, double[] v) {
    double h = 1e-7;
    double[] ahead = w.clone();
    double[] behind = w.clone();
    for (int j = 0; j < w.length; j++) {
      ahead[j] += h * v[j];
      behind[j] -= h * v[j];
    }
    double[] up = gradient(ahead);
    double[] down = gradient(behind);
    double[] product = new double[w.length];
    for (int j = 0; j < w.length; j++) {
      product[j] = (up[j] - down[j]) / (2 * h);
    }
    return product;
  }

  private double evaluate(double[] w, double[] gradient) {
    double loss = 0;
    for (int n = 0; n < x.length; n++) {
      double[][] in = new double[shapes.size() + 1][];
      in[0] = x[n];
      int at = 0;
      for (int l = 0; l < shapes.size(); l++) {
        in[l + 1] = layer(w, at, shapes.get(l), in[l], l < shapes.size() - 1);
        at += shapes.get(l)[0] * (shapes.get(l)[1] + 1);
      }
      double[] d = softmaxGradient(in[shapes.size()], labels[n]);
      loss -= Math.log(d[labels[n]] + 1) / x.length;
      for (int l = shapes.size() - 1; l >= 0; l--) {
        at -= shapes.get(l)[0] * (shapes.get(l)[1] + 1);
        d = back(w, at, shapes.get(l), in[l], d, gradient);
      }
    }
    return loss;
  }

  private static double[] layer(double[] w, int at, int[] shape, double[] in, boolean relu) {
    double[] out = new double[shape[0]];
    for (int k = 0; k < out.length; k++) {
      out[k] = w[at + shape[0] * shape[1] + k];
      for (int i = 0; i < in.length; i++) {
        out[k] += w[at + k * shape[1] + i] * in[i];
      }
      out[k] = relu ? Math.max(0, out[k]) : out[k];
    }
    return out;
  }

  /** p - e_label, of the logits divided by the temperature. */
  private double[] softmaxGradient(double[] logits, int label) {
    double[] p = new double[logits.length];
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] = Math.exp(logits[k] / temperature);
      sum += p[k];
    }
    for (int k = 0; k < p.length; k++) {
      p[k] = p[k] / sum - (k == label ? 1 : 0);
    }
    return p;
  }

  /** Adds this layer's gradients; returns that of its input, past the ReLU before it. */
  private double[] back(
      double[] w, int at, int[] shape, double[] in, double[] d, double[] gradient) {
    boolean last = at + shape[0] * (shape[1] + 1) == w.length;
    double scale = last ? 1 / (temperature * x.length) : 1;
    double[] dIn = new double[in.length];
    for (int k = 0; k < shape[0]; k++) {
      double dk = d[k] * scale;
      gradient[at + shape[0] * shape[1] + k] += dk;
      for (int i = 0; i < in.length; i++) {
        gradient[at + k * shape[1] + i] += dk * in[i];
        dIn[i] += in[i] > 0 ? dk * w[at + k * shape[1] + i] : 0;
      }
    }
    return dIn;
  }
}

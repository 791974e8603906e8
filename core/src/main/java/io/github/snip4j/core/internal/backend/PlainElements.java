package io.github.snip4j.core.internal.backend;

/** One element after the other. */
final class PlainElements implements ElementKernels {
  @Override
  public void exp(int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = FloatMath.exp(x[xAt + i]);
    }
  }

  @Override
  public void log(int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = FloatMath.log(x[xAt + i]);
    }
  }

  @Override
  public void tanh(int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = FloatMath.tanh(x[xAt + i]);
    }
  }

  @Override
  public void sigmoid(int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = FloatMath.sigmoid(x[xAt + i]);
    }
  }

  @Override
  public void tanhGradient(int n, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    for (int i = 0; i < n; i++) {
      float value = v[vAt + i];
      dx[dxAt + i] = dy[dyAt + i] * (1f - value * value);
    }
  }

  @Override
  public void sigmoidGradient(
      int n, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    for (int i = 0; i < n; i++) {
      float value = v[vAt + i];
      dx[dxAt + i] = dy[dyAt + i] * (value - value * value);
    }
  }

  @Override
  public void softplus(int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = FloatMath.softplus(x[xAt + i]);
    }
  }

  @Override
  public void softplusGradient(
      int n, float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    for (int i = 0; i < n; i++) {
      dx[dxAt + i] = dy[dyAt + i] * FloatMath.sigmoid(x[xAt + i]);
    }
  }

  @Override
  public void gelu(int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = FloatMath.gelu(x[xAt + i]);
    }
  }

  @Override
  public void geluGradient(int n, float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    for (int i = 0; i < n; i++) {
      dx[dxAt + i] = dy[dyAt + i] * FloatMath.geluSlope(x[xAt + i]);
    }
  }

  @Override
  public void reluGradient(int n, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    for (int i = 0; i < n; i++) {
      dx[dxAt + i] = v[vAt + i] <= 0f ? 0f : dy[dyAt + i];
    }
  }

  @Override
  public void leakyRelu(int n, float slope, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      float v = x[xAt + i];
      y[yAt + i] = v > 0f ? v : slope * v;
    }
  }

  @Override
  public void leakyReluGradient(
      int n, float slope, float[] v, int vAt, float[] dy, int dyAt, float[] dx, int dxAt) {
    for (int i = 0; i < n; i++) {
      float d = dy[dyAt + i];
      dx[dxAt + i] = v[vAt + i] > 0f ? d : slope * d;
    }
  }

  @Override
  public void relu(int n, float[] x, int xAt, float[] y, int yAt) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = Math.max(x[xAt + i], 0f);
    }
  }
}

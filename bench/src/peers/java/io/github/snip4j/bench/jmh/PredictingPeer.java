package io.github.snip4j.bench.jmh;

/** One of our networks as another library has it, to be asked for one example at a time. */
interface PredictingPeer extends AutoCloseable {
  /** What one thread asks: it holds the arrays of that thread. */
  interface Asking extends AutoCloseable {
    /**
     * The outputs for one example.
     *
     * @param example row-major in the network's input shape
     * @param outputs which are set
     */
    void predict(float[] example, float[] outputs);

    @Override
    void close();
  }

  /** For a thread more; the network is shared. */
  Asking asking();

  @Override
  void close();
}

package io.github.snip4j.bench.summary;

/** How the Java that measures is started, and how many of its threads measure at once. */
public enum Start {
  ONE_THREAD("one thread"),
  TWO_THREADS("two threads"),
  /** Eight threads ask at the same time, each of which computes alone. */
  EIGHT_ASKING("eight threads asking"),
  /** With the OpenBLAS in jblas told which processor it is on, as it does not know newer ones. */
  CORE_TYPE("one thread, OPENBLAS_CORETYPE"),
  /** Without the vector module, as somebody starts it who does not know of that. */
  WITHOUT_VECTORS("one thread, no vector module");

  private final String text;

  Start(String text) {
    this.text = text;
  }

  /** How many threads ask at the same time. */
  int asking() {
    return this == EIGHT_ASKING ? 8 : 1;
  }

  /** How many threads our kernels, or another library's, may use for one computation. */
  int computing() {
    return this == TWO_THREADS ? 2 : 1;
  }

  @Override
  public String toString() {
    return text;
  }
}

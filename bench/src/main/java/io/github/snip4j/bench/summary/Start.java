package io.github.snip4j.bench.summary;

/** How the Java that measures is started. */
public enum Start {
  ONE_THREAD("one thread"),
  TWO_THREADS("two threads"),
  /** With the OpenBLAS in jblas told which processor it is on, as it does not know newer ones. */
  CORE_TYPE("one thread, OPENBLAS_CORETYPE"),
  /** Without the vector module, as somebody starts it who does not know of that. */
  WITHOUT_VECTORS("one thread, no vector module");

  private final String text;

  Start(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}

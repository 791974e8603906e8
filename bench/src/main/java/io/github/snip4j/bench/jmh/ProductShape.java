package io.github.snip4j.bench.jmh;

/**
 * A matrix product as a parameter names it: rows of C x columns of C x length of the sums, and
 * after a dash whether A and B are stored transposed, as in {@code 784x100x300-tn}.
 */
record ProductShape(int m, int n, int k, boolean transposeA, boolean transposeB) {
  static ProductShape of(String text) {
    int dash = text.indexOf('-');
    int[] dims = MadeUp.numbers(dash < 0 ? text : text.substring(0, dash));
    return new ProductShape(
        dims[0],
        dims[1],
        dims[2],
        dash > 0 && text.charAt(dash + 1) == 't',
        dash > 0 && text.charAt(dash + 2) == 't');
  }

  long flops() {
    return 2L * m * n * k;
  }
}

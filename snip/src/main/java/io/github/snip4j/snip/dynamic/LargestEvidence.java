package io.github.snip4j.snip.dynamic;

/** Grows connections where the magnitude of what is known is largest. */
record LargestEvidence(Evidence evidence) implements GrowRule {
  @Override
  public int[] grow(Vacancies vacancies, int count) {
    int[] keys = Selection.magnitudes(vacancies.evidence());
    for (int position : vacancies.taken().positions()) {
      keys[position] = Selection.NEVER;
    }
    return Selection.largest(keys, count);
  }
}

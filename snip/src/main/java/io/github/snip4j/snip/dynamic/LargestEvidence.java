package io.github.snip4j.snip.dynamic;

/** Grows connections where the magnitude of what is known is largest. */
record LargestEvidence(Evidence evidence) implements GrowRule {
  @Override
  public int[] grow(Vacancies vacancies, int count) {
    return Selection.largest(vacancies.evidence(), vacancies.taken().positions(), count);
  }
}

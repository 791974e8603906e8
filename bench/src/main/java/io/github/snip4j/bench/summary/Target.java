package io.github.snip4j.bench.summary;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a figure is held against.
 *
 * @param what the figure
 * @param bound what it is to reach
 * @param atMost whether it is to stay below the bound, instead of reaching it
 * @param unit what stands after the number: {@code x}, {@code %}, {@code µs} or {@code s}
 * @param cases where it is measured
 */
public record Target(String what, double bound, boolean atMost, String unit, List<Case> cases) {
  /** The verdicts. */
  public enum Verdict {
    MET("met"),
    MISSED("NOT met"),
    NOT_MEASURED("not measured");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * One figure.
   *
   * @param where the shape
   * @param value NaN if it was not measured
   * @param spread how far it may be off by what Javas differ in, as a share of it; NaN if each
   *     figure is of one
   */
  public record Case(String where, double value, double spread) {
    Case(String where, double value) {
      this(where, value, Double.NaN);
    }
  }

  static Target atLeast(double bound, String what, List<Case> cases) {
    return new Target(what, bound, false, "x", List.copyOf(cases));
  }

  static Target atMost(double bound, String unit, String what, List<Case> cases) {
    return new Target(what, bound, true, unit, List.copyOf(cases));
  }

  Verdict verdict(Case figure) {
    if (Double.isNaN(figure.value())) {
      return Verdict.NOT_MEASURED;
    }
    boolean met = atMost ? figure.value() <= bound : figure.value() >= bound;
    return met ? Verdict.MET : Verdict.MISSED;
  }

  /** Missed if one case is; not measured if one is not, and none is missed. */
  Verdict verdict() {
    List<Verdict> all = cases.stream().map(this::verdict).toList();
    return all.contains(Verdict.MISSED)
        ? Verdict.MISSED
        : all.contains(Verdict.NOT_MEASURED) ? Verdict.NOT_MEASURED : Verdict.MET;
  }

  /** The measured case that is furthest on the wrong side. */
  Optional<Case> worst() {
    Comparator<Case> byValue = Comparator.comparingDouble(Case::value);
    return cases.stream()
        .filter(figure -> !Double.isNaN(figure.value()))
        .min(atMost ? byValue.reversed() : byValue);
  }

  /** What is asked for in words, as in {@code at least 2.5x}. */
  String demand() {
    return (atMost ? "at most " : "at least ") + text(bound);
  }

  String text(double value) {
    String number =
        Double.isNaN(value)
            ? "-"
            : Double.isInfinite(value)
                ? "none"
                : String.format(Locale.ROOT, value >= 20 ? "%.0f" : "%.2f", value);
    boolean bare = Double.isNaN(value) || Double.isInfinite(value);
    return bare ? number : number + (unit.equals("x") ? unit : " " + unit);
  }
}

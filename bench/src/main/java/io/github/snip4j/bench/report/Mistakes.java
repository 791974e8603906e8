package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import io.github.snip4j.datasets.Examples;
import io.github.snip4j.nn.Network;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a network is wrong.
 *
 * @param text what to know before
 * @param seen some mistakes
 */
public record Mistakes(String text, List<Seen> seen) implements Section {
  private static final int MOST = 24;

  /**
   * A mistake with its picture.
   *
   * @param picture null if the examples are no pictures
   * @param label what it is
   * @param taken what the network takes it for
   */
  public record Seen(@Nullable Picture picture, String label, String taken, double sure) {}

  /** The mistakes that a network is surest of; it is not modified. */
  public static Mistakes of(Network network, Examples examples) {
    List<Mistake> all = Mistake.of(network, examples);
    List<Seen> seen = all.stream().limit(MOST).map(mistake -> seen(mistake, examples)).toList();
    String text =
        all.isEmpty()
            ? "The network gets all of the test examples right."
            : (all.size() == 1 ? "1 of the " : Format.count(all.size()) + " of the ")
                + (Format.count(examples.size()) + " test examples are taken for something else. ")
                + (all.size() > MOST
                    ? "These are the "
                        + MOST
                        + " of which the pruned network is surest, with the"
                        + " probability that it gives to its answer."
                    : "The one of which the pruned network is surest comes first, with the probability"
                        + " that it gives to its answer.");
    return new Mistakes(text, seen);
  }

  private static Seen seen(Mistake mistake, Examples examples) {
    List<String> names = examples.data().classNames();
    boolean picture = ExamplePicture.canBeSeen(examples.data().example());
    return new Seen(
        picture
            ? ExamplePicture.of(
                examples.inOrder(1).at(mistake.index()), 0, examples.normalization())
            : null,
        name(names, mistake.label()),
        name(names, mistake.taken()),
        mistake.sure());
  }

  /** A network may tell more classes apart than there are. */
  private static String name(List<String> names, int label) {
    return label < names.size() ? names.get(label) : "class " + label;
  }

  @Override
  public String heading() {
    return "Where it is wrong";
  }

  @Override
  public Html html() {
    return Html.fill(
        "<p>{{text}}</p>\n<div class=\"row\">\n{{figures}}\n</div>",
        Map.of("text", text, "figures", Html.each(seen, Mistakes::figure)));
  }

  private static Html figure(Seen seen) {
    Picture picture = seen.picture();
    return Html.fill(
        """
        <figure>{{picture}}<figcaption>{{label}}, taken for <b>{{taken}}</b> \
        <span class="faint">{{sure}}</span></figcaption></figure>""",
        Map.of(
            "picture",
                picture == null
                    ? new Html("")
                    : picture.html("a " + seen.label() + " of the test set"),
            "label", seen.label(),
            "taken", seen.taken(),
            "sure", sure(seen.sure())));
  }

  /** Rounded down: what is not certain must not read so. */
  private static String sure(double probability) {
    return String.format(Locale.ROOT, "%.1f %%", Math.floor(1000 * probability) / 10);
  }
}

package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import java.util.List;
import java.util.Map;

/**
 * Which input pixels keep their connections.
 *
 * @param text what to know before
 * @param used what the network's own masks keep
 * @param classes what masks would keep that were chosen on examples of one class; may be empty
 */
public record InputPixels(String text, Seen used, List<Seen> classes) implements Section {
  /**
   * One choice.
   *
   * @param examples what it was made on, in a few words
   * @param mean of these examples
   */
  public record Seen(String examples, Picture mean, KeptPixels kept) {}

  @Override
  public String heading() {
    return "What the network looks at";
  }

  @Override
  public Html html() {
    int most = used.kept().most();
    Html own =
        Html.fill(
            """
            <p>{{text}}</p>
            <div class="pictures">
            <figure>{{mean}}<figcaption>the mean of {{examples}}</figcaption></figure>
            <figure>{{kept}}<figcaption>connections kept per pixel {{scale}}</figcaption></figure>
            </div>""",
            Map.of(
                "text", text,
                "examples", used.examples(),
                "mean", used.mean().html("the mean of " + used.examples()),
                "kept", used.kept().picture(most).html(used.kept().words()),
                "scale", scale("0", Palette.AMOUNT, String.valueOf(most))));
    return classes.isEmpty() ? own : new Html(own.markup() + "\n" + perClass().markup());
  }

  private Html perClass() {
    return Html.fill(
        """
        <h3>Had it been chosen on one class only</h3>
        <p>Each picture is another choice of as many connections in the same network, made on \
        examples of one class. Nothing is trained yet. {{scale}}</p>
        <div class="row classes">
        {{figures}}
        </div>""",
        Map.of(
            "scale", scale("none", Palette.AMOUNT, "the most of that picture"),
            "figures",
                Html.each(
                    classes,
                    seen ->
                        Html.fill(
                            "<figure>{{kept}}<figcaption>{{examples}}</figcaption></figure>",
                            Map.of(
                                "kept",
                                    seen.kept()
                                        .picture(seen.kept().most())
                                        .html(seen.kept().words()),
                                "examples", seen.examples())))));
  }

  /** A palette with what its ends mean. */
  static Html scale(String low, Palette palette, String high) {
    return Html.fill(
        "<span class=\"scale\">{{low}}<i style=\"background:{{gradient}}\"></i>{{high}}</span>",
        Map.of("low", low, "gradient", palette.gradient(), "high", high));
  }
}

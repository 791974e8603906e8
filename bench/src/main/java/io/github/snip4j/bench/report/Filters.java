package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The filters of a first convolution, with the weights that are kept.
 *
 * @param text what to know before
 * @param weights {@code [filters, channels, height, width]}, not modified
 */
public record Filters(String text, Tensor weights, Mask mask) implements Section {
  private static final int MOST = 96;

  @Override
  public String heading() {
    return "The first filters";
  }

  @Override
  public Html html() {
    float largest = largest();
    int shown = Math.min(MOST, weights.shape().dim(0));
    List<Integer> filters = IntStream.range(0, shown).boxed().toList();
    return Html.fill(
        """
        <p>{{text}} {{more}} {{scale}}</p>
        <div class="filters" style="--columns:{{columns}}">
        {{pictures}}
        </div>""",
        Map.of(
            "text", text,
            "more", shown < weights.shape().dim(0) ? "Here are the first " + shown + "." : "",
            "scale", InputPixels.scale(Format.small(-largest), Palette.SIGN, Format.small(largest)),
            "columns", weights.shape().dim(1),
            "pictures", Html.each(filters, f -> picture(f, largest).html(words(f)))));
  }

  private float largest() {
    float largest = Float.MIN_NORMAL;
    for (int position : mask.keptPositions()) {
      largest = Math.max(largest, Math.abs(weights.at(position)));
    }
    return largest;
  }

  /** The channels of one filter side by side; what is pruned stays transparent. */
  Picture picture(int filter, float largest) {
    Shape shape = weights.shape();
    int height = shape.dim(2);
    int width = shape.dim(3);
    Picture picture = new Picture(shape.dim(1) * (width + 1) - 1, height);
    for (int c = 0; c < shape.dim(1); c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          if (mask.keeps(((filter * shape.dim(1) + c) * height + y) * width + x)) {
            double place = 0.5 + 0.5 * weights.get(filter, c, y, x) / largest;
            picture.set(c * (width + 1) + x, y, Palette.SIGN.at(place));
          }
        }
      }
    }
    return picture;
  }

  private String words(int filter) {
    int size = weights.size() / weights.shape().dim(0);
    long kept = IntStream.range(filter * size, (filter + 1) * size).filter(mask::keeps).count();
    return "filter " + (filter + 1) + ": " + kept + " of " + size + " weights kept";
  }
}

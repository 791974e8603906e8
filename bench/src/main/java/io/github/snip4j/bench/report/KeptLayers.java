package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is left of each layer: a table whose last column is drawn.
 *
 * @param text what to know before
 * @param layers in the network's order
 */
public record KeptLayers(String text, List<Layer> layers) implements Section {
  private static final String ROW =
      """
      <tr><th scope="row">{{name}}</th><td class="number">{{size}}</td>\
      <td class="number">{{kept}}</td><td class="number">{{density}}</td>\
      <td class="bar"><i style="width:{{width}}%"></i></td></tr>""";

  /**
   * One of them.
   *
   * @param size its connections before pruning
   * @param kept how many are left
   */
  public record Layer(String name, long size, long kept) {
    double density() {
      return size == 0 ? 0 : (double) kept / size;
    }
  }

  @Override
  public String heading() {
    return "What is left of each layer";
  }

  @Override
  public Html html() {
    return Html.fill(
        """
        <p>{{text}}</p>
        <div class="wide"><table class="bars">
        <thead><tr><th scope="col">layer</th><th scope="col" class="number">connections</th>\
        <th scope="col" class="number">kept</th><th scope="col" class="number">share</th>\
        <th class="bar"></th></tr></thead>
        <tbody>
        {{rows}}
        </tbody>
        <tfoot>
        {{total}}
        </tfoot>
        </table></div>""",
        Map.of("text", text, "rows", Html.each(layers, KeptLayers::row), "total", row(total())));
  }

  private Layer total() {
    return new Layer(
        "all",
        layers.stream().mapToLong(Layer::size).sum(),
        layers.stream().mapToLong(Layer::kept).sum());
  }

  private static Html row(Layer layer) {
    return Html.fill(
        ROW,
        Map.of(
            "name", new Html(Html.text(layer.name()).markup().replace(".", ".<wbr>")),
            "size", Format.count(layer.size()),
            "kept", Format.count(layer.kept()),
            "density", Format.percent(layer.density()),
            "width", String.format(Locale.ROOT, "%.2f", 100 * layer.density())));
  }
}

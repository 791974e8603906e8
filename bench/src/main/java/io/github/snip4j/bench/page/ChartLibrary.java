package io.github.snip4j.bench.page;

/** uPlot, which draws the charts in the reader's browser, to be put into a page as it is. */
public final class ChartLibrary {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  private ChartLibrary() {}

  /** Its licence, which goes where it goes. */
  public static Html licence() {
    return resource("LICENSE");
  }

  /** Its style sheet. */
  public static Html style() {
    return resource("dist/uPlot.min.css");
  }

  /** Its script. */
  public static Html script() {
    return resource("dist/uPlot.iife.min.js");
  }

  private static Html resource(String name) {
    return new Html(Resource.text(ChartLibrary.class, UPLOT + name));
  }
}

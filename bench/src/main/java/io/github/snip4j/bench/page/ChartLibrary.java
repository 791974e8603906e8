package io.github.snip4j.bench.page;

/** uPlot, which draws the charts in the reader's browser, to be put into a page as it is. */
public final class ChartLibrary {
  private static final String UPLOT = "uplot-1.6.32/"; // README.md there says where it is from

  private ChartLibrary() {}

  /** Its licence, which goes where it goes. */
  public static Html licence() {
    return resource("LICENSE");
  }

  /** Its style sheet. */
  public static Html style() {
    return resource("uPlot.min.css");
  }

  /** Its script. */
  public static Html script() {
    return resource("uPlot.iife.min.js");
  }

  private static Html resource(String name) {
    return new Html(Resource.text(ChartLibrary.class, UPLOT + name));
  }
}

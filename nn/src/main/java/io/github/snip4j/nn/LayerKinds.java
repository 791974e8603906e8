package io.github.snip4j.nn;

import java.util.ServiceLoader;

/**
 * Whether layers describe themselves as what they are. Files, exports and predictors take a layer
 * for what its description says, so one of a user's own must not say that it is one of the
 * engine's.
 */
final class LayerKinds {
  private static final String ENGINE = Layer.class.getPackageName();

  private LayerKinds() {}

  /**
   * Checks a layer.
   *
   * @throws IllegalArgumentException if it is of a user's own and describes itself as a kind that
   *     the engine has
   */
  static void check(Layer layer) {
    if (isEngines(layer.getClass())) {
      return;
    }
    String kind = layer.describe().kind();
    for (LayerMaker maker :
        ServiceLoader.load(LayerMaker.class, LayerMaker.class.getClassLoader())) {
      if (isEngines(maker.getClass()) && maker.makes(kind)) {
        throw new IllegalArgumentException(
            ("a layer of the class " + layer.getClass().getName() + " describes itself as '")
                + (kind + "', which is a layer of the engine: expected a kind of its own, as the")
                + " name of its class");
      }
    }
  }

  private static boolean isEngines(Class<?> type) {
    String home = type.getPackageName();
    return home.equals(ENGINE) || home.startsWith(ENGINE + ".");
  }
}

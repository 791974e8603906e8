package io.github.snip4j.bench.spark;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives the processes that a test's cluster starts the classes that the test has. */
public final class ExecutorClassPath implements BeforeEachCallback, AfterEachCallback {
  private static final String PROPERTY = "spark.executor.extraClassPath";

  @Override
  public void beforeEach(ExtensionContext context) {
    System.setProperty(
        PROPERTY,
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.clearProperty(PROPERTY);
  }
}

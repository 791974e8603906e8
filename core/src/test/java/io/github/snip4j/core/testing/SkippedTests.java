package io.github.snip4j.core.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints, at the end, which tests could not run here and why: nothing is skipped in silence. */
public final class SkippedTests implements TestExecutionListener {
  private final Set<String> skipped = new ConcurrentSkipListSet<>();
  private @Nullable TestPlan plan;

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    skipped.add(name(test) + ": " + reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      String reason =
          result.getThrowable().map(Throwable::getMessage).orElse("aborted without a reason");
      skipped.add(name(test) + ": " + reason);
    }
  }

  /** Class, method, and which of its invocations. */
  private String name(TestIdentifier test) {
    String own = test.getDisplayName();
    boolean top = plan == null || test.getParentId().isEmpty() || own.endsWith("Test");
    return top ? own : plan.getParent(test).map(p -> name(p) + " " + own).orElse(own);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan finished) {
    skipped.forEach(line -> System.out.println("SKIPPED " + line));
  }
}

package dev.knowledgegraph.tck;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests of a suite on something with a mistake in it. */
public final class FailingTests {
  private FailingTests() {}

  /** The names of those that fail. */
  public static Set<String> of(DiscoverySelector tests) {
    var failing = new TreeSet<String>();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(tests)
                .configurationParameter("jqwik.database", "target/jqwik-database")
                .build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .filter(source -> result.getStatus() != Status.SUCCESSFUL)
                    .ifPresent(source -> failing.add(((MethodSource) source).getMethodName()));
              }
            });
    return failing;
  }
}

package dev.knowledgegraph.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Set;

/**
 * What code can take from its surroundings without a signature showing it: the time, chance, the
 * machine's charset and locale; besides, waiting and printing. Time and ids come in through {@code
 * Clock} and {@code IdGenerator}; the door makes the default clock, a class named after the port
 * makes the default ids.
 */
final class HiddenInput {
  private static final Set<String> ALWAYS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.Thread.sleep",
          "java.util.concurrent.TimeUnit.sleep",
          "java.nio.charset.Charset.defaultCharset",
          "java.util.Locale.getDefault");

  private static final Set<String> CHANCE =
      Set.of(
          "java.lang.Math.random",
          "java.util.Random.<init>",
          "java.util.SplittableRandom.<init>",
          "java.util.UUID.randomUUID",
          "java.security.SecureRandom.<init>",
          "java.util.concurrent.ThreadLocalRandom.current");

  private static final Set<String> WITHOUT_CHARSET =
      Set.of(
          "java.io.FileReader.<init>",
          "java.io.FileWriter.<init>",
          "java.io.InputStreamReader.<init>",
          "java.io.OutputStreamWriter.<init>",
          "java.lang.String.getBytes");

  private static final Set<String> WITHOUT_LOCALE =
      Set.of(
          "java.lang.String.format",
          "java.lang.String.formatted",
          "java.lang.String.toLowerCase",
          "java.lang.String.toUpperCase");

  private HiddenInput() {}

  static ArchRule rule(String base) {
    return noClasses()
        .that()
        .resideInAPackage(base + "..")
        .should()
        .callCodeUnitWhere(describe("the input is hidden", call -> isHidden(call, base)));
  }

  private static boolean isHidden(JavaCall<?> call, String base) {
    CodeUnitCallTarget target = call.getTarget();
    JavaClass caller = call.getOriginOwner();
    String name = target.getOwner().getName() + "." + target.getName();
    return ALWAYS.contains(name)
        || (CHANCE.contains(name) && !caller.getSimpleName().endsWith("IdGenerator"))
        || (name.startsWith("java.time.Clock.system") && !caller.getPackageName().equals(base))
        || (name.matches("java\\.time\\.\\w+\\.now") && !takes(target, Clock.class.getName()))
        || (WITHOUT_CHARSET.contains(name) && !takesAny(target, "java.nio.charset."))
        || (name.equals("java.lang.String.<init>")
            && takes(target, byte[].class.getName())
            && !takesAny(target, "java.nio.charset."))
        || (WITHOUT_LOCALE.contains(name) && !takes(target, "java.util.Locale"))
        || (target.getName().equals("printStackTrace")
            && target.getOwner().isAssignableTo(Throwable.class)
            && target.getRawParameterTypes().isEmpty());
  }

  private static boolean takes(CodeUnitCallTarget target, String type) {
    return target.getRawParameterTypes().stream().anyMatch(each -> each.getName().equals(type));
  }

  private static boolean takesAny(CodeUnitCallTarget target, String prefix) {
    return target.getRawParameterTypes().stream()
        .anyMatch(each -> each.getName().startsWith(prefix));
  }
}

package dev.knowledgegraph.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.DependencyRules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rules of this module's architecture, each as a function of the base package: once for the
 * real one, and once for the small wrong one in {@code examples} that shows that the rule can fail.
 */
enum ArchitectureRule {
  MODEL_AND_DOMAIN_USE_THE_LANGUAGE_AND_NOTHING_ELSE(
      base ->
          classes()
              .that()
              .resideInAnyPackage(base + ".model..", base + ".domain..")
              .should()
              .onlyDependOnClassesThat(
                  javaBase().or(resideInAnyPackage("org.jspecify..", base + ".."))),
      "plainmodel"),

  CORE_USES_THE_JDK_JSPECIFY_AND_SLF4J(
      base ->
          classes()
              .that()
              .resideInAPackage(base + "..")
              .should()
              .onlyDependOnClassesThat(
                  javaBase().or(resideInAnyPackage("org.jspecify..", "org.slf4j..", base + ".."))),
      "foreignlibrary"),

  IMPORTS_POINT_ONE_WAY(ArchitectureRule::layers, "layers"),

  NO_CYCLES_BETWEEN_PACKAGES(
      base -> slices().matching(base + ".(**)").should().beFreeOfCycles(), "cycle"),

  NO_CLASS_DEPENDS_ON_A_PACKAGE_ABOVE_IT(
      base -> DependencyRules.NO_CLASSES_SHOULD_DEPEND_UPPER_PACKAGES, "upward"),

  MESSAGES_ARE_RECORDS_ENUMS_OR_SEALED(
      base ->
          classes()
              .that()
              .resideInAnyPackage(base + ".command", base + ".query", base + ".event")
              .and(not(describe("buses", type -> type.getSimpleName().endsWith("Bus"))))
              .and(not(describe("listeners", type -> type.getSimpleName().endsWith("Listener"))))
              .and()
              .areNotAnonymousClasses()
              .and(
                  not(
                      describe(
                          "package comments", type -> type.getSimpleName().equals("package-info"))))
              .should(
                  ArchCondition.from(
                      describe("records, enums or sealed", ArchitectureRule::isData))),
      "message"),

  NO_HIDDEN_INPUT(base -> HiddenInput.rule(base), "hiddeninput"),

  EXCEPTIONS_ARE_DEFINED_IN_ERROR(
      base ->
          classes()
              .that()
              .areAssignableTo(Throwable.class)
              .and()
              .resideInAPackage(base + "..")
              .should()
              .resideInAPackage(base + ".error"),
      "exception");

  /** From the bottom to the door; what stands together in a row does not see each other. */
  static final List<Set<String>> ROWS =
      List.of(
          Set.of("model"),
          Set.of("event"),
          Set.of("error"),
          Set.of("command", "query"),
          Set.of("search"),
          Set.of("domain", "linking", "spi"),
          Set.of("memory", "internal"));

  private final Function<String, ArchRule> rule;
  private final String example;

  ArchitectureRule(Function<String, ArchRule> rule, String example) {
    this.rule = rule;
    this.example = example;
  }

  ArchRule on(String base) {
    // Empty at first: ArchitectureTest asks separately that the packages are there.
    return rule.apply(base).allowEmptyShould(true).as(toString());
  }

  /** The base package of an architecture that breaks this rule. */
  String example() {
    return ArchitectureRule.class.getPackageName() + ".examples." + example;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static ArchRule layers(String base) {
    CompositeArchRule rules = null;
    Set<String> below = new LinkedHashSet<>();
    for (Set<String> row : ROWS) {
      for (String layer : row) {
        String[] allowed =
            Stream.concat(below.stream(), Stream.of(layer))
                .map(name -> base + "." + name + "..")
                .toArray(String[]::new);
        ArchRule one =
            noClasses()
                .that()
                .resideInAPackage(base + "." + layer + "..")
                .should()
                .dependOnClassesThat(
                    (resideInAPackage(base + "..").and(not(resideInAnyPackage(allowed)))))
                .allowEmptyShould(true);
        rules = rules == null ? CompositeArchRule.of(one) : rules.and(one);
      }
      below.addAll(row);
    }
    return rules;
  }

  private static DescribedPredicate<JavaClass> javaBase() {
    Set<String> packages = Object.class.getModule().getPackages();
    return describe(
        "in java.base",
        type -> {
          JavaClass element = type.getBaseComponentType();
          return element.isPrimitive() || packages.contains(element.getPackageName());
        });
  }

  private static boolean isData(JavaClass type) {
    return type.isRecord() || type.isEnum() || type.reflect().isSealed();
  }
}
